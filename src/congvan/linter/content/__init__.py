"""Rules of the content (Annex I, part II, 6): its paragraphs, numbering and references."""

from congvan.linter.content.end_sign import END_SIGN

RULES = (END_SIGN,)
