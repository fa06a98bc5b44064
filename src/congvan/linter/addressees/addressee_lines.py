"""The addressees of «Kính gửi», one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from congvan.decree import phrases
from congvan.inspect.model import Line
from congvan.linter.read_letter import ReadLetter

LABEL: Final = re.compile(r"kính g[ửở]i\s*(?P<colon>:?)\s*", re.IGNORECASE)
DASH: Final = re.compile(r"[-–—•+*]\s*")


@dataclass(frozen=True, slots=True)
class Addressees:
    """The line with the label, what stands on it behind the label, and the lines below it that begin an addressee.

    ``ends`` is the last line of each of these.
    """

    label: Line
    behind: str
    begins: tuple[Line, ...]
    ends: tuple[Line, ...]


def addressees(letter: ReadLetter) -> Addressees | None:
    """The addressees of ``letter``; None where it opens in other words than «Kính gửi»."""
    part = letter.part("kinh_gui")
    if part is None or not (found := LABEL.match(part.lines[0].text)):
        return None
    begins: list[Line] = []
    ends: list[Line] = []
    for line in part.lines[1:]:
        if DASH.match(line.text) or (letter.in_word and line.paragraph != part.lines[0].paragraph and not begins):
            begins.append(line)
            ends.append(line)
        elif begins:
            ends[-1] = line
    return Addressees(part.lines[0], part.lines[0].text[found.end() :], tuple(begins), tuple(ends))


def opens_with_label(letter: ReadLetter) -> bool:
    """Whether the letter says «Kính gửi», not «… điện:» or an invitation's words."""
    part = letter.part("kinh_gui")
    return part is not None and phrases.plain(part.lines[0].text).startswith(("kinh gui", "kinh goi"))
