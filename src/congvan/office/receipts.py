"""The list of receipts an office fills in when the signed papers come back, and what a filled one says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from congvan.errors import TextError
from congvan.findings import Finding, Place, finding
from congvan.office.consignment import Consignment
from congvan.office.workbook import Cell, Column, SheetOfRows, workbook_of
from congvan.recipients import read_table
from congvan.register.letter_book import Receipt
from congvan.text import parse_date, short_date_of

TITLE: Final = "Danh sách ký nhận"

_DAY, _SIGNER, _KEY = "Ngày nhận", "Người ký nhận", "Khóa"

COLUMNS: Final = (
    Column("STT", 6),
    Column("Xã, phường", 24),
    Column("Thôn, tổ dân phố", 24),
    Column("Họ và tên", 28),
    Column("Số, ký hiệu", 18),
    Column("Số tờ", 8),
    Column(_DAY, 13, is_open=True, is_date=True),
    Column(_SIGNER, 28, is_open=True),
    Column("Ghi chú", 24, is_open=True),
    Column(_KEY, 34),
)
"""The columns; by the last one a filled list finds its letters again."""


def receipt_list(consignment: Consignment, *, duplex: bool) -> bytes:
    """The list of one body as .xlsx, a line for each recipient, parcel by parcel."""
    rows = list(_rows(consignment, duplex=duplex))
    return workbook_of(TITLE, [SheetOfRows(TITLE, COLUMNS, rows)])


def _rows(consignment: Consignment, *, duplex: bool) -> Iterator[tuple[Cell, ...]]:
    number = 0
    for parcel in consignment.parcels:
        for copy in parcel.copies:
            number += 1
            letter = copy.letter
            sheets = letter.sheets(duplex=duplex)
            yield number, parcel.xa, copy.place, copy.person, letter.so_ky_hieu, sheets, None, None, None, letter.khoa


def read_receipts(path: Path, today: date) -> tuple[dict[str, Receipt], list[Finding]]:
    """The receipts in a filled list by the keys of their letters; a letter not signed for in all its lines has none.

    Raises:
        UnreadableFileError: when it is no table.
    """
    table = read_table(path, naming=str.strip)
    if table.rows and _KEY not in table.rows[0].values:
        return {}, [finding("delivery-list-without-keys", Place(file=str(path)), column=_KEY)]
    receipts: dict[str, list[Receipt | None]] = {}
    findings: list[Finding] = list(table.report)
    for row in table.rows:
        if khoa := row.values.get(_KEY, ""):
            receipt, wrong = _receipt(row.values, row.place, today)
            receipts.setdefault(khoa, []).append(receipt)
            findings += wrong
    whole = {khoa: _whole(of_letter) for khoa, of_letter in receipts.items()}
    return {khoa: receipt for khoa, receipt in whole.items() if receipt}, findings


def _receipt(values: Mapping[str, str], place: Place, today: date) -> tuple[Receipt | None, list[Finding]]:
    written, signer = values.get(_DAY, "").strip(), values.get(_SIGNER, "").strip()
    if not written:
        return None, [finding("delivery-without-day", place)] if signer else []
    try:
        day = parse_date(written)
    except TextError:
        return None, [finding("delivery-day-unreadable", place, value=written)]
    if day > today:
        return None, [finding("delivery-day-in-future", place, value=short_date_of(day))]
    return Receipt(day, signer, place), []


def _whole(of_letter: list[Receipt | None]) -> Receipt | None:
    """The receipt of a letter that all its recipients signed for: the last day, and all who signed."""
    known = [receipt for receipt in of_letter if receipt]
    if len(known) < len(of_letter):
        return None
    last = max(known, key=lambda receipt: receipt.ngay)
    signers = "; ".join(dict.fromkeys(receipt.nguoi_ky for receipt in known if receipt.nguoi_ky))
    return last._replace(nguoi_ky=signers)
