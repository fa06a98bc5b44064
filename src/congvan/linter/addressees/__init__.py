"""Rules of the addressees (Annex I, part II, 9a)."""

from congvan.linter.addressees.colon import COLON
from congvan.linter.addressees.dashes import DASHES
from congvan.linter.addressees.marks import MARKS
from congvan.linter.addressees.missing import MISSING
from congvan.linter.addressees.one_line import ONE_LINE
from congvan.linter.addressees.unforeseen import UNFORESEEN

RULES = (MISSING, COLON, ONE_LINE, DASHES, MARKS, UNFORESEEN)
