"""Which letters of a run are linted, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from congvan.campaign.office import LintException
from congvan.errors import CongvanError
from congvan.findings import Finding, Report, Severity
from congvan.run.output.manifest import ManifestRow, OutputFile

if TYPE_CHECKING:
    from congvan.run.result import Run

LintScope: TypeAlias = Literal["none", "some", "all"]
"""No letter, the longest, shortest and strangest of each tier, or every one."""


@dataclass(frozen=True, slots=True)
class Linted:
    """How many letters were linted, and the warnings about them: a cause that several share once, at the first."""

    letters: int = 0
    report: Report = field(default_factory=Report)


def lint_run(run: Run, scope: LintScope = "some") -> Linted:
    """Lint letters of a finished run in its output folder; a run into another kind of output is not linted."""
    if run.out is None:
        return Linted()
    out = run.out
    exceptions = run.plan.campaign.office.ngoai_le if run.plan and run.plan.campaign.office else ()
    return lint_rows([row for row in run.letters if row.is_done], lambda file: out / file.path, scope, exceptions)


def lint_rows(
    rows: Sequence[ManifestRow],
    path_of: Callable[[OutputFile], Path],
    scope: LintScope,
    exceptions: Iterable[LintException] = (),
) -> Linted:
    """Lint the letters of ``rows``, or some of them; ``path_of`` says where a file lies now.

    Every finding is a warning here: a layout of the office's own stops no run. Hints are left out.
    """
    if scope == "none":
        return Linted()
    chosen = list(rows) if scope == "all" else list(_some(rows))
    found: dict[str, Finding] = {}
    for row in chosen:
        for file in row.files:
            for one in _faults(path_of(file), Path(file.path).name, exceptions):
                found.setdefault(one.code, replace(one, severity=Severity.WARNING))
    return Linted(len(chosen), Report.of(found.values()))


def _some(rows: Sequence[ManifestRow]) -> Iterator[ManifestRow]:
    """The longest, the shortest and the strangest letter of each tier and round, each once, in their order."""
    tiers: dict[tuple[str, str], list[ManifestRow]] = {}
    for row in rows:
        tiers.setdefault((row.cap, row.dot_gui), []).append(row)
    for letters in tiers.values():
        chosen = {
            max(letters, key=_length).thu_tu,
            min(letters, key=_length).thu_tu,
            max(letters, key=_strangeness).thu_tu,
        }
        yield from (row for row in letters if row.thu_tu in chosen)


def _length(row: ManifestRow) -> tuple[int, int]:
    return row.trang or 0, sum(map(len, row.kinh_gui))


def _strangeness(row: ManifestRow) -> tuple[int, int]:
    """Signs in the addressees that are neither letters nor spaces, then the length of the longest word."""
    text = " ".join(row.kinh_gui)
    signs = sum(not (sign.isalpha() or sign.isspace()) for sign in text)
    return signs, max(map(len, text.split()), default=0)


def _faults(path: Path, name: str, exceptions: Iterable[LintException]) -> Iterator[Finding]:
    """The errors and warnings about one file; one that cannot be read says nothing here, as staging has judged it."""
    from congvan.linter import lint, without_exceptions

    try:
        report = lint(path, name, time_limit=None)
    except CongvanError:
        return
    left = without_exceptions(report, exceptions)
    yield from (one for one in left if one.severity is not Severity.INFO)
