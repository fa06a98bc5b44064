"""Papers that are no letters (books, lists, labels, envelopes) as Word documents by python-docx: page, faces, file."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from congvan.support.lengths import Mm, Pt

if TYPE_CHECKING:
    from docx.document import Document

FACE: Final = "Times New Roman"
_CREATED: Final = datetime(2000, 1, 1)  # noqa: DTZ001  # python-docx writes a date without a zone
"""The date in the file: a fixed one, so that the same paper gives the same bytes."""


def new_document(width: Mm, height: Mm, *, left: Mm, right: Mm, top: Mm, bottom: Mm, size: Pt = Pt(12)) -> Document:
    """A document of one section with this page and these margins; text in the decree's face, without space after."""
    from docx import Document
    from docx.enum.section import WD_ORIENT

    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if width > height else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = _emu(width), _emu(height)
    section.left_margin, section.right_margin = _emu(left), _emu(right)
    section.top_margin, section.bottom_margin = _emu(top), _emu(bottom)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FACE, _points(size)
    style.element.rPr.rFonts.set(qualified("eastAsia"), FACE)
    style.paragraph_format.space_after = _points(Pt(0))
    style.paragraph_format.line_spacing = 1.0
    return document


def saved(document: Document, title: str, author: str = "") -> bytes:
    """The file, with the same bytes whenever it is written."""
    properties = document.core_properties
    properties.title, properties.author = title[:255], author[:255]
    properties.created = properties.modified = _CREATED
    target = io.BytesIO()
    document.save(target)
    return _without_timestamps(target)


def element(name: str, **attributes: Any) -> Any:
    """An element of WordprocessingML, ``tblHeader``, with these attributes."""
    from docx.oxml import OxmlElement

    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qualified(key), str(value))
    return made


def qualified(name: str) -> str:
    """``name`` in the namespace of WordprocessingML."""
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))


def _without_timestamps(written: io.BytesIO) -> bytes:
    target = io.BytesIO()
    with ZipFile(written) as source, ZipFile(target, "w", ZIP_DEFLATED) as copy:
        for name in source.namelist():
            copy.writestr(ZipInfo(name), source.read(name), ZIP_DEFLATED)
    return target.getvalue()


def _emu(length: Mm) -> Any:
    from docx.shared import Mm as WordMm

    return WordMm(length)


def _points(size: Pt) -> Any:
    from docx.shared import Pt as WordPt

    return WordPt(size)
