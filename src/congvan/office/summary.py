"""The summary of deliveries: what each body hands to each commune, and what a clerk should look at before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from congvan.office.consignment import Consignment, DeliveryTotals, Parcel, SentCopy, sheets_of, totals
from congvan.office.text_messages import phones_in
from congvan.office.workbook import Cell, Column, SheetOfRows, workbook_of

_SUMMARY: Final = (
    Column("Cơ quan gửi", 34),
    Column("Huyện", 22),
    Column("Xã, phường", 26),
    Column("Người nhận", 12),
    Column("Văn bản", 10),
    Column("Số tờ", 10),
    Column("Số bì", 8),
    Column("Tệp in", 44),
)
_ATTENTION: Final = (
    Column("Cơ quan gửi", 34),
    Column("Xã, phường", 26),
    Column("Thôn, tổ dân phố", 26),
    Column("Họ và tên", 28),
    Column("Số, ký hiệu", 18),
    Column("Cần xem lại", 44),
)


@dataclass(frozen=True, slots=True)
class ParcelLine:
    """A line of the summary."""

    parcel: Parcel
    totals: DeliveryTotals

    @property
    def print_file(self) -> str:
        """The path of its print file in the folder of deliveries."""
        return f"{self.parcel.sender.folder}/in/{self.parcel.name}.pdf"


@dataclass(frozen=True, slots=True)
class Summary:
    """All consignments of a run with the pages of their covering slips by body and parcel."""

    consignments: tuple[Consignment, ...]
    slip_pages: Mapping[str, Mapping[str, int]]
    duplex: bool

    @property
    def totals(self) -> DeliveryTotals:
        """What all consignments count together."""
        return sum((self.totals_of(one) for one in self.consignments), DeliveryTotals())

    def totals_of(self, consignment: Consignment) -> DeliveryTotals:
        """What one of them counts."""
        return totals(consignment, self.slip_pages.get(consignment.sender.folder, {}), duplex=self.duplex)

    def lines(self) -> Iterator[ParcelLine]:
        """A line for each parcel, body by body."""
        for consignment in self.consignments:
            pages = self.slip_pages.get(consignment.sender.folder, {})
            for parcel in consignment.parcels:
                slip = sheets_of(pages.get(parcel.name, 0), duplex=self.duplex)
                sheets = slip + parcel.sheets(duplex=self.duplex)
                counted = DeliveryTotals(len(parcel.copies), len(parcel.letters), sheets, 1)
                yield ParcelLine(parcel, counted)

    def workbook(self) -> bytes:
        """The summary as .xlsx: the parcels with a last line of totals, and the recipients to look at."""
        lines = list(self.lines())
        rows: list[Sequence[Cell]] = [_row(line) for line in lines]
        total = self.totals
        rows.append(("Cộng", "", "", total.recipients, total.letters, total.sheets, total.envelopes, ""))
        attention = [row for line in lines for row in _attention(line)]
        sheets = [SheetOfRows("Tổng hợp", _SUMMARY, rows), SheetOfRows("Cần xem lại", _ATTENTION, attention)]
        return workbook_of("Tổng hợp giao nhận", sheets)


def _row(line: ParcelLine) -> tuple[Cell, ...]:
    counted = line.totals
    counts = counted.recipients, counted.letters, counted.sheets, counted.envelopes
    return (line.parcel.sender.name, line.parcel.huyen, line.parcel.xa, *counts, line.print_file)


def _attention(line: ParcelLine) -> Iterator[tuple[Cell, ...]]:
    names = [copy.person for copy in line.parcel.copies]
    for copy in line.parcel.copies:
        for remark in _remarks(copy, names):
            about = copy.place, copy.person, copy.letter.so_ky_hieu
            yield (line.parcel.sender.name, line.parcel.xa, *about, remark)


def _remarks(copy: SentCopy, names: Sequence[str]) -> Iterator[str]:
    if not copy.person:
        yield "Khuyết người đứng đầu: gửi theo chức danh"
    elif names.count(copy.person) > 1:
        yield "Trùng họ tên trong xã: đối chiếu thôn khi giao"
    if not phones_in(copy.recipient.dien_thoai or ""):
        yield "Không có số điện thoại: không nhắn tin được"
