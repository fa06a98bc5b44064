"""A plan carried out: checked, numbered, rendered, written.

Nothing is written and no number is taken before every letter has been laid out once without a finding. A run may be
cut short at any moment: the next one goes on from there, and what it leaves is the same as if nothing
had happened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from itertools import tee
from math import ceil
from pathlib import Path
from typing import Final

from congvan.batch.crew import TIME_LIMIT, Crew, workers
from congvan.batch.engine_choice import EngineChoice, choose_engines
from congvan.batch.executors import opened
from congvan.batch.journal import JOURNAL, Journal
from congvan.batch.lists import Lists, lay_lists
from congvan.batch.manifest import ManifestRow
from congvan.batch.numbers import Given, Numbers
from congvan.batch.output import OutputFolder
from congvan.batch.portion import Making, Portion, portions, template_source
from congvan.batch.preflight import preflight, read_templates
from congvan.batch.proofs import RunProofs
from congvan.batch.sole_run import sole_run
from congvan.batch.stream import made
from congvan.batch.task import Task
from congvan.batch.trial import proofs as proofs_of
from congvan.batch.writing import remove_leftovers
from congvan.campaign import Plan, PlannedLetter
from congvan.errors import CampaignError, WorkerLostError
from congvan.findings import Finding, Place, Report, finding

FORMATS: Final = ("docx", "pdf")
_FEW: Final = 60
"""Letters below which starting another process takes longer than the work."""
_MANY: Final = 200
"""Recipients from which on their letters are tried while they are planned, and letters from which on a process makes
their lists."""
_HELD: Final = 10_000
"""Letters that may be held from their trial until they are made; more would take memory."""
_WORD_AHEAD: Final = 120
"""Portions of Word letters begun ahead: processes lay them down while numbers are taken."""

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
    numbers = Numbers(plan, register)
    looked = _look(plan, numbers, *read_templates(plan.campaign))
    report = looked.report + choose_engines(looked.sources, None)[1]
    if not looked.report.ok:
        return report
    every = portions(numbers.letters(looked.shown), looked.sources, Making((), EngineChoice(None)))
    return report + preflight(every)


def numbered_preview(plan: Plan, register: Path | str | None) -> Plan:
    """``plan`` with the numbers a run would take now; takes none.

    Raises:
        RegisterError: with every finding, when the register would refuse the run.
    """
    shown = Numbers(plan, register).shown()
    return plan if shown is None else plan.with_numbers(shown)


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
    of :mod:`concurrent.futures`, the URL of a cluster (``dask://host:port``), or :func:`workers` that stand ready.

    Letters that an earlier run made from the same, and that are whole on disk, are left as they are, unless
    ``fresh``. A letter that fails, fails alone and is a finding of the run's report. ``time_limit`` is how many
    seconds a letter may take by itself; a bundle of 50 may take twice that.

    Raises:
        ExecutorError: when the executor's URL names none that can be used.
        CampaignError: with every finding, when a letter cannot be planned or made; nothing has been written then.
        RegisterError: when numbers cannot be given.
        EngineError: when there is no such engine here.
        OutputError: when another run is at work in the folder, when nothing can be written there, or the disk is
            full. What was written stays, and the next run goes on from there.
    """
    target = Path(out)
    known = frozenset[str]() if fresh else Journal(target / JOURNAL).bases
    crew = workers(jobs, time_limit, pdf="pdf" in formats)
    proofs = RunProofs()
    with opened(executor) as given, nullcontext(given) if given else crew as pool, proofs:
        tried = _tried(plan, None if draft else register, known, formats, engine, pool, proofs)
        with _alone_in(target, pool), Journal(target / JOURNAL) as journal:
            folder = OutputFolder(target, tried.plan, formats, journal)
            tell = partial(_tell, progress, len(tried.plan.items))

            def begun(every: Iterable[Portion]) -> _Work:
                return _Work(folder, every, proofs, pool, tell, fresh=fresh)

            work = begun(tried.every)  # beside their places: letters are put there once their numbers are taken
            final = tried.numbers.taken()
            if final != tried.shown:  # somebody else took some meanwhile
                proofs.discard()
                _take_back(target, pool)
                work = begun(tried.portioned(final))
            work.carry_out()
            return _finish(folder, work, tried.report, tried.numbers, pool)


