"""What a letter is: frozen, typed, checked at construction; no file, no Word.

:class:`Letter` is one document as data, :class:`Agency` the body that issues it,
:class:`IssueDate` a date that may still have blanks, :class:`Signature` who signs.
"""

from congvan.letter.agency import Agency
from congvan.letter.issue_date import IssueDate
from congvan.letter.kind import KINDS, Kind
from congvan.letter.letter import Letter, PhuLuc
from congvan.letter.signature import Signature

__all__ = ["KINDS", "Agency", "IssueDate", "Kind", "Letter", "PhuLuc", "Signature"]
