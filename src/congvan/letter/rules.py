"""The rules that refuse a letter whatever its layout.

Only facts read in the decree itself refuse a letter, no matters of taste.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final

from congvan.decree.kinds import KINDS, Kind
from congvan.findings import Finding, Place, finding
from congvan.letter.office_style import style_findings
from congvan.letter.parts import LetterParts
from congvan.letter.signature import AUTHORITIES
from congvan.letter.text_types import Part
from congvan.text.non_value import is_non_value

DO_MAT: Final = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")
DO_KHAN: Final = ("HỎA TỐC", "THƯỢNG KHẨN", "KHẨN")
LUU_HANH: Final = ("XEM XONG TRẢ LẠI", "LƯU HÀNH NỘI BỘ")

MAX_LENGTH: Final = {"trich_yeu": 500, "ky_hieu": 30, "kinh_gui": 200, "ho_ten": 50, "chuc_vu": 100}
"""Characters at most (Decree 30/2020, Annex VI, part II)."""

_SHORT: Final = min(MAX_LENGTH.values())
_MARK_BEFORE: Final = re.compile(r"[-–—•+]\s")
_MARKS_AFTER: Final = (";", ".")
_MARKS: Final = ("do_mat", "do_khan", "luu_hanh")
_NO_SHORT_TEXTS: Final = frozenset({"loai", "noi_dung", "ket_thuc", "phu_luc", "trinh_bay", "truong", *_MARKS})
_SHORT_TEXTS: Final = tuple(name for name in LetterParts.model_fields if name not in _NO_SHORT_TEXTS)
"""Parts with short texts: all but bodies, the user's fields, and marks that have a rule of their own."""

_KIND_PARTS: Final = tuple(name for kind in KINDS.values() if (name := kind.phan_rieng))
"""Parts that only one kind has, such as ``giay_moi``."""

_BARE: Final = ("kinh_gui", "can_cu", "noi_nhan", "ban_sao.noi_nhan", *_KIND_PARTS)
"""The beginnings of the names of texts that carry no list marks."""

_WITH_BASES: Final = ("nghi-quyet", "quyet-dinh")
"""Kinds that name their bases, and may name the authority they are issued by (Annex III, models 1.1 and 1.2)."""


Texts = Sequence[tuple[str, str]]
"""Short texts, each with the name of its part: ``noi_nhan[0]``, ``ky.ho_ten``, ``kinh_gui[2].gom[1]``."""


def refusals(letter: LetterParts) -> Iterator[Finding]:
    """Everything that makes ``letter`` impossible."""
    texts = _short_texts(letter)
    yield from _texts_are_whole(texts)
    yield from _texts_fit(texts)
    yield from _authority_is_of_the_decree(texts)
    yield from _kind_is_known(letter)
    yield from _bodies_are_not_empty(letter)
    yield from _texts_are_bare(texts)
    yield from _number_and_symbol_are_sound(letter)
    yield from _addressees_suit_the_kind(letter)
    yield from _parts_suit_the_kind(letter)
    yield from _marks_are_of_the_decree(letter)
    yield from style_findings(letter.trinh_bay, lambda name: Place(key=f"trinh_bay.{name}"))


def missing_parts(letter: LetterParts) -> Iterator[Finding]:
    """The parts the decree's model of the kind names and ``letter`` does not have (Annex III, part II).

    A template of an office's own may hold them in its text, so that they refuse no letter, only the built-in layout.
    """
    kind = letter.kind
    for name in _needed(kind):
        if not getattr(letter, name):
            yield finding("letter-kind-part-missing", Place(key=name), kind=kind.ten, part=name, model=kind.mau_so)


def _short_texts(letter: LetterParts) -> Texts:
    texts: list[tuple[str, str]] = []
    for name in _SHORT_TEXTS:
        _add_texts(texts, name, getattr(letter, name))
    return texts


def _add_texts(texts: list[tuple[str, str]], name: str, part: object) -> None:
    """Add a text, or the texts inside a part, each under its own name."""
    match part:
        case None:
            pass
        case str():
            texts.append((name, part))
        case tuple():
            for index, inner in enumerate(part):
                _add_texts(texts, f"{name}[{index}]", inner)
        case Part():
            for inner in type(part).model_fields:
                if inner != "noi_dung":
                    _add_texts(texts, f"{name}.{inner}", getattr(part, inner))


def _kind_is_known(letter: LetterParts) -> Iterator[Finding]:
    attached = letter.van_ban_kem_theo
    kinds = {"loai": letter.loai, **({"van_ban_kem_theo.loai": attached.loai} if attached else {})}
    for name, kind in kinds.items():
        if kind not in KINDS:
            yield finding("letter-kind-unknown", Place(key=name), kind=kind, known=", ".join(KINDS))


def _texts_are_whole(texts: Texts) -> Iterator[Finding]:
    for name, value in texts:
        bare = value.strip()
        if bare and not is_non_value(bare) and value.isprintable():
            continue
        place = Place(key=name)
        if not bare:
            yield finding("letter-part-empty", place, part=name)
        elif is_non_value(bare):
            yield finding("letter-part-not-text", place, part=name, value=value)
        elif any(_is_control(sign) for sign in value):
            yield finding("letter-part-control-characters", place, part=name)


