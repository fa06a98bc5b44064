"""A clerk's Word file read before it is compiled: its words and their places, slips, merge fields, tracked changes."""
