"""Markdown with fields as WordprocessingML with the same fields."""
