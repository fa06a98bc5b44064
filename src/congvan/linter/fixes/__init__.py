"""Mends copies of letters."""
