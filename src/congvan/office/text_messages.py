"""Text messages to the recipients of letters: unaccented, with the length counted, as a file a gateway takes.

A message in the plain alphabet of mobile networks (GSM 03.38) has 160 characters, 153 a part where it takes several;
with one letter beyond it 70, 67 a part.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Final

from congvan.letter import KINDS
from congvan.office.consignment import Consignment, Parcel, SentCopy
from congvan.office.workbook import Column, SheetOfRows, workbook_of
from congvan.text import capitalize_first, short_date_of, without_marks
from congvan.text.fields.pattern import fill
from congvan.text.formula import escape_formula

DEFAULT_TEXT: Final = (
    "{{ don_vi }}: {{ loai }} so {{ so_ky_hieu }} ngay {{ ngay }} gui {{ nguoi_nhan }}, {{ thon }}. "
    "Moi nhan tai {{ noi_nhan }}."
)
"""The message where the office gives none of its own."""

_PLAIN: Final = re.compile(r"[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]*")
_TWICE: Final = re.compile(r"[\^{}\\\[~\]|€]")
"""Signs of the plain alphabet that count as two."""

_ONE_PLAIN, _PART_PLAIN, _ONE_OTHER, _PART_OTHER = 160, 153, 70, 67
_BETWEEN_NUMBERS: Final = re.compile(r"[;,/]|\s-\s")
_DIGITS: Final = range(9, 12)
"""Digits of a number as it is dialled in the country; one more with the code of the country in place of the 0."""

_COUNTRY: Final = "84"

_COLUMNS: Final = (
    Column("Điện thoại", 14),
    Column("Họ và tên", 28),
    Column("Thôn, tổ dân phố", 24),
    Column("Xã, phường", 24),
    Column("Nội dung", 70),
    Column("Số ký tự", 9),
    Column("Số tin", 8),
)


@dataclass(frozen=True, slots=True)
class TextMessage:
    """One message to one telephone."""

    phone: str
    text: str
    copy: SentCopy
    parcel: Parcel

    @property
    def characters(self) -> int:
        """Its length as networks count it."""
        return len(self.text) + len(_TWICE.findall(self.text))

    @property
    def parts(self) -> int:
        """How many messages it is charged as."""
        is_plain = _PLAIN.fullmatch(_TWICE.sub("", self.text))
        one, part = (_ONE_PLAIN, _PART_PLAIN) if is_plain else (_ONE_OTHER, _PART_OTHER)
        return 1 if self.characters <= one else ceil(self.characters / part)


def text_messages(consignment: Consignment, pattern: str = DEFAULT_TEXT) -> Iterator[TextMessage]:
    """A message for each telephone of each recipient; recipients without one have none.

    Raises:
        TemplateError: for a pattern with a field there is none of.
    """
    for parcel in consignment.parcels:
        for copy in parcel.copies:
            for phone in phones_in(copy.recipient.dien_thoai or ""):
                yield TextMessage(phone, message_text(pattern, parcel, copy), copy, parcel)


def message_text(pattern: str, parcel: Parcel, copy: SentCopy) -> str:
    """The text of one message, unaccented.

    Raises:
        TemplateError: for a field there is none of.
    """
    return " ".join(without_marks(fill(pattern, _fields(parcel, copy))).split())


def phones_in(cell: str) -> tuple[str, ...]:
    """The telephone numbers in a cell, digits alone: ``0912 345 678; +84 237 3852 852``."""
    numbers = (re.sub(r"\D", "", part) for part in _BETWEEN_NUMBERS.split(cell))
    local = (f"0{number[2:]}" if number.startswith(_COUNTRY) else number for number in numbers)
    return tuple(dict.fromkeys(number for number in local if len(number) in _DIGITS and number.startswith("0")))


def _fields(parcel: Parcel, copy: SentCopy) -> dict[str, str]:
    letter = copy.letter
    return {
        **copy.recipient.truong,
        "don_vi": parcel.sender.name,
        "loai": capitalize_first(KINDS[letter.loai].ten) if letter.loai in KINDS else "Văn bản",
        "so_ky_hieu": letter.so_ky_hieu,
        "ngay": short_date_of(letter.ngay) if letter.ngay else "",
        "trich_yeu": letter.trich_yeu,
        "nguoi_nhan": copy.address_lines[0],
        "thon": copy.place,
        "noi_nhan": f"UBND {parcel.xa}",
    }


def gateway_file(messages: list[TextMessage]) -> bytes:
    """Telephone and text as CSV, in the form gateways import."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(["dien_thoai", "noi_dung"])
    for message in messages:
        writer.writerow([message.phone, escape_formula(message.text)])
    return target.getvalue().encode("utf-8-sig")


def message_list(messages: list[TextMessage]) -> bytes:
    """The same for people: who gets what, how long it is and what it counts as."""
    rows = [
        (one.phone, one.copy.person, one.copy.place, one.parcel.xa, one.text, one.characters, one.parts)
        for one in messages
    ]
    return workbook_of("Tin nhắn", [SheetOfRows("Tin nhắn", _COLUMNS, rows)])
