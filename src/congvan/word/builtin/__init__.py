"""The built-in templates, one per model of the decree, and the program that builds them."""
