"""What is measured, part by part; the ways of a part are compared with each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchmarks.measured import Case

_SAMPLES = {"docxtpl": 400, "mailmerge": 400, "docxtpl-soffice": 8, "docxtpl-soffice-many": 200}
"""Letters a slow way makes at most; its rate stands for the rest."""


@dataclass(frozen=True, slots=True)
class Part:
    """Letters of ``shapes``, ``sizes`` of them, by ``ways``: each a name, with ``/engine`` where one is named.

    A part without ``rounds`` of its own is measured as often as is asked for. ``quick`` parts belong to a quick
    benchmark, all but ``optional`` ones to a full one.
    """

    title: str
    shapes: tuple[str, ...]
    sizes: tuple[int, ...]
    ways: tuple[str, ...]
    rounds: int | None = None
    quick: bool = True
    optional: bool = False


_WORD_AND_PDF = ("docxtpl", "congvan-word", "docxtpl-soffice-many", "congvan-pdf/dxpdf")

PARTS = {
    "word": Part("5,000 letters, Word alone", ("one-page",), (5000,), ("docxtpl", "mailmerge", "congvan-word")),
    "pdf": Part(
        "5,000 letters with PDF, by both engines, and from Python",
        ("one-page",),
        (5000,),
        (
            "docxtpl-soffice-many",
            "congvan-pdf/dxpdf",
            "congvan-python/dxpdf",
            "congvan-pdf/libreoffice",
        ),
    ),
    "table": Part(
        "1,000 rows of a clerk's own template",
        ("clerk-template",),
        (1000,),
        ("docxtpl-soffice-many", "congvan-table", "congvan-render-table"),
    ),
    "letter": Part(
        "one letter, warm and cold", ("one-letter",), (1,), ("letter-warm", "pdf-warm", "clerk-pdf-warm", "letter-cold")
    ),
    "documents": Part(
        "300 finished documents, no two alike",
        ("unlike-documents",),
        (300,),
        ("soffice-many", "congvan-to-pdf", "congvan-to-pdfs"),
    ),
    "one-by-one": Part(
        "a process of soffice for every letter", ("one-page",), (5000,), ("docxtpl-soffice",), quick=False
    ),
    "sizes": Part("100 and 1,000 letters", ("one-page",), (100, 1000), _WORD_AND_PDF, quick=False),
    "shapes": Part(
        "1,000 letters of two and three pages", ("two-pages", "three-pages"), (1000,), _WORD_AND_PDF, quick=False
    ),
    "large": Part(
        "64,000 letters; 4 GB of disk a round",
        ("one-page",),
        (64000,),
        ("congvan-word", "congvan-pdf/dxpdf"),
        rounds=1,
        quick=False,
        optional=True,
    ),
}


def rounds(names: Iterable[str], count: int, most: int | None, jobs: int) -> Iterator[tuple[int, Case]]:
    """The round, from 0, and the case of every measurement, ways in turn; cases have at most ``most`` letters.

    A machine that is slower for a while is slower for all ways.
    """
    parts = [PARTS[name] for name in names]
    for current in range(count):
        for part in parts:
            if current < (part.rounds or count):
                yield from ((current, case) for case in _cases(part, most, jobs))


def _cases(part: Part, most: int | None, jobs: int) -> Iterator[Case]:
    for shape in part.shapes:
        for size in part.sizes:
            letters = min(size, most or size)
            for entry in part.ways:
                way, _, engine = entry.partition("/")
                yield Case(shape, letters, way, engine or None, jobs, min(letters, _SAMPLES.get(way, letters)))
