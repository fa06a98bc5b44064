"""A run: letters are staged by worker processes, numbered in one transaction, then committed to the output folder."""
