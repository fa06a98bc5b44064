"""Rules of the kind's name and the subject (Annex I, part II, 5)."""

from congvan.linter.subject.about import ABOUT
from congvan.linter.subject.about_in_named_kind import ABOUT_IN_NAMED_KIND
from congvan.linter.subject.end_mark import END_MARK
from congvan.linter.subject.length import LENGTH
from congvan.linter.subject.missing import MISSING
from congvan.linter.subject.rule_below import RULE_BELOW
from congvan.linter.subject.ruled_letter import RULED_LETTER

RULES = (MISSING, ABOUT, ABOUT_IN_NAMED_KIND, RULE_BELOW, RULED_LETTER, END_MARK, LENGTH)
