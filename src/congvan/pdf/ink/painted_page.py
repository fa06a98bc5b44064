"""Everything a page paints, in the order in which it is painted: letters, filled shapes, pictures.

The content is read operator by operator (ISO 32000-1, 8 and 9), forms within it as well. Positions are in points from
the lower left corner of the page's own space; what is not painted at all (invisible or transparent text, a layer that
is off) is kept with the reason why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, Final, NamedTuple, TypeAlias

from pikepdf import Array, Dictionary, Name, Object, Page, PdfError, parse_content_stream

from congvan.pdf.ink.font_codes import FontCodes

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
Point: TypeAlias = tuple[float, float]
Colour: TypeAlias = tuple[float, float, float]

_UNIT: Final[Matrix] = (1, 0, 0, 1, 0, 0)
_BLACK: Final[Colour] = (0, 0, 0)
_DEEPEST: Final = 8
_MOST_FORMS: Final = 500
_CURVE_STEPS: Final = (0.25, 0.5, 0.75, 1.0)
_THICK: Final = 3.0
"""Points: a stroke as wide as this can hide letters."""
_STROKED: Final = frozenset({1, 5})
_UNPAINTED: Final = frozenset({3, 7})
_FOREGROUND: Final = 0.1
"""Opacity below which nothing can be read."""
_LOW, _HIGH = 0.05, 0.45
"""The core of a letter, in parts of the type size above its base line: the height all letters have ink in."""


class Box(NamedTuple):
    """A rectangle in points."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Box) -> Box:
        """What both have in common; its sides cross if that is nothing."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    @property
    def area(self) -> float:
        """0 where sides cross."""
        return max(self.right - self.left, 0.0) * max(self.top - self.bottom, 0.0)

    def share_in(self, other: Box) -> float:
        """The part of this rectangle that lies in ``other``, from 0 to 1."""
        return self.meets(other).area / self.area if self.area else float(other.holds(self.left, self.bottom))

    def holds(self, x: float, y: float) -> bool:
        """True for a point within."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


EVERYWHERE: Final = Box(-1e9, -1e9, 1e9, 1e9)


class Letter(NamedTuple):
    """A glyph: what it says, and the ``core`` of its ink."""

    text: str
    core: Box


