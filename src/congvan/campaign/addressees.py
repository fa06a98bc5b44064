"""Who stands after "Kính gửi" in one letter, those of one group together under its heading.

A group stands where the first of its members stands, and its members in their own order: no heading comes twice in a
letter, wherever the list has the rows. A heading is over several; over one it would say too much, and that one
stands alone (Decree 30/2020, Annex I, part II, item 9a).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from congvan.letter import NhomKinhGui
from congvan.recipients import Recipient, group_key

Part = Literal["kinh_gui", "noi_nhan"]

_LINE: Final = re.compile(r"(?P<part>kinh_gui|noi_nhan)\[(?P<at>\d+)\](?:\.nhom|\.gom\[(?P<member>\d+)\])?")


class AddresseeLine(NamedTuple):
    """A line of a letter, the recipient it is for, and the group that is named under, None for a line by itself.

    ``is_given`` says that the campaign file writes the group out itself; its heading then stands over one line too.
    """

    text: str
    recipient: Recipient
    nhom: str | None = None
    is_given: bool = False


class Addressees:
    """The lines of one letter; a line that repeats another is left out.

    ``part`` is where they stand: in "Kính gửi", or for kinds without it one by one in "Nơi nhận".
    """

    def __init__(self, lines: Iterable[AddresseeLine], part: Part = "kinh_gui") -> None:
        self._part = part
        first: dict[str, AddresseeLine] = {}
        for line in lines:
            first.setdefault(line.text, line)
        self._lines = tuple(first.values())
        blocks: dict[tuple[bool, str], list[AddresseeLine]] = {}
        for line in self._lines:
            place = (False, line.text) if line.nhom is None else (True, group_key(line.nhom))
            blocks.setdefault(place, []).append(line)
        self._blocks = tuple(blocks.values())

    @property
    def lines(self) -> tuple[str, ...]:
        """One by one, in the order of the list, as kinds without "Kính gửi" name them."""
        return tuple(line.text for line in self._lines)

    @property
    def kinh_gui(self) -> tuple[str | NhomKinhGui, ...]:
        """As they stand after "Kính gửi"."""
        return tuple(map(_printed, self._blocks))

    @property
    def lone_groups(self) -> tuple[str, ...]:
        """The groups whose heading is left out, because of several lines only one is theirs."""
        if self._part != "kinh_gui" or len(self._lines) == 1:
            return ()
        return tuple(block[0].nhom for block in self._blocks if block[0].nhom and not _is_headed(block))

    def recipient_of(self, part: str) -> Recipient | None:
        """Whom a part of the letter is about: the second of the third group for ``kinh_gui[2].gom[1]``."""
        match = _LINE.fullmatch(part)
        if match is None or match["part"] != self._part:
            return None
        at, member = int(match["at"]), int(match["member"] or 0)
        blocks = self._blocks if self._part == "kinh_gui" else tuple([line] for line in self._lines)
        return blocks[at][member].recipient if at < len(blocks) else None


def _is_headed(block: list[AddresseeLine]) -> bool:
    return block[0].nhom is not None and (len(block) > 1 or any(line.is_given for line in block))


def _printed(block: list[AddresseeLine]) -> str | NhomKinhGui:
    nhom = block[0].nhom
    if nhom is None or not _is_headed(block):
        return block[0].text
    return NhomKinhGui(nhom=nhom, gom=tuple(line.text for line in block))
