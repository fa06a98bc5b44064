"""The rules that refuse a letter whatever its layout.

Only facts read in the decree itself refuse a letter, no matters of taste.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import Final

from congvan.decree.kinds import KINDS, Kind
from congvan.decree.measures import COMPONENTS, HEAD_SLACK, MOST_OF_HEAD, PAGE
from congvan.findings import Finding, Place, finding
from congvan.letter.doubled_words import doubled_words, doubtful_words
from congvan.letter.office_style import style_findings
from congvan.letter.parts import LetterParts
from congvan.letter.signature import AUTHORITIES, Signature
from congvan.letter.text_types import JOINT, Part
from congvan.support.lengths import Mm
from congvan.text.non_value import is_non_value
from congvan.text.width import text_width

DO_MAT: Final = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")
DO_KHAN: Final = ("HỎA TỐC", "THƯỢNG KHẨN", "KHẨN")
LUU_HANH: Final = ("XEM XONG TRẢ LẠI", "LƯU HÀNH NỘI BỘ")

MAX_LENGTH: Final = {
    "trich_yeu": 500,
    "ky_hieu": 30,
    "kinh_gui": 200,
    "ho_ten": 50,
    "chuc_vu": 100,
    "chuc_danh_khac": 100,
}
"""Characters at most (Decree 30/2020, Annex VI, part II)."""

_SHORT: Final = min(MAX_LENGTH.values())
_AUTHORITY: Final = re.compile(rf"(?:{'|'.join(map(re.escape, AUTHORITIES))})\s|KÍNH THƯ$", re.IGNORECASE)
_OPEN_TEXTS: Final = frozenset({"ky_hieu", "dia_danh"})
_SIGNED: Final = re.compile(r"(?:ky|ky_trai|ky_giua\[\d+\])\.(?:chuc_vu|ho_ten)")
_HEADINGS: Final = re.compile(
    r"(?:ban_sao\.)?(?:co_quan|chu_quan)|tham_quyen"
    r"|(?:ban_sao\.)?ky(?:_trai|_giua\[\d+\])?\.(?:quyen_han\[\d+\]|chuc_vu|chuc_danh_khac)"
)
_NAMES_APART: Final = re.compile("[,;\n]")
"""An addressee's line may name many; the limit is on one name."""
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
    if letter.loai in KINDS:
        yield from _head_fits(letter)
        yield from _wording(letter, texts)
    yield from style_findings(letter.trinh_bay, lambda name: Place(key=f"trinh_bay.{name}"))


def blank_parts(letter: LetterParts) -> Iterator[Finding]:
    """Everything a draft may leave open and a letter with a number may not."""
    for name, value in _open_parts(letter):
        if not value:
            yield finding("letter-part-open", Place(key=name), part=name)
    if letter.kind.la_cong_van and not letter.kinh_gui:
        yield finding("letter-addressee-missing", Place(key="kinh_gui"), kind=letter.kind.ten)


def _open_parts(letter: LetterParts) -> Iterator[tuple[str, object]]:
    kind = letter.kind
    yield "dia_danh", letter.dia_danh
    yield from ((name, getattr(letter, name).strip(" ….")) for name in ("trich_yeu", "noi_dung"))
    yield "ngay", letter.ngay.nam
    if not kind.la_thu:
        yield from (("ky_hieu", letter.ky_hieu.strip()), ("noi_nhan", letter.noi_nhan))
    for name, signer in _signers(letter):
        yield f"{name}.ho_ten", signer.ho_ten
        yield f"{name}.chuc_vu", signer.chuc_vu


def _signers(letter: LetterParts) -> Iterator[tuple[str, Signature]]:
    if letter.ky_trai:
        yield "ky_trai", letter.ky_trai
    yield from ((f"ky_giua[{index}]", signer) for index, signer in enumerate(letter.ky_giua))
    yield "ky", letter.ky


def cautions(letter: LetterParts) -> Iterator[Finding]:
    """What is likely a slip, though an office may have a reason for it: warnings, which refuse no letter."""
    if letter.loai in KINDS:
        yield from _but_kept(letter, chain(_symbol_suits_the_kind(letter), doubtful_words(letter)))


def _wording(letter: LetterParts, texts: Texts) -> Iterator[Finding]:
    yield from _but_kept(letter, chain(_names_are_written_as_names(texts), doubled_words(letter, letter.kind, texts)))


