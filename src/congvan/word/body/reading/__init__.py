"""Reads the Markdown of a body, line by line, as clerks type it: blocks, the signs inside them, where each begins."""