def _bodies_are_not_empty(letter: LetterParts) -> Iterator[Finding]:
    attached = letter.van_ban_kem_theo
    bodies = {"noi_dung": letter.noi_dung, **({"van_ban_kem_theo.noi_dung": attached.noi_dung} if attached else {})}
    for name, body in bodies.items():
        if not body.strip():
            yield finding("letter-part-empty", Place(key=name), part=name)


def _is_control(sign: str) -> bool:
    """Control, surrogate, private and unassigned characters; a no-break space is none of them."""
    return unicodedata.category(sign) in {"Cc", "Cs", "Co", "Cn"}


def _texts_fit(texts: Texts) -> Iterator[Finding]:
    for name, value in texts:
        if len(value) <= _SHORT:
            continue
        limit = _limit(name)
        if limit and len(value) > limit:
            yield finding("letter-part-too-long", Place(key=name), part=name, length=len(value), limit=limit)


def _texts_are_bare(texts: Texts) -> Iterator[Finding]:
    """The layout adds dashes, semicolons and the closing full stop (Annex I, part II, items 6 and 9)."""
    for name, value in texts:
        if _is_bare(name):
            bare = value.strip()
            if bare.endswith(_MARKS_AFTER) or _MARK_BEFORE.match(bare):
                yield finding("letter-list-marks", Place(key=name), value=value)


def _is_bare(name: str) -> bool:
    return name.startswith(_BARE)


def _number_and_symbol_are_sound(letter: LetterParts) -> Iterator[Finding]:
    numbered = [("", letter.so, letter.ky_hieu)]
    if copy := letter.ban_sao:
        numbered.append(("ban_sao.", copy.so, copy.ky_hieu))
    for name, so, ky_hieu in numbered:
        if so is not None and not 1 <= so < 10**11:
            yield finding("letter-number-impossible", Place(key=f"{name}so"), value=so)
        if re.search(r"[\s/]", ky_hieu):
            yield finding("letter-symbol-impossible", Place(key=f"{name}ky_hieu"), value=ky_hieu)


def _addressees_suit_the_kind(letter: LetterParts) -> Iterator[Finding]:
    kind = KINDS.get(letter.loai)
    if kind is None:
        return
    if kind.la_cong_van and not letter.kinh_gui:
        yield finding("letter-addressee-missing", Place(key="kinh_gui"), kind=kind.ten)
    if letter.kinh_gui and kind.loi_goi is None:
        yield finding("letter-addressee-unforeseen", Place(key="kinh_gui"), kind=kind.ten)
    if not letter.noi_nhan:
        yield finding("letter-part-empty", Place(key="noi_nhan"), part="noi_nhan")


def _parts_suit_the_kind(letter: LetterParts) -> Iterator[Finding]:
    """No letter has a part that belongs to another kind (Annex III, part II)."""
    if (kind := KINDS.get(letter.loai)) is None:
        return
    for name in _unforeseen(kind):
        if getattr(letter, name):
            yield finding("letter-kind-part-unforeseen", Place(key=name), kind=kind.ten, part=name)


def _needed(kind: Kind) -> Iterator[str]:
    if kind.phan_rieng:
        yield kind.phan_rieng
    if kind.loi_goi and not kind.co_kinh_gui:
        yield "kinh_gui"
    if kind.ma in _WITH_BASES:
        yield "can_cu"
    if kind.ma == "quyet-dinh":
        yield "tham_quyen"
    if kind.ma == "bien-ban":
        yield "ky_trai"


@cache
def _unforeseen(kind: Kind) -> tuple[str, ...]:
    """The parts that belong to other kinds."""
    return tuple(_of_other_kinds(kind))


def _of_other_kinds(kind: Kind) -> Iterator[str]:
    yield from (name for name in _KIND_PARTS if name != kind.phan_rieng)
    if kind.ma not in _WITH_BASES:
        yield "tham_quyen"
    if kind.ma != "quyet-dinh":
        yield "van_ban_kem_theo"
    if not kind.hai_nguoi_ky:
        yield "ky_trai"


@lru_cache(maxsize=1024)
def _limit(name: str) -> int | None:
    """The most characters of the text ``name``: ``ky.ho_ten``, ``kinh_gui[3].gom[0]``."""
    return MAX_LENGTH.get(re.sub(r"^(?:ky|ky_trai|ban_sao\.ky)\.|\[\d+\](?:\.gom\[\d+\])?$", "", name))


def _authority_is_of_the_decree(texts: Texts) -> Iterator[Finding]:
    for name, value in texts:
        if ".quyen_han[" in name and not value.startswith(tuple(f"{start} " for start in AUTHORITIES)):
            yield finding("letter-authority-unknown", Place(key=name), value=value, known=", ".join(AUTHORITIES))


def _marks_are_of_the_decree(letter: LetterParts) -> Iterator[Finding]:
    for name, known in (("do_mat", DO_MAT), ("do_khan", DO_KHAN), ("luu_hanh", LUU_HANH)):
        value = getattr(letter, name)
        if value is not None and value not in known:
            yield finding("letter-mark-unknown", Place(key=name), value=value, known=", ".join(known))
