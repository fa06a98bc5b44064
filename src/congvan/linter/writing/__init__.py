"""Rules of writing: Unicode, spaces, words, capitals (Annex II)."""

from congvan.linter.writing.decomposed import DECOMPOSED

RULES = (DECOMPOSED,)
