"""Lay the register out as the book an office keeps: the decree's cover and ten columns, as texts. Pure.

Decree 30/2020, Annex IV, and Art. 16.2b: a register kept in software must be printable with all of them.
When a letter was received and who signed for it stays open to be filled in by hand until the register knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from congvan.letter import KINDS, Agency
from congvan.letter.official_copy import COPIES
from congvan.register.entry import Entry, Series, State
from congvan.register.letter_chain import Chains
from congvan.register.letter_record import LetterRecord
from congvan.register.register_errors import register_error
from congvan.text import capitalize_first, short_date_of

TITLE: Final = "SỔ ĐĂNG KÝ VĂN BẢN ĐI"

COLUMNS: Final = (
    "Số, ký hiệu văn bản",
    "Ngày tháng văn bản",
    "Tên loại và trích yếu nội dung văn bản",
    "Người ký",
    "Nơi nhận văn bản",
    "Đơn vị, người nhận bản lưu",
    "Số lượng bản",
    "Ngày chuyển",
    "Ký nhận",
    "Ghi chú",
)
"""The ten columns of the decree's book, in its order."""

WIDTHS: Final = (31, 26, 54, 26, 33, 24, 16, 17, 16, 24)
"""The width of each column in mm, on a landscape A4 page."""

_FEW: Final = 3
"""Signers that a line names; of more their number."""

_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")

Line = tuple[str, ...]
"""One line of the book: a text for each of its columns."""


@dataclass(frozen=True, slots=True)
class BookForm:
    """A kind of book: its title, its columns and their widths in mm on a landscape A4 page."""

    title: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]

    @property
    def counted(self) -> Line:
        """The line below the head: ``(1)``, ``(2)`` and so on."""
        return tuple(f"({number})" for number in range(1, len(self.columns) + 1))


OUTGOING: Final = BookForm(TITLE, COLUMNS, WIDTHS)
"""The register of outgoing letters (Decree 30/2020, Annex IV)."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover: parent and issuing body, year, first and last date and number, volume.

    ``is_numbered`` is False for a book whose lines are no numbers: its cover names none.
    """

    chu_quan: str
    co_quan: str
    nam: int
    tu_ngay: str
    den_ngay: str
    tu_so: str
    den_so: str
    quyen_so: str
    is_numbered: bool = True

    @property
    def particulars(self) -> tuple[str, ...]:
        """The lines below the title, with dots to fill in by hand for what is not known."""
        numbers = f"Từ số {self.tu_so or _BLANK} đến số {self.den_so or _BLANK}"
        return (
            f"Năm: {self.nam}",
            f"Từ ngày {self.tu_ngay or _BLANK} đến ngày {self.den_ngay or _BLANK}",
            *([numbers] if self.is_numbered else []),
            f"Quyển số: {self.quyen_so or _BLANK}",
        )


@dataclass(frozen=True, slots=True)
class PrintedBook:
    """A cover and its lines, in the columns of its form."""

    cover: Cover
    lines: tuple[Line, ...]
    form: BookForm = OUTGOING


def choose_series(
    entries: Iterable[Entry], don_vi: str | None = None, nam: int | None = None, chuoi: str | None = None
) -> Series:
    """Find the one series among ``entries`` with these parts; None stands for any.

    Raises:
        RegisterError: when there is none, or more than one; the finding names those there are.
    """
    known = sorted({entry.series for entry in entries})
    wanted = (don_vi, nam, chuoi)
    matching = [series for series in known if _matches(series, wanted)]
    if len(matching) == 1:
        return matching[0]
    if matching:
        raise register_error("register-series-several", known=", ".join(map(str, matching)))
    asked = "/".join(str(part) for part in wanted if part) or "?"
    raise register_error("register-series-unknown", series=asked, known=", ".join(map(str, known)) or "—")


def _matches(series: Series, wanted: tuple[str | None, int | None, str | None]) -> bool:
    pairs = zip(series, wanted, strict=True)
    return all(asked is None or part == asked for part, asked in pairs)


def printed_book(
    series: Series,
    entries: Sequence[Entry],
    chains: Chains | None = None,
    *,
    agencies: Mapping[str, Agency] | None = None,
    co_quan: str = "",
    chu_quan: str = "",
    quyen_so: str = "",
) -> PrintedBook:
    """Lay out the book of ``series`` from its entries by number.

    ``chains`` are their letters; what was replaced, recalled or corrected is noted. ``agencies`` are the issuing bodies
    by code; ``co_quan`` and ``chu_quan`` win. A name that is not known is left to be filled in by hand: a code means
    nothing to the reader of a book.
    """
    agency = (agencies or {}).get(series.don_vi)
    parent = (agency.chu_quan or "") if agency and not co_quan else ""
    days = sorted(entry.ngay for entry in entries if entry.ngay and entry.trang_thai is not State.VOID)
    cover = Cover(
        chu_quan=printable(chu_quan or parent),
        co_quan=printable(co_quan or (agency.co_quan if agency else _BLANK)),
        nam=series.nam,
        tu_ngay=short_date_of(days[0]) if days else "",
        den_ngay=short_date_of(days[-1]) if days else "",
        tu_so=entries[0].number if entries else "",
        den_so=entries[-1].number if entries else "",
        quyen_so=printable(quyen_so),
    )
    return PrintedBook(cover, tuple(_line(entry, chains or Chains()) for entry in entries))


def _line(entry: Entry, chains: Chains) -> Line:
    texts = (
        entry.so_ky_hieu,
        short_date_of(entry.ngay) if entry.ngay else "",
        _subject(entry),
        entry.nguoi_ky,
        entry.noi_nhan,
        entry.don_vi_luu,
        "" if entry.so_ban is None else f"{entry.so_ban:02}",
        *_received(chains.of_number(entry.khoa)),
        _note(entry, chains),
    )
    return tuple(map(printable, texts))


def _subject(entry: Entry) -> str:
    """Kind and subject; a công văn's subject stands after "V/v", as in the letter. Of a copy, its form comes first."""
    kind = KINDS.get(entry.loai)
    if kind:
        name = capitalize_first(kind.ten)
    else:
        name = COPIES[entry.loai].capitalize() if entry.loai in COPIES else entry.loai
    about = "V/v " if kind and kind.la_cong_van else ""
    return f"{name} {about}{entry.trich_yeu}" if entry.trich_yeu else name


def _received(letters: Sequence[LetterRecord]) -> tuple[str, str]:
    """Day and signer, once every letter of the number is signed for: of several the last day, and how many signed."""
    days = [letter.ngay_nhan for letter in letters if letter.ngay_nhan]
    if not days or len(days) < len(letters):
        return "", ""
    signers = list(dict.fromkeys(letter.nguoi_ky_nhan for letter in letters if letter.nguoi_ky_nhan))
    return short_date_of(max(days)), "; ".join(signers) if len(signers) <= _FEW else f"{len(signers)} người ký nhận"


def _note(entry: Entry, chains: Chains) -> str:
    """The note, after the state of a number that is void or not issued, and the letters that follow or precede it."""
    match entry.trang_thai:
        case State.VOID:
            state = f"Hủy: {entry.void_reason}"
        case State.RESERVED:
            state = "Đã cấp số, chưa ban hành"
        case _:
            state = ""
    links = (link.sentence("vi") for link in chains.links(entry))
    return "; ".join(part for part in (state, *links, entry.ghi_chu) if part)


def printable(text: str) -> str:
    """``text`` without the control characters that neither Word nor Excel can hold."""
    return _UNPRINTABLE.sub("\ufffd", text)


_BLANK: Final = "………"
