"""Type: Times New Roman in black, components in the size, weight and slope of the decree (Annex I, parts I to III)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from docx.text.font import Font

from congvan.decree.measures import COMPONENTS, FONT, Component
from congvan.findings import Finding, Place, finding
from congvan.inspect.model import BLACK, Line
from congvan.inspect.visible_text import encoding_of
from congvan.linter.fixes.changes import Changes
from congvan.linter.fixes.fix import Fix, place_of
from congvan.linter.fixes.word_copy import WordCopy
from congvan.text.numbers import format_number
from congvan.word.lists.symbols import is_symbol_font

_TIMES: Final = frozenset({"timesnewroman", "times"})
_SIGNS: Final = ("symbol", "wingding", "webding", "dejavu", "segoeui", "msgothic", "notosanssymbols", "opensymbol")
_COLOURED: Final = frozenset({"do_khan", "do_mat", "luu_hanh"})
_FREE: Final = frozenset({"o_bang", "do_mat"})
"""Tables may need smaller type; the law on state secrets sets the secrecy stamps."""
_MAY_STRESS: Final = frozenset({"noi_dung", "kinh_gui", "lien_he", "can_cu", "so_trang"})
_MAY_SLOPE: Final = frozenset({"noi_dung", "kinh_gui", "lien_he", "can_cu", "so_trang", "noi_nhan", "de_muc"})
"""Components in which words may be stressed, or whose weight or slope the decree does not name."""
_SLACK: Final = 0.26
"""Points: programs scale type a little."""


def fix_face(copy: WordCopy, changes: Changes) -> Iterator[Finding]:
    """Set every other face in Times New Roman; faces of signs and those from before Unicode stay."""
    changed: dict[str, int] = {}
    for line in copy.facts.lines:
        families = {span.font.family for span in line.spans if any(map(str.isalpha, span.text))}
        if not (wrong := [family for family in families if _is_other(family)]):
            continue
        if any(encoding_of(family) for family in families):
            continue
        for run in copy.runs(line):
            changes.face(run, FONT)
        changed |= {family: changed.get(family, 0) + len(line.text) for family in wrong}
    for family, count in sorted(changed.items()):
        yield finding("fix-face", Place(file=copy.name), before=family, after=FONT, count=count)


def fix_size(copy: WordCopy, changes: Changes) -> Iterator[Finding]:
    """Set components that are too small or too large in the size of the decree's models."""
    for part, form, line in _lines(copy):
        allowed = form.allowed
        wrong = [size for size in line.sizes if not allowed.low - _SLACK <= size <= allowed.high + _SLACK]
        if part in _FREE or not wrong:
            continue
        size = min(max(line.font.size, allowed.low), allowed.high)
        for run in copy.runs(line):
            changes.size(run, size)
        before = format_number(wrong[0])
        yield finding("fix-size", place_of(copy, line), part=form.name, before=before, after=format_number(size))


def fix_weight(copy: WordCopy, changes: Changes) -> Iterator[Finding]:
    """Make bold what the decree wants bold, and upright weight of the rest; what may be stressed stays."""
    for part, form, line in _lines(copy):
        if part not in _MAY_STRESS | _FREE and line.font.bold != form.bold:
            yield from _set(copy, changes, line, form, _bold(form.bold), "bold" if form.bold else "not-bold")


def fix_slope(copy: WordCopy, changes: Changes) -> Iterator[Finding]:
    """Make italic what the decree wants italic, and upright the rest; what may be stressed stays."""
    for part, form, line in _lines(copy):
        if part not in _MAY_SLOPE | _FREE and line.font.italic != form.italic:
            yield from _set(copy, changes, line, form, _italic(form.italic), "italic" if form.italic else "upright")


def fix_colour(copy: WordCopy, changes: Changes) -> Iterator[Finding]:
    """Print in black what is coloured, but for the marks of urgency and secrecy."""
    marks = {id(line) for part in copy.parts if part.name in _COLOURED for line in part.lines}
    for line in copy.facts.lines:
        colours = {span.font.colour for span in line.spans if span.text.strip()} - {BLACK}
        if colours and id(line) not in marks and (runs := copy.runs(line)):
            for run in runs:
                changes.font(run, _black)
            yield finding("fix-colour", place_of(copy, line), before=", ".join(sorted(colours)))


def _lines(copy: WordCopy) -> Iterator[tuple[str, Component, Line]]:
    """The lines of components recognised for sure, with the form the decree gives them."""
    for part in copy.parts:
        form = COMPONENTS.get(part.name)
        if form is not None and part.sure:
            yield from ((part.name, form, line) for line in part.lines if line.text)


def _set(
    copy: WordCopy, changes: Changes, line: Line, form: Component, change: Callable[[Font], None], how: str
) -> Iterator[Finding]:
    if runs := copy.runs(line):
        for run in runs:
            changes.font(run, change)
        yield finding(f"fix-{how}", place_of(copy, line), part=form.name)


def _is_other(family: str) -> bool:
    bare = "".join(filter(str.isalnum, family.lower()))
    return bool(bare) and bare not in _TIMES and not bare.startswith(_SIGNS) and not is_symbol_font(family)


def _bold(on: bool) -> Callable[[Font], None]:
    return lambda font: setattr(font, "bold", on)


def _italic(on: bool) -> Callable[[Font], None]:
    return lambda font: setattr(font, "italic", on)


def _black(font: Font) -> None:
    from docx.shared import RGBColor

    font.color.rgb = RGBColor(0, 0, 0)


FACE_FIX: Final = Fix(frozenset({"lint-face"}), fix_face)
SIZE_FIX: Final = Fix(frozenset({"lint-size"}), fix_size)
WEIGHT_FIX: Final = Fix(frozenset({"lint-not-bold", "lint-bold"}), fix_weight)
SLOPE_FIX: Final = Fix(frozenset({"lint-italic", "lint-not-italic"}), fix_slope)
COLOUR_FIX: Final = Fix(frozenset({"lint-colour"}), fix_colour)
