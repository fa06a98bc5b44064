"""A letter as the register keeps it: its state, its words, and those that follow it."""
