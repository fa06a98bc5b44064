"""Reads the facts of any .docx through python-docx, also of one congvan did not make."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from congvan.errors import UnreadableFileError
from congvan.findings import finding
from congvan.inspect.docx.cascade import Cascade
from congvan.inspect.docx.marks import marks
from congvan.inspect.docx.paragraph_lines import Area
from congvan.inspect.docx.regions import ReadingPosition, RegionReader
from congvan.inspect.model import DocumentFacts, FontFacts, Margins, Sheet
from congvan.support.ooxml import W
from congvan.text.unicode_form import nfc
from congvan.word.intake.admission import admit, read_docx
from congvan.word.lists.labels import ListLabels
from congvan.word.lists.numbering import Numbering
from congvan.word.plain_markup import remove_wrappers, replace_ruby

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section

_THEME: Final = "/theme"


def read(source: Path | str | bytes, name: Path | str | None = None) -> DocumentFacts:
    """Everything a .docx shows, a file or its bytes; ``name`` is what errors and facts call it.

    Raises:
        UnreadableFileError: when it is missing, is no .docx, or is damaged.
        TemplateError: when :mod:`congvan.word.intake.admission` refuses it: macros, a password, traps.
    """
    label = name or (source if isinstance(source, (Path, str)) else "docx")
    content = source if isinstance(source, bytes) else read_docx(Path(source))
    return _read(admit(content, str(label)).docx, label)


def _read(content: bytes, name: Path | str) -> DocumentFacts:
    """The one gate to python-docx: whatever it says of a damaged file is an unreadable file."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        return _document(docx.Document(io.BytesIO(content)), str(name))
    except (OpcError, LxmlError, LookupError, ArithmeticError, ValueError, TypeError, AttributeError) as error:
        raise UnreadableFileError(name, finding("error-file-not-word", why=error)) from error


def _document(document: Document, name: str) -> DocumentFacts:
    cascade = Cascade.of(document.styles.element, _related(document, _THEME))
    paragraphs = sum(1 for _ in document.element.body.iter(f"{W}p"))
    left = tuple(marks(document.element.body))
    _make_plain(document.element)
    labels = ListLabels(Numbering(_related(document, "/numbering"), cascade.styles))
    reader = RegionReader(cascade, labels, outside=paragraphs)
    for number, (section, blocks) in enumerate(zip(document.sections, _blocks(document), strict=False), 1):
        _section(reader, section, number, blocks)
    about = document.core_properties
    return DocumentFacts(
        source="docx",
        name=name,
        sheets=tuple(_sheet(number, section) for number, section in enumerate(document.sections, 1)),
        lines=tuple(reader.lines),
        rules=tuple(reader.rules),
        frames=tuple(reader.frames),
        pictures=tuple(reader.pictures),
        tables=tuple(reader.tables),
        fonts=tuple(FontFacts(font, embedded=False) for font in _fonts(reader)),
        styles=tuple(reader.styles),
        marks=left,
        text_boxes=reader.text_boxes,
        language=next((language for language, _ in reader.letters.most_common(1)), ""),
        title=nfc(about.title),
        subject=nfc(about.subject),
        author=nfc(about.author),
    )


def _make_plain(part: Any) -> None:
    remove_wrappers(part)
    replace_ruby(part)


def _related(document: Document, ending: str) -> Any:
    """A part the document is related to (theme, numbering) as XML, None if it has none."""
    from lxml.etree import fromstring

    parts = (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith(ending))
    part = next(parts, None)
    return None if part is None else fromstring(part.blob)


def _blocks(document: Document) -> Iterator[list[Any]]:
    """The paragraphs and tables of each section."""
    blocks: list[Any] = []
    for block in document.element.body:
        blocks.append(block)
        if block.find(f"{W}pPr/{W}sectPr") is not None:
            yield blocks
            blocks = []
    yield blocks


def _section(reader: RegionReader, section: Section, number: int, blocks: list[Any]) -> None:
    sheet = _sheet(number, section)
    margins = sheet.margins or Margins(0, 0, 0, 0)
    page, area = Area(0, sheet.width), Area(margins.left, sheet.width - margins.right)
    for header in _headers_or_footers(section, "header"):
        reader.read(header, ReadingPosition("header", number, area, page, outside=True))
    reader.read(blocks, ReadingPosition("body", number, area, page))
    for footer in _headers_or_footers(section, "footer"):
        reader.read(footer, ReadingPosition("footer", number, area, page, outside=True))


def _headers_or_footers(section: Section, kind: str) -> Iterator[Any]:
    """The headers or footers a section has of its own, those of page 1 first."""
    names = [kind]
    if section.different_first_page_header_footer:
        names.insert(0, f"first_page_{kind}")
    for region in (getattr(section, name) for name in names):
        if not region.is_linked_to_previous:
            _make_plain(region._element)  # noqa: SLF001 - its only way to XML
            yield region._element  # noqa: SLF001 - as above


def _sheet(number: int, section: Section) -> Sheet:
    sides = (section.left_margin, section.top_margin, section.right_margin, section.bottom_margin)
    first = section._sectPr.find(f"{W}pgNumType")  # noqa: SLF001 - python-docx has no name for it
    start = first.get(f"{W}start") if first is not None else None
    return Sheet(
        number=number,
        width=_mm(section.page_width),
        height=_mm(section.page_height),
        margins=Margins(*map(_mm, sides)),
        header=_mm(section.header_distance),
        first_number=int(start) if start else None,
        number_on_first=not section.different_first_page_header_footer,
    )


def _mm(length: Any) -> float:
    return float(length.mm) if length is not None else 0.0


def _fonts(reader: RegionReader) -> list[str]:
    return sorted({span.font.family for line in reader.lines for span in line.spans})
