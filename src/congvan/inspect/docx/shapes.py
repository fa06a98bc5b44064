"""Lines, boxes and pictures drawn in a .docx, in both of Word's drawing languages (DrawingML and VML)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from congvan.inspect.docx.paragraph_lines import Area
from congvan.support.lengths import Pt
from congvan.support.ooxml import MC, WP, A, W, qn

_V: Final = "{urn:schemas-microsoft-com:vml}"
_EMU: Final = 36_000  # in a mm
_USUAL_LINE: Final = 0.75  # pt
_LENGTH: Final = re.compile(r"(-?[\d.]+)\s*(pt|in|cm|mm|px)?")
_MM_PER_PT: Final = float(Pt(1).mm)
_UNITS: Final = {"pt": _MM_PER_PT, "in": 25.4, "cm": 10.0, "mm": 1.0, "px": 25.4 / 96, None: _MM_PER_PT}
_LINES: Final = {"line", "straightConnector1"}
_FLAT: Final = 1.0  # mm
_CONNECTOR: Final = "#_x0000_t32"


@dataclass(frozen=True, slots=True)
class Shape:
    """Something drawn: ``left`` and ``width`` in mm on the page; ``text`` is the content of a text box."""

    kind: Literal["line", "box", "picture"]
    left: float
    width: float
    height: float
    thickness: float = _USUAL_LINE
    outlined: bool = True
    text: Any = None


def shapes_in(run: Any, column: Area, page: Area) -> Iterator[Shape]:
    """The shapes a run draws. ``column`` is the room of its paragraph, ``page`` the whole paper."""
    for drawing in _drawings(run):
        if drawing.tag == f"{W}drawing":
            yield from _drawingml(drawing, column, page)
        else:
            yield from _vml(drawing, column)


def _drawings(element: Any) -> Iterator[Any]:
    """Each drawing once: of an alternative, the one Word takes."""
    for child in element:
        if child.tag in {f"{W}drawing", f"{W}pict"}:
            yield child
        elif child.tag == f"{MC}AlternateContent":
            choice = child.find(f"{MC}Choice")
            yield from _drawings(choice if choice is not None else child.find(f"{MC}Fallback"))


def _drawingml(drawing: Any, column: Area, page: Area) -> Iterator[Shape]:
    for anchor in drawing:
        extent = anchor.find(f"{WP}extent")
        width, height = (int(extent.get(side, "0")) / _EMU for side in ("cx", "cy")) if extent is not None else (0, 0)
        left = _anchored(anchor.find(f"{WP}positionH"), width, column, page)
        for shape in anchor.iter(qn("wps:wsp")):
            yield _word_shape(shape, left, width, height)
        if next(anchor.iter(qn("pic:pic")), None) is not None:
            yield Shape("picture", left, width, height)


def _word_shape(shape: Any, left: float, width: float, height: float) -> Shape:
    form = next(shape.iter(f"{A}prstGeom"), None)
    line = next(shape.iter(f"{A}ln"), None)
    thickness = int(line.get("w", 0)) / 12_700 if line is not None and line.get("w") else _USUAL_LINE
    if form is not None and (form.get("prst") in _LINES or min(width, height) < _FLAT):
        return Shape("line", left, width, height, thickness)
    outlined = line is None or line.find(f"{A}noFill") is None
    return Shape("box", left, width, height, thickness, outlined, next(shape.iter(f"{W}txbxContent"), None))


def _anchored(position: Any, width: float, column: Area, page: Area) -> float:
    """The left edge of an anchored drawing; one in the line is taken to begin where its paragraph does."""
    if position is None:
        return column.left
    room = page if position.get("relativeFrom") == "page" else column
    offset, align = position.find(f"{WP}posOffset"), position.find(f"{WP}align")
    if offset is not None:
        return room.left + int(offset.text or 0) / _EMU
    share = {"center": 0.5, "right": 1.0}.get(align.text if align is not None else "", 0)
    return room.left + (room.width - width) * share


def _vml(drawing: Any, column: Area) -> Iterator[Shape]:
    for shape in drawing.iter(f"{_V}line", f"{_V}rect", f"{_V}shape"):
        if shape.tag == f"{_V}line":
            yield _vml_line(shape, column)
            continue
        declarations = (part.partition(":") for part in shape.get("style", "").split(";"))
        style = {name.strip(): length for name, _, length in declarations}
        left = column.left + _length(style.get("margin-left") or style.get("left"))
        width, height = _length(style.get("width")), _length(style.get("height"))
        if shape.find(f"{_V}imagedata") is not None:
            yield Shape("picture", left, width, height)
        elif shape.get("type") == _CONNECTOR or height < _FLAT < width:
            yield Shape("line", left, width, height, _stroke(shape))
        else:
            outlined = shape.get("stroked", "t") not in {"f", "false"}
            text = next(shape.iter(f"{W}txbxContent"), None)
            yield Shape("box", left, width, height, _stroke(shape), outlined, text)


def _vml_line(line: Any, column: Area) -> Shape:
    (x, y), (u, v) = (tuple(_length(part) for part in line.get(end, "0,0").split(",")[:2]) for end in ("from", "to"))
    return Shape("line", column.left + min(x, u), abs(u - x), abs(v - y), _stroke(line))


def _stroke(shape: Any) -> float:
    return _length(shape.get("strokeweight")) / _UNITS["pt"] if shape.get("strokeweight") else _USUAL_LINE


def _length(text: str | None) -> float:
    """A length of VML in mm; one without a unit is taken as points."""
    found = _LENGTH.match((text or "").strip())
    return float(found[1]) * _UNITS[found[2]] if found else 0.0
