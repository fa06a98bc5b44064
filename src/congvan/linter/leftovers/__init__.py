"""Rules of what should not have been left in a letter."""

from congvan.linter.leftovers.comments import COMMENTS
from congvan.linter.leftovers.hidden import HIDDEN
from congvan.linter.leftovers.marker import MARKER
from congvan.linter.leftovers.open_fields import OPEN_FIELDS
from congvan.linter.leftovers.other_letter import OTHER_LETTER
from congvan.linter.leftovers.placeholders import PLACEHOLDERS
from congvan.linter.leftovers.tracked import TRACKED

RULES = (COMMENTS, TRACKED, MARKER, HIDDEN, OPEN_FIELDS, PLACEHOLDERS, OTHER_LETTER)
