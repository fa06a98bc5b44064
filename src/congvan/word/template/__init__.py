"""Word templates with docxtpl tags: compiled once, rendered for each letter, joined into bundles."""
