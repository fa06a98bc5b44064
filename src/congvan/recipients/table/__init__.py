"""Sheets of cells as tables: header, rows and cleaned cells."""
