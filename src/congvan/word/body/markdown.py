"""The body of a letter: Markdown with fields becomes WordprocessingML with the same fields still in it.

It joins the template before compilation, so a value can never become markup. Numbers and dashes are
written as text, as clerks type them: a cited "khoản 2" stays khoản 2 however the text is edited.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, Self

from congvan.decree.measures import STANDARD, Measures
from congvan.errors import TemplateError
from congvan.findings import Finding, Place, Report, finding
from congvan.support.lengths import Pt, Twips
from congvan.word import styles
from congvan.word.body.columns import column_widths, grid
from congvan.word.body.enumeration import point_label
from congvan.word.body.headings import article_number, heading_lines, is_point
from congvan.word.body.keep_together import is_long, keep_whole, keep_with_signature, paragraph_text

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

_TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_FIRST_PLACEHOLDER: Final = 0xE000  # private use: Markdown reads it as a letter and nobody types it
_PLACEHOLDER: Final = re.compile("[\ue000-\uf8ff]")
_FIELD: Final = re.compile(
    r"\{\{(?!-).*(?<!-)\}\}", re.DOTALL
)  # without dashes, which would join the words before and after
_WORD_WITH_FIELD: Final = re.compile("\\S*[\ue000-\uf8ff]\\S*")
_REFIT_FILTER: Final = "{% filter vua_cot"
_TABLES: Final = ("<w:tbl>", _REFIT_FILTER)
_BLOCKS: Final = ("<w:p>", *_TABLES, "{% filter giu_doan")
_TEXT_RUN: Final = '<w:r><w:t xml:space="preserve">'
_FORM: Final = re.compile(r'(<w:pPr><w:pStyle w:val="[^"]*"/>(?:<w:keep\w+/>)*)')
_KEEP_FILTER: Final = re.compile(r"\{% filter giu_doan[^%]*%\}(.*)\{% endfilter %\}", re.DOTALL)
_ROOM_ABOVE_TABLE: Final = '<w:spacing w:after="120"/>'
_CLOSING: Final = re.compile(r"[.;]?(\**)$")


@dataclass(frozen=True, slots=True)
class TextArea:
    """The measures lines are counted with: width, type size and first-line indent of the text."""

    width: Pt = STANDARD.page.text_width.pt
    size: Pt = STANDARD.body
    first_line: Pt = STANDARD.first_line.pt

    @classmethod
    def of(cls, width: Pt, measures: Measures) -> Self:
        """The area of a text of this width, set to ``measures``."""
        return cls(width, measures.body, measures.first_line.pt)

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
) -> str:
    """Write the paragraphs and tables of ``source`` as the XML inside ``w:body``.

    ``known_styles`` are the style ids the template defines; a block whose style is missing takes
    ``base_style``. Tables are as wide as ``area``. ``ending`` (``./.``) closes the last line in place of
    its own full stop. A body that is ``signed`` keeps its last lines with the signature that follows.

    Raises:
        TemplateError: with every block that has no place in a letter (pictures, code, rules).
    """
    tags: list[str] = []
    text = _PLACEHOLDER.sub("", close_with(source, ending))
    text = _TAG.sub(lambda match: _keep(match.group(), tags), text)
    writer = _Writer(frozenset(known_styles), base_style, tuple(tags), tuple(text.splitlines()), area)
    blocks = list(writer.blocks(_read(text)))
    Report.of(writer.findings).raise_errors(TemplateError)
    return _above_signature(blocks, area) if signed else "".join(blocks)


def _read(text: str) -> Sequence[SyntaxTreeNode]:
    from markdown_it import MarkdownIt  # slow to load, and many processes never read Markdown
    from markdown_it.tree import SyntaxTreeNode

    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["code", "html_block", "html_inline"])
    return SyntaxTreeNode(markdown.parse(text)).children


def _above_signature(blocks: Sequence[str], area: TextArea) -> str:
    """Keep the last two blocks with the signature: at once where they are fixed, else when the letter is filled.

    Where control tags choose blocks, the last ones are not known yet: then all are examined.
    """
    controlled = any(not block.startswith(_BLOCKS) for block in blocks)
    rest, last = ("", "".join(blocks)) if controlled else ("".join(blocks[:-2]), _ending(blocks[-2:]))
    if "{" in last and (controlled or _TAG.search(last)):
        return f"{rest}{{% filter giu_chu_ky{area.arguments} %}}{last}{{% endfilter %}}"
    return rest + keep_with_signature(last, area.width, area.size, area.first_line)


def _ending(blocks: Sequence[str]) -> str:
    """``blocks`` as one; the last is kept whole with the signature and needs no filter of its own."""
    if blocks and (alone := _KEEP_FILTER.fullmatch(blocks[-1])):
        blocks = [*blocks[:-1], alone[1]]
    return "".join(blocks)


def close_with(source: str, ending: str) -> str:
    """Put ``ending`` in place of the last full stop of ``source``, unless it ends so already."""
    text = source.rstrip()
    if not ending or text.rstrip("*").endswith(ending):
        return text
    if text.endswith("|"):  # a table: the mark takes a line of its own
        return f"{text}\n\n{ending}"
    return _CLOSING.sub(lambda match: ending + match.group(1), text, count=1)


def _keep(tag: str, tags: list[str]) -> str:
    tags.append(tag)
    return chr(_FIRST_PLACEHOLDER + len(tags) - 1)


@dataclass(frozen=True, slots=True)
class _Format:
    bold: bool = False
    italic: bool = False

    @property
    def xml(self) -> str:
        inner = ("<w:b/>" if self.bold else "") + ("<w:i/>" if self.italic else "")
        return f"<w:rPr>{inner}</w:rPr>" if inner else ""


_PLAIN: Final = _Format()


@dataclass(slots=True)
class _Writer:
    """Writes blocks one after the other; ``findings`` collects what a letter cannot hold."""

    known: frozenset[str]
    base: str
    tags: tuple[str, ...]
    lines: tuple[str, ...]
    area: TextArea
    findings: list[Finding] = field(default_factory=list)

    def blocks(self, nodes: Sequence[SyntaxTreeNode], depth: int = 0) -> Iterator[str]:
        for node, following in zip_longest(nodes, nodes[1:]):
            written = list(self._block(node, depth))
            if written and following is not None and following.type == "table":
                written[-1:] = self._above_table(written[-1])
            yield from written

    def _above_table(self, block: str) -> Iterator[str]:
        """Room between a paragraph and the table below it; Word would take two tables that touch for one."""
        yield block if block.startswith(_TABLES) else _FORM.sub(rf"\1{_ROOM_ABOVE_TABLE}", block, count=1)
        if block.startswith(_TABLES):
            yield self._paragraph(styles.CUOI_VAN_BAN, "")

    def _block(self, node: SyntaxTreeNode, depth: int) -> Iterator[str]:
        match node.type:
            case "paragraph":
                yield self._plain_paragraph(node)
            case "heading":
                yield from self._heading(node)
            case "ordered_list":
                yield from self._items(node, depth, self._numbering(node, depth))
            case "bullet_list":
                mark = "+" if depth and node.markup == "-" else {"*": "-"}.get(node.markup, node.markup)
                yield from self._items(node, depth, lambda _: (styles.GACH_DAU_DONG, mark))
            case "blockquote":
                yield from self.blocks(node.children, depth)
            case "table":
                yield self._table(node)
            case kind:
                place = Place(line=node.map[0] + 1 if node.map else None)
                self.findings.append(finding("word-block-unknown", place, kind=kind))

    def _heading(self, node: SyntaxTreeNode) -> Iterator[str]:
        """A heading in its lines; one that is printed as it was written keeps its formatting."""
        text, runs = _plain(node), self._runs(node)
        for style, line in heading_lines(text, int(node.tag[1])):
            bold_already = style in self.known
            yield self._paragraph(
                style, runs if line == text and bold_already else _run(line, self._heading_form(style))
            )

    def _plain_paragraph(self, node: SyntaxTreeNode) -> str:
        """A paragraph; an article's number is bold, and an article that is bold all over is a heading."""
        text, runs = _plain(node), self._runs(node)
        number = article_number(text)
        if number and _is_title(node):
            return self._paragraph(styles.DIEU, _run(text, self._heading_form(styles.DIEU)))
        if number:
            return self._paragraph(styles.DIEU_LIEN, _with_bold_start(runs, number))
        return self._paragraph(styles.DIEM if is_point(text) else self.base, runs)

    def _heading_form(self, style: str) -> _Format:
        """Bold where the style that would be bold is missing."""
        return _Format(bold=style not in self.known)

    @staticmethod
    def _numbering(node: SyntaxTreeNode, depth: int) -> Callable[[int], tuple[str, str]]:
        """Khoản are numbered 1., 2. and, inside them, điểm a), b) (Annex I, part II, 6)."""
        start = int(node.attrs.get("start", 1))
        if depth == 0:
            return lambda index: (styles.KHOAN, f"{start + index}.")
        return lambda index: (styles.DIEM, f"{point_label(start - 1 + index)})")

    def _items(self, node: SyntaxTreeNode, depth: int, mark: Callable[[int], tuple[str, str]]) -> Iterator[str]:
        for index, item in enumerate(node.children):
            style, label = mark(index)
            head, rest = item.children[:1], item.children[1:]
            if head and head[0].type == "paragraph":
                form = _Format(bold=_is_title(head[0]))
                yield self._paragraph(style, _run(f"{label} ", form) + self._runs(head[0]))
            else:
                yield self._paragraph(style, _run(label, _PLAIN))
                rest = item.children
            yield from self.blocks(rest, depth + 1)

    def _paragraph(self, style: str, runs: str) -> str:
        if (control := self._control_only(runs)) is not None:
            return control
        chosen = style if style in self.known else self.base
        properties = f'<w:pPr><w:pStyle w:val="{chosen}"/></w:pPr>' if chosen else ""
        paragraph = f"<w:p>{properties}{self._restored(runs)}</w:p>"
        if not (placeholders := _PLACEHOLDER.findall(runs)):
            return keep_whole(paragraph, self.area.width, self.area.size, self.area.first_line)
        if self._is_long(runs, placeholders):
            return paragraph
        # its length is known only when the letter is filled
        return f"{{% filter giu_doan{self.area.arguments} %}}{paragraph}{{% endfilter %}}"

    def _is_long(self, runs: str, placeholders: Sequence[str]) -> bool:
        """True when a paragraph is too long to be kept whole, whatever values its fields have."""
        if not all(_FIELD.fullmatch(self._tag(placeholder)) for placeholder in placeholders):
            return False  # a part of it may be left out
        fixed = _WORD_WITH_FIELD.sub(" ", paragraph_text(runs))
        return is_long(fixed, self.area.width, self.area.size, self.area.first_line)

    def _control_only(self, runs: str) -> str | None:
        """A paragraph that is nothing but ``{% … %}`` controls the paragraphs around it and leaves no trace."""
        text = re.sub(r"<[^>]+>", "", runs).strip()
        tags = [self._tag(placeholder) for placeholder in text if _PLACEHOLDER.match(placeholder)]
        if tags and len(tags) == len(text.replace(" ", "")) and all(tag.startswith(("{%", "{#")) for tag in tags):
            return "".join(tags)
        return None

    def _restored(self, xml: str) -> str:
        return _PLACEHOLDER.sub(lambda found: self._tag(found.group()), xml)

    def _tag(self, placeholder: str) -> str:
        return self.tags[ord(placeholder) - _FIRST_PLACEHOLDER]

    def _runs(self, node: SyntaxTreeNode, form: _Format = _PLAIN) -> str:
        return "".join(self._run_of(child, form) for child in node.children)

    def _run_of(self, node: SyntaxTreeNode, form: _Format) -> str:
        match node.type:
            case "inline" | "link":
                return self._runs(node, form)
            case "text" | "code_inline":
                return _run(node.content, form)
            case "strong":
                return self._runs(node, replace(form, bold=True))
            case "em":
                return self._runs(node, replace(form, italic=True))
            case "softbreak" | "hardbreak":
                return _run(" ", form) if node.type == "softbreak" else "<w:r><w:br/></w:r>"
            case kind:
                self.findings.append(finding("word-block-unknown", kind=kind))
                return ""

    @property
    def _width(self) -> Twips:
        return self.area.width.twips

    def _table(self, node: SyntaxTreeNode) -> str:
        rows = [row for part in node.children for row in part.children]
        texts = [[_plain(cell) for cell in row.children] for row in rows]
        shares = self._shares(node, len(texts[0]))
        fields_are_open = any(_PLACEHOLDER.search(text) for row in texts for text in row)
        widths = column_widths(self._width, shares, ([_PLACEHOLDER.sub(" ", text) for text in row] for row in texts))
        cells = "".join(self._row(row, widths, heads=index == 0) for index, row in enumerate(rows))
        properties = f'<w:tblPr><w:tblW w:w="{self._width}" w:type="dxa"/>{_BORDERS}{_FIXED}</w:tblPr>'
        table = f"<w:tbl>{properties}{grid(widths)}{cells}</w:tbl>"
        if fields_are_open:
            return f"{_REFIT_FILTER}({', '.join(map(str, (self._width, *shares)))}) %}}{table}{{% endfilter %}}"
        return table

    def _shares(self, node: SyntaxTreeNode, count: int) -> list[int]:
        """Shares of the full width as long as the dashes below the head: ``|---|------------|``."""
        dashes = re.findall(r":?-+:?", self.lines[node.map[0] + 1]) if node.map else []
        return [len(each) for each in dashes] if len(dashes) == count else [1] * count

    def _row(self, row: SyntaxTreeNode, widths: Sequence[int], *, heads: bool) -> str:
        cells = "".join(self._cell(cell, width, bold=heads) for cell, width in zip(row.children, widths, strict=True))
        repeat = "<w:tblHeader/>" if heads else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{cells}</w:tr>"

    def _cell(self, cell: SyntaxTreeNode, width: int, *, bold: bool) -> str:
        align = re.search(r"left|center|right", str(cell.attrs.get("style", "")))
        centred = '<w:jc w:val="center"/>' if bold else f'<w:jc w:val="{align.group()}"/>' if align else ""
        style = f'<w:pStyle w:val="{styles.O_BANG}"/>' if styles.O_BANG in self.known else ""
        runs = self._restored(self._runs(cell, _Format(bold=bold)))
        paragraph = f"<w:p><w:pPr>{style}{centred}</w:pPr>{runs}</w:p>"
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraph}</w:tc>'


_SIDES: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_BORDERS: Final = f"<w:tblBorders>{_SIDES}</w:tblBorders>"
_FIXED: Final = '<w:tblLayout w:type="fixed"/>'


def _is_title(paragraph: SyntaxTreeNode) -> bool:
    """An item that is bold from end to end is a title, and its number is bold with it (Annex I, part II, 6)."""
    (inline,) = paragraph.children
    return [child.type for child in inline.children if child.content or child.children] == ["strong"]


def _plain(node: SyntaxTreeNode) -> str:
    """The text of a block without its formatting, in one line."""
    if node.type in {"softbreak", "hardbreak"}:
        return " "
    return "".join(map(_plain, node.children)) if node.children else node.content


def _with_bold_start(runs: str, start: str) -> str:
    """``runs`` with ``start`` set bold, where they begin with it, unformatted."""
    plain = _TEXT_RUN + escape(start, quote=False)
    return _run(start, _Format(bold=True)) + _TEXT_RUN + runs[len(plain) :] if runs.startswith(plain) else runs


def _run(text: str, form: _Format) -> str:
    return f'<w:r>{form.xml}<w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>' if text else ""