@dataclass(frozen=True, slots=True)
class _Tried:
    """A plan whose letters have been laid out on trial with the numbers ``shown``.

    ``every`` are its portions, to be made; ``portioned`` gives them with other numbers.
    """

    plan: Plan
    numbers: Numbers
    shown: Given
    every: Iterator[Portion]
    portioned: Callable[[Given], Iterator[Portion]]
    report: Report


def _tried(
    plan: Plan,
    register: Path | str | None,
    known: Collection[str],
    formats: Sequence[str],
    engine: str | None,
    executor: Executor,
    proofs: RunProofs,
) -> _Tried:
    """The plan, once nothing stands against it; what an earlier run made of the same (``known``) is not tried again.

    Raises:
        CampaignError: with every finding.
        RegisterError: when numbers cannot be given.
        EngineError: when there is no such engine here.
    """
    sources, unfit = read_templates(plan.campaign)
    makes, objections = _making(sources, formats, engine)
    if isinstance(executor, Crew) and unfit.ok:
        _start(executor, plan, len(plan.items) - len(known), sources)
    numbers = Numbers(plan, register)
    looked = _look(plan, numbers, sources, unfit)
    report = looked.report + objections
    report.raise_errors(CampaignError)
    numbers.make_ready()

    def portioned(given: Given) -> Iterator[Portion]:
        return portions(numbers.letters(given), sources, makes)

    rest, every = _twice(partial(portioned, looked.shown), len(plan.items))
    report += preflight(_new(rest, known), executor, proofs)
    report.raise_errors(CampaignError)
    return _Tried(plan, numbers, looked.shown, every, portioned, report)


def _start(crew: Crew, plan: Plan, new: int, sources: dict[Path, bytes]) -> None:
    """Have processes ready by the time there is something for them to do, one for few letters.

    Each lays out a letter of the tier that has most, so that it has the template by then.
    """
    crew.limit(1 + len(plan.items) // _FEW)
    crew.start(ceil(new / _FEW))
    if new > _FEW:
        most = Counter(item.cap for item in plan.items).most_common(1)[0][0]
        item = next(item for item in plan.items if item.cap == most)
        crew.prepare(proofs_of, Task((item.letter,), template_source(item, sources), None))


@dataclass(frozen=True, slots=True)
class _Looked:
    """A plan's templates, and the numbers it would get; ``report`` is what stands against it so far."""

    shown: Given
    sources: dict[Path, bytes]
    report: Report


def _look(plan: Plan, numbers: Numbers, sources: dict[Path, bytes], unfit: Report) -> _Looked:
    report = plan.report + unfit + numbers.check()
    return _Looked(numbers.shown() if report.ok else None, sources, report)


def _making(sources: dict[Path, bytes], formats: Sequence[str], engine: str | None) -> tuple[Making, Report]:
    engines, objections = choose_engines(sources, engine) if "pdf" in formats else (EngineChoice(None), Report())
    return Making(tuple(formats), engines), objections


def _new(every: Iterable[Portion], known: Collection[str]) -> Iterator[Portion]:
    """The letters not yet made from what they are made from now: those that were need no second look."""
    if not known:
        yield from every
        return
    for portion in every:
        if rest := portion.only(place for place, basis in enumerate(portion.bases) if basis not in known):
            yield rest


def _twice(portioned: Callable[[], Iterator[Portion]], letters: int) -> tuple[Iterator[Portion], Iterator[Portion]]:
    """What is to be tried, and what is then made; of so many ``letters`` as may be held meanwhile put together once."""
    tried, made_of = tee(portioned()) if letters <= _HELD else (portioned(), portioned())
    return tried, made_of


@contextmanager
def _alone_in(target: Path, executor: Executor) -> Iterator[None]:
    """Be the only run in ``target``; when it is cut short, what was not yet put in place goes."""
    with sole_run(target):
        try:
            yield
        except BaseException:
            if isinstance(executor, Crew):
                executor.dismiss()  # now: it must lay down nothing more
            remove_leftovers(target)
            raise


def _take_back(target: Path, executor: Executor) -> None:
    """Leave nothing of the letters begun with other numbers."""
    if isinstance(executor, Crew):
        executor.shutdown()  # so that all that was asked is done
    remove_leftovers(target)


class _Work:
    """Letters put into a folder: their rows by place, how many were there already, and what went wrong.

    The first are begun at once, but none is put in its place before the work is carried out.
    """

    def __init__(
        self,
        folder: OutputFolder,
        every: Iterable[Portion],
        proofs: RunProofs,
        executor: Executor,
        tell: Callable[[int], None],
        *,
        fresh: bool,
    ) -> None:
        self.rows: dict[int, ManifestRow] = {}
        self.kept: set[int] = set()
        self.problems: list[Finding] = []
        self._folder = folder
        self._tell = tell
        self._fresh = fresh
        ahead = 0 if "pdf" in folder.formats else _WORD_AHEAD
        self._made = made(self._missing(every), folder.target, proofs, executor, ahead)

    def carry_out(self) -> None:
        """Put what was not there in its place, as it is made.

        Raises:
            OutputError: when the disk takes nothing any more.
            ExecutorError: when a cluster is lost.
        """
        for portion, letters in self._made:
            written = self._folder.write_portion(portion, letters)
            for item, (row, failure) in zip(portion.items, written, strict=True):
                self.rows[item.position] = row
                self.kept.discard(item.position)
                if failure:
                    self.problems.append(_failure(item, failure))
            self._folder.print_so_far(self.rows, portion.items[-1])
            self._tell(len(self.rows))

    def _missing(self, every: Iterable[Portion]) -> Iterator[Portion]:
        """What is still to be made."""
        for portion in every:
            kept = {} if self._fresh else self._folder.kept(portion)
            self.rows |= kept
            self.kept |= kept.keys()
            if rest := portion.without({item.key for item in portion.items if item.position in kept}):
                yield rest


def _tell(progress: Progress | None, every: int, done: int) -> None:
    if progress:
        progress(done, every)


def _finish(folder: OutputFolder, work: _Work, report: Report, numbers: Numbers, executor: Executor) -> Run:
    """Print files, lists and issued numbers, once every letter is there or has failed."""
    if isinstance(executor, Crew) and len(work.rows) > _HELD:
        executor.shutdown(wait=False)  # so that there is room for the rest
    everything = folder.with_earlier(work.rows)
    print_files, refused = folder.write_print_files(everything)
    stale = folder.remove_stale(everything, print_files.values())
    if work.kept:
        work.problems.append(finding("batch-letters-kept", count=len(work.kept)))
    report += Report.of([*work.problems, *refused, *stale])
    laid = _laid(folder.lists(everything, print_files, report), executor)
    letters = tuple(row for _, row in sorted(work.rows.items()))
    try:
        folder.settle(everything, print_files)
        numbers.issue(letters)
    finally:  # the letters are there, whatever becomes of journal and register
        report += Report.of(folder.put_lists(laid()))
    return Run(folder.out, letters, report, print_files)


def _laid(lists: Lists, executor: Executor) -> Callable[[], tuple[OSError | None, ...]]:
    """The lists laid down, those of many letters by a process that has nothing else to do, while the run goes on."""
    if not isinstance(executor, Crew) or not _MANY < len(lists) <= _HELD:
        laid = lay_lists(lists)
        return lambda: laid
    asked = executor.submit(lay_lists, lists)
    executor.shutdown(wait=False)

    def awaited() -> tuple[OSError | None, ...]:
        try:
            return asked.result()
        except WorkerLostError:
            return lay_lists(lists)

    return awaited


def _failure(item: PlannedLetter, why: str) -> Finding:
    place = item.recipients[0].place if item.recipients else Place()
    return finding("batch-letter-failed", place, letter=f"{item.position} ({item.letter.so_ky_hieu})", why=why)
