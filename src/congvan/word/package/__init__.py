"""A .docx as a zip package: its parts and properties."""
