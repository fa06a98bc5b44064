"""Writes a template: paragraphs of named styles, docxtpl's tags, borderless tables, sections."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

from congvan.decree.measures import Measures
from congvan.support.lengths import Mm
from congvan.word import styles
from congvan.word.builtin.style_sheet import NO_MARGIN, TABLE_STYLE, define_styles, element, style_name

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

StyledText = tuple[str, str]
"""A paragraph of a cell: its style and its text."""

_UNUSED: Final = ("thumbnail", "stylesWithEffects", "customXml", "theme", "numbering", "webSettings")


class TemplateWriter:
    """An empty document with an office's paper, margins, styles and page numbers, filled from top to bottom."""

    def __init__(self, measures: Measures) -> None:
        self.measures = measures
        self.document = _blank(measures)
        define_styles(self.document, measures)
        _page_number(self.document)
        self._first_page()
        self._further_section = _section_of_further_texts(self.document)

    def save(self) -> bytes:
        """The document as .docx."""
        target = io.BytesIO()
        self.document.save(target)
        return target.getvalue()

    def add(self, style: str, text: str = "") -> Paragraph:
        """Add a paragraph."""
        return self.document.add_paragraph(text, style=style_name(style))

    def control(self, tag: str) -> None:
        """Add a paragraph that controls those around it and leaves no trace: ``{%p if … %}``."""
        self.add(styles.NOI_DUNG, f"{{%p {tag} %}}")

    def when(self, condition: str, add: Callable[[], object], otherwise: Callable[[], object] | None = None) -> None:
        """Call ``add`` for letters that meet ``condition``, ``otherwise`` for the others."""
        self.control(f"if {condition}")
        add()
        if otherwise is not None:
            self.control("else")
            otherwise()
        self.control("endif")

    def each(self, name: str, source: str, style: str, text: str) -> None:
        """Add a paragraph for each item of ``source``."""
        self.control(f"for {name} in {source}")
        self.add(style, text)
        self.control("endfor")

    def new_section(self, *, of_the_letter: bool) -> None:
        """End a section here: the letter itself, or a further text, which has no circulation and contact line."""
        section = self.document.sections[-1]._sectPr if of_the_letter else self._further_section
        self.add(styles.CUOI_VAN_BAN)._p.get_or_add_pPr().append(deepcopy(section))

    def table(self, *, rows: int, right: Mm) -> Any:
        """Add a borderless table of two columns as wide as the text, rows that never split."""
        from docx import shared

        widths = (self.measures.page.text_width - right, right)
        table = self.document.add_table(rows=rows, cols=len(widths))
        table.autofit = False
        properties = table._tbl.tblPr
        for old in properties.xpath("w:tblStyle|w:tblW|w:tblLook"):
            properties.remove(old)
        properties.insert(0, element(f'<w:tblStyle w:val="{TABLE_STYLE}"/>'))
        properties.insert(1, element(f'<w:tblW w:w="{Mm(sum(widths)).twips}" w:type="dxa"/>'))
        properties.append(element(f"<w:tblCellMar>{NO_MARGIN}</w:tblCellMar>"))
        for index, width in enumerate(widths):
            table.columns[index].width = shared.Mm(width)
            for row in table.rows:
                row.cells[index].width = shared.Mm(width)
        for row in table.rows:
            row._tr.get_or_add_trPr().append(element("<w:cantSplit/>"))
        return table

    def _first_page(self) -> None:
        """Cells 11 and 13: circulation in the top margin, address and telephone at the foot, on page 1 only."""
        section = self.document.sections[0]
        section.first_page_header.is_linked_to_previous = False
        section.first_page_footer.is_linked_to_previous = False
        _either(section.first_page_header, styles.LUU_HANH, "luu_hanh", "{{ luu_hanh }}")
        _either(section.first_page_footer, styles.LIEN_HE, "lien_he", r"{{ lien_he|join('\n') }}")


def fill(cell: _Cell, lines: Iterable[StyledText], *, keep_next: bool = False) -> None:
    """Write ``lines`` into an empty cell; ``keep_next`` keeps it with the row below."""
    for index, (style, text) in enumerate(lines):
        paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        paragraph.style = style_name(style)
        if text:
            paragraph.add_run(text)
        if keep_next:
            paragraph.paragraph_format.keep_with_next = True


def _blank(measures: Measures) -> Document:
    from docx import Document as new_document
    from docx import shared

    document, page = new_document(), measures.page
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(_UNUSED)]:
            relations.pop(key)  # python-docx starts from a file with a thumbnail, a theme and more
    section = document.sections[0]
    section.page_width, section.page_height = shared.Mm(page.width), shared.Mm(page.height)
    section.top_margin, section.bottom_margin = shared.Mm(page.top), shared.Mm(page.bottom)
    section.left_margin, section.right_margin = shared.Mm(page.left), shared.Mm(page.right)
    section.header_distance = section.footer_distance = shared.Mm(page.header)
    section.different_first_page_header_footer = True
    section._sectPr.xpath("w:cols")[0].addprevious(element('<w:pgNumType w:start="1"/>'))
    return document


def _page_number(document: Document) -> None:
    """Arabic, 14 pt, centred in the top margin, not on page 1 (Annex I, part I, 7)."""
    header = document.sections[0].header
    header.is_linked_to_previous = False
    paragraph = header.paragraphs[0]
    paragraph.style = style_name(styles.SO_TRANG)
    for kind in ("begin", "separate", "end"):
        paragraph._p.append(element(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'))
        if kind == "begin":
            paragraph._p.append(element('<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'))
        if kind == "separate":
            paragraph._p.append(element("<w:r><w:t>2</w:t></w:r>"))


def _section_of_further_texts(document: Document) -> Any:
    """A section like the first with a first page of its own, empty at head and foot: for annexes."""
    second = document.add_section()
    first = document.sections[0]
    for story in (second.first_page_header, second.first_page_footer):
        story.is_linked_to_previous = False
        story.paragraphs[0].style = style_name(styles.CUOI_VAN_BAN)
    further = deepcopy(second._sectPr)
    for kind in further.xpath("w:type"):
        further.remove(kind)
    body = document.element.body
    break_paragraph = first._sectPr.getparent().getparent()
    body.replace(second._sectPr, first._sectPr)
    body.remove(break_paragraph)
    return further


def _either(story: Any, style: str, part: str, text: str) -> None:
    """Write the part if the letter has it, else an empty paragraph, for a header must hold one."""
    first = story.paragraphs[0]
    first.style = style_name(styles.SO_TRANG)
    first.add_run(f"{{%p if {part} %}}")
    for line, line_style in (
        (text, style),
        ("{%p else %}", styles.SO_TRANG),
        ("", styles.CUOI_VAN_BAN),
        ("{%p endif %}", styles.SO_TRANG),
    ):
        story.add_paragraph(line, style=style_name(line_style))
