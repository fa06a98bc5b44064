"""The recipients of «Nơi nhận», one by one."""

from __future__ import annotations

import re
from typing import Final

from congvan.inspect.model import Line
from congvan.linter.read_letter import ReadLetter

DASH: Final = re.compile(r"[-–—•+*]\s*")


def recipients(letter: ReadLetter) -> list[list[Line]]:
    """The lines of each recipient; one that is too long goes on without a dash.

    In Word a recipient is a paragraph, on paper it begins with a dash.
    """
    groups: list[list[Line]] = []
    for line in letter.parts["noi_nhan"].lines:
        begins = DASH.match(line.text) is not None
        if groups and not begins and (not letter.in_word or line.paragraph == groups[-1][-1].paragraph):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups
