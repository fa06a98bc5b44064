"""Find the header of a sheet: the one of the first rows that names the columns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from congvan.findings import Place
from congvan.recipients.sources.sheet import SheetRow, read_cell

Naming = Callable[[str], str]
"""Turns the title of a column into its name."""

WITHIN: Final = 30
"""Rows in which a header is looked for."""


@dataclass(frozen=True, slots=True)
class Header:
    """The titles of the columns as the file writes them, and the place of their row.

    ``below`` counts the rows from the top of the sheet to the first one under the header. ``known`` is how
    many columns were looked for and found.
    """

    titles: tuple[str, ...]
    place: Place
    below: int
    known: int


def find_header(rows: Sequence[SheetRow], naming: Naming, expected: Collection[str]) -> Header | None:
    """Find the header among the first ``rows``: the row that names most of the ``expected`` columns.

    Where none are expected, the first row that fills more than half of the width. A header of two lines,
    with "Người đứng đầu" above "Họ tên" and "Điện thoại", is read as one: the lower title counts.
    """
    titles = [[title(written) for written in row.cells] for row in rows]
    if expected:
        scores = [_known(row, naming, expected) for row in titles]
    else:
        width = max(map(_filled, titles), default=0)
        scores = [int(2 * _filled(row) > width) for row in titles]
    best = max(scores, default=0)
    if not best:
        return None
    at = scores.index(best)
    below = at + 1
    whole = titles[at]
    if expected:
        whole = _completed(whole, titles[at - 1] if at else [], naming, expected)
        if below < len(rows) and _is_lower_line(titles[below], whole, naming, expected):
            whole = _under(whole, titles[below])
            below += 1
    return Header(tuple(whole), rows[at].place, below, _known(whole, naming, expected))


def first_row_header(rows: Sequence[SheetRow], naming: Naming, expected: Collection[str]) -> Header | None:
    """Take the first row as the header; None where it names no column."""
    titles = tuple(title(written) for written in rows[0].cells) if rows else ()
    return Header(titles, rows[0].place, 1, _known(titles, naming, expected)) if any(titles) else None


def title(written: str) -> str:
    """The text of a header's cell on one line."""
    return " ".join(read_cell(written)[0].split())


def _known(titles: Sequence[str], naming: Naming, expected: Collection[str]) -> int:
    return len({naming(one) for one in titles if one} & set(expected))


def _filled(titles: Sequence[str]) -> int:
    return sum(map(bool, titles))


def _completed(titles: Sequence[str], above: Sequence[str], naming: Naming, expected: Collection[str]) -> list[str]:
    """The empty titles taken from the line above, where that names a column: a cell merged over both lines."""
    return [
        one or (higher if higher and naming(higher) in expected else "")
        for one, higher in zip(titles, [*above, *[""] * len(titles)], strict=False)
    ]


def _is_lower_line(lower: Sequence[str], titles: Sequence[str], naming: Naming, expected: Collection[str]) -> bool:
    """Whether the row under the header is its second line: at least half of its cells name a column not named yet."""
    replaced = [*map(bool, lower), *[False] * len(titles)]
    named = {naming(one) for one, is_replaced in zip(titles, replaced, strict=False) if one and not is_replaced}
    new = [one for one in lower if one and naming(one) in expected and naming(one) not in named]
    under_a_title = [one for one, higher in zip(lower, titles, strict=False) if one and one == higher]
    return bool(new) and not under_a_title and 2 * len(new) >= _filled(lower)


def _under(titles: Sequence[str], lower: Sequence[str]) -> list[str]:
    width = max(len(titles), len(lower))
    pairs = zip([*titles, *[""] * (width - len(titles))], [*lower, *[""] * (width - len(lower))], strict=True)
    return [below or above for above, below in pairs]
