"""What makes a letter impossible, whatever its layout: the refusals of :class:`congvan.Letter`.

Only facts read in the decree itself refuse a letter; matters of taste are the linter's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from congvan.findings import Finding, Place, finding
from congvan.letter.kind import KINDS
from congvan.letter.signature import AUTHORITIES
from congvan.text.non_value import NON_VALUES

if TYPE_CHECKING:
    from congvan.letter.letter import Letter

DO_MAT: Final = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")
DO_KHAN: Final = ("HỎA TỐC", "THƯỢNG KHẨN", "KHẨN")
LUU_HANH: Final = ("XEM XONG TRẢ LẠI", "LƯU HÀNH NỘI BỘ")

MAX_LENGTH: Final = {"trich_yeu": 500, "ky_hieu": 30, "kinh_gui": 200, "ho_ten": 50, "chuc_vu": 100}
"""Characters at most (Decree 30/2020, Annex VI, part II)."""

_LIST_MARKS: Final = re.compile(r"^[-–—•+]\s|[;.]$")
_SINGLE_LINES: Final = ("chu_quan", "co_quan", "ky_hieu", "dia_danh", "trich_yeu", "nguoi_soan")
_LISTS: Final = ("kinh_gui", "can_cu", "noi_nhan")


def findings(letter: Letter) -> Iterator[Finding]:
    """Everything that makes ``letter`` impossible."""
    for rule in _RULES:
        yield from rule(letter)


def _texts(letter: Letter) -> Iterator[tuple[str, str]]:
    """Every short text of the letter with the name of its part; the body is not among them."""
    for name in _SINGLE_LINES:
        if (value := getattr(letter, name)) is not None:
            yield name, value
    for name in (*_LISTS, "lien_he"):
        for index, value in enumerate(getattr(letter, name)):
            yield f"{name}[{index}]", value
    yield from (("ky.chuc_vu", letter.ky.chuc_vu), ("ky.ho_ten", letter.ky.ho_ten))
    yield from ((f"ky.quyen_han[{index}]", line) for index, line in enumerate(letter.ky.quyen_han))


def _kind_is_known(letter: Letter) -> Iterator[Finding]:
    if letter.loai not in KINDS:
        yield finding("letter-kind-unknown", Place(key="loai"), kind=letter.loai, known=", ".join(KINDS))


def _texts_are_whole(letter: Letter) -> Iterator[Finding]:
    for name, value in _texts(letter):
        place = Place(key=name)
        if not value.strip():
            yield finding("letter-part-empty", place, part=name)
        elif value.strip() in NON_VALUES:
            yield finding("letter-part-not-text", place, part=name, value=value)
        elif not value.isprintable() and any(_is_control(sign) for sign in value):
            yield finding("letter-part-control-characters", place, part=name)
    if not letter.noi_dung.strip():
        yield finding("letter-part-empty", Place(key="noi_dung"), part="noi_dung")


def _is_control(sign: str) -> bool:
    """Control, surrogate, private and unassigned characters; a no-break space is none of them."""
    return unicodedata.category(sign) in {"Cc", "Cs", "Co", "Cn"}


def _texts_fit(letter: Letter) -> Iterator[Finding]:
    for name, value in _texts(letter):
        limit = MAX_LENGTH.get(re.sub(r"^ky\.|\[\d+\]$", "", name))
        if limit and len(value) > limit:
            yield finding("letter-part-too-long", Place(key=name), part=name, length=len(value), limit=limit)


def _lists_are_bare(letter: Letter) -> Iterator[Finding]:
    """The layout adds dashes, semicolons and the closing full stop (Annex I, part II, items 6 and 9)."""
    for name in _LISTS:
        for index, value in enumerate(getattr(letter, name)):
            if _LIST_MARKS.search(value.strip()):
                yield finding("letter-list-marks", Place(key=f"{name}[{index}]"), value=value)


def _number_and_symbol_are_sound(letter: Letter) -> Iterator[Finding]:
    if letter.so is not None and not 1 <= letter.so < 10**11:
        yield finding("letter-number-impossible", Place(key="so"), value=letter.so)
    if re.search(r"[\s/]", letter.ky_hieu):
        yield finding("letter-symbol-impossible", Place(key="ky_hieu"), value=letter.ky_hieu)


def _addressees_suit_the_kind(letter: Letter) -> Iterator[Finding]:
    kind = KINDS.get(letter.loai)
    if kind is None:
        return
    if kind.la_cong_van and not letter.kinh_gui:
        yield finding("letter-addressee-missing", Place(key="kinh_gui"))
    if letter.kinh_gui and not kind.co_kinh_gui:
        yield finding("letter-addressee-unforeseen", Place(key="kinh_gui"), kind=kind.ten)
    if not letter.noi_nhan:
        yield finding("letter-part-empty", Place(key="noi_nhan"), part="noi_nhan")


def _authority_is_of_the_decree(letter: Letter) -> Iterator[Finding]:
    for index, line in enumerate(letter.ky.quyen_han):
        if not line.startswith(tuple(f"{start} " for start in AUTHORITIES)):
            place = Place(key=f"ky.quyen_han[{index}]")
            yield finding("letter-authority-unknown", place, value=line, known=", ".join(AUTHORITIES))


def _marks_are_of_the_decree(letter: Letter) -> Iterator[Finding]:
    for name, known in (("do_mat", DO_MAT), ("do_khan", DO_KHAN), ("luu_hanh", LUU_HANH)):
        value = getattr(letter, name)
        if value is not None and value not in known:
            yield finding("letter-mark-unknown", Place(key=name), value=value, known=", ".join(known))


_RULES: Final[tuple[Callable[[Letter], Iterator[Finding]], ...]] = (
    _kind_is_known,
    _texts_are_whole,
    _texts_fit,
    _lists_are_bare,
    _number_and_symbol_are_sound,
    _addressees_suit_the_kind,
    _authority_is_of_the_decree,
    _marks_are_of_the_decree,
)
