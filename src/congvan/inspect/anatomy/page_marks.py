"""What stands outside the text: page numbers, the contact line, the marks of secrecy, urgency and circulation."""

from __future__ import annotations

from typing import Final

from congvan.decree import phrases
from congvan.inspect.anatomy.unassigned import SURE, Unread
from congvan.inspect.model import Line

_FOOT: Final = 0.8  # of the page's height: where the contact line may stand
_MARKS: Final = (("luu_hanh", phrases.CIRCULATION), ("do_khan", phrases.URGENCY), ("do_mat", phrases.SECRECY))


def take_furniture(letter: Unread) -> None:
    """``so_trang``, ``luu_hanh``, ``do_khan``, ``do_mat`` and ``lien_he``."""
    outside = [line for line in letter.lines if line.story in {"header", "footer"}]
    letter.take("so_trang", [line for line in outside if "PAGE" in line.fields])
    for ten, marks in _MARKS:
        for line in letter.head():
            share = phrases.nearest(line.text, marks)[1]
            letter.take(ten, [line] if share > phrases.NEARLY else [], sure=share > SURE)
    letter.take("lien_he", _contact_lines(letter))


def _contact_lines(letter: Unread) -> list[Line]:
    """At the foot of page 1 below a line as wide as the text, or worded as an address."""
    foot = [line for line in letter.lines if line.page == 1 and _is_at_foot(line, letter)]
    across = [rule for rule in letter.rules if rule.page == 1 and letter.is_across(rule)]
    tops = [rule.top for rule in across if rule.top is not None]
    below = [line for line in foot if line.top is None or any(top < line.top + 2 for top in tops)]
    return below or [line for line in foot if phrases.is_contact(line.text)]


def _is_at_foot(line: Line, letter: Unread) -> bool:
    if line.top is None:
        return line.story == "footer"
    return line.top > _FOOT * letter.facts.sheets[0].height
