"""A plan carried out: checked, numbered, rendered, written.

Nothing is written and no number is taken before every letter has been laid out once without a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from congvan.batch.executors import ahead_of, opened
from congvan.batch.manifest import ManifestRow
from congvan.batch.output import OutputFolder
from congvan.batch.preflight import preflight, read_templates, template_source
from congvan.batch.stream import outcomes, workers
from congvan.batch.task import BUNDLE_SIZE, Task
from congvan.batch.writing import require_folder
from congvan.campaign import Plan, PlannedLetter
from congvan.errors import CampaignError, RegisterError
from congvan.findings import Finding, Place, Report, finding
from congvan.word import Shared

if TYPE_CHECKING:
    from congvan.register import NumberRequest, Register

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
    return _prepared(plan, register, draft=register is None).report


def numbered_preview(plan: Plan, register: Path | str | None) -> Plan:
    """``plan`` with the numbers a run would take now; takes none.

    Raises:
        RegisterError: with every finding, when the register would refuse the run.
    """
    if register is None or not plan.number_requests():
        return plan
    with _open(register, plan) as book:
        book.check(_requests(plan)).raise_errors(RegisterError)
        return plan.numbered(book.peek(_requests(plan)))


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
) -> Run:
    """Make every letter of ``plan`` in the folder ``out``.

    ``register`` is the number register, a path or a URL; without one, or with ``draft``, numbers stay
    blank. ``jobs`` processes share the work (all cores if None) unless an ``executor`` does: one of
    :mod:`concurrent.futures`, or the URL of a cluster (``dask://host:port``).

    Raises:
        ExecutorError: when the executor's URL names none that can be used.
        CampaignError: with every finding, when a letter cannot be made; nothing has been written then.
        RegisterError: when numbers cannot be given.
        OutputError: when the output folder cannot be written.
    """
    with opened(executor) as cluster:
        blank = draft or register is None
        prepared = _prepared(plan, register, draft=blank)
        prepared.report.raise_errors(CampaignError)
        require_folder(Path(out))
        final = plan if blank or register is None else _numbered(plan, register)
        tasks = list(_tasks(final, prepared.sources, engine or _DEFAULT_ENGINE if "pdf" in formats else None))
        own_pool = nullcontext(cluster) if cluster else workers(jobs, len(final.items))
        with own_pool as pool:
            run = _write(final, OutputFolder(Path(out), final, formats), tasks, pool, prepared.report, progress)
        if not blank and register is not None:
            _mark_issued(final, run, register)
        return run


_DEFAULT_ENGINE: Final = "dxpdf"


@dataclass(frozen=True, slots=True)
class _Prepared:
    sources: dict[Path, bytes]
    report: Report


def _prepared(plan: Plan, register: Path | str | None, *, draft: bool) -> _Prepared:
    """Templates read, numbers looked at, every letter laid out once."""
    sources, report = read_templates(plan)
    report = plan.report + report
    shown = plan
    if not draft and register is not None:
        with _open(register, plan) as book:
            report += book.check(_requests(plan))
            if report.ok:
                shown = plan.numbered(book.peek(_requests(plan)))
    return _Prepared(sources, report + preflight(shown, sources) if report.ok else report)


def _open(register: Path | str, plan: Plan) -> Register:
    """The register; what a run changes in it is noted under the campaign's code."""
    from congvan.register import Register

    return Register.open(register, run=plan.campaign.ma)


def _requests(plan: Plan) -> list[NumberRequest]:
    from congvan.register import NumberRequest

    wanted = plan.number_requests()
    names = [name for name in NumberRequest.__dataclass_fields__ if wanted and hasattr(wanted[0], name)]
    return [NumberRequest(**{name: getattr(one, name) for name in names}) for one in wanted]


def _numbered(plan: Plan, register: Path | str) -> Plan:
    if not plan.number_requests():
        return plan
    with _open(register, plan) as book:
        return plan.numbered(book.reserve(_requests(plan)))


def _mark_issued(plan: Plan, run: Run, register: Path | str) -> None:
    """Numbers of letters that are on disk and carry their full date are issued; the others stay reserved."""
    failed = {row.thu_tu for row in run.failed}
    done = [item for item in plan.items if item.letter.ngay.day and item.thu_tu not in failed]
    keys = [key for key in dict.fromkeys(item.so_khoa for item in done) if key]
    if keys:
        with _open(register, plan) as book:
            book.issue(keys)


def _tasks(plan: Plan, sources: dict[Path, bytes], pdf_engine: str | None) -> Iterator[Task]:
    """Letters in order, those beside each other that share template and body together, a bundle's worth each."""

    def shared(item: PlannedLetter) -> tuple[object, ...]:
        return (item.cap, item.letter.loai, Shared.of(item.letter))

    for _, group in groupby(plan.items, key=shared):
        items = list(group)
        for start in range(0, len(items), BUNDLE_SIZE):
            part = items[start : start + BUNDLE_SIZE]
            yield Task(tuple(item.letter for item in part), template_source(part[0], sources), pdf_engine)


def _write(
    plan: Plan,
    folder: OutputFolder,
    tasks: Sequence[Task],
    pool: Executor | None,
    report: Report,
    progress: Progress | None,
) -> Run:
    rows: list[ManifestRow] = []
    problems: list[Finding] = []
    items = iter(plan.items)
    for _, made in outcomes(tasks, pool, ahead_of(pool)):
        for outcome in made:
            item = next(items)
            rows.append(folder.write_letter(item, outcome))
            if outcome.failure:
                problems.append(_failure(item, outcome.failure))
        if progress:
            progress(len(rows), len(plan.items))
    everything = folder.with_earlier(rows)
    report += Report.of([*problems, *folder.remove_stale(everything)])
    print_files = folder.write_print_files(everything)
    folder.write_lists(everything, print_files, report)
    return Run(folder.out, tuple(rows), report, print_files)


def _failure(item: PlannedLetter, why: str) -> Finding:
    place = item.recipients[0].place if item.recipients else Place()
    return finding("batch-letter-failed", place, letter=f"{item.thu_tu} ({item.letter.so_ky_hieu})", why=why)
