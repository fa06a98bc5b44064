"""The list of letters that go out electronically: one line a recipient, with the address it has in its list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from congvan.campaign.planning.addressees import addressee
from congvan.office.consignment import BodyLetter
from congvan.office.email_drafts import addresses
from congvan.office.workbook import Cell, Column, SheetOfRows, workbook_of

_TITLE: Final = "Gửi điện tử"
_COLUMNS: Final = (
    Column("STT", 6),
    Column("Số, ký hiệu", 18),
    Column("Ngày", 12),
    Column("Trích yếu", 50),
    Column("Nơi nhận", 44),
    Column("Mã định danh", 20),
    Column("Thư điện tử", 30),
    Column("Tệp", 34),
    Column("Ngày gửi", 13, is_open=True, is_date=True),
    Column("Ghi chú", 24, is_open=True),
)


def electronic_list(letters: Sequence[BodyLetter]) -> bytes:
    """The list as .xlsx."""
    return workbook_of(_TITLE, [SheetOfRows(_TITLE, _COLUMNS, list(_rows(letters)))])


def _rows(letters: Sequence[BodyLetter]) -> Iterator[tuple[Cell, ...]]:
    number = 0
    for one in letters:
        letter = one.letter
        name = letter.pdf.rpartition("/")[2]
        for recipient in one.recipients:
            number += 1
            identifier = recipient.truong.get("ma_dinh_danh", "")
            to = "; ".join(addresses([recipient]))
            about = letter.so_ky_hieu, letter.ngay, letter.trich_yeu
            yield number, *about, addressee(recipient), identifier, to, name, None, None
