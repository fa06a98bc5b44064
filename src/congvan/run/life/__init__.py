"""A letter's life in an output folder: edited, changed, issued, replaced."""
