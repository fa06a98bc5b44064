"""A paragraph of a .docx as the lines a reader tells apart, with their place across the page.

Word breaks lines when it prints; here a line ends where somebody ended it, and a wide gap (a tab, three
spaces) parts two columns. Where a text stands follows from alignment, indents, tab stops and the widths of
Times New Roman: good to a few millimetres, enough to tell left from right and centred from not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final

from congvan.inspect.docx.cascade import MM_PER_TWIP, Cascade, RunFont, number, value
from congvan.inspect.model import Font, ParagraphFormat, Span
from congvan.inspect.visible_text import as_read, folded, reads_on
from congvan.support.lengths import Pt
from congvan.support.ooxml import W
from congvan.text.width import text_width
from congvan.word.lists.symbols import bullet_text, is_symbol_font, symbol

_MM_PER_PT: Final = float(Pt(1).mm)
_GAP: Final = re.compile(r"\t|[ \u00a0]{3,}")
_GAP_OR_END: Final = re.compile(rf"({_GAP.pattern}|\n)")
_SHARE_BEFORE: Final = {"center": 0.5, "right": 1.0, "decimal": 1.0, "end": 1.0}
"""The share of a text that lies before its tab stop, by the kind of stop."""
_DEFAULT_STOP: Final = 12.7  # mm, Word's own
_INSIDE: Final = frozenset(
    W + name for name in ("hyperlink", "ins", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "moveTo")
)
_SIGNS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Area:
    """The room a paragraph has across the page, in mm from the paper's left edge."""

    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph that reads as one line, and where it stands."""

    text: str
    raw: str
    spans: tuple[Span, ...]
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class _Ink:
    """Text in one font, a gap, or a line end."""

    text: str
    run: RunFont

    @property
    def width(self) -> float:
        font = self.run.font
        shown = as_read(self.text, font.family, capitals=self.run.capitals)
        return text_width(shown, font.size, bold=font.bold, italic=font.italic) * _MM_PER_PT


def runs_of(paragraph: Any) -> Iterator[Any]:
    """The runs of a paragraph in order; those of deleted text and of text boxes are left out."""
    for child in paragraph:
        if child.tag == f"{W}r":
            yield child
        elif child.tag in _INSIDE:
            yield from runs_of(child)


def _outside_codes(paragraph: Any) -> Iterator[Any]:
    """The runs that are no part of a field's code, which may hold other fields with results of their own."""
    in_code: list[bool] = []
    for run in runs_of(paragraph):
        for mark in run.iterfind(f"{W}fldChar"):
            match value(mark, "fldCharType"):
                case "begin":
                    in_code.append(True)
                case "separate" if in_code:
                    in_code[-1] = False
                case "end" if in_code:
                    in_code.pop()
        if not any(in_code):
            yield run


def fields_of(paragraph: Any) -> tuple[str, ...]:
    """The names of the fields in a paragraph, such as ``PAGE`` and ``NUMPAGES``."""
    simple = [value(field, "instr") or "" for field in paragraph.iter(f"{W}fldSimple")]
    complex_ = "".join(text.text or "" for text in paragraph.iter(f"{W}instrText"))
    return tuple(dict.fromkeys(re.findall(r"\b[A-Z]{4,}\b", " ".join([*simple, complex_]))))


def pieces(
    paragraph: Any,
    cascade: Cascade,
    paragraph_format: ParagraphFormat,
    area: Area,
    *,
    label: str = "",
    table_style: str | None = None,
) -> Iterator[Piece]:
    """The lines of ``paragraph``; ``label`` is the number or bullet Word puts before it."""
    inks = [
        ink for run in _outside_codes(paragraph) for ink in _inks(run, cascade.run_font(run, paragraph, table_style))
    ]
    if label and inks:
        inks.insert(0, _Ink(f"{label} ", inks[0].run))
    first = True
    for ends, group in groupby(inks, key=lambda ink: ink.text == "\n"):
        if not ends:
            indent = paragraph_format.first_line if first else 0
            yield from _placed(list(group), paragraph_format, area, indent, list(_tab_stops(cascade, paragraph)))
            first = False


def _inks(run: Any, font: RunFont) -> Iterator[_Ink]:
    if font.hidden:
        return
    for child in run:
        name = str(child.tag).rpartition("}")[2]
        text = (child.text or "") if name == "t" else _SIGNS.get(name, "")
        if name == "sym":
            text = _symbol(child)
        elif is_symbol_font(font.font.family):
            text = bullet_text(text, font.font.family)
        yield from (_Ink(part, font) for part in _GAP_OR_END.split(text) if part)


