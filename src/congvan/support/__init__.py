"""Lengths, files and processes: what every other package builds on and no office knows by name."""
