"""What annotations show on a page of a PDF (ISO 32000-1, 12.5): signatures, stamps, filled-in fields, typed notes.

A page's own content knows nothing of them; a letter that was signed or stamped on the screen carries its marks here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from pypdf import PageObject

from congvan.inspect.pdf.face import entry

Matrix: TypeAlias = tuple[float, float, float, float, float, float]

_SHOWN: Final = frozenset({"/Widget", "/Stamp", "/FreeText"})
_NOT_PRINTED: Final = 0b10 | 0b100000
"""The flags ``Hidden`` and ``NoView``."""
_MOST: Final = 200
"""Annotations of a page; a signed letter has a few."""
_CORNERS: Final = ((0, 1), (0, 3), (2, 1), (2, 3))


@dataclass(frozen=True, slots=True)
class Appearance:
    """The form an annotation draws, how it is put on the page, and whether it is a signature or a stamp."""

    form: Any
    placing: Matrix
    is_stamp: bool


def appearances(page: PageObject) -> Iterator[Appearance]:
    """What the annotations of ``page`` draw, in their order; hidden ones and empty ones are left out."""
    for reference in list(entry(page, "/Annots", ()))[:_MOST]:
        annotation = reference.get_object()
        form = _normal_form(annotation)
        is_hidden = int(entry(annotation, "/F", 0)) & _NOT_PRINTED
        if form is None or is_hidden or entry(annotation, "/Subtype") not in _SHOWN:
            continue
        placing = _fitted(form, [float(side) for side in entry(annotation, "/Rect", ())])
        if placing is not None:
            yield Appearance(form, placing, _is_stamp(annotation))


def _is_stamp(annotation: Any) -> bool:
    """A stamp, or the field of a digital signature; a field may leave its type to the one above it."""
    kind = entry(annotation, "/FT") or entry(entry(annotation, "/Parent", {}), "/FT")
    return bool(entry(annotation, "/Subtype") == "/Stamp" or kind == "/Sig")


def _normal_form(annotation: Any) -> Any:
    """The form shown when nobody points at it; one of several by the state it is in."""
    form = entry(entry(annotation, "/AP", {}), "/N")
    if form is not None and not hasattr(form, "get_data"):
        form = entry(form, entry(annotation, "/AS", "/Off"))
    return form if hasattr(form, "get_data") else None


def _fitted(form: Any, rectangle: Sequence[float]) -> Matrix | None:
    """The matrix that brings the form's box, turned by the form's own matrix, into the rectangle."""
    box = [float(side) for side in entry(form, "/BBox", ())]
    if len(box) != 4 or len(rectangle) != 4:  # noqa: PLR2004 - the sides of a rectangle
        return None
    a, b, c, d, e, f = (float(number) for number in entry(form, "/Matrix", (1, 0, 0, 1, 0, 0)))
    corners = [(box[x] * a + box[y] * c + e, box[x] * b + box[y] * d + f) for x, y in _CORNERS]
    xs, ys = zip(*corners, strict=True)
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    if not wide or not high:
        return None
    left, bottom = min(rectangle[0], rectangle[2]), min(rectangle[1], rectangle[3])
    across = abs(rectangle[2] - rectangle[0]) / wide
    up = abs(rectangle[3] - rectangle[1]) / high
    return across, 0, 0, up, left - min(xs) * across, bottom - min(ys) * up
