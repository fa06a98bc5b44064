"""What makes a letter impossible, whatever its layout: the refusals of :class:`congvan.Letter`.

Only facts read in the decree itself refuse a letter; matters of taste are the linter's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from congvan.findings import Finding, Place, finding
from congvan.letter.house_style import style_findings
from congvan.letter.kind import KINDS, Kind
from congvan.letter.signature import AUTHORITIES, Signature
from congvan.letter.wording import Part
from congvan.text.non_value import NON_VALUES

if TYPE_CHECKING:
    from congvan.letter.letter import Letter

DO_MAT: Final = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")
DO_KHAN: Final = ("HỎA TỐC", "THƯỢNG KHẨN", "KHẨN")
LUU_HANH: Final = ("XEM XONG TRẢ LẠI", "LƯU HÀNH NỘI BỘ")

MAX_LENGTH: Final = {"trich_yeu": 500, "ky_hieu": 30, "kinh_gui": 200, "ho_ten": 50, "chuc_vu": 100}
"""Characters at most (Decree 30/2020, Annex VI, part II)."""

_SHORT: Final = min(MAX_LENGTH.values())
_LIST_MARKS: Final = re.compile(r"^[-–—•+]\s|[;.]$")
_SINGLE_LINES: Final = (
    *("chu_quan", "co_quan", "ten_thuong", "ky_hieu", "dia_danh", "trich_yeu", "tham_quyen", "nguoi_soan"),
)
_LISTS: Final = ("can_cu", "noi_nhan")
_OWN_PARTS: Final = tuple(name for kind in KINDS.values() if (name := kind.phan_rieng))
_WITH_BASES: Final = ("nghi-quyet", "quyet-dinh")
"""Kinds that name their bases, and may name the authority they are issued by (Annex III, models 1.1 and 1.2)."""


Texts = tuple[tuple[str, str], ...]
"""Short texts, each with the name of its part."""


def findings(letter: Letter) -> Iterator[Finding]:
    """Everything that makes ``letter`` impossible."""
    texts = tuple(_texts(letter))
    for text_rule in _TEXT_RULES:
        yield from text_rule(texts)
    for rule in _RULES:
        yield from rule(letter)


def missing_parts(letter: Letter) -> Iterator[Finding]:
    """The parts the decree's model of the kind names and ``letter`` does not have (Annex III, part II).

    A template of an office's own may hold them in its text, so that they refuse no letter, only the built-in layout.
    """
    kind = letter.kind
    for name in _needed(kind):
        if not getattr(letter, name):
            yield finding("letter-kind-part-missing", Place(key=name), kind=kind.ten, part=name, model=kind.mau_so)


def _texts(letter: Letter) -> Iterator[tuple[str, str]]:
    """Every short text of the letter; bodies are not among them."""
    for name in _SINGLE_LINES:
        if (value := getattr(letter, name)) is not None:
            yield name, value
    for name in (*_LISTS, "lien_he"):
        yield from _numbered(name, getattr(letter, name))
    yield from _addressees(letter)
    for name in ("ky", "ky_trai", "ban_sao", "van_ban_kem_theo", *_OWN_PARTS):
        if (part := getattr(letter, name)) is not None:
            yield from _texts_of(name, part)


def _texts_of(name: str, part: Part | Signature) -> Iterator[tuple[str, str]]:
    """The texts inside a part: ``ky.ho_ten``, ``giay_moi.thoi_gian``."""
    for own in type(part).model_fields:
        match getattr(part, own):
            case str() as text if own != "noi_dung":
                yield f"{name}.{own}", text
            case tuple() as lines:
                yield from _numbered(f"{name}.{own}", lines)
            case Signature() as signature:
                yield from _texts_of(f"{name}.{own}", signature)


def _numbered(name: str, lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((f"{name}[{index}]", line) for index, line in enumerate(lines))


def _addressees(letter: Letter) -> Iterator[tuple[str, str]]:
    for index, item in enumerate(letter.kinh_gui):
        if isinstance(item, str):
            yield f"kinh_gui[{index}]", item
        else:
            yield from _texts_of(f"kinh_gui[{index}]", item)


def _kind_is_known(letter: Letter) -> Iterator[Finding]:
    attached = letter.van_ban_kem_theo
    given = {"loai": letter.loai, **({"van_ban_kem_theo.loai": attached.loai} if attached else {})}
    for name, kind in given.items():
        if kind not in KINDS:
            yield finding("letter-kind-unknown", Place(key=name), kind=kind, known=", ".join(KINDS))


def _texts_are_whole(texts: Texts) -> Iterator[Finding]:
    for name, value in texts:
        place = Place(key=name)
        if not value.strip():
            yield finding("letter-part-empty", place, part=name)
        elif value.strip() in NON_VALUES:
            yield finding("letter-part-not-text", place, part=name, value=value)
        elif not value.isprintable() and any(_is_control(sign) for sign in value):
            yield finding("letter-part-control-characters", place, part=name)


def _bodies_are_not_empty(letter: Letter) -> Iterator[Finding]:
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
        limit = MAX_LENGTH.get(re.sub(r"^(?:ky|ky_trai|ban_sao\.ky)\.|\[\d+\](?:\.gom\[\d+\])?$", "", name))
        if limit and len(value) > limit:
            yield finding("letter-part-too-long", Place(key=name), part=name, length=len(value), limit=limit)


def _lists_are_bare(letter: Letter) -> Iterator[Finding]:
    """The layout adds dashes, semicolons and the closing full stop (Annex I, part II, items 6 and 9)."""
    copy = letter.ban_sao.noi_nhan if letter.ban_sao else ()
    lines = [*_addressees(letter), *_numbered("ban_sao.noi_nhan", copy)]
    for name in _OWN_PARTS:
        if part := getattr(letter, name):
            lines += _texts_of(name, part)
    for name in _LISTS:
        lines += _numbered(name, getattr(letter, name))
    for name, value in lines:
        if _LIST_MARKS.search(value.strip()):
            yield finding("letter-list-marks", Place(key=name), value=value)


def _number_and_symbol_are_sound(letter: Letter) -> Iterator[Finding]:
    numbered = [("", letter.so, letter.ky_hieu)]
    if copy := letter.ban_sao:
        numbered.append(("ban_sao.", copy.so, copy.ky_hieu))
    for name, so, ky_hieu in numbered:
        if so is not None and not 1 <= so < 10**11:
            yield finding("letter-number-impossible", Place(key=f"{name}so"), value=so)
        if re.search(r"[\s/]", ky_hieu):
            yield finding("letter-symbol-impossible", Place(key=f"{name}ky_hieu"), value=ky_hieu)


def _addressees_suit_the_kind(letter: Letter) -> Iterator[Finding]:
    kind = KINDS.get(letter.loai)
    if kind is None:
        return
    if kind.la_cong_van and not letter.kinh_gui:
        yield finding("letter-addressee-missing", Place(key="kinh_gui"), kind=kind.ten)
    if letter.kinh_gui and kind.loi_goi is None:
        yield finding("letter-addressee-unforeseen", Place(key="kinh_gui"), kind=kind.ten)
    if not letter.noi_nhan:
        yield finding("letter-part-empty", Place(key="noi_nhan"), part="noi_nhan")


def _parts_suit_the_kind(letter: Letter) -> Iterator[Finding]:
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


def _unforeseen(kind: Kind) -> Iterator[str]:
    yield from (name for name in _OWN_PARTS if name != kind.phan_rieng)
    if kind.ma not in _WITH_BASES:
        yield "tham_quyen"
    if kind.ma != "quyet-dinh":
        yield "van_ban_kem_theo"
    if not kind.hai_nguoi_ky:
        yield "ky_trai"


def _authority_is_of_the_decree(texts: Texts) -> Iterator[Finding]:
    for name, value in texts:
        if ".quyen_han[" in name and not value.startswith(tuple(f"{start} " for start in AUTHORITIES)):
            yield finding("letter-authority-unknown", Place(key=name), value=value, known=", ".join(AUTHORITIES))


def _marks_are_of_the_decree(letter: Letter) -> Iterator[Finding]:
    for name, known in (("do_mat", DO_MAT), ("do_khan", DO_KHAN), ("luu_hanh", LUU_HANH)):
        value = getattr(letter, name)
        if value is not None and value not in known:
            yield finding("letter-mark-unknown", Place(key=name), value=value, known=", ".join(known))


def _style_is_of_the_decree(letter: Letter) -> Iterator[Finding]:
    return style_findings(letter.trinh_bay, lambda name: Place(key=f"trinh_bay.{name}"))


_TEXT_RULES: Final[tuple[Callable[[Texts], Iterator[Finding]], ...]] = (
    _texts_are_whole,
    _texts_fit,
    _authority_is_of_the_decree,
)

_RULES: Final[tuple[Callable[[Letter], Iterator[Finding]], ...]] = (
    _kind_is_known,
    _bodies_are_not_empty,
    _lists_are_bare,
    _number_and_symbol_are_sound,
    _addressees_suit_the_kind,
    _parts_suit_the_kind,
    _marks_are_of_the_decree,
    _style_is_of_the_decree,
)
