"""Reads the regions of a .docx (body, headers, footers, text boxes) in order, tables row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from congvan.inspect.docx.cascade import MM_PER_TWIP, Cascade, number, value
from congvan.inspect.docx.paragraph_lines import Area, Piece, fields_of, pieces, runs_of
from congvan.inspect.docx.shapes import Shape, shapes_in
from congvan.inspect.model import Cell, Frame, Line, ParagraphFormat, Picture, Region, Rule, Table
from congvan.inspect.visible_text import is_typed_rule
from congvan.support.lengths import Pt
from congvan.support.ooxml import W, qn
from congvan.word.lists.labels import ListLabels

_CELL_MARGIN: Final = 108  # twips left and right, where neither table nor style says otherwise
_BOX_MARGIN: Final = 2.54  # mm inside a text box
_NO_LINE: Final = {None, "nil", "none"}
_MM: Final = float(Pt(1).mm)
_EIGHTH: Final = 8  # of a point, in w:sz of a border
PARAGRAPH_ID: Final = qn("w14:paraId")
_SIDES: Final = frozenset({"top", "left", "bottom", "right"})
_AROUND: Final = frozenset({f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"})


@dataclass(frozen=True, slots=True)
class ReadingPosition:
    """The place that is being read: region, section, room across the page, table cell.

    ``outside`` is true in headers and footers, and in text boxes there.
    """

    region: Region
    section: int
    area: Area
    page: Area
    cell: Cell | None = None
    table_style: str | None = None
    outside: bool = False


@dataclass(slots=True)
class RegionReader:
    """Reads regions one after the other and collects what they show; ``letters`` counts letters by language.

    Paragraphs of the body are counted as they come; those of headers and footers go on from ``outside``, which
    is to be the number of the body's.
    """

    cascade: Cascade
    labels: ListLabels
    lines: list[Line] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    styles: dict[str, None] = field(default_factory=dict)
    letters: Counter[str] = field(default_factory=Counter)
    text_boxes: int = 0
    paragraph: int = 0
    outside: int = 0

    def read(self, element: Any, where: ReadingPosition) -> None:
        """Everything inside ``element`` (a body, a cell, a header, a text box)."""
        for child in element:
            if child.tag == f"{W}p":
                self._paragraph(child, where)
            elif child.tag == f"{W}tbl":
                self._table(child, where)
            elif child.tag in _AROUND:
                self.read(child, where)

    def _paragraph(self, paragraph: Any, where: ReadingPosition) -> None:
        here = self._counted(where)
        label = self.labels.next_label(paragraph)
        numbered = label.level.properties if label else None
        paragraph_format = self.cascade.paragraph_format(paragraph, where.table_style, numbered)
        self.styles.setdefault(paragraph_format.style)
        fields = fields_of(paragraph)
        text = label.text if label else ""
        for piece in pieces(
            paragraph, self.cascade, paragraph_format, where.area, label=text, table_style=where.table_style
        ):
            self._piece(piece, paragraph_format, where, here, fields, paragraph.get(PARAGRAPH_ID, ""))
        self._count_languages(paragraph, where)
        self._borders(paragraph, paragraph_format, where, here)
        for run in runs_of(paragraph):
            for shape in shapes_in(run, where.area, where.page):
                self._shape(shape, where, here)

    def _counted(self, where: ReadingPosition) -> int:
        if where.outside:
            self.outside += 1
            return self.outside
        self.paragraph += 1
        return self.paragraph

    def _piece(
        self,
        piece: Piece,
        paragraph_format: ParagraphFormat,
        where: ReadingPosition,
        paragraph: int,
        fields: tuple[str, ...],
        identity: str,
    ) -> None:
        if is_typed_rule(piece.text):
            font = piece.spans[0].font
            rule = Rule(where.section, piece.left, piece.right, None, None, 0.5, "typed", paragraph, colour=font.colour)
            self.rules.append(rule)
            return
        self.lines.append(
            Line(
                text=piece.text,
                raw=piece.raw,
                spans=piece.spans,
                page=where.section,
                paragraph=paragraph,
                left=piece.left,
                right=piece.right,
                region=where.region,
                cell=where.cell,
                paragraph_format=paragraph_format,
                fields=fields,
                paragraph_id=identity,
            )
        )
        if all(span.font.underline for span in piece.spans if span.text.strip()):
            self.rules.append(Rule(where.section, piece.left, piece.right, None, None, 0.5, "underline", paragraph))

    def _count_languages(self, paragraph: Any, where: ReadingPosition) -> None:
        for run in runs_of(paragraph):
            letters = sum(len(text.text or "") for text in run.iterfind(f"{W}t"))
            if letters:
                self.letters[self.cascade.run_font(run, paragraph, where.table_style).language] += letters

    def _borders(self, paragraph: Any, paragraph_format: ParagraphFormat, where: ReadingPosition, here: int) -> None:
        """Lines above and below a paragraph are rules, lines on all four sides a frame."""
        layers = (layer.find(f"{W}pBdr") for layer in self.cascade.paragraph_layers(paragraph))
        border = next((layer for layer in layers if layer is not None), None)
        drawn = {} if border is None else {side: border.find(W + side) for side in sorted(_SIDES)}
        drawn = {side: line for side, line in drawn.items() if value(line) not in _NO_LINE}
        left, right = where.area.left + paragraph_format.left, where.area.right - paragraph_format.right
        if drawn.keys() == _SIDES:
            self.frames.append(_border_frame(drawn, paragraph_format, where.section, left, right, here))
            return
        for side in drawn.keys() & {"top", "bottom"}:
            rule = _border_rule(drawn[side], where.section, left, right, here)
            self.rules.append(replace(rule, above=side == "top"))

    def _shape(self, shape: Shape, where: ReadingPosition, paragraph: int) -> None:
        right = shape.left + shape.width
        match shape.kind:
            case "picture":
                self.pictures.append(Picture(where.section, shape.width, shape.height, shape.left))
            case "line":
                rule = Rule(where.section, shape.left, right, None, None, shape.thickness, "drawn", paragraph)
                self.rules.extend([rule] if shape.width > shape.height else [])
            case "box":
                if shape.outlined:
                    self.frames.append(Frame(where.section, shape.left, right, shape.height, None, paragraph))
                if shape.text is not None:
                    self._text_box(shape, where)

    def _text_box(self, shape: Shape, where: ReadingPosition) -> None:
        self.text_boxes += 1
        area = Area(shape.left + _BOX_MARGIN, shape.left + shape.width - _BOX_MARGIN)
        self.read(shape.text, replace(where, region="text-box", area=area))

    def _table(self, table: Any, where: ReadingPosition) -> None:
        number_of_table = len(self.tables) + 1
        properties = table.find(f"{W}tblPr")
        style = value(properties.find(f"{W}tblStyle")) if properties is not None else None
        widths = _column_widths(table)
        left = _table_left(properties, where.area, sum(widths))
        rows = list(table.iterfind(f"{W}tr"))
        bordered = self._has_lines(properties, style)
        self.tables.append(Table(number_of_table, where.section, len(rows), widths, left, bordered))
        margins = self._cell_margins(properties, style)
        inside = replace(where, table_style=style)
        for row_number, row in enumerate(rows, 1):
            for cell, column, span in _cells(row):
                start = left + sum(widths[:column])
                room = Area(start + margins[0], start + sum(widths[column : column + span]) - margins[1])
                place = replace(inside, area=room, cell=Cell(number_of_table, row_number, column + 1))
                if not bordered:
                    self._cell_rules(cell, where, Area(start, room.right + margins[1]))
                self.read(cell, place)

    def _has_lines(self, properties: Any, style: str | None) -> bool:
        for layer in self._table_layers(properties, style):
            if (borders := layer.find(f"{W}tblBorders")) is not None:
                return any(value(border) not in _NO_LINE for border in borders)
        return False

    def _cell_margins(self, properties: Any, style: str | None) -> tuple[float, float]:
        margins = [_CELL_MARGIN, _CELL_MARGIN]
        for layer in [*self._table_layers(properties, style)][::-1]:
            for at, names in enumerate((("left", "start"), ("right", "end"))):
                for name in names:
                    margin = number(layer.find(f"{W}tblCellMar/{W}{name}"), "w")
                    margins[at] = round(margin) if margin is not None else margins[at]
        return margins[0] * MM_PER_TWIP, margins[1] * MM_PER_TWIP

    def _table_layers(self, properties: Any, style: str | None) -> Iterator[Any]:
        """Properties of the table, then of its style and of those that is based on."""
        yield from () if properties is None else (properties,)
        yield from self.cascade.style_layers(style, "tblPr")

    def _cell_rules(self, cell: Any, where: ReadingPosition, room: Area) -> None:
        """The line some draw below a name by giving one cell of the heading a border."""
        before = self.outside if where.outside else self.paragraph
        for side, carrier in (("top", before + 1), ("bottom", before + sum(1 for _ in cell.iter(f"{W}p")))):
            line = cell.find(f"{W}tcPr/{W}tcBorders/{W}{side}")
            if value(line) not in _NO_LINE:
                rule = _border_rule(line, where.section, room.left, room.right, carrier)
                self.rules.append(replace(rule, above=side == "top"))


def _column_widths(table: Any) -> tuple[float, ...]:
    """Widths in mm: those a row of single cells wants, which Word follows, or those of the grid."""
    grid = tuple((number(column, "w") or 0) * MM_PER_TWIP for column in table.iterfind(f"{W}tblGrid/{W}gridCol"))
    for row in table.iterfind(f"{W}tr"):
        wanted = [cell.find(f"{W}tcPr/{W}tcW") for cell in row.iterfind(f"{W}tc")]
        spans = any(cell.find(f"{W}tcPr/{W}gridSpan") is not None for cell in row.iterfind(f"{W}tc"))
        if len(wanted) == len(grid) and not spans and all(value(each, "type") == "dxa" for each in wanted):
            return tuple((number(each, "w") or 0) * MM_PER_TWIP for each in wanted)
    return grid


def _cells(row: Any) -> Iterator[tuple[Any, int, int]]:
    """Cell, first column (from 0) and number of columns; cells that only go on a merged one are left out."""
    column = int(number(row.find(f"{W}trPr/{W}gridBefore")) or 0)
    for cell in row.iter(f"{W}tc"):
        if cell.getparent() is not row and cell.getparent().tag not in _AROUND:
            continue
        span = int(number(cell.find(f"{W}tcPr/{W}gridSpan")) or 1)
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        if merged is None or value(merged) == "restart":
            yield cell, column, span
        column += span


def _table_left(properties: Any, area: Area, width: float) -> float:
    jc = value(properties.find(f"{W}jc")) if properties is not None else None
    indent = number(properties.find(f"{W}tblInd"), "w") if properties is not None else None
    share = {"center": 0.5, "right": 1.0, "end": 1.0}.get(jc or "", 0)
    return area.left + (indent or 0) * MM_PER_TWIP + (area.width - width) * share


def _border_rule(line: Any, section: int, left: float, right: float, paragraph: int) -> Rule:
    thickness = (number(line, "sz") or 0) / _EIGHTH
    return Rule(section, left, right, None, None, thickness, "border", paragraph, colour=_colour(line))


def _border_frame(
    drawn: dict[str, Any], paragraph_format: ParagraphFormat, section: int, left: float, right: float, paragraph: int
) -> Frame:
    """Borders stand outside the indents of a paragraph, by their padding and their own thickness."""
    out = {side: _points(line, "space") + _points(line, "sz") / _EIGHTH for side, line in drawn.items()}
    height = (paragraph_format.exact or 0) + out["top"] + out["bottom"]
    return Frame(
        section,
        left - out["left"] * _MM,
        right + out["right"] * _MM,
        height * _MM,
        None,
        paragraph,
        _colour(drawn["top"]),
    )


def _points(line: Any, name: str) -> float:
    return number(line, name) or 0


def _colour(line: Any) -> str:
    colour = (value(line, "color") or "auto").upper()
    return "000000" if colour == "AUTO" else colour
