"""Texts with fields, read and filled in a sandbox."""