def _symbol(sign: Any) -> str:
    """The sign of a symbol font, as a Unicode character where one looks like it."""
    try:
        code = int(value(sign, "char") or "20", 16)
        return symbol(code, value(sign, "font") or "") or chr(code)
    except (ValueError, OverflowError):
        return ""


def _placed(
    inks: Sequence[_Ink],
    paragraph_format: ParagraphFormat,
    area: Area,
    indent: float,
    stops: Sequence[tuple[float, str]],
) -> Iterator[Piece]:
    """One line of ink, parted at its wide gaps and put where its alignment wants it."""
    start, end = area.left + paragraph_format.left + indent, area.right - paragraph_format.right
    found = list(_parted(inks, start, area.left, stops))
    if not found:
        return
    used = found[-1].right - start
    free = end - start - used
    if free < 0 and len(found) == 1:
        yield replace(found[0], left=min(start, area.left + paragraph_format.left), right=end)
        return
    shift = max(free, 0) * {"center": 0.5, "right": 1.0}.get(paragraph_format.align, 0)
    yield from (replace(piece, left=piece.left + shift, right=piece.right + shift) for piece in found)


def _parted(inks: Sequence[_Ink], start: float, origin: float, stops: Sequence[tuple[float, str]]) -> Iterator[Piece]:
    """The line at its wide gaps; ``start`` is where it begins, ``origin`` where tab stops are counted from."""
    place, gathered = start, list[_Ink]()
    left, share = start, 0.0
    for index, ink in enumerate(inks):
        if not _GAP.fullmatch(ink.text):
            gathered.append(ink)
            place += ink.width
            continue
        if gathered and reads_on(_text(gathered), _text(inks[index + 1 :])):
            gathered.append(ink)
            place += ink.width
            continue
        yield from _piece(gathered, left, share)
        gathered = []
        place, kind = _next_stop(place, origin, stops) if ink.text == "\t" else (place + ink.width, "left")
        left, share = place, _SHARE_BEFORE.get(kind, 0.0)
    yield from _piece(gathered, left, share)


def _piece(inks: Sequence[_Ink], left: float, share: float) -> Iterator[Piece]:
    """The text of some inks, if it has any; ``share`` of its width stands before ``left``."""
    raw = _text(inks)
    if not raw.strip():
        return
    lead, trail = len(raw) - len(raw.lstrip()), len(raw) - len(raw.rstrip())
    before, behind = replace(inks[0], text=" " * lead).width, replace(inks[-1], text=" " * trail).width
    width = sum(ink.width for ink in inks) - before - behind
    start = left + before - width * share
    spans = tuple(_spans(inks))
    yield Piece(folded("".join(span.text for span in spans)), raw, spans, start, start + width)


def _text(inks: Iterable[_Ink]) -> str:
    return "".join(ink.text for ink in inks)


def _spans(inks: Iterable[_Ink]) -> Iterator[Span]:
    """Stretches of one font; letters beyond ASCII take the run's second font."""
    stretches = (stretch for ink in inks for stretch in _stretches(ink))
    for (font, capitals), group in groupby(stretches, key=lambda stretch: stretch[:2]):
        yield Span(as_read("".join(text for *_, text in group), font.family, capitals=capitals), font)


def _stretches(ink: _Ink) -> Iterator[tuple[Font, bool, str]]:
    font, other = ink.run.font, ink.run.other_family
    if font.family == other:
        yield font, ink.run.capitals, ink.text
        return
    for is_ascii, letters in groupby(ink.text, key=str.isascii):
        yield (font if is_ascii else replace(font, family=other)), ink.run.capitals, "".join(letters)


def _tab_stops(cascade: Cascade, paragraph: Any) -> Iterator[tuple[float, str]]:
    """Place (mm from the area's left) and kind of the tab stops, the nearest first."""
    stops: dict[float, str] = {}
    for layer in [*cascade.paragraph_layers(paragraph)][::-1]:
        for tab in layer.iterfind(f"{W}tabs/{W}tab"):
            stops[(number(tab, "pos") or 0) * MM_PER_TWIP] = value(tab) or "left"
    yield from sorted((place, kind) for place, kind in stops.items() if kind not in {"clear", "bar"})


def _next_stop(place: float, origin: float, stops: Sequence[tuple[float, str]]) -> tuple[float, str]:
    """The tab stop after ``place`` in mm, and its kind; Word's own where the paragraph has set no more."""
    own = ((origin + at, kind) for at, kind in stops if origin + at > place)
    usual = origin + (int((place - origin) / _DEFAULT_STOP + 1e-6) + 1) * _DEFAULT_STOP
    return next(own, (usual, "left"))
