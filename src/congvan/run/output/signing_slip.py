"""The slip in front of letters that go to their signer (phiếu trình ký): what they are, and room to sign."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from congvan.campaign import Campaign
from congvan.run.output.manifest import ManifestRow
from congvan.text import capitalize_first

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

_FACE: Final = "Times New Roman"
_CREATED: Final = datetime(2000, 1, 1)  # noqa: DTZ001  # python-docx writes a date without a zone
_MOST_ADDRESSEES: Final = 30
"""Addressees named one by one; of more the rest is counted, so that the slip stays on its sheet."""

_TO_FILL_IN: Final = ("Người soạn", "Lãnh đạo bộ phận", "Ý kiến của người ký", "Ngày ký")


def signing_slip(campaign: Campaign, rows: Sequence[ManifestRow]) -> bytes:
    """The slip for the letters ``rows`` of one print file, as PDF."""
    from docx import Document

    from congvan.pdf import to_pdf

    document = Document()
    _set_page(document)
    _write_title(document, rows)
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for label, text in (*_particulars(campaign, rows), *((label, "") for label in _TO_FILL_IN)):
        _add_row(table, label, text)
    document.core_properties.created = document.core_properties.modified = _CREATED
    target = io.BytesIO()
    document.save(target)
    return to_pdf(target.getvalue())


def _add_row(table: Table, label: str, text: str) -> None:
    """A line of the slip; one to fill in is high enough to write in."""
    from docx.shared import Mm

    row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx says no type
    row.cells[0].width, row.cells[1].width = Mm(45), Mm(115)
    row.cells[0].text, row.cells[1].text = label, text
    if not text:
        row.height = Mm(22)


def _set_page(document: Document) -> None:
    """A4 with the decree's margins."""
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FACE, Pt(13)
    style.paragraph_format.space_after = Pt(0)


def _write_title(document: Document, rows: Sequence[ManifestRow]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    for text, size, bold in ((_issuers(rows), 13, True), ("PHIẾU TRÌNH KÝ", 16, True), ("", 13, False)):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, Pt(size)


def _issuers(rows: Sequence[ManifestRow]) -> str:
    return "; ".join(dict.fromkeys(row.co_quan.replace("\n", " ") for row in rows))


def _particulars(campaign: Campaign, rows: Sequence[ManifestRow]) -> Iterator[tuple[str, str]]:
    yield "Đợt phát hành", campaign.ten
    yield "Trích yếu", "; ".join(dict.fromkeys(capitalize_first(row.trich_yeu) for row in rows))
    yield "Số văn bản", str(len(rows))
    yield "Số trang", str(sum(row.trang or 0 for row in rows))
    yield "Nơi nhận", _addressees(rows)


def _addressees(rows: Sequence[ManifestRow]) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row.kinh_gui))
    more = len(names) - _MOST_ADDRESSEES
    shown = "; ".join(names[:_MOST_ADDRESSEES])
    return f"{shown}; … và {more} nơi nhận khác" if more > 0 else shown
