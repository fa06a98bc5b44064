"""What a release must reach, worked out from the results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.results import Result, Results

_LARGE = 10_000
"""Letters from which on a campaign counts as the large one."""


@dataclass(frozen=True, slots=True)
class Floor:
    """One line: the ``value`` of the medians and of every round beside what is ``wanted``, empty if not measured.

    ``verdict`` is yes or no; a floor is not judged by fewer letters than it is for.
    """

    what: str
    letters: int
    wanted: str
    value: str = ""
    by_round: str = ""
    verdict: str = ""


def floors(results: Results) -> Iterator[Floor]:
    """Every floor, measured or not."""
    loop, bundled = _find(results, "one-page", "docxtpl"), _find(results, "one-page", "docxtpl-soffice-many")
    word = _find(results, "one-page", "congvan-word")
    pdf = _find(results, "one-page", "congvan-pdf", "dxpdf")
    libreoffice = _find(results, "one-page", "congvan-pdf", "libreoffice")
    python = _find(results, "one-page", "congvan-python", "dxpdf")
    yield _times("Campaign, Word and PDF", 5000, (25, "(c)"), pdf, bundled)
    yield _times("Campaign, Word alone", 5000, (35, "(a)"), word, loop)
    yield _times("Campaign, Word and PDF by LibreOffice", 5000, (9, "(c)"), libreoffice, bundled)
    yield _slower("Campaign from Python beside the command line", 5000, 5, python, pdf)

    large = _find(results, "one-page", "congvan-pdf", "dxpdf", large=True)
    yield _slower("Large campaign beside 5,000 letters, time a letter", 64000, 10, large, pdf)
    yield _memory("Large campaign, memory", 64000, 700, large)

    bundled_table = _find(results, "clerk-template", "docxtpl-soffice-many")
    table = _find(results, "clerk-template", "congvan-table")
    python_table = _find(results, "clerk-template", "congvan-render-table")
    yield _times("Table, `congvan render TEMPLATE --data`", 1000, (15, "(c)"), table, bundled_table)
    yield _times("Table, `congvan.render_table`", 1000, (15, "(c)"), python_table, bundled_table)
    yield _slower("Table from Python beside the command line", 1000, 5, python_table, table)

    yield _milliseconds("`to_pdf` of a one-page letter, warm", 18, _find(results, "one-letter", "pdf-warm"))
    yield _milliseconds("`to_pdf` of a clerk's letter, warm", 40, _find(results, "one-letter", "clerk-pdf-warm"))


def _find(results: Results, shape: str, way: str, engine: str | None = None, *, large: bool = False) -> Result | None:
    """The case with the most letters, of the large ones or of all others."""
    found = [
        result
        for result in results.cases.values()
        if (result.case.shape, result.case.way, result.case.engine) == (shape, way, engine)
        and (result.case.letters >= _LARGE) == large
    ]
    return max(found, key=lambda result: result.case.letters, default=None)


def _times(what: str, letters: int, least: tuple[int, str], result: Result | None, base: Result | None) -> Floor:
    times, name = least
    wanted = f"at least {times} × {name}"
    if not result or not base:
        return Floor(what, letters, wanted)
    ratio = base.each / result.each
    by_round = ", ".join(f"{other / own:.1f}" for own, other in _pairs(result, base))
    return _judged(what, letters, wanted, result, f"{ratio:.1f} ×", by_round, holds=ratio >= times)


def _slower(what: str, letters: int, most: int, result: Result | None, base: Result | None) -> Floor:
    wanted = f"at most {most} % slower"
    if not result or not base:
        return Floor(what, letters, wanted)
    percent = _percent(result.each, base.each)
    by_round = ", ".join(f"{_percent(own, other):+.1f}" for own, other in _pairs(result, base))
    return _judged(what, letters, wanted, result, f"{percent:+.1f} %", by_round, holds=percent <= most)


def _percent(own: float, other: float) -> float:
    return 100 * (own / other - 1)


def _memory(what: str, letters: int, below: int, result: Result | None) -> Floor:
    wanted = f"below {below} MB"
    if not result:
        return Floor(what, letters, wanted)
    by_round = ", ".join(f"{measured['peak_mb']:,}" for measured in result.rounds)
    return _judged(what, letters, wanted, result, f"{result.peak_mb:,} MB", by_round, holds=result.peak_mb < below)


def _milliseconds(what: str, most: int, result: Result | None) -> Floor:
    wanted = f"at most {most} ms"
    if not result:
        return Floor(what, 1, wanted)
    by_round = ", ".join(f"{1000 * each:.1f}" for each in result.each_by_round)
    return _judged(what, 1, wanted, result, f"{1000 * result.each:.1f} ms", by_round, holds=1000 * result.each <= most)


def _judged(what: str, letters: int, wanted: str, result: Result, value: str, by_round: str, *, holds: bool) -> Floor:
    measured = result.case.letters
    verdict = f"too few letters: meant for {letters:,}" if measured < letters else "yes" if holds else "**no**"
    return Floor(what, measured, wanted, value, by_round, verdict)


def _pairs(result: Result, base: Result) -> list[tuple[float, float]]:
    """Seconds a letter of both in every round they have in common."""
    return list(zip(result.each_by_round, base.each_by_round, strict=False))
