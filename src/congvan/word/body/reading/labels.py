"""The label a line begins with, kept as typed: ``1.``, ``2.1.``, ``3)``, ``a)``, ``-``, ``+``, ``•``, ``- [ ]``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from congvan.word.body.reading.model import LabelKind

_UPPER: Final = "A-ZĐÀ-Ỹ"  # a letter the text behind a label may begin with where no space was typed
_BOXES: Final = {" ": "☐", "x": "☑", "X": "☑"}
_BOX: Final = re.compile(r"[-*+]\s+\[([ xX])\](\s+)(?=\S)")
_BULLET: Final = re.compile(r"([-+*•●○◦▪■–—])(\s+|$)")
_TIGHT_BULLET: Final = re.compile(rf"[-+•●▪–](?=[{_UPPER}“\"])")
_NUMBER: Final = re.compile(rf"\d{{1,9}}(?:\.\d{{1,4}})*[.)](?:\s+|$|(?=[{_UPPER}“\"*]))|\d{{1,3}}(?:\.\d{{1,3}})+\s+")
_LETTER: Final = re.compile(rf"(?:[a-zđ]{{1,2}}\)|[a-zđ]\.)(?:\s+|$|(?=[{_UPPER}“\"*]))")
_BRACKETED_NUMBER: Final = re.compile(r"\(\d{1,3}\)\s+")
_BRACKETED_LETTER: Final = re.compile(r"\((?:[a-zđ]|[ivx]{1,4})\)\s+")
_NEVER: Final = re.compile(r"(?!)")
_ALWAYS: Final = re.compile("")
_PATTERNS: Final[tuple[tuple[re.Pattern[str], LabelKind, re.Pattern[str]], ...]] = (
    (_TIGHT_BULLET, "dash", _NEVER),
    (_LETTER, "letter", re.compile(r"\.")),
    (_NUMBER, "number", re.compile(r"^[^)]*$")),
    (_BRACKETED_NUMBER, "number", _ALWAYS),
    (_BRACKETED_LETTER, "letter", _ALWAYS),
)
"""Labels of each kind, and what in them may stand at the beginning of a line of a text by chance."""

_HEAD: Final = re.compile(r"(?:[IVXLC]{1,6}|[A-ZĐ])\.\s+")
_ARTICLE: Final = re.compile(r"(?:Điều|ĐIỀU)\s+\d+[a-zđ]?\s*\.")
_FIRST: Final = re.compile(r"(?:Điều\s+|\()?(?:1|a|A|I|i)[.)]")
_ENDED: Final = re.compile(r"[.;:,?!…)\]”\"*/]\s*$")


@dataclass(frozen=True, slots=True)
class Label:
    """A label: what is printed for it, its ``length`` in the line, and whether a line of a text may begin so by chance.

    ``shown`` has the space typed behind it; an article keeps its label in the text, so that its ``length`` is 0.
    """

    shown: str
    length: int
    kind: LabelKind
    is_ambiguous: bool = False


def label_of(line: str) -> Label | None:
    """The label ``line``, which begins with no space, starts with."""
    if box := _BOX.match(line):
        return Label(f"{_BOXES[box[1]]} ", box.end(), "dash")
    if bullet := _BULLET.match(line):
        return Label(f"{'-' if bullet[1] == '*' else bullet[1]}{' ' if bullet[2] else ''}", bullet.end(), "dash")
    for pattern, kind, ambiguous in _PATTERNS:
        if found := pattern.match(line):
            return Label(
                _one_space(found.group()), found.end(), kind, is_ambiguous=bool(ambiguous.search(found.group()))
            )
    if _HEAD.match(line) or _ARTICLE.match(line):
        return Label("", 0, "other", is_ambiguous=True)
    return None


def is_first(line: str) -> bool:
    """Whether ``line`` begins with the first label of its kind: ``1.``, ``a)``, ``I.``."""
    return bool(_FIRST.match(line))


def is_ended(line: str) -> bool:
    """Whether a text may well end with ``line``: what follows on the next line is no part of its sentence."""
    return bool(_ENDED.search(line))


def _one_space(label: str) -> str:
    return f"{label.rstrip()} " if label != label.rstrip() else label