def _but_kept(letter: LetterParts, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings about other parts than those that are to stay as typed."""
    for one in findings:
        if not letter.giu_nguyen or re.split(r"[.\[]", one.place.key or "")[0] not in letter.giu_nguyen:
            yield one


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
        if not value and _may_be_open(name):
            continue
        if not bare:
            yield finding("letter-part-empty", place, part=name)
        elif is_non_value(bare):
            yield finding("letter-part-not-text", place, part=name, value=value)
        elif any(_is_control(sign) for sign in (value.replace("\n", " ") if _may_have_lines(name) else value)):
            yield finding("letter-part-control-characters", place, part=name)


def _bodies_are_not_empty(letter: LetterParts) -> Iterator[Finding]:
    attached = letter.van_ban_kem_theo
    if attached and not attached.noi_dung.strip():
        yield finding("letter-part-empty", Place(key="van_ban_kem_theo.noi_dung"), part="van_ban_kem_theo.noi_dung")
    if not letter.noi_dung.strip():
        yield finding("letter-part-empty", Place(key="noi_dung"), part="noi_dung")


def _is_control(sign: str) -> bool:
    """Control, surrogate, private and unassigned characters, ends of lines; a no-break space is none of them."""
    return unicodedata.category(sign) in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}


@cache
def _may_be_open(name: str) -> bool:
    """Whether a draft may leave the text empty."""
    return name in _OPEN_TEXTS or _SIGNED.fullmatch(name) is not None


@lru_cache(maxsize=1024)
def _may_have_lines(name: str) -> bool:
    """Whether the text may have line ends of the user's."""
    return _HEADINGS.fullmatch(name) is not None


def _texts_fit(texts: Texts) -> Iterator[Finding]:
    for name, value in texts:
        if len(value) <= _SHORT:
            continue
        limit = _limit(name)
        length = max(map(len, _NAMES_APART.split(value))) if name.startswith("kinh_gui") else len(value)
        if limit and length > limit:
            yield finding("letter-part-too-long", Place(key=name), part=name, length=length, limit=limit)


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
    if letter.kinh_gui and kind.loi_goi is None:
        yield finding("letter-addressee-unforeseen", Place(key="kinh_gui"), kind=kind.ten)


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
    if not kind.la_thu:
        yield "ten_loai"


@lru_cache(maxsize=1024)
def _limit(name: str) -> int | None:
    """The most characters of the text ``name``: ``ky.ho_ten``, ``kinh_gui[3].gom[0]``."""
    return MAX_LENGTH.get(re.sub(r"^(?:ky|ky_trai|ky_giua\[\d+\]|ban_sao\.ky)\.|\[\d+\](?:\.gom\[\d+\])?$", "", name))


def _authority_is_of_the_decree(texts: Texts) -> Iterator[Finding]:
    for name, value in texts:
        if ".quyen_han[" in name and not _AUTHORITY.match(value):
            yield finding("letter-authority-unknown", Place(key=name), value=value, known=", ".join(AUTHORITIES))


def _names_are_written_as_names(texts: Texts) -> Iterator[Finding]:
    """The signer's name has a capital at each syllable and is not in capitals (Annex I, part II, item 7b).

    The same item leaves a rank or degree before the name to the rules of armed forces, schools, hospitals, science.
    """
    for name, value in texts:
        if name.endswith(".ho_ten") and name.startswith(("ky", "ban_sao.ky")) and (written := _name_as_written(value)):
            yield finding("letter-name-form", Place(key=name), value=value, written=written)


_TITLES: Final = re.compile(
    r"(?:(?:(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy)|(?:Phó |Chuẩn )?[Đđ]ô đốc|(?:Phó )?[Gg]iáo sư|Tiến sĩ|Thạc sĩ"
    r"|Bác sĩ(?: [Cc]huyên khoa II?)?|Dược sĩ|Kỹ sư|Nhà giáo (?:Nhân dân|Ưu tú)|Thầy thuốc (?:Nhân dân|Ưu tú)"
    r"|P?GS|TSKH|TS|ThS|BS|DS|KS|NSND|NSƯT),? )+"
)


@lru_cache(maxsize=1024)
def _name_as_written(signer: str) -> str:
    """The name as the decree writes it, after its rank or degree; empty where it is written so."""
    titles = _TITLES.match(signer)
    title = titles[0] if titles else ""
    name = signer[len(title) :]
    syllables = name.split()
    wrong = any((len(one) > 1 and one.isupper() and one.isalpha()) or one[0].islower() for one in syllables)
    return title + " ".join(map(str.capitalize, syllables)) if wrong else ""


def _symbol_suits_the_kind(letter: LetterParts) -> Iterator[Finding]:
    """The symbol of a named kind has its code in it, ``KH-SYT`` (Annex I, part II, item 3).

    Bodies that issue a document together choose its symbol.
    """
    code = letter.kind.ky_hieu
    if not code or not letter.ky_hieu or letter.ky_trai or JOINT in letter.co_quan:
        return
    if not any(group.startswith(code) for group in letter.ky_hieu.split("-")):
        yield finding("letter-symbol-kind", Place(key="ky_hieu"), value=letter.ky_hieu, code=code, kind=letter.kind.ten)


def _head_fits(letter: LetterParts) -> Iterator[Finding]:
    """Number and symbol, place and date stand on one line (Annex I, part II, item 4)."""
    if letter.loai == "bien-ban":  # has no place and date in its head
        return
    place, number = f"{letter.dia_danh}, {letter.ngay.dai}", letter.so_ky_hieu if letter.has_number else ""
    whole = Mm(PAGE.width - letter.trinh_bay.le_trai - letter.trinh_bay.le_phai).pt
    right = _place_width(place)
    if right > whole * MOST_OF_HEAD or (number and right + _number_width(number) > whole):
        yield finding("letter-head-too-wide", Place(key="dia_danh"), place=place, number=number)


@lru_cache(maxsize=1024)
def _place_width(place: str) -> float:
    """What place and date need on a line, in points."""
    return text_width(place, COMPONENTS["dia_danh_ngay"].size, italic=True) + HEAD_SLACK


@lru_cache(maxsize=1024)
def _number_width(number: str) -> float:
    return text_width(f"Số: {number}", COMPONENTS["so_ky_hieu"].size)


def _marks_are_of_the_decree(letter: LetterParts) -> Iterator[Finding]:
    for name, known in (("do_mat", DO_MAT), ("do_khan", DO_KHAN), ("luu_hanh", LUU_HANH)):
        value = getattr(letter, name)
        if value is not None and value not in known:
            yield finding("letter-mark-unknown", Place(key=name), value=value, known=", ".join(known))
