"""A plan carried out: checked, numbered, rendered, written.

Nothing is written and no number is taken before every letter has been laid out once without a finding. A run may be
cut short at any moment: the next one goes on from there, and what it leaves is the same as if nothing
had happened.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from congvan.batch.engine_choice import EngineChoice, choose_engines
from congvan.batch.executors import ahead_of, opened
from congvan.batch.journal import JOURNAL, Journal
from congvan.batch.manifest import ManifestRow
from congvan.batch.numbers import Numbers
from congvan.batch.output import OutputFolder
from congvan.batch.portion import Making, Portion, portions
from congvan.batch.preflight import preflight, read_templates
from congvan.batch.sole_run import sole_run
from congvan.batch.stream import TIME_LIMIT, outcomes, workers
from congvan.campaign import Plan, PlannedLetter
from congvan.errors import CampaignError
from congvan.findings import Finding, Place, Report, finding

FORMATS: Final = ("docx", "pdf")
Progress = Callable[[int, int], None]
"""Called with letters done and letters in all."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run made: ``letters`` are its rows of the manifest, ``report`` what there is to say about them."""

    out: Path
    letters: tuple[ManifestRow, ...]
    report: Report
    print_files: dict[str, str]

    @property
    def pages(self) -> int:
        return sum(row.trang or 0 for row in self.letters)

    @property
    def failed(self) -> tuple[ManifestRow, ...]:
        return tuple(row for row in self.letters if row.trang_thai == "loi")


def check(plan: Plan, register: Path | str | None = None) -> Report:
    """Everything that would stop ``plan`` or is worth a warning; writes nothing and takes no number."""
    looked = _look(plan, Numbers(plan, register))
    report = looked.report + choose_engines(looked.sources, None)[1]
    return report + preflight(looked.shown.items, looked.sources) if looked.report.ok else report


def numbered_preview(plan: Plan, register: Path | str | None) -> Plan:
    """``plan`` with the numbers a run would take now; takes none.

    Raises:
        RegisterError: with every finding, when the register would refuse the run.
    """
    return Numbers(plan, register).shown()


def render(
    plan: Plan,
    out: Path | str,
    register: Path | str | None = None,
    *,
    draft: bool = False,
    formats: Sequence[str] = FORMATS,
    engine: str | None = None,
    jobs: int | None = None,
    executor: Executor | str | None = None,
    progress: Progress | None = None,
    fresh: bool = False,
    time_limit: float = TIME_LIMIT,
) -> Run:
    """Make every letter of ``plan`` in the folder ``out``.

    ``register`` is the number register, a path or a URL; without one, or with ``draft``, numbers stay
    blank. ``jobs`` processes share the work (as many as there are cores if None) unless an ``executor`` does: one
    of :mod:`concurrent.futures`, or the URL of a cluster (``dask://host:port``).

    Letters that an earlier run made from the same, and that are whole on disk, are left as they are, unless
    ``fresh``. A letter that fails, fails alone and is a finding of the run's report. ``time_limit`` is how many
    seconds a letter may take by itself; a bundle of 50 may take twice that.

    Raises:
        ExecutorError: when the executor's URL names none that can be used.
        CampaignError: with every finding, when a letter cannot be made; nothing has been written then.
        RegisterError: when numbers cannot be given.
        EngineError: when there is no such engine here.
        OutputError: when another run is at work in the folder, when nothing can be written there, or the disk is
            full. What was written stays, and the next run goes on from there.
    """
    target, numbers = Path(out), Numbers(plan, None if draft else register)
    looked = _look(plan, numbers)
    engines, objections = choose_engines(looked.sources, engine) if "pdf" in formats else (EngineChoice(None), Report())
    makes = Making(tuple(formats), engines)
    (looked.report + objections).raise_errors(CampaignError)
    known = frozenset[str]() if fresh else Journal(target / JOURNAL).bases
    report = looked.report + objections + preflight(_new(looked, makes, known), looked.sources)
    report.raise_errors(CampaignError)
    with opened(executor) as cluster, sole_run(target), Journal(target / JOURNAL) as journal:
        final = numbers.taken()
        folder = OutputFolder(target, final, formats, journal)
        every = list(portions(final, looked.sources, makes))
        kept = {} if fresh else _kept(every, folder)
        work = [rest for portion in every if (rest := portion.without(kept))]
        count = sum(len(portion.items) for portion in work)
        tell = partial(_tell, progress, len(final.items) - count, len(final.items))
        with nullcontext(cluster) if cluster else workers(jobs, count, time_limit) as pool:
            made = _make(work, folder, pool, tell)
        run = _finish(folder, kept, made, report)
        numbers.issue(run.letters)
    return run


