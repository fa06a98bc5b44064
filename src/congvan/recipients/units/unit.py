"""One administrative unit, and when two names of units are the same name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from congvan.text.unicode_form import fold, nfc

CODE_WIDTHS: Final = {"tinh": 2, "huyen": 3, "xa": 5}
"""Digits of a unit's code at each level (Decision 124/2004/QĐ-TTg, kept by Decision 19/2025/QĐ-TTg)."""

_SHORT_KINDS: Final = {
    "t": "tỉnh",
    "tp": "thành phố",
    "tx": "thị xã",
    "q": "quận",
    "h": "huyện",
    "p": "phường",
    "x": "xã",
    "tt": "thị trấn",
    "đk": "đặc khu",
}
_KIND_BEFORE: Final = re.compile(
    r"(?:(?P<kind>tỉnh|thành phố|thị xã|quận|huyện|phường|xã|thị trấn|đặc khu) "
    r"|(?P<short>tp|tx|tt|đk|q|h|p|x|t)(?:\. ?| |(?=\d)))(?P<name>.+)",
    re.IGNORECASE,
)
_PUNCTUATION: Final = re.compile(r"[-–—'’‘`.,]")
_ZEROS: Final = re.compile(r"\b0+(?=\d)")

_NAMED_AFTER: Final = (
    "Điện Biên Phủ, Hai Bà Trưng, Hoàng Diệu, Hoàng Hoa Thám, Hoàng Văn Thụ, Hồ Chí Minh, Huỳnh Thúc Kháng, "
    "Lê Bình, Lê Đại Hành, Lê Hồng Phong, Lê Lai, Lê Lợi, Lê Minh Xuân, Lê Thánh Tôn, Lý Thái Tổ, "
    "Lý Thường Kiệt, Lý Văn Lâm, Minh Khai, Ngô Mây, Ngô Quyền, Nguyễn Cư Trinh, Nguyễn Du, Nguyễn Huân, "
    "Nguyễn Huệ, Nguyễn Phích, Nguyễn Thái Bình, Nguyễn Thái Học, Nguyễn Trãi, Nguyễn Trung Trực, "
    "Nguyễn Văn Cừ, Nguyễn Văn Thảnh, Nguyễn Việt Khái, Phạm Đình Hổ, Phạm Ngũ Lão, Phạm Văn Cội, "
    "Phạm Văn Hai, Phan Bội Châu, Phan Chu Trinh, Phan Đình Phùng, Phan Sào Nam, Quang Trung, Tô Hiệu, "
    "Trần Đăng Ninh, Trần Hưng Đạo, Trần Nguyên Hãn, Trần Phú, Trần Quang Diệu, Trần Quang Khải, "
    "Trần Tế Xương, Trần Văn Thời, Võ Thị Sáu"
)
"""Persons and events that units are named after, those that cannot be mistaken for the name of a place."""

_ALL_NAMED_AFTER: Final = frozenset(_NAMED_AFTER.split(", "))


@dataclass(frozen=True, slots=True)
class Unit:
    """A province, district or commune.

    ``ma`` is its code, ``ten`` its full name as the list writes it (``Huyện Hậu Lộc``), ``cap`` its level
    (``tinh``, ``huyen``, ``xa``), ``parent`` the code of the unit it belongs to, None for a province.
    """

    ma: str
    ten: str
    cap: str
    parent: str | None = None

    @property
    def loai(self) -> str:
        """The kind word, lower-case: ``huyện``; empty when the name has none."""
        return split_name(self.ten)[0]

    @property
    def ten_rieng(self) -> str:
        """The name without the kind word: ``Hậu Lộc``."""
        return split_name(self.ten)[1]

    @property
    def in_sentence(self) -> str:
        """The name inside a sentence: ``huyện Hậu Lộc``, but ``Quận 1``, ``Xã Quang Trung``.

        The kind word is lower-case unless the unit is named by a number, a person or an event (Decree
        30/2020, Annex II). Which names are persons' is known for the well-known ones only.
        """
        kind, name = split_name(self.ten)
        if not kind:
            return self.ten
        return f"{kind.capitalize() if name[0].isdigit() or name in _ALL_NAMED_AFTER else kind} {name}"


def split_name(name: str) -> tuple[str, str]:
    """A unit's name as kind and own name: ``("thành phố", "Thanh Hóa")`` from ``TP. Thanh Hóa``.

    The kind is empty when the name begins with none.
    """
    match = _KIND_BEFORE.fullmatch(" ".join(nfc(name).split()))
    if match is None:
        return "", name
    kind, short = match["kind"], match["short"]
    return kind.lower() if kind else _SHORT_KINDS[short.lower()], match["name"]


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """A key equal for two spellings of one name: case, place of tone marks, hyphens, apostrophes, ``Phường 01``."""
    spaced = _PUNCTUATION.sub(" ", fold(name))
    return _ZEROS.sub("", " ".join(spaced.split()))
