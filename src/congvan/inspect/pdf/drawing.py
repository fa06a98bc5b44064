"""Reads what a page of a PDF draws, in mm from its upper left corner: letters, straight lines, pictures.

The content stream is read operator by operator (ISO 32000-1, 8 and 9) with pypdf. Curves, shadings, clipping
and text that does not run straight across the page say nothing about a letter's layout and are left out.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from pypdf import PageObject
from pypdf.generic import ContentStream

from congvan.inspect.model import BLACK, Font, Picture, Rule
from congvan.inspect.pdf.annotations import Appearance, Matrix, appearances
from congvan.inspect.pdf.face import Face, entry, read_face
from congvan.support.lengths import Pt

MM_PER_PT: Final = float(Pt(1).mm)
_UNIT: Final[Matrix] = (1, 0, 0, 1, 0, 0)
_THIN: Final = 1.2  # mm; what is filled and thinner is a line
_STRAIGHT: Final = 0.05  # mm off the level or the upright
_INVISIBLE: Final = 3
_STROKED_TOO: Final = 2
_DEEPEST: Final = 8
_MOST_FORMS: Final = 1000
"""Forms drawn on one page; a form may draw forms, and a hostile file lets each draw many."""
_SAME_TWICE: Final = 4


@dataclass(frozen=True, slots=True)
class Glyph:
    """One letter (or ligature) on the page: ``left`` to ``right`` and the ``base`` line in mm."""

    text: str
    left: float
    right: float
    base: float
    font: Font
    visible: bool = True


@dataclass(frozen=True, slots=True)
class PageDrawing:
    """Everything a page draws that can be measured, in the order it is drawn."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    pictures: tuple[Picture, ...]
    stamped: tuple[Glyph, ...] = ()
    """The letters of digital signatures and stamps, which lie over the page."""


def read_drawing(page: PageObject, number: int) -> PageDrawing:
    """The drawing on ``page``; ``number`` is its number in the file, from 1."""
    width, height, place = _paper(page)
    pen = _Pen(number, _State(place))
    content = page.get_contents()
    if content is not None:
        pen.run(content.operations, entry(page, "/Resources", {}))
    pen.state, stamps = _State(place), _Pen(number, _State(place))
    for appearance in appearances(page):
        (stamps if appearance.is_stamp else pen).draw_appearance(appearance)
    pictures = (*pen.pictures, *stamps.pictures)
    return PageDrawing(width, height, tuple(pen.glyphs), tuple(pen.rules), pictures, tuple(stamps.glyphs))


def _paper(page: PageObject) -> tuple[float, float, Matrix]:
    """Width and height as the page is read, and the way from its own space to it."""
    box = page.mediabox
    left, bottom, right, top = (float(side) for side in (box.left, box.bottom, box.right, box.top))
    wide, high = (right - left) * MM_PER_PT, (top - bottom) * MM_PER_PT
    match page.rotation % 360:
        case 90:
            return high, wide, (0, MM_PER_PT, MM_PER_PT, 0, -bottom * MM_PER_PT, -left * MM_PER_PT)
        case 180:
            return wide, high, (-MM_PER_PT, 0, 0, MM_PER_PT, right * MM_PER_PT, -bottom * MM_PER_PT)
        case 270:
            return high, wide, (0, -MM_PER_PT, -MM_PER_PT, 0, top * MM_PER_PT, right * MM_PER_PT)
        case _:
            return wide, high, (MM_PER_PT, 0, 0, -MM_PER_PT, -left * MM_PER_PT, top * MM_PER_PT)


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    k, u, m, n, o, p = then
    return (a * k + b * m, a * u + b * n, c * k + d * m, c * u + d * n, e * k + f * m + o, e * u + f * n + p)