@dataclass(frozen=True, slots=True)
class _Looked:
    """A plan with its templates read, and the numbers it would get; ``report`` is what stands against it so far."""

    shown: Plan
    sources: dict[Path, bytes]
    report: Report


def _look(plan: Plan, numbers: Numbers) -> _Looked:
    sources, report = read_templates(plan)
    report = plan.report + report + numbers.check()
    return _Looked(numbers.shown() if report.ok else plan, sources, report)


def _new(looked: _Looked, makes: Making, known: Collection[str]) -> Iterator[PlannedLetter]:
    """The letters not yet made from what they are made from now: those that were need no second look."""
    for portion in portions(looked.shown, looked.sources, makes):
        yield from (item for item, basis in zip(portion.items, portion.bases, strict=True) if basis not in known)


def _kept(every: Iterable[Portion], folder: OutputFolder) -> dict[str, ManifestRow]:
    """The letters that are there already, by key."""
    pairs = (pair for portion in every for pair in zip(portion.items, portion.bases, strict=True))
    return {item.khoa: row for item, basis in pairs if (row := folder.kept(item, basis))}


@dataclass(frozen=True, slots=True)
class _Made:
    """The rows of the letters made, by key, and which of them failed."""

    rows: dict[str, ManifestRow]
    problems: list[Finding]


def _make(work: Sequence[Portion], folder: OutputFolder, executor: Executor, tell: Callable[[int], None]) -> _Made:
    made = _Made({}, [])
    results = outcomes([portion.task for portion in work], executor, ahead_of(executor))
    for portion, (_, of_portion) in zip(work, results, strict=True):
        folder.begin(portion.items)
        for item, basis, outcome in zip(portion.items, portion.bases, of_portion, strict=True):
            made.rows[item.khoa], failure = folder.write_letter(item, outcome, basis)
            if failure:
                made.problems.append(_failure(item, failure))
        tell(len(made.rows))
    return made


def _tell(progress: Progress | None, before: int, every: int, made: int) -> None:
    if progress:
        progress(before + made, every)


def _finish(folder: OutputFolder, kept: dict[str, ManifestRow], made: _Made, report: Report) -> Run:
    """Print files and lists, once every letter is there or has failed."""
    rows = sorted((kept | made.rows).values(), key=lambda row: row.thu_tu)
    everything = folder.with_earlier(rows)
    print_files, refused = folder.write_print_files(everything)
    stale = folder.remove_stale(everything, print_files.values())
    if kept_count := len(kept.keys() - made.rows.keys()):
        made.problems.append(finding("batch-letters-kept", count=kept_count))
    report += Report.of([*made.problems, *refused, *stale])
    report += Report.of(folder.write_lists(everything, print_files, report))
    folder.settle(everything, print_files)
    return Run(folder.out, tuple(rows), report, print_files)


def _failure(item: PlannedLetter, why: str) -> Finding:
    place = item.recipients[0].place if item.recipients else Place()
    return finding("batch-letter-failed", place, letter=f"{item.thu_tu} ({item.letter.so_ky_hieu})", why=why)
