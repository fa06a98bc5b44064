"""Rules of what should not have been left in a letter."""

from congvan.linter.leftovers.placeholders import PLACEHOLDERS

RULES = (PLACEHOLDERS,)