def _point(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


@dataclass(frozen=True, slots=True)
class _State:
    """The graphics state; what ``q`` keeps and ``Q`` brings back."""

    place: Matrix
    fill: str = BLACK
    stroke: str = BLACK
    line_width: float = 1
    face: Face | None = None
    size: float = 0
    character_space: float = 0
    word_space: float = 0
    stretch: float = 1
    leading: float = 0
    rise: float = 0
    mode: int = 0


@dataclass(slots=True)
class _Pen:
    """Follows the operators and keeps what they draw."""

    page: int
    state: _State
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    kept: list[_State] = field(default_factory=list)
    text: Matrix = _UNIT
    line: Matrix = _UNIT
    path: list[list[tuple[float, float]]] = field(default_factory=list)
    faces: dict[int, tuple[Any, Face]] = field(default_factory=dict)
    depth: int = 0
    forms: int = 0

    def run(self, operations: Sequence[tuple[Any, bytes]], resources: Any) -> None:
        for operands, operator in operations:
            if (act := _OPERATORS.get(operator)) is not None:
                act(self, operands)
            elif operator == b"Tf":
                self._choose_font(resources, operands)
            elif operator == b"Do":
                self._draw_object(resources, operands[0])

    def set(self, **values: Any) -> None:
        self.state = replace(self.state, **values)

    def restore(self) -> None:
        if self.kept:
            self.state = self.kept.pop()

    def begin_text(self, matrix: Matrix = _UNIT) -> None:
        self.text = self.line = matrix

    def next_line(self, x: float, y: float) -> None:
        self.begin_text(_times((1, 0, 0, 1, x, y), self.line))

    def show(self, pieces: Sequence[Any]) -> None:
        """Strings and, between them, distances in thousandths of the type size (TJ)."""
        state = self.state
        for piece in pieces:
            if isinstance(piece, (int, float)):
                self._advance(-float(piece) / 1000 * state.size * state.stretch)
            elif state.face is not None:
                self._show_string(state.face, _bytes(piece))

    def _show_string(self, face: Face, shown: bytes) -> None:
        state = self.state
        font = self._font_of(face)
        for code, letters, width in face.glyphs(shown):
            start = self._on_page()
            space = state.character_space + (state.word_space if face.code_bytes == 1 and code == ord(" ") else 0)
            self._advance(width * state.size * state.stretch)
            end = self._on_page()
            self._advance(space * state.stretch)
            if letters and font.size > 0 and abs(start[1] - end[1]) < _STRAIGHT and end[0] >= start[0]:
                self.glyphs.append(Glyph(letters, start[0], end[0], start[1], font, state.mode != _INVISIBLE))

    def _font_of(self, face: Face) -> Font:
        state = self.state
        _, _, c, d, _, _ = _times(self.text, state.place)
        size = round(state.size * (c * c + d * d) ** 0.5 / MM_PER_PT, 2)
        heavy = state.mode == _STROKED_TOO and state.line_width > 0
        return Font(face.family, size, face.bold or heavy, face.italic, colour=state.fill)

    def _on_page(self) -> tuple[float, float]:
        return _point(_times(self.text, self.state.place), 0, self.state.rise)

    def _advance(self, distance: float) -> None:
        self.text = _times((1, 0, 0, 1, distance, 0), self.text)

    def _choose_font(self, resources: Any, operands: Sequence[Any]) -> None:
        font = entry(entry(resources, "/Font", {}), operands[0])
        if font is not None and id(font) not in self.faces:
            self.faces[id(font)] = font, read_face(font)  # with the font, so that no other gets its id
        face = None if font is None else self.faces[id(font)][1]
        self.set(face=face, size=float(operands[1]))

    def draw_appearance(self, appearance: Appearance) -> None:
        """Draw what an annotation shows, fitted into its rectangle (12.5.5)."""
        before, self.state = self.state, replace(self.state, place=_times(appearance.placing, self.state.place))
        self._draw_form(appearance.form, {})
        self.state = before

    def _draw_object(self, resources: Any, name: str) -> None:
        thing = entry(entry(resources, "/XObject", {}), name)
        if thing is None:
            return
        if entry(thing, "/Subtype") == "/Image":
            self._draw_picture()
        elif self.depth < _DEEPEST and self.forms < _MOST_FORMS:
            self.forms += 1
            self._draw_form(thing, resources)

    def _draw_picture(self) -> None:
        xs, ys = zip(*(_point(self.state.place, x, y) for x in (0, 1) for y in (0, 1)), strict=True)
        self.pictures.append(Picture(self.page, max(xs) - min(xs), max(ys) - min(ys), min(xs), min(ys)))

    def _draw_form(self, form: Any, resources: Any) -> None:
        before, kept = self.state, self.kept
        self.kept, self.depth = [], self.depth + 1
        self.set(place=_times(_matrix(entry(form, "/Matrix", _UNIT)), before.place))
        self.run(ContentStream(form, None).operations, entry(form, "/Resources", resources))
        self.state, self.kept, self.depth = before, kept, self.depth - 1

    def start(self, x: float, y: float) -> None:
        self.path.append([_point(self.state.place, x, y)])

    def straight(self, x: float, y: float) -> None:
        if self.path:
            self.path[-1].append(_point(self.state.place, x, y))

    def close(self) -> None:
        if self.path:
            self.path[-1].append(self.path[-1][0])

    def rectangle(self, x: float, y: float, width: float, height: float) -> None:
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y))
        self.path.append([_point(self.state.place, *corner) for corner in corners])

    def finish(self, *, stroke: bool = False, fill: bool = False) -> None:
        for points in self.path if stroke else []:
            self.rules.extend(self._stroked(points))
        for points in self.path if fill else []:
            self.rules.extend(self._filled(points))
        self.path = []

    def _stroked(self, points: Sequence[tuple[float, float]]) -> Iterator[Rule]:
        a, b, c, d, _, _ = self.state.place
        thickness = self.state.line_width * abs(a * d - b * c) ** 0.5
        for (x, y), (u, v) in itertools.pairwise(points):
            if abs(y - v) < _STRAIGHT < abs(x - u):
                yield self._rule(x, u, (y + v - thickness) / 2, (y + v + thickness) / 2, self.state.stroke)
            elif abs(x - u) < _STRAIGHT < abs(y - v):
                yield self._rule((x + u - thickness) / 2, (x + u + thickness) / 2, y, v, self.state.stroke)

    def _filled(self, points: Sequence[tuple[float, float]]) -> Iterator[Rule]:
        xs, ys = zip(*points, strict=True)
        if len(set(zip(map(_whole, xs), map(_whole, ys), strict=True))) == _SAME_TWICE and self._is_thin(xs, ys):
            yield self._rule(min(xs), max(xs), min(ys), max(ys), self.state.fill)

    @staticmethod
    def _is_thin(xs: Sequence[float], ys: Sequence[float]) -> bool:
        short, long = sorted((max(xs) - min(xs), max(ys) - min(ys)))
        return short <= _THIN < long

    def _rule(self, x: float, u: float, y: float, v: float, colour: str) -> Rule:
        left, right, top, bottom = min(x, u), max(x, u), min(y, v), max(y, v)
        return Rule(self.page, left, right, top, bottom, min(right - left, bottom - top) / MM_PER_PT, colour=colour)


