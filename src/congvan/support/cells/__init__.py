"""Cells of a spreadsheet as the program that made it shows them."""
