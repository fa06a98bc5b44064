"""The addressees of one letter: their lines after "Kính gửi", those of one group together under its heading.

A group takes the place of its first member, and its members their own order: no heading is repeated in a letter,
in whatever order the list has the rows. A heading is over several members; a single one stands without it
(Decree 30/2020, Annex I, part II, item 9a).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final, Literal, NamedTuple

from congvan.letter import NhomKinhGui
from congvan.recipients import Recipient, Unit, group_key
from congvan.recipients.units.hamlet import Hamlet, hamlet, title_of_head

Part = Literal["kinh_gui", "noi_nhan"]

_LINE: Final = re.compile(r"(?P<part>kinh_gui|noi_nhan)\[(?P<at>\d+)\](?:\.nhom|\.gom\[(?P<member>\d+)\])?")


class AddresseeLine(NamedTuple):
    """A line of a letter, its recipient, and the group of the line, None for a line by itself.

    With ``is_written_out`` the campaign file itself has the group; its heading then stands over one line too.
    """

    text: str
    recipient: Recipient
    nhom: str | None = None
    is_written_out: bool = False


class Addressees:
    """The lines of one letter, without repetitions.

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
            block = (False, line.text) if line.nhom is None else (True, group_key(line.nhom))
            blocks.setdefault(block, []).append(line)
        self._blocks = tuple(blocks.values())

    @property
    def lines(self) -> tuple[str, ...]:
        """One by one, in the order of the list, as kinds without "Kính gửi" name them."""
        return tuple(line.text for line in self._lines)

    @property
    def kinh_gui(self) -> tuple[str | NhomKinhGui, ...]:
        """The lines and groups after "Kính gửi"."""
        return tuple(map(_printed, self._blocks))

    @property
    def lone_groups(self) -> tuple[str, ...]:
        """The groups whose heading is left out, because they have only one of several lines."""
        if self._part != "kinh_gui" or len(self._lines) == 1:
            return ()
        return tuple(block[0].nhom for block in self._blocks if block[0].nhom and not _is_headed(block))

    def recipient_of(self, part: str) -> Recipient | None:
        """The recipient a part of the letter names: the second of the third group for ``kinh_gui[2].gom[1]``."""
        match = _LINE.fullmatch(part)
        if match is None or match["part"] != self._part:
            return None
        at, member = int(match["at"]), int(match["member"] or 0)
        blocks = self._blocks if self._part == "kinh_gui" else tuple([line] for line in self._lines)
        return blocks[at][member].recipient if at < len(blocks) else None


def _is_headed(block: list[AddresseeLine]) -> bool:
    return block[0].nhom is not None and (len(block) > 1 or any(line.is_written_out for line in block))


def _printed(block: list[AddresseeLine]) -> str | NhomKinhGui:
    nhom = block[0].nhom
    if nhom is None or not _is_headed(block):
        return block[0].text
    return NhomKinhGui(nhom=nhom, gom=tuple(line.text for line in block))


def addressee(recipient: Recipient) -> str:
    """A body by its name; a hamlet's head by name, title, hamlet and units.

    ``Ông Lê Văn Minh, Trưởng thôn Đông Thành, xã Hà Bắc, huyện Hà Trung``. Kind words are lower-case inside the
    line, but a capital stands before a number: ``Phường 1`` (Decree 30/2020, Annex II, items 4 and 5). A vacant post
    is named by its office alone: ``Trưởng thôn Đông Thành, xã Hà Bắc, huyện Hà Trung``.
    """
    if recipient.thon is None or not (recipient.ho_ten or recipient.khuyet):
        return recipient.ten
    person = " ".join(part for part in (recipient.ong_ba, recipient.ho_ten) if part and recipient.ho_ten)
    units = [recipient.xa, recipient.huyen or recipient.tinh]
    office = _office(recipient.chuc_danh or "", hamlet(recipient.thon, recipient.loai))
    line = ", ".join(filter(None, [person, office, *(_in_sentence(unit) for unit in units if unit)]))
    return line[:1].upper() + line[1:]


@lru_cache(maxsize=16384)
def _office(title: str, home: Hamlet) -> str:
    """``Trưởng thôn Đông Thành``: title and hamlet, the name and the kind word they share written once."""
    title = title_of_head(title, home)
    if home.loai and title.lower().endswith(f" {home.loai}"):
        title = title[: -len(home.loai)].rstrip()
    return f"{title} {_name(home)}".strip()


def _name(home: Hamlet) -> str:
    if not home.loai:
        return home.ten
    return f"{home.loai.capitalize() if home.ten_rieng[0].isdigit() else home.loai} {home.ten_rieng}"


@cache  # a province has thousands of hamlets in a few hundred units
def _in_sentence(name: str) -> str:
    return Unit("", name, "").in_sentence
