"""Reads the facts of any .docx through python-docx, also of one congvan did not make."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from congvan.errors import UnreadableFileError
from congvan.findings import finding
from congvan.inspect.docx.cascade import Cascade, value
from congvan.inspect.docx.marks import marks
from congvan.inspect.docx.page_setup import columns_of, sheet_of
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
_NOTES: Final = ("footnote", "endnote")
_SIGNATURES: Final = "_xmlsignatures/"
_SETTINGS: Final = "word/settings.xml"


def read(source: Path | str | bytes, name: Path | str | None = None) -> DocumentFacts:
    """Everything a .docx shows, a file or its bytes; ``name`` is what errors and facts call it.

    Raises:
        UnreadableFileError: when it is missing, is no .docx, or is damaged.
        TemplateError: when :mod:`congvan.word.intake.admission` refuses it: macros, a password, traps.
    """
    label = name or (source if isinstance(source, (Path, str)) else "docx")
    content = source if isinstance(source, bytes) else read_docx(Path(source))
    admitted = admit(content, str(label))
    facts = _read(admitted.docx, label)
    return replace(facts, signed=_is_signed(admitted.parts), protected=_is_protected(admitted.parts))


def _is_signed(parts: Mapping[str, bytes]) -> bool:
    """True for a package with a digital signature (ISO/IEC 29500-2, 13): any change of a part breaks it."""
    return any(name.startswith(_SIGNATURES) and name.endswith(".xml") for name in parts)


def _is_protected(parts: Mapping[str, bytes]) -> bool:
    """True where Word lets nobody edit, or asks for a password before it does (17.15.1.29 and 17.15.1.93)."""
    from lxml.etree import fromstring

    if _SETTINGS not in parts:
        return False
    settings = fromstring(parts[_SETTINGS])
    protection = settings.find(f"{W}documentProtection")
    is_enforced = value(protection, "enforcement") in {"1", "true", "on"}
    return is_enforced or settings.find(f"{W}writeProtection") is not None


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
    _close_last_section(document.element.body)
    labels = ListLabels(Numbering(_related(document, "/numbering"), cascade.styles))
    reader = RegionReader(cascade, labels, outside=paragraphs)
    for number, (section, blocks) in enumerate(zip(document.sections, _blocks(document), strict=False), 1):
        _section(reader, section, number, blocks, kinds=_header_kinds(document))
    _notes(reader, document)
    about = document.core_properties
    return DocumentFacts(
        source="docx",
        name=name,
        sheets=tuple(_sheet(section, number) for number, section in enumerate(document.sections, 1)),
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


def _close_last_section(body: Any) -> None:
    """The properties of the last section stand at the end of the body; some programs leave them out (17.6.17)."""
    if body.find(f"{W}sectPr") is None:
        body.append(body.makeelement(f"{W}sectPr"))


def _header_kinds(document: Document) -> tuple[str, ...]:
    """The prefixes of python-docx for the headers that print, those of page 1 first."""
    return (
        ("first_page_", "", "even_page_") if document.settings.odd_and_even_pages_header_footer else ("first_page_", "")
    )


def _section(reader: RegionReader, section: Section, number: int, blocks: list[Any], kinds: Sequence[str]) -> None:
    sheet = _sheet(section, number)
    margins = sheet.margins or Margins(0, 0, 0, 0)
    page, area = Area(0, sheet.width), Area(margins.left, sheet.width - margins.right)
    for header in _headers_or_footers(section, "header", kinds):
        reader.read(header, ReadingPosition("header", number, area, page, outside=True))
    for column, inside in zip(_columns(section, sheet), _by_columns(blocks), strict=False):
        reader.read(inside, ReadingPosition("body", number, column, page))
    for footer in _headers_or_footers(section, "footer", kinds):
        reader.read(footer, ReadingPosition("footer", number, area, page, outside=True))


def _columns(section: Section, sheet: Sheet) -> Iterator[Area]:
    """The columns of a section; what is broken oftener than there are columns goes on in the last one."""
    places = columns_of(section._sectPr, sheet)  # noqa: SLF001 - its only way to XML
    yield from places
    yield from repeat(places[-1])


def _by_columns(blocks: Sequence[Any]) -> Iterator[list[Any]]:
    """The blocks between column breaks; a break ends the paragraph it stands in, as Word's users set it.

    Where Word breaks by itself, nobody but Word knows: that text counts as the first column's.
    """
    column: list[Any] = []
    for block in blocks:
        if _begins_column(block):
            yield column
            column = []
        column.append(block)
        if _ends_column(block):
            yield column
            column = []
    yield column


def _begins_column(block: Any) -> bool:
    first = next(block.iter(f"{W}br", f"{W}t"), None)
    return value(first, "type") == "column"


def _ends_column(block: Any) -> bool:
    return not _begins_column(block) and any(value(sign, "type") == "column" for sign in block.iter(f"{W}br"))


def _sheet(section: Section, number: int) -> Sheet:
    return sheet_of(section._sectPr, number)  # noqa: SLF001 - its only way to XML


def _headers_or_footers(section: Section, region: str, kinds: Sequence[str]) -> Iterator[Any]:
    """The headers or footers a section has of its own and prints."""
    for kind in kinds:
        if kind == "first_page_" and not section.different_first_page_header_footer:
            continue
        part = getattr(section, f"{kind}{region}")
        if not part.is_linked_to_previous:
            _make_plain(part._element)  # noqa: SLF001 - its only way to XML
            yield part._element  # noqa: SLF001 - as above


def _notes(reader: RegionReader, document: Document) -> None:
    """The footnotes and endnotes the text refers to, with the measures of the first section."""
    sheet = _sheet(document.sections[0], 1)
    margins = sheet.margins or Margins(0, 0, 0, 0)
    area = Area(margins.left, sheet.width - margins.right)
    for kind in _NOTES:
        notes = _related(document, f"/{kind}s")
        for reference in document.element.body.iter(f"{W}{kind}Reference") if notes is not None else ():
            for note in notes.iterfind(f"{W}{kind}"):
                if value(note, "id") == value(reference, "id"):
                    _make_plain(note)
                    reader.read(note, ReadingPosition("footnote", 1, area, Area(0, sheet.width), outside=True))


def _fonts(reader: RegionReader) -> list[str]:
    return sorted({span.font.family for line in reader.lines for span in line.spans})
