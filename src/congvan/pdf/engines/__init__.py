"""The PDF engines."""