@dataclass(frozen=True, slots=True)
class Shown:
    """A string of glyphs in one colour (None: a pattern), painted at ``order``; ``is_painted`` is false for no ink.

    ``is_level`` is false for text that is neither level nor upright: its boxes are wider than the text.
    """

    letters: tuple[Letter, ...]
    order: int
    colour: Colour | None
    alpha: float
    clip: Box
    size: float
    is_painted: bool = True
    is_level: bool = True


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled shape or a picture: its outline, its colour (None: a picture or a pattern), whether it hides."""

    outline: tuple[tuple[Point, ...], ...]
    box: Box
    order: int
    colour: Colour | None
    hides: bool

    def covers(self, core: Box) -> bool:
        """True when hardly anything of ``core`` lies outside."""
        if core.share_in(self.box) < 0.6:  # noqa: PLR2004 - of the area
            return False
        middle, width = (core.bottom + core.top) / 2, core.right - core.left
        inside = [self._holds(core.left + width * at, middle) for at in (0.25, 0.5, 0.75)]
        return sum(inside) > 1

    def _holds(self, x: float, y: float) -> bool:
        if not self.box.holds(x, y):
            return False
        crossings = 0
        for points in self.outline:
            for (ax, ay), (bx, by) in zip(points, (*points[1:], points[0]), strict=True):
                if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                    crossings += 1
        return crossings % 2 == 1


@dataclass(frozen=True, slots=True)
class PaintedPage:
    """What a page paints, and the box of the paper."""

    paper: Box
    texts: tuple[Shown, ...]
    fills: tuple[Fill, ...]


class UnreadableTextError(Exception):
    """Text whose characters the PDF does not tell."""


class PageReader:
    """Reads the pages of one PDF; each font is read once."""

    def __init__(self, hidden_layers: frozenset[tuple[int, int]] = frozenset()) -> None:
        self._fonts: dict[tuple[int, int], FontCodes] = {}
        self._hidden_layers = hidden_layers

    def read(self, page: Page) -> PaintedPage:
        """What ``page`` paints.

        Raises:
            UnreadableTextError: when its text cannot be read.
        """
        painter = _Painter(self._font, self._hidden_layers)
        try:
            painter.run(parse_content_stream(page), page.resources)
        except (PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
            raise UnreadableTextError(str(error)) from error
        return PaintedPage(_paper(page), tuple(painter.texts), tuple(painter.fills))

    def _font(self, font: Object) -> FontCodes:
        if not font.is_indirect:
            return FontCodes(font)
        if font.objgen not in self._fonts:
            self._fonts[font.objgen] = FontCodes(font)
        return self._fonts[font.objgen]


def hidden_layers(root: Object) -> frozenset[tuple[int, int]]:
    """The layers (optional content groups) that are off when a PDF is opened, by object number."""
    usual = root.get("/OCProperties", Dictionary()).get("/D", Dictionary())
    return frozenset(layer.objgen for layer in usual.get("/OFF", Array()))


def _paper(page: Page) -> Box:
    boxes = [Box(*map(float, box)) for box in (page.mediabox, page.cropbox)]
    media, crop = (_around([(box.left, box.bottom), (box.right, box.top)]) for box in boxes)
    return media.meets(crop)


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    k, u, m, n, o, p = then
    return (a * k + b * m, a * u + b * n, c * k + d * m, c * u + d * n, e * k + f * m + o, e * u + f * n + p)


def _at(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _around(points: Iterable[Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True, slots=True)
class _State:
    """The graphics state; what ``q`` keeps and ``Q`` brings back."""

    place: Matrix = _UNIT
    clip: Box = EVERYWHERE
    fill: Colour | None = _BLACK
    stroke: Colour | None = _BLACK
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    blends: bool = False
    line_width: float = 1.0
    font: FontCodes | None = None
    size: float = 0.0
    character_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


@dataclass(slots=True)
class _Painter:
    """Follows the operators and keeps what they paint."""

    read_font: Callable[[Object], FontCodes]
    hidden_layers: frozenset[tuple[int, int]]
    state: _State = field(default_factory=_State)
    texts: list[Shown] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    kept: list[_State] = field(default_factory=list)
    text: Matrix = _UNIT
    line: Matrix = _UNIT
    path: list[list[Point]] = field(default_factory=list)
    clips: bool = False
    marked: list[bool] = field(default_factory=list)
    order: int = 0
    depth: int = 0
    forms: int = 0

    def run(self, operations: Iterable[Any], resources: Object) -> None:
        for operands, operator in operations:
            name = str(operator)
            self.order += 1
            if (act := _OPERATORS.get(name)) is not None:
                act(self, operands)
            elif (look_up := _LOOKING_UP.get(name)) is not None:
                look_up(self, operands, resources)

    def set(self, **values: Any) -> None:
        self.state = replace(self.state, **values)

    def restore(self) -> None:
        if self.kept:
            self.state = self.kept.pop()

    # --- text

    def begin_text(self, matrix: Matrix = _UNIT) -> None:
        self.text = self.line = matrix

    def next_line(self, x: float, y: float) -> None:
        self.begin_text(_times((1, 0, 0, 1, x, y), self.line))

    def show(self, pieces: Sequence[Any]) -> None:
        """Strings and, between them, distances in thousandths of the type size (TJ)."""
        state = self.state
        matrix = _times(self.text, state.place)
        letters: list[Letter] = []
        for piece in pieces:
            if isinstance(piece, (bytes, Object)) and not _is_number(piece):
                letters += self._letters(bytes(piece))
            else:
                self._advance(-float(piece) / 1000 * state.size * state.stretch)
        if letters:
            self._keep(letters, matrix)

    def _letters(self, shown: bytes) -> list[Letter]:
        state = self.state
        if state.font is None:
            raise UnreadableTextError("a string without a font")
        found = []
        for text, width in state.font.glyphs(shown):
            advance = width / 1000 * state.size
            matrix = _times(self.text, state.place)
            if text is None:
                raise UnreadableTextError("a glyph without a character")
            low, high = state.rise + _LOW * state.size, state.rise + _HIGH * state.size
            across = advance * state.stretch
            corners = ((x, y) for x in (0.15 * across, 0.85 * across) for y in (low, high))
            found.append(Letter(text, _around(_at(matrix, x, y) for x, y in corners)))
            self._advance((advance + state.character_space + self._word_space(text, shown)) * state.stretch)
        return found

    def _word_space(self, text: str, shown: bytes) -> float:
        return self.state.word_space if text == " " and len(shown) else 0.0

    def _keep(self, letters: Sequence[Letter], matrix: Matrix) -> None:
        state = self.state
        a, b, c, d, _, _ = matrix
        size = abs(state.size) * min((a * a + b * b) ** 0.5 * abs(state.stretch), (c * c + d * d) ** 0.5)
        strokes = state.mode in _STROKED
        self.texts.append(
            Shown(
                tuple(letters),
                self.order,
                state.stroke if strokes else state.fill,
                state.stroke_alpha if strokes else state.fill_alpha,
                state.clip,
                size,
                self._is_painted,
                min(abs(a), abs(b)) < 0.05 * max(abs(a), abs(b), 1e-9),  # a slope of 3 degrees
            )
        )

    @property
    def _is_painted(self) -> bool:
        state = self.state
        alpha = state.stroke_alpha if state.mode in _STROKED else state.fill_alpha
        return state.mode not in _UNPAINTED and alpha >= _FOREGROUND and not any(self.marked)

    def _advance(self, distance: float) -> None:
        self.text = _times((1, 0, 0, 1, distance, 0), self.text)

    def choose_font(self, operands: Sequence[Any], resources: Object) -> None:
        font = resources.get("/Font", Dictionary()).get(str(operands[0]))
        self.set(font=self.read_font(font) if font is not None else None, size=float(operands[1]))

    # --- shapes and pictures

    def move(self, x: float, y: float) -> None:
        self.path.append([_at(self.state.place, x, y)])

    def straight(self, x: float, y: float) -> None:
        if self.path:
            self.path[-1].append(_at(self.state.place, x, y))

    def curve(self, *numbers: float) -> None:
        if not self.path:
            return
        start = self.path[-1][-1]
        controls = [_at(self.state.place, x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        if len(controls) == 2:  # noqa: PLR2004 - operators v and y leave one control point out
            controls = [start, *controls]
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = start, *controls
        for t in _CURVE_STEPS:
            u = 1 - t
            x = u**3 * ax + 3 * u * u * t * bx + 3 * u * t * t * cx + t**3 * dx
            y = u**3 * ay + 3 * u * u * t * by + 3 * u * t * t * cy + t**3 * dy
            self.path[-1].append((x, y))

    def rectangle(self, x: float, y: float, width: float, height: float) -> None:
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        self.path.append([_at(self.state.place, *corner) for corner in corners])

    def finish(self, *, fill: bool = False, stroke: bool = False) -> None:
        if self.path and fill:
            self._paint([points for points in self.path if len(points) > 1], self.state.fill, self.state.fill_alpha)
        if self.path and stroke:
            self._stroke()
        if self.clips:
            inside = _around(point for points in self.path for point in points) if self.path else Box(0, 0, 0, 0)
            self.set(clip=self.state.clip.meets(inside))
        self.path, self.clips = [], False

    def _stroke(self) -> None:
        a, b, c, d, _, _ = self.state.place
        half = self.state.line_width * abs(a * d - b * c) ** 0.5 / 2
        if 2 * half < _THICK:
            return
        for points in self.path:
            for (ax, ay), (bx, by) in pairwise(points):
                length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5 or 1.0
                x, y = -(by - ay) / length * half, (bx - ax) / length * half
                band = [(ax + x, ay + y), (bx + x, by + y), (bx - x, by - y), (ax - x, ay - y)]
                self._paint([band], self.state.stroke, self.state.stroke_alpha)

    def _paint(self, outline: Sequence[Sequence[Point]], colour: Colour | None, alpha: float) -> None:
        points = [point for one in outline for point in one]
        if not points or any(self.marked):
            return
        box = _around(points).meets(self.state.clip)
        hides = alpha >= 0.5 and not self.state.blends  # noqa: PLR2004 - half of it shines through
        self.fills.append(Fill(tuple(map(tuple, outline)), box, self.order, colour, hides))

    def shade(self) -> None:
        left, bottom, right, top = self.state.clip
        self._paint([[(left, bottom), (right, bottom), (right, top), (left, top)]], None, self.state.fill_alpha)

    def draw(self, operands: Sequence[Any], resources: Object) -> None:
        thing = resources.get("/XObject", Dictionary()).get(str(operands[0]))
        if thing is None:
            return
        if thing.get("/Subtype") == Name.Image:
            self._picture(thing)
        elif thing.get("/Subtype") == Name.Form and self.depth < _DEEPEST and self.forms < _MOST_FORMS:
            self.forms += 1
            self._form(thing, resources)

    def _picture(self, picture: Object) -> None:
        """A picture hides what lies below, unless it has transparent parts, as a stamp has."""
        see_through = "/SMask" in picture or "/Mask" in picture or bool(picture.get("/ImageMask", False))
        corners = [_at(self.state.place, x, y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
        if see_through:
            return
        self._paint([corners], None, self.state.fill_alpha)

    def inline_picture(self) -> None:
        self._paint([[_at(self.state.place, x, y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]], None, 1.0)

    def _form(self, form: Object, resources: Object) -> None:
        before, kept, marked = self.state, self.kept, self.marked
        self.kept, self.depth, self.marked = [], self.depth + 1, [*marked, self._is_off(form.get("/OC"))]
        self.set(place=_times(_matrix(form.get("/Matrix", _UNIT)), before.place))
        if "/BBox" in form:
            left, bottom, right, top = map(float, form.BBox)
            corners = ((left, bottom), (right, bottom), (right, top), (left, top))
            self.set(clip=self.state.clip.meets(_around(_at(self.state.place, x, y) for x, y in corners)))
        self.run(parse_content_stream(form), form.get("/Resources", resources))
        self.state, self.kept, self.marked, self.depth = before, kept, marked, self.depth - 1

    def change_state(self, operands: Sequence[Any], resources: Object) -> None:
        own = resources.get("/ExtGState", Dictionary()).get(str(operands[0]))
        if own is None:
            return
        if "/ca" in own:
            self.set(fill_alpha=float(own.ca))
        if "/CA" in own:
            self.set(stroke_alpha=float(own.CA))
        if "/LW" in own:
            self.set(line_width=float(own.LW))
        if "/BM" in own:
            self.set(blends=own.BM not in (Name.Normal, Name.Compatible))
        if "/Font" in own:
            self.set(font=self.read_font(own.Font[0]), size=float(own.Font[1]))

    def begin_marked(self, operands: Sequence[Any], resources: Object) -> None:
        layer = None
        if str(operands[0]) == "/OC" and len(operands) > 1:
            layer = resources.get("/Properties", Dictionary()).get(str(operands[1]))
        self.marked = [*self.marked, self._is_off(layer)]

    def end_marked(self) -> None:
        self.marked = self.marked[:-1]

    def _is_off(self, layer: Object | None) -> bool:
        if layer is None or not isinstance(layer, Object):
            return False
        group = layer.get("/OCGs", layer)  # a membership names its groups
        return getattr(group, "objgen", None) in self.hidden_layers


def _is_number(piece: Any) -> bool:
    return isinstance(piece, (int, float)) or type(piece).__name__ == "Decimal"


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def _colour(operands: Sequence[Any]) -> Colour | None:
    """Grey, RGB or CMYK as RGB; None for a pattern."""
    parts = [float(part) for part in operands if _is_number(part)]
    match parts if len(parts) == len(operands) else []:
        case [grey]:
            return grey, grey, grey
        case [red, green, blue]:
            return red, green, blue
        case [cyan, magenta, yellow, black]:
            return (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)
        case _:
            return None


def _numbers(act: Callable[..., None]) -> Callable[[_Painter, Sequence[Any]], None]:
    return lambda painter, operands: act(painter, *map(float, operands))


def _leading_line(painter: _Painter, x: float, y: float) -> None:
    painter.set(leading=-y)
    painter.next_line(x, y)


def _quote(painter: _Painter, operands: Sequence[Any]) -> None:
    if len(operands) == 3:  # noqa: PLR2004 - the operator " sets both spaces before it shows
        painter.set(word_space=float(operands[0]), character_space=float(operands[1]))
    painter.next_line(0, -painter.state.leading)
    painter.show(operands[-1:])


def _painting(*, closes: bool = False, **how: bool) -> Callable[[_Painter, Sequence[Any]], None]:
    def act(painter: _Painter, _: Sequence[Any]) -> None:
        if closes:
            _close(painter)
        painter.finish(**how)

    return act


def _close(painter: _Painter) -> None:
    if painter.path:
        painter.path[-1].append(painter.path[-1][0])


def _clip(painter: _Painter, _: Sequence[Any]) -> None:
    painter.clips = True


def _value(name: str, scale: float = 1.0) -> Callable[[_Painter, Sequence[Any]], None]:
    return lambda painter, operands: painter.set(**{name: float(operands[0]) * scale})


_FILL, _STROKE, _BOTH = {"fill": True}, {"stroke": True}, {"fill": True, "stroke": True}
_OPERATORS: Final[dict[str, Callable[[_Painter, Sequence[Any]], None]]] = {
    "q": lambda painter, _: painter.kept.append(painter.state),
    "Q": lambda painter, _: painter.restore(),
    "cm": lambda painter, operands: painter.set(place=_times(_matrix(operands), painter.state.place)),
    "BT": lambda painter, _: painter.begin_text(),
    "Td": _numbers(_Painter.next_line),
    "TD": _numbers(_leading_line),
    "Tm": lambda painter, operands: painter.begin_text(_matrix(operands)),
    "T*": lambda painter, _: painter.next_line(0, -painter.state.leading),
    "Tj": lambda painter, operands: painter.show(operands),
    "TJ": lambda painter, operands: painter.show(operands[0]),
    "'": _quote,
    '"': _quote,
    "Tc": _value("character_space"),
    "Tw": _value("word_space"),
    "TL": _value("leading"),
    "Ts": _value("rise"),
    "Tz": _value("stretch", 0.01),
    "w": _value("line_width"),
    "Tr": lambda painter, operands: painter.set(mode=int(operands[0])),
    **dict.fromkeys(("g", "rg", "k", "sc", "scn"), lambda painter, operands: painter.set(fill=_colour(operands))),
    **dict.fromkeys(("G", "RG", "K", "SC", "SCN"), lambda painter, operands: painter.set(stroke=_colour(operands))),
    "cs": lambda painter, _: painter.set(fill=_BLACK),
    "CS": lambda painter, _: painter.set(stroke=_BLACK),
    "m": _numbers(_Painter.move),
    "l": _numbers(_Painter.straight),
    "re": _numbers(_Painter.rectangle),
    "h": lambda painter, _: _close(painter),
    **dict.fromkeys(("c", "v", "y"), _numbers(_Painter.curve)),
    **dict.fromkeys(("f", "F", "f*"), _painting(**_FILL)),
    **dict.fromkeys(("B", "B*"), _painting(**_BOTH)),
    **dict.fromkeys(("b", "b*"), _painting(closes=True, **_BOTH)),
    "S": _painting(**_STROKE),
    "s": _painting(closes=True, **_STROKE),
    "n": _painting(),
    **dict.fromkeys(("W", "W*"), _clip),
    "sh": lambda painter, _: painter.shade(),
    "EMC": lambda painter, _: painter.end_marked(),
    "BMC": lambda painter, _: painter.begin_marked((Name.Span,), Dictionary()),
    "INLINE IMAGE": lambda painter, _: painter.inline_picture(),
}
_LOOKING_UP: Final[dict[str, Callable[[_Painter, Sequence[Any], Object], None]]] = {
    "Tf": _Painter.choose_font,
    "Do": _Painter.draw,
    "gs": _Painter.change_state,
    "BDC": _Painter.begin_marked,
}
