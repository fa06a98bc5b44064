"""A converted bundle split into its letters, each a PDF of its own."""
