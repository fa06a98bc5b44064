"""The body of a letter: Markdown with fields becomes WordprocessingML with the same fields still in it.

It joins the template before compilation, so a value can never become markup. Numbers and dashes are
written as text, as clerks type them: a cited "khoản 2" stays khoản 2 however the text is edited.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Final, Self

from congvan.decree.measures import STANDARD, Measures
from congvan.errors import TemplateError
from congvan.findings import Finding, Place, Report, finding
from congvan.support.lengths import Pt, Twips
from congvan.text.fields.pattern import require_readable_tags
from congvan.text.fields.slips import slip_finding, text_slips
from congvan.word import styles
from congvan.word.body.attachments import Attachments
from congvan.word.body.headings import article_number, heading_lines
from congvan.word.body.keep_together import is_long, keep_whole, keep_with_signature, paragraph_text
from congvan.word.body.page_turns import turn_paragraph
from congvan.word.body.reading.blocks import read_body
from congvan.word.body.reading.model import (
    Block,
    Control,
    Format,
    Heading,
    Inline,
    LineBreak,
    PageBreak,
    PageTurn,
    Paragraph,
    Picture,
    Run,
    Table,
    plain_text,
)
from congvan.word.body.reading.source_text import TAG, SourceText
from congvan.word.body.runs import RunWriter, text_run
from congvan.word.body.tables import REFIT_FILTER, TableWriter

_ANY_TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_FIELD: Final = re.compile(
    r"\{\{(?!-).*(?<!-)\}\}", re.DOTALL
)  # without dashes, which would join the words before and after
_WORD_WITH_FIELD: Final = re.compile("\\S*[\ue000-\uf8ff]\\S*")
_TABLES: Final = ("<w:tbl>", REFIT_FILTER)
_BLOCKS: Final = ("<w:p>", *_TABLES, "{% filter giu_doan")
_FORM: Final = re.compile(r'(<w:pPr><w:pStyle w:val="[^"]*"/>(?:<w:keep\w+/>|<w:pageBreakBefore/>)*)')
_KEPT: Final = re.compile(r'(<w:pPr><w:pStyle w:val="[^"]*"/>(?:<w:keep\w+/>)*)')
_KEEP_FILTER: Final = re.compile(r"\{% filter giu_doan[^%]*%\}(.*)\{% endfilter %\}", re.DOTALL)
_ROOM_ABOVE_TABLE: Final = '<w:spacing w:after="120"/>'
_CLOSING: Final = re.compile(r"[.;]?\s*$")
_STYLES: Final = {"number": styles.KHOAN, "letter": styles.DIEM, "dash": styles.GACH_DAU_DONG}


@dataclass(frozen=True, slots=True)
class TextArea:
    """The measures lines are counted with: width, type size and first-line indent of the text.

    ``across`` is the width of a landscape page.
    """

    width: Pt = STANDARD.page.text_width.pt
    size: Pt = STANDARD.body
    first_line: Pt = STANDARD.first_line.pt
    across: Pt = Pt(STANDARD.page.text_width.pt + STANDARD.page.height.pt - STANDARD.page.width.pt)

    @classmethod
    def of(cls, width: Pt, measures: Measures) -> Self:
        """The area of a text of this width, set to ``measures``."""
        page = measures.page
        across = Pt(width + page.height.pt - page.width.pt)
        return cls(width, measures.body, measures.first_line.pt, across)

    @property
    def arguments(self) -> str:
        """These measures as the arguments of a filter."""
        return f"({self.width:g}, {self.size:g}, {self.first_line:g})"


def body_xml(
    source: str,
    *,
    known_styles: Collection[str],
    base_style: str,
    area: TextArea = TextArea(),
    ending: str = "",
    signed: bool = True,
    attachments: Attachments | None = None,
    section: str = "",
    prints_addresses: bool = False,
    in_landscape: bool = False,
) -> str:
    """Write the paragraphs and tables of ``source`` as the XML inside ``w:body``.

    ``known_styles`` are the style ids the template defines; a block whose style is missing takes
    ``base_style``. Tables are as wide as ``area``. ``ending`` (``./.``) closes the last line in place of
    its own full stop. A body that is ``signed`` keeps its last lines with the signature that follows.
    Links, pictures and notes are put into ``attachments``; landscape pages take their form from ``section``,
    the properties of the section the text is in. With ``prints_addresses`` links print their address. A text that is
    ``in_landscape`` stands on such pages from its beginning to its end.

    Raises:
        TemplateError: with everything that is not understood or has no place in a letter, each with line and column.
    """
    _refuse_broken_tags(source)
    body = read_body(source, prints_addresses=prints_addresses)
    writer = _Writer(
        frozenset(known_styles),
        base_style,
        body.source,
        area,
        attachments or Attachments(),
        section,
        list(body.findings),
        in_landscape,
    )
    blocks = [block for block in body.blocks if not (in_landscape and isinstance(block, PageTurn))]
    written = list(writer.blocks(_with_turned_tables(_closed_with(blocks, ending), is_wide=in_landscape)))
    Report.of(writer.findings).raise_errors(TemplateError)
    return _above_signature(written, area) if signed else "".join(written)


def _refuse_broken_tags(source: str) -> None:
    """Find a broken tag here, with its line, and not with the paragraph of the whole template.

    Raises:
        TemplateError: with every slip, or what the reader of tags does not understand.
    """
    if "{" not in source and "}" not in source:
        return
    slips = [slip_finding(slip, Place(line=line, column=str(column))) for line, column, slip in text_slips(source)]
    Report.of(slips).raise_errors(TemplateError)
    try:
        require_readable_tags(source)
    except TemplateError as error:
        raise TemplateError(Report.of(_with_column(found, source) for found in error.report)) from None


def _with_column(found: Finding, source: str) -> Finding:
    """The finding with the column of the first tag on its line that holds what it names."""
    lines, line = source.splitlines(), found.place.line or 0
    named = re.escape(found.values.get("tag") or found.values.get("name") or "")
    tag = re.search(rf"\{{[{{%][^{{}}]*{named}", lines[line - 1]) if 0 < line <= len(lines) else None
    return replace(found, place=replace(found.place, column=str(tag.start() + 1))) if tag else found


def _closed_with(blocks: Sequence[Block], ending: str) -> list[Block]:
    """``blocks`` with ``ending`` at the end of the last line, unless it ends so already.

    Below a table, a picture or a text that tags choose it takes a line of its own.
    """
    if not ending or not blocks or isinstance(blocks[-1], PageBreak):
        return list(blocks)
    *before, last = blocks
    if isinstance(last, Paragraph | Heading) and last.inlines:
        for index in range(len(last.inlines) - 1, -1, -1):
            run = last.inlines[index]
            if isinstance(run, Run) and run.text.strip():
                closed = replace(run, text=_closed(run.text, ending))
                return [*before, replace(last, inlines=(*last.inlines[:index], closed, *last.inlines[index + 1 :]))]
    return [*blocks, Paragraph((Run(ending),))]


def _closed(text: str, ending: str) -> str:
    return text if text.rstrip().endswith(ending) else _CLOSING.sub(lambda _: ending, text, count=1)


def _with_turned_tables(blocks: Sequence[Block], *, is_wide: bool) -> list[Block]:
    """A table that is wide stands on pages of its own, in landscape; a text ends on pages as it began."""
    found: list[Block] = []
    began_wide = is_wide
    for block in blocks:
        if isinstance(block, PageTurn):
            is_wide = block.is_wide
        turns = isinstance(block, Table) and block.is_wide and not is_wide
        found += [PageTurn(is_wide=True), block, PageTurn(is_wide=False)] if turns else [block]
    return [*found, PageTurn(is_wide=False)] if is_wide and not began_wide else found


def _above_signature(blocks: Sequence[str], area: TextArea) -> str:
    """Keep the last two blocks with the signature: at once where they are fixed, else when the letter is filled.

    Where control tags choose blocks, the last ones are not known yet: then all are examined.
    """
    controlled = any(not block.startswith(_BLOCKS) for block in blocks)
    rest, last = ("", "".join(blocks)) if controlled else ("".join(blocks[:-2]), _ending(blocks[-2:]))
    if "{" in last and (controlled or _ANY_TAG.search(last)):
        return f"{rest}{{% filter giu_chu_ky{area.arguments} %}}{last}{{% endfilter %}}"
    return rest + keep_with_signature(last, area.width, area.size, area.first_line)


def _ending(blocks: Sequence[str]) -> str:
    """``blocks`` as one; the last is kept whole with the signature and needs no filter of its own."""
    if blocks and (alone := _KEEP_FILTER.fullmatch(blocks[-1])):
        blocks = [*blocks[:-1], alone[1]]
    return "".join(blocks)


@dataclass(slots=True)
class _Writer:
    """Writes blocks one after the other; ``findings`` collects what a letter cannot hold."""

    known: frozenset[str]
    base: str
    source: SourceText
    area: TextArea
    attachments: Attachments
    section: str
    findings: list[Finding]
    _is_wide: bool = False
    _has_turned: bool = field(default=False, init=False)
    _begins_page: bool = field(default=False, init=False)

    def blocks(self, blocks: Sequence[Block]) -> Iterator[str]:
        for end in (blocks[:1], blocks[-1:]):
            if end and isinstance(end[0], PageBreak):
                self._note("word-page-break-idle", end[0].offset)
        for block, following in zip_longest(blocks, blocks[1:]):
            written = list(self._block(block))
            if written and self._begins_page and not isinstance(block, PageBreak | Control):
                written[:1] = self._on_new_page(written[0])
            if written and isinstance(following, Table) and "<w:sectPr" not in written[-1]:
                written[-1:] = self._above_table(written[-1])
            yield from written

    def _on_new_page(self, block: str) -> Iterator[str]:
        """``block`` at the top of a page; before a table stands a paragraph that takes no room."""
        self._begins_page = False
        if block.startswith(_TABLES):
            yield _KEPT.sub(r"\1<w:pageBreakBefore/>", self._paragraph(styles.CUOI_VAN_BAN, ""), count=1)
            yield block
        else:
            yield _KEPT.sub(r"\1<w:pageBreakBefore/>", block, count=1)

    def _above_table(self, block: str) -> Iterator[str]:
        """Room between a paragraph and the table below it; Word would take two tables that touch for one."""
        yield block if block.startswith(_TABLES) else _FORM.sub(rf"\1{_ROOM_ABOVE_TABLE}", block, count=1)
        if block.startswith(_TABLES):
            yield self._paragraph(styles.CUOI_VAN_BAN, "")

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph():
                yield from self._plain_paragraph(block)
            case Heading():
                yield from self._heading(block)
            case Table():
                yield TableWriter(self.source, self._runs, self.known, self._refuse).write(block, self._width)
            case Control():
                yield block.tags
            case PageBreak():
                self._begins_page = True
            case PageTurn():
                yield from self._turn(block)

    def _turn(self, turn: PageTurn) -> Iterator[str]:
        """The end of the section before pages that lie otherwise; they begin on a new page in any case."""
        if turn.is_wide != self._is_wide:
            yield turn_paragraph(self.section, self.base, ends_wide=self._is_wide, is_first=not self._has_turned)
            self._has_turned = True
            self._begins_page = False
        self._is_wide = turn.is_wide

    def _heading(self, heading: Heading) -> Iterator[str]:
        """A heading in its lines; one that is printed as it was written keeps its formatting."""
        text, runs = plain_text(heading.inlines), self._runs.write(heading.inlines)
        plain = all(isinstance(one, Run | LineBreak) for one in heading.inlines)
        for style, line in heading_lines(text, heading.level) if plain else ((styles.TIEU_DE[3], text),):
            bold_already = style in self.known
            as_written = (line == text and bold_already) or not plain
            written = runs if as_written else text_run(line, self._heading_form(style))
            yield self._paragraph(style, written, heading.align)

    def _plain_paragraph(self, paragraph: Paragraph) -> Iterator[str]:
        """A paragraph; an article's number is bold, and an article that is bold all over is a heading."""
        text = plain_text(paragraph.inlines)
        number = None if paragraph.label else article_number(text)
        if number and _is_title(paragraph.inlines):
            yield self._paragraph(styles.DIEU, text_run(text, self._heading_form(styles.DIEU)))
        elif number:
            inlines = _with_bold_start(paragraph.inlines, number)
            yield self._paragraph(styles.DIEU_LIEN, self._runs.write(inlines))
        elif picture := _only_picture(paragraph.inlines):
            yield from self._picture(picture, paragraph)
        else:
            yield self._paragraph(_STYLES.get(paragraph.kind, self.base), self._labelled(paragraph), paragraph.align)

    def _labelled(self, paragraph: Paragraph) -> str:
        """The runs with the label before them; a title that is bold from end to end has a bold number."""
        inlines = paragraph.inlines
        if not paragraph.label:
            return self._runs.write(inlines)
        label = Run(paragraph.label, Format(bold=_is_title(inlines)))
        first = inlines[0] if inlines else None
        if isinstance(first, Run) and first.form == label.form and not first.link:
            return self._runs.write((Run(label.text + first.text, first.form), *inlines[1:]))
        return self._runs.write((label, *inlines))

    def _picture(self, picture: Picture, paragraph: Paragraph) -> Iterator[str]:
        """A picture that stands alone is centred, its caption below it in italics."""
        align = paragraph.align or "center"
        drawing = self._paragraph(self.base, self._runs.write((picture,)), align)
        if picture.caption:
            yield _KEPT.sub(r"\1<w:keepNext/>", drawing, count=1)
            yield self._paragraph(self.base, text_run(picture.caption, Format(italic=True)), align)
        else:
            yield drawing

    def _heading_form(self, style: str) -> Format:
        """Bold where the style that would be bold is missing."""
        return Format(bold=style not in self.known)

    def _paragraph(self, style: str, runs: str, align: str = "") -> str:
        chosen = style if style in self.known else self.base
        aligned = f'<w:ind w:left="0" w:firstLine="0"/><w:jc w:val="{align}"/>' if align else ""
        named = f'<w:pStyle w:val="{chosen}"/>' if chosen else ""
        properties = f"<w:pPr>{named}{aligned}</w:pPr>" if named or aligned else ""
        paragraph = f"<w:p>{properties}{self.source.restored(runs)}</w:p>"
        if not (placeholders := TAG.findall(runs)):
            return keep_whole(paragraph, self.area.width, self.area.size, self.area.first_line)
        if self._is_long(runs, placeholders):
            return paragraph
        # its length is known only when the letter is filled
        return f"{{% filter giu_doan{self.area.arguments} %}}{paragraph}{{% endfilter %}}"

    def _is_long(self, runs: str, placeholders: Sequence[str]) -> bool:
        """True when a paragraph is too long to be kept whole, whatever values its fields have."""
        if not all(_FIELD.fullmatch(self.source.tag(placeholder)) for placeholder in placeholders):
            return False  # a part of it may be left out
        fixed = _WORD_WITH_FIELD.sub(" ", paragraph_text(runs))
        return is_long(fixed, self.area.width, self.area.size, self.area.first_line)

    @property
    def _runs(self) -> RunWriter:
        return RunWriter(self.source, self.attachments, self._width.mm, self._note)

    @property
    def _width(self) -> Twips:
        return (self.area.across if self._is_wide else self.area.width).twips

    def _note(self, code: str, offset: int, **values: object) -> None:
        self.findings.append(finding(code, self.source.place(offset), **values))

    def _refuse(self, found: Finding, offset: int) -> None:
        self.findings.append(replace(found, place=self.source.place(offset)))


def _is_title(inlines: Sequence[Inline]) -> bool:
    """An item that is bold from end to end is a title, and its number is bold with it (Annex I, part II, 6)."""
    return bool(inlines) and all(isinstance(one, Run) and one.form.bold for one in inlines)


def _only_picture(inlines: Sequence[Inline]) -> Picture | None:
    """The picture of a paragraph that holds nothing else."""
    match [one for one in inlines if not (isinstance(one, Run) and not one.text.strip())]:
        case [Picture() as picture]:
            return picture
        case _:
            return None


def _with_bold_start(inlines: Sequence[Inline], start: str) -> Sequence[Inline]:
    """``inlines`` with ``start`` set bold, where they begin with it, unformatted."""
    first = inlines[0]
    if isinstance(first, Run) and first.form == Format() and first.text.startswith(start):
        return (Run(start, Format(bold=True)), Run(first.text[len(start) :]), *inlines[1:])
    return inlines
