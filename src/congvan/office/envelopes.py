"""Envelopes by the decree's model, one a parcel (Decree 30/2020, Annex IV, the model of the envelope).

The model shows what stands where, and prescribes no size of the envelope.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from congvan.office.consignment import Parcel
from congvan.register.book.printed_book import printable
from congvan.support.lengths import Mm, Pt
from congvan.support.plain_document import new_document, saved

if TYPE_CHECKING:
    from docx.document import Document

_TITLE: Final = "Bì văn bản"
_SENDER_WIDTH: Final = Mm(110)
_MOST_NUMBERS: Final = 3
"""Numbers named one by one on an envelope; of more the first and the last."""

_BODY, _SMALL, _NUMBER, _LEAD, _ADDRESS = Pt(12), Pt(10.5), Pt(10), Pt(13), Pt(11)
"""The sizes of the decree's model."""


@dataclass(frozen=True, slots=True)
class EnvelopeSize:
    """An envelope lying across."""

    width: Mm
    height: Mm


ENVELOPES: Final = {
    "DL": EnvelopeSize(Mm(220), Mm(110)),
    "C6": EnvelopeSize(Mm(162), Mm(114)),
    "C5": EnvelopeSize(Mm(229), Mm(162)),
    "B5": EnvelopeSize(Mm(250), Mm(176)),
    "C4": EnvelopeSize(Mm(324), Mm(229)),
    "A4": EnvelopeSize(Mm(297), Mm(210)),
}
"""Common sizes (ISO 269); ``A4`` is a sheet to glue on."""

DEFAULT_ENVELOPE: Final = "C4"


def envelope_pages(parcels: Sequence[Parcel], size: EnvelopeSize) -> bytes:
    """An envelope for each of ``parcels`` as .docx, a page each."""
    side = Mm(12)
    document = new_document(size.width, size.height, left=side, right=side, top=side, bottom=Mm(8))
    for number, parcel in enumerate(parcels):
        sender = parcel.sender.agency
        head = _write(document, sender.co_quan.replace("\n", " "), _BODY, bold=True)
        head.paragraph_format.page_break_before = number > 0
        for line in sender.lien_he:
            _write(document, line, _SMALL)
        _write(document, f"Số/ký hiệu văn bản: {numbers_of(parcel)}", _NUMBER, before=Pt(6))
        _write_address(document, parcel, size)
    return saved(document, _TITLE)


def numbers_of(parcel: Parcel) -> str:
    """Number and symbol of the letters inside: each of a few, ``18/ĐLHL … 25/ĐLHL (8 văn bản)`` of more."""
    names = list(dict.fromkeys(letter.so_ky_hieu for letter in parcel.letters))
    if len(names) <= _MOST_NUMBERS:
        return "; ".join(names)
    return f"{names[0]} … {names[-1]} ({len(names)} văn bản)"


def _write_address(document: Document, parcel: Parcel, size: EnvelopeSize) -> None:
    """Whom it is for, in the lower right part."""
    left = Mm(size.width * 0.42)
    lead = _write(document, "Kính gửi:", _LEAD, bold=True, italic=True, left=left)
    lead.paragraph_format.space_before = _points(_room_above(size))
    for line in _address(parcel):
        _write(document, line, _ADDRESS, italic=True, left=left)


def _room_above(size: EnvelopeSize) -> Pt:
    """What brings the address to the middle of the envelope, below the sender's five lines."""
    return Pt(max(12.0, size.height.pt * 0.5 - Mm(42).pt))


def _address(parcel: Parcel) -> Iterator[str]:
    yield parcel.addressee
    if parcel.huyen:
        yield parcel.huyen
    if tinh := parcel.copies[0].recipient.tinh:
        yield tinh


def _write(
    document: Document,
    text: str,
    size: Pt,
    *,
    bold: bool = False,
    italic: bool = False,
    left: Mm = Mm(0),
    before: Pt = Pt(0),
) -> Any:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.left_indent = _indent(left)
    paragraph.paragraph_format.space_before = _points(before)
    run = paragraph.add_run(printable(text))
    run.bold, run.italic, run.font.size = bold, italic, _points(size)
    return paragraph


def _points(size: Pt) -> Any:
    from docx.shared import Pt as WordPt

    return WordPt(size)


def _indent(length: Mm) -> Any:
    from docx.shared import Mm as WordMm

    return WordMm(length)
