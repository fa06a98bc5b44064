"""The end of a letter, read from its last line back: recipients on the left, signers on the right (cells 7 and 9b)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile
from typing import Final

from congvan.decree import phrases
from congvan.inspect.anatomy.relations import is_level
from congvan.inspect.anatomy.unassigned import UnassignedLines, without
from congvan.inspect.model import Line

_LONGEST_NAME: Final = 7  # words
_IN_TEXT: Final = frozenset({"body", "text-box"})
"""Where the end of a letter stands; headers, footers and notes are read after it and say nothing about it."""


def take_closing(letter: UnassignedLines) -> None:
    """``noi_nhan`` with its title, ``ky_trai``, ``quyen_han`` and ``ho_ten``, ``xac_nhan``, ``nguoi_soan``."""
    title = next((line for line in letter.lines[::-1] if phrases.is_recipients_title(line.text)), None)
    behind = letter.after(title) if title is not None else []
    lines = _closing_lines(letter, title, behind)
    right = [line for line in lines if letter.is_right(line)]
    left = [line for line in without(lines, right) if line is not title]
    signs_left = without(left, behind)
    letter.take("noi_nhan_tieu_de", [title] if title is not None else [])
    letter.take("ky_trai", signs_left)
    _take_recipients(letter, without(left, signs_left))
    _take_signature(letter, right)


def _closing_lines(letter: UnassignedLines, title: Line | None, behind: Sequence[Line]) -> list[Line]:
    """From where somebody signs on the right or "Nơi nhận" stands; bold lines before that are headings."""
    listed = {id(line) for line in behind if letter.is_narrow(line)}
    lines: list[Line] = []
    for line in [each for each in letter.lines if each.region in _IN_TEXT][::-1]:
        if not (line is title or id(line) in listed or letter.is_right(line) or _may_sign_left(line, letter)):
            break
        lines.insert(0, line)
    firm = [line for line in lines if line is title or letter.is_right(line)]
    starts = (at for at, line in enumerate(lines) if any(line is one or is_level(line, one) for one in firm))
    return lines[next(starts, len(lines)) :]


def _may_sign_left(line: Line, letter: UnassignedLines) -> bool:
    """One of two who sign side by side: bold, short, and not at the text's edge."""
    return line.font.bold and letter.is_narrow(line) and line.left > letter.left + 1


def _take_recipients(letter: UnassignedLines, lines: Sequence[Line]) -> None:
    confirmed = list(dropwhile(lambda line: not phrases.begins_confirmation(line.text), lines))
    listed = without(lines, confirmed)
    letter.take("noi_nhan", listed)
    letter.take("xac_nhan", confirmed)
    letter.take("nguoi_soan", [line for line in listed[-1:] if phrases.has_drafter_code(line.text)])


def _take_signature(letter: UnassignedLines, lines: Sequence[Line]) -> None:
    """Posts and titles in capitals, then a name; a name in capitals is one by elimination."""
    bracketed = [line for line in lines if line.text.startswith("(")]
    others = without(lines, bracketed)
    names = [line for line in others if _is_name(line)]
    last = [line for line in others[1:][-1:] if not phrases.names_post(line.text)]
    letter.take("ho_ten", names or last, sure=bool(names))
    letter.take("quyen_han", without(others, names or last))
    letter.take("khac", bracketed)


def _is_name(line: Line) -> bool:
    """A person's name: a few words, each with a capital first letter, not all in capitals."""
    words = line.text.split()
    begun = all(word[0].isupper() for word in words)
    return begun and 1 < len(words) <= _LONGEST_NAME and not phrases.is_capitals(line.text) and ":" not in line.text
