"""Rules of the number and the symbol (Annex I, part II, 3)."""

from congvan.linter.number.colon import COLON
from congvan.linter.number.groups import GROUPS
from congvan.linter.number.kind_code import KIND_CODE
from congvan.linter.number.missing import MISSING
from congvan.linter.number.spaces import SPACES
from congvan.linter.number.unforeseen_code import UNFORESEEN_CODE
from congvan.linter.number.year import YEAR
from congvan.linter.number.zero import ZERO

RULES = (MISSING, COLON, ZERO, SPACES, YEAR, GROUPS, KIND_CODE, UNFORESEEN_CODE)
