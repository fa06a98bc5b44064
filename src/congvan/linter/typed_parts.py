"""The components whose type the decree prescribes, each with a line of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from congvan.decree.measures import COMPONENTS
from congvan.decree.measures import Component as PrescribedForm
from congvan.inspect.model import Line
from congvan.linter.read_letter import ReadLetter

_FREE: Final = frozenset({"o_bang", "do_mat"})
"""Tables may need smaller type; the law on state secrets sets the secrecy stamps."""


def typed_lines(letter: ReadLetter) -> Iterator[tuple[PrescribedForm, Line]]:
    """Every printed line of a component with the form the decree gives it; components recognised for sure alone."""
    for part in letter.parts:
        form = COMPONENTS.get(part.name)
        if form is None or part.name in _FREE or not part.sure:
            continue
        for line in part.lines:
            if any(span.text.strip() for span in line.spans):
                yield form, line