def _whole(value: float) -> int:
    return round(value * 1000)


def _bytes(text: Any) -> bytes:
    """The codes of a shown string; pypdf gives some strings as text, and keeps what they were made of."""
    return bytes(text) if isinstance(text, bytes) else bytes(text.original_bytes)


def _colour(operands: Sequence[Any]) -> str:
    """Grey, RGB or CMYK as RRGGBB; a pattern counts as black."""
    parts = [float(part) for part in operands if isinstance(part, (int, float))]
    match parts:
        case [grey]:
            parts = [grey] * 3
        case [cyan, magenta, yellow, black]:
            parts = [(1 - ink) * (1 - black) for ink in (cyan, magenta, yellow)]
        case [_, _, _]:
            pass
        case _:
            return BLACK
    return "".join(f"{round(min(max(part, 0), 1) * 255):02X}" for part in parts)


def _matrix(operands: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def _numbers(act: Callable[..., None]) -> Callable[[_Pen, Sequence[Any]], None]:
    return lambda pen, operands: act(pen, *map(float, operands))


def _curve(pen: _Pen, *numbers: float) -> None:
    """A curve ends a straight line: what follows starts where it ends."""
    pen.start(*numbers[-2:])


def _leading_line(pen: _Pen, x: float, y: float) -> None:
    pen.set(leading=-y)
    pen.next_line(x, y)


def _quote(pen: _Pen, operands: Sequence[Any]) -> None:
    if len(operands) == 3:  # noqa: PLR2004 - the operator " sets both spaces before it shows
        pen.set(word_space=float(operands[0]), character_space=float(operands[1]))
    pen.next_line(0, -pen.state.leading)
    pen.show(operands[-1:])


def _painting(**how: bool) -> Callable[[_Pen, Sequence[Any]], None]:
    return lambda pen, _: pen.finish(**how)


def _closing(**how: bool) -> Callable[[_Pen, Sequence[Any]], None]:
    def act(pen: _Pen, _: Sequence[Any]) -> None:
        pen.close()
        pen.finish(**how)

    return act


def _value(name: str) -> Callable[[_Pen, Sequence[Any]], None]:
    return lambda pen, operands: pen.set(**{name: float(operands[0])})


_FILL, _STROKE, _BOTH = {"fill": True}, {"stroke": True}, {"fill": True, "stroke": True}
_OPERATORS: Final[dict[bytes, Callable[[_Pen, Sequence[Any]], None]]] = {
    b"q": lambda pen, _: pen.kept.append(pen.state),
    b"Q": lambda pen, _: pen.restore(),
    b"cm": lambda pen, operands: pen.set(place=_times(_matrix(operands), pen.state.place)),
    b"BT": lambda pen, _: pen.begin_text(),
    b"Td": _numbers(_Pen.next_line),
    b"TD": _numbers(_leading_line),
    b"Tm": lambda pen, operands: pen.begin_text(_matrix(operands)),
    b"T*": lambda pen, _: pen.next_line(0, -pen.state.leading),
    b"Tj": lambda pen, operands: pen.show(operands),
    b"TJ": lambda pen, operands: pen.show(operands[0]),
    b"'": _quote,
    b'"': _quote,
    b"Tc": _value("character_space"),
    b"Tw": _value("word_space"),
    b"TL": _value("leading"),
    b"Ts": _value("rise"),
    b"w": _value("line_width"),
    b"Tz": lambda pen, operands: pen.set(stretch=float(operands[0]) / 100),
    b"Tr": lambda pen, operands: pen.set(mode=int(operands[0])),
    **dict.fromkeys((b"g", b"rg", b"k", b"sc", b"scn"), lambda pen, operands: pen.set(fill=_colour(operands))),
    **dict.fromkeys((b"G", b"RG", b"K", b"SC", b"SCN"), lambda pen, operands: pen.set(stroke=_colour(operands))),
    b"cs": lambda pen, _: pen.set(fill=BLACK),
    b"CS": lambda pen, _: pen.set(stroke=BLACK),
    b"m": _numbers(_Pen.start),
    b"l": _numbers(_Pen.straight),
    b"re": _numbers(_Pen.rectangle),
    b"h": lambda pen, _: pen.close(),
    **dict.fromkeys((b"c", b"v", b"y"), _numbers(_curve)),
    **dict.fromkeys((b"f", b"F", b"f*"), _painting(**_FILL)),
    **dict.fromkeys((b"B", b"B*"), _painting(**_BOTH)),
    **dict.fromkeys((b"b", b"b*"), _closing(**_BOTH)),
    b"S": _painting(**_STROKE),
    b"s": _closing(**_STROKE),
    b"n": _painting(),
}
