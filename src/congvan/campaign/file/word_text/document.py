"""Reads a .docx a clerk wrote as the Markdown of a body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from congvan.campaign.file.text_pictures import kind_of, picture_address
from congvan.campaign.file.word_text.forms import Forms
from congvan.campaign.file.word_text.lists import ListLabels
from congvan.campaign.file.word_text.parts import WordParts, open_parts
from congvan.campaign.file.word_text.spans import Span, markdown_of, quoted
from congvan.findings import Finding, Place, finding
from congvan.support.ooxml import NAMESPACES, WP, A, W

if TYPE_CHECKING:
    from lxml.etree import _Element

_R: Final = f"{{{NAMESPACES['r']}}}"
_EMU: Final = 36_000  # in a millimetre
_INSIDE: Final = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "dir", "bdo"))
_SILENT: Final = frozenset(
    f"{W}{name}"
    for name in (
        *("bookmarkStart", "bookmarkEnd", "permStart", "permEnd", "lastRenderedPageBreak", "sdtPr"),
        *("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "pPr", "rPr", "sdtEndPr"),
        *("footnoteRef", "endnoteRef", "softHyphen", "customXmlPr", "smartTagPr", "sectPr", "tblPr", "tblGrid"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "separator"),
    )
)
_CHANGES: Final = frozenset(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_REFUSED: Final = {
    f"{W}object": "đối tượng nhúng",
    f"{W}pict": "hình kiểu cũ (VML)",
    f"{W}sym": "ký hiệu từ phông ký hiệu",
    f"{W}altChunk": "tệp khác ghép vào",
}
_SIGNS: Final = {"tab": " ", "noBreakHyphen": "\u2011"}
_ALIGNS: Final = {"center": " {giua}", "right": " {phai}", "end": " {phai}"}
_MERGEFIELD: Final = re.compile(r'\s*MERGEFIELD\s+"?([^\s"\\]+)')
_WORDLESS_FIELD: Final = re.compile(r"\s*(PAGE|NUMPAGES|DATE|TIME|SAVEDATE|INCLUDE\w*|LINK|DDE\w*|TOC|NEXT|IF)\b")


def read_word_text(source: bytes, name: str) -> tuple[str, list[Finding]]:
    """The text of the .docx ``source`` as Markdown, and what in it has no place in a letter; ``name`` is its file.

    Raises:
        UnreadableFileError: when it is no zip, or a damaged one.
        TemplateError: when the file is a trap.
    """
    place = Place(file=name)
    try:
        parts = open_parts(source, name)
        reader = _Reader(parts, place)
        return reader.text(), reader.findings
    except ValueError as error:
        return "", [finding("campaign-word-text-unsafe", place, why=error)]


@dataclass(slots=True)
class _Field:
    """A field of Word while it is read: its code, and whether its result has begun."""

    code: str = ""
    in_result: bool = False


@dataclass(slots=True)
class _Reader:
    parts: WordParts
    place: Place
    findings: list[Finding] = field(default_factory=list)
    _notes: list[str] = field(default_factory=list)
    _fields: list[_Field] = field(default_factory=list)
    _labels: ListLabels = field(init=False)
    _forms: Forms = field(init=False)

    def __post_init__(self) -> None:
        self._labels = ListLabels(self.parts.xml("numbering.xml"))
        self._forms = Forms(self.parts.xml("styles.xml"))

    def text(self) -> str:
        """The whole text."""
        body = self.parts.document.find(f"{W}body")
        if body is None:
            raise ValueError("w:body")
        blocks = [*self._blocks(body), *self._notes]
        return "\n\n".join(block for block in blocks if block.strip()) + "\n"

    # --- blocks -----------------------------------------------------------------------------------------

    def _blocks(self, parent: _Element) -> Iterator[str]:
        section: list[str] = []
        for element in _children(parent):
            if element.tag == f"{W}p":
                section += self._paragraph(element)
                ended = element.find(f"{W}pPr/{W}sectPr")
                if ended is not None:
                    yield from _on_pages(section, ended)
                    section = []
            elif element.tag == f"{W}tbl":
                section.append(self._table(element))
            elif element.tag == f"{W}sectPr":
                yield from _on_pages(section, element)
                section = []
            elif element.tag not in _SILENT:
                self._refuse(element)
        yield from section

    def _paragraph(self, paragraph: _Element) -> Iterator[str]:
        """The paragraph, with the page breaks before and inside it."""
        properties = paragraph.find(f"{W}pPr")
        if self._forms.begins_page(properties):
            yield "---"
        pages: list[list[Span]] = [[]]
        for span in self._spans(paragraph):
            if span.text == "\f":
                pages.append([])
            else:
                pages[-1].append(span)
        for index, spans in enumerate(pages):
            if index:
                yield "---"
            yield self._line(spans, properties, with_label=index == 0)

    def _line(self, spans: list[Span], properties: _Element | None, *, with_label: bool) -> str:
        text = markdown_of(spans).strip()
        label = self._label(properties) if with_label and text else ""
        if not text:
            return ""
        heading = self._forms.heading_level(properties)
        start = f"{'#' * heading} " if heading else ""
        align = "" if heading else _ALIGNS.get(self._forms.align(properties), "")
        return f"{start}{label}{text}{align}"

    def _label(self, properties: _Element | None) -> str:
        named = self._forms.list_of(properties)
        label = self._labels.label(*named) if named else ""
        return f"{label} " if label else ""

    def _table(self, table: _Element) -> str:
        rows = [row for row in _children(table) if row.tag == f"{W}tr"]
        widths = [grid.get(f"{W}w", "1") for grid in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        heads = 0
        for row in rows:
            if row.find(f"{W}trPr/{W}tblHeader") is None:
                break
            heads += 1
        written = [self._row(row) for row in rows]
        columns = max([len(widths), *(len(cells) for cells in written)])
        lines = [f"| {' | '.join(cells)} |" for cells in written]
        lines.insert(heads, "|" + "---|" * columns)
        shares = ",".join(str(max(int(width) if width.isdecimal() else 1, 1)) for width in widths)
        return "\n".join((*lines, f"{{rong={shares}}}" if len(widths) == columns else ""))

    def _row(self, row: _Element) -> list[str]:
        cells: list[str] = []
        for cell in _children(row):
            if cell.tag != f"{W}tc":
                continue
            properties = cell.find(f"{W}tcPr")
            merge = properties.find(f"{W}vMerge") if properties is not None else None
            continues = merge is not None and merge.get(f"{W}val", "continue") == "continue"
            cells.append("^^" if continues else self._cell(cell))
            span = properties.find(f"{W}gridSpan") if properties is not None else None
            count = span.get(f"{W}val", "1") if span is not None else "1"
            cells += ["<<"] * (min(int(count), 63) - 1 if count.isdecimal() else 0)
        return cells

    def _cell(self, cell: _Element) -> str:
        lines: list[str] = []
        align = ""
        for element in _children(cell):
            if element.tag == f"{W}p":
                properties = element.find(f"{W}pPr")
                spans = [span for span in self._spans(element) if span.text != "\f"]
                if text := markdown_of(spans).strip():
                    lines.append(self._label(properties) + text)
                    align = align or _ALIGNS.get(self._forms.align(properties), "")
            elif element.tag == f"{W}tbl":
                self._note("campaign-word-text-part", element, "bảng trong ô bảng")
            elif element.tag not in _SILENT and element.tag != f"{W}tcPr":
                self._refuse(element)
        return "<br>".join(lines) + (align if lines else "")

    # --- what stands in a paragraph ---------------------------------------------------------------------

    def _spans(self, paragraph: _Element) -> list[Span]:
        spans: list[Span] = []
        style = self._forms.of_paragraph(paragraph.find(f"{W}pPr"))
        self._inline(paragraph, spans, style, "")
        return spans

    def _inline(self, parent: _Element, spans: list[Span], style: frozenset[str], link: str) -> None:
        for element in _children(parent):
            if element.tag == f"{W}r":
                self._run(element, spans, style, link)
            elif element.tag == f"{W}hyperlink":
                found = self.parts.links.get(element.get(f"{_R}id", ""))
                self._inline(element, spans, style, found.target if found and found.is_outside else link)
            elif element.tag == f"{W}fldSimple":
                self._simple_field(element, spans, style, link)
            elif element.tag in _CHANGES:
                self._note("campaign-word-text-changes", element)
            elif element.tag not in _SILENT:
                self._refuse(element)

    def _run(self, run: _Element, spans: list[Span], style: frozenset[str], link: str) -> None:
        properties = run.find(f"{W}rPr")
        if self._forms.is_hidden(properties):
            return
        forms = self._forms.of_run(properties, style)
        for element in run:
            name = element.tag.removeprefix(W) if isinstance(element.tag, str) else ""
            if name in {"fldChar", "instrText"}:
                self._field_part(element, name, spans, forms)
            elif not self._fields or self._fields[-1].in_result:
                spans += self._piece(element, name, forms, link)

    def _piece(self, element: _Element, name: str, forms: frozenset[str], link: str) -> Iterator[Span]:
        """What an element of a run is in the text."""
        match name:
            case "t":
                yield Span(element.text or "", forms, link)
            case "tab" | "noBreakHyphen":
                yield Span(_SIGNS[name], forms, link)
            case "br" | "cr":
                is_page = element.get(f"{W}type") == "page"
                yield Span("\f" if is_page else "<br>", is_raw=True)
            case "drawing":
                yield Span(self._drawing(element), is_raw=True)
            case "footnoteReference" | "endnoteReference":
                yield Span(self._footnote(element, name.removesuffix("Reference")), is_raw=True)
            case _ if name and element.tag not in _SILENT:
                self._refuse(element)

    def _drawing(self, drawing: _Element) -> str:
        picture = next(drawing.iter(f"{A}blip"), None)
        content = self.parts.picture(picture.get(f"{_R}embed", "")) if picture is not None else None
        if content is None or kind_of(content) is None:
            what = "hình vẽ hoặc biểu đồ" if picture is None else "hình không phải PNG, JPEG trong tệp"
            self._note("campaign-word-text-part", drawing, what)
            return ""
        extent = next(drawing.iter(f"{WP}extent"), None)
        sides = [extent.get(side, "0") if extent is not None else "0" for side in ("cx", "cy")]
        across, down = (int(side) / _EMU if side.isdecimal() else 0 for side in sides)
        size = f"{{rong={across:.1f}mm cao={down:.1f}mm}}" if across and down else ""
        return f"![]({picture_address(content)}){size}"

    def _footnote(self, reference: _Element, kind: str) -> str:
        """The mark of a note, whose text follows at the end."""
        number = reference.get(f"{W}id", "")
        part = self.parts.xml(f"{kind}s.xml")
        notes = part.iterfind(f"{W}{kind}") if part is not None else ()
        note = next((one for one in notes if one.get(f"{W}id") == number), None)
        lines = [] if note is None else [markdown_of(self._spans(one)).strip() for one in note.iter(f"{W}p")]
        name = f"{kind}{number}"
        self._notes.append(f"[^{name}]: {'<br>'.join(line for line in lines if line)}")
        return f"[^{name}]"

    def _simple_field(self, element: _Element, spans: list[Span], style: frozenset[str], link: str) -> None:
        code = element.get(f"{W}instr", "")
        if merged := _MERGEFIELD.match(code):
            spans.append(Span(f"{{{{ {merged[1]} }}}}", style, link))
        elif _WORDLESS_FIELD.match(code):
            self._note("campaign-word-text-part", element, f"trường {code.split()[0]}")
        else:
            self._inline(element, spans, style, link)

    def _field_part(self, element: _Element, name: str, spans: list[Span], forms: frozenset[str]) -> None:
        """The beginning, code, middle or end of a field; the result of a merge field is its name as a tag."""
        kind = element.get(f"{W}fldCharType") if name == "fldChar" else ""
        if kind == "begin":
            self._fields.append(_Field())
        elif not self._fields:
            return
        elif name == "instrText":
            self._fields[-1].code += element.text or ""
        elif kind == "separate":
            is_replaced = _MERGEFIELD.match(self._fields[-1].code)
            self._fields[-1].in_result = not is_replaced
        elif kind == "end":
            code = self._fields.pop().code
            if merged := _MERGEFIELD.match(code):
                spans.append(Span(f"{{{{ {merged[1]} }}}}", forms))
            elif found := _WORDLESS_FIELD.match(code):
                self._note("campaign-word-text-part", element, f"trường {found[1]}")

    # --- findings ---------------------------------------------------------------------------------------

    def _refuse(self, element: _Element) -> None:
        name = str(element.tag)
        if name.endswith("Err"):  # where Word has found a wrong spelling
            return
        self._note("campaign-word-text-part", element, _REFUSED.get(name, f"phần «{name.rpartition('}')[2]}»"))

    def _note(self, code: str, element: _Element, what: str = "") -> None:
        """A finding with the words around: those of the element, or of its paragraph."""
        own = "".join(text.text or "" for text in element.iter(f"{W}t", f"{W}delText"))
        paragraph = next(element.iterancestors(f"{W}p"), element)
        words = own or "".join(text.text or "" for text in paragraph.iter(f"{W}t"))
        self.findings.append(finding(code, self.place, what=what, words=quoted(words)))


def _children(parent: _Element) -> Iterator[_Element]:
    """The children of ``parent``; those of wrappers around them stand in their places."""
    for child in parent:
        if child.tag in _INSIDE:
            yield from _children(child)
        elif isinstance(child.tag, str):
            yield child


def _on_pages(blocks: list[str], section: _Element) -> list[str]:
    """``blocks`` of a section, on landscape pages where its paper lies so."""
    size = section.find(f"{W}pgSz")
    if size is None or size.get(f"{W}orient") != "landscape" or not any(block.strip() for block in blocks):
        return blocks
    return ["{kho-ngang}", *blocks, "{kho-doc}"]
