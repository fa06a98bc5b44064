"""The books in which letters leave an office: from hand to hand, and by post.

The post book is the decree's (Decree 30/2020, Annex IV). The delivery book is an office's own: the decree has none; its
five columns are those of Circular 07/2012/TT-BNV, Annex IX, which many offices still use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from congvan.office.consignment import Consignment, Parcel
from congvan.office.envelopes import numbers_of
from congvan.register.book.printed_book import BookForm, Cover, Line, PrintedBook, printable
from congvan.text import short_date_of

DELIVERY_BOOK: Final = BookForm(
    "SỔ CHUYỂN GIAO VĂN BẢN ĐI",
    ("Ngày chuyển", "Số, ký hiệu văn bản", "Nơi nhận văn bản", "Ký nhận", "Ghi chú"),
    (26, 70, 80, 50, 41),
)
"""The office's own book: Circular 07/2012/TT-BNV, Annex IX."""

POST_BOOK: Final = BookForm(
    "SỔ GỬI VĂN BẢN ĐI BƯU ĐIỆN",
    (
        "Ngày chuyển",
        "Số, ký hiệu văn bản",
        "Nơi nhận văn bản",
        "Số lượng bì",
        "Ký nhận và dấu bưu điện",
        "Ghi chú",
    ),
    (26, 66, 76, 20, 48, 31),
)
"""The decree's book of letters sent by post (Annex IV)."""


def delivery_book(consignment: Consignment, *, duplex: bool, day: date | None) -> PrintedBook:
    """A line for each parcel; copies, sheets and envelopes stand in the note."""

    def line(parcel: Parcel) -> Line:
        sheets = parcel.sheets(duplex=duplex)
        note = f"{len(parcel.copies):02} bản, {sheets:02} tờ, 01 bì"
        return (_day(day), numbers_of(parcel), _destination(parcel), "", note)

    return _book(DELIVERY_BOOK, consignment, day, line)


def post_book(consignment: Consignment, *, day: date | None) -> PrintedBook:
    """A line for each envelope."""

    def line(parcel: Parcel) -> Line:
        return (_day(day), numbers_of(parcel), _destination(parcel), "01", "", "")

    return _book(POST_BOOK, consignment, day, line)


def _book(form: BookForm, consignment: Consignment, day: date | None, line: Callable[[Parcel], Line]) -> PrintedBook:
    sender = consignment.sender.agency
    cover = Cover(
        chu_quan=printable(sender.chu_quan or ""),
        co_quan=printable(sender.co_quan),
        nam=day.year if day else consignment.sender.nam,
        tu_ngay=_day(day),
        den_ngay=_day(day),
        tu_so="",
        den_so="",
        quyen_so="",
        is_numbered=False,
    )
    return PrintedBook(cover, tuple(_lines(consignment, line)), form)


def _lines(consignment: Consignment, line: Callable[[Parcel], Line]) -> Iterator[Line]:
    for parcel in consignment.parcels:
        yield tuple(map(printable, line(parcel)))


def _destination(parcel: Parcel) -> str:
    return f"{parcel.addressee}, {parcel.huyen}" if parcel.huyen else parcel.addressee


def _day(day: date | None) -> str:
    return short_date_of(day) if day else ""
