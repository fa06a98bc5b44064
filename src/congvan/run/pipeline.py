"""A run from top to bottom: lock, preview, stage, reserve, commit.

Every letter is rendered once, into a staging folder, with the numbers the register would give now. That one pass is
also the check: nothing is numbered and nothing put into place while data is at fault. Then the register takes all
numbers in one transaction, the staged files are renamed into place and the lists written. A run may be cut short at any
moment: the next one goes on from there, and what it leaves is the same as if nothing had happened.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from congvan.campaign import Plan
from congvan.errors import CampaignError, RegisterError, ReportError, TemplateError
from congvan.findings import Report
from congvan.pdf.engine import Engine
from congvan.run.commit import Deliver, commit, deliver_to
from congvan.run.dispatch import Dispatcher
from congvan.run.jobs import CampaignJob, Job, TableJob
from congvan.run.life.issued_letters import IssuedLetters
from congvan.run.life.signing_copy import SIGNING_COPIES, unsigned_changes
from congvan.run.linting import Linted, LintScope, lint_rows
from congvan.run.numbers import Clock, Numbers, RegisterGiven, open_numbers
from congvan.run.options import FORMATS, Cancelled, Progress, RunOptions
from congvan.run.output.folder import OutputFolder
from congvan.run.output.lock import output_lock, release_new_folder
from congvan.run.output.outputs import Output
from congvan.run.output.owner import require_owner
from congvan.run.records import read_records, records_of, with_spellings
from congvan.run.result import Run
from congvan.run.stage import Staged, Stager
from congvan.run.staging_folder import StagingFolder
from congvan.run.templates import Templates, fields_of, first_letter_findings, read_templates
from congvan.run.workers.pool import worker_pool
from congvan.run.workers.remote import opened
from congvan.support.processes.scratch_folder import temporary_folder
from congvan.support.processes.warm_processes import TIME_LIMIT
from congvan.support.run_log import enter_stage, logged_run, run_logger

_LOG: Final = run_logger("congvan.run")
"""Counts alone: what stands in a letter or its list is nobody's business in a log."""

DRAFTS: Final = "du-thao"
"""The folder of drafts below the output folder: what lies beside it is not touched."""

_TRIES: Final = 2
"""Times that letters are staged with a preview of their numbers; then the register is held meanwhile."""


def check(
    plan: Plan,
    register: RegisterGiven | None = None,
    *,
    time_limit: float = TIME_LIMIT,
    accept_changes: bool = False,
    lint: LintScope = "none",
) -> Report:
    """Everything that would stop ``plan`` or is worth a warning; takes no number and writes to no output.

    The letters are staged in a temporary folder, which is removed. ``accept_changes`` is as for :func:`render`.
    ``lint`` is ``some`` to lint the longest, shortest and strangest letters of each tier, ``all`` to lint every one.
    """
    options = RunOptions(time_limit=time_limit, accepts_changes=accept_changes)
    with temporary_folder() as out, open_numbers(register, plan.campaign) as numbers:
        job = CampaignJob(IssuedLetters(numbers, plan).plan, draft=register is None)
        templates, report, preview = _look(job, numbers, options)
        if not report.ok:
            return report.without(plan.campaign.bo_qua)
        folder = OutputFolder(out)
        with _open_workers(options) as workers, StagingFolder(folder.path) as staging:
            stager = Stager(job, templates, folder, staging, Dispatcher(workers, folder.path), options)
            staged = stager.stage(preview)
            linted = _lint_staged(staged, staging, plan, lint)
    return (report + staged.report + Report.of(staged.problems) + linted.report).without(plan.campaign.bo_qua)


def _lint_staged(staged: Staged, staging: StagingFolder, plan: Plan, scope: LintScope) -> Linted:
    """Lint letters in the staging folder, whose rows name the files they will be."""
    if scope == "none" or not staged.report.ok:
        return Linted()
    staging.read_index()
    letters = [(line.row, staging.find(line.build)) for _, line in sorted(staged.lines.items())]
    where: dict[str, Path] = {}
    for row, letter in letters:
        files = letter.files if letter else ()
        where |= {file.path: staging.out / found.path for file, found in zip(row.files, files, strict=False)}
    rows = [row for row, _ in letters if all(file.path in where for file in row.files)]
    office = plan.campaign.office
    return lint_rows(rows, lambda file: where[file.path], scope, office.ngoai_le if office else ())


def preview_numbers(plan: Plan, register: RegisterGiven | None) -> Plan:
    """``plan`` with the numbers a run would take now; takes none.

    Raises:
        CampaignError: with every finding, when letters cannot be dated on the day of their numbering, or recipients
            look like recipients that have a letter under another code.
        RegisterError: with every finding, when the register would refuse the run.
    """
    with open_numbers(register, plan.campaign) as numbers:
        recorded = IssuedLetters(numbers, plan).plan
        recorded.report.raise_errors(CampaignError)
        if register is None:
            return recorded
        report, preview = numbers.preview(recorded.number_requests())
        report.raise_errors(RegisterError)
        return recorded.with_numbers({**numbers.known(recorded.issued_number_keys()), **preview})


def render(
    plan: Plan,
    out: Path | str | Output,
    register: RegisterGiven | None = None,
    *,
    draft: bool = False,
    signing: bool = False,
    formats: Sequence[str] = FORMATS,
    engine: str | Engine | None = None,
    jobs: int | None = None,
    executor: Executor | str | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    clock: Clock | None = None,
    fresh: bool = False,
    time_limit: float = TIME_LIMIT,
    stops_at_issued: bool = False,
    accept_changes: bool = False,
) -> Run:
    """Make every letter of ``plan`` in the folder ``out``.

    Args:
        plan: the letters, as :func:`congvan.plan` gives them.
        out: a folder, or an :class:`Output` that takes the files one by one.
        register: the number register: a path, a URL, or an object that gives numbers itself
            (:class:`congvan.register.NumberRegister`). Required as soon as one letter takes a number.
        draft: leave all numbers blank, mark every page «DỰ THẢO», and write into the folder ``du-thao`` of ``out``.
        signing: leave numbers and dates blank and write into the folder ``trinh-ky`` of ``out``, without a mark, a
            slip for the signer in front of each print file. A later run names letters that say something else.
        formats: ``docx``, ``pdf`` or both.
        engine: a PDF engine, or the name of one.
        jobs: processes that share the work; as many as there are cores if None.
        executor: share the work otherwise: an executor of :mod:`concurrent.futures`, the URL of a cluster
            (``dask://host:port``), or :func:`congvan.run.worker_pool` for several runs.
        progress: called with letters done and letters in all.
        cancelled: asked now and then whether to stop; the next run goes on from there.
        clock: tells the time that the register's entries are stamped with; the computer's clock if None.
        fresh: make again the letters that an earlier run made from the same.
        time_limit: seconds a letter may take by itself; a bundle of 50 may take twice that.
        stops_at_issued: refuse the run when the campaign says something else by now than an issued letter, as
            ``khi_da_ban_hanh: dung`` does; by default that is a warning and the other letters are made.
        accept_changes: accept the tracked changes in templates and drop their comments, as ``chap_nhan_sua_doi`` does;
            otherwise both are refused.

    Letters that were issued stay as they are, whatever the campaign, its lists and texts say by now.
    A letter that a machine's failure keeps from being made fails alone and is a finding of the run's report.

    Raises:
        CampaignError: with every finding, when a letter cannot be planned or made; nothing has been numbered then.
        RegisterError: when numbers cannot be given, or no register is given.
        EngineError: when there is no such engine here.
        ExecutorError: when the executor's URL names none that can be used.
        OutputError: when another run is at work in the folder, when nothing can be written there, or the disk is
            full. What was written stays, and the next run goes on from there.
        RunCancelledError: when ``cancelled`` says so.
    """
    stops = stops_at_issued or plan.campaign.khi_da_ban_hanh == "dung"
    options = RunOptions(formats, engine, jobs, executor, time_limit, fresh, progress, cancelled, stops, accept_changes)
    unnumbered = draft or signing
    with open_numbers(None if unnumbered else register, plan.campaign, clock) as numbers:
        issued = IssuedLetters(numbers, plan)
        job = CampaignJob(issued.plan, draft=draft, signing=signing, marked_keys=issued.marked_keys)
        target = out
        if unnumbered and isinstance(out, Path | str):
            require_owner(Path(out), job.owner)
            target = Path(out) / (SIGNING_COPIES if signing else DRAFTS)
        run = run_job(job, target, numbers, options, CampaignError, issued)
    return replace(run, plan=plan, register=register)


def render_table(
    template: Path | str,
    data: Path | str | Iterable[Mapping[str, Any]],
    out: Path | str | Output | None = None,
    *,
    formats: Sequence[str] = FORMATS,
    engine: str | Engine | None = None,
    jobs: int | None = None,
    executor: Executor | str | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    fresh: bool = False,
    time_limit: float = TIME_LIMIT,
    accept_changes: bool = False,
) -> Run:
    """Make one letter for each record of ``data`` by the Word template ``template``, ``001.docx``, ``002.docx`` and on.

    ``data`` is a .yaml, .json, .csv, .xlsx or .ods file, or mappings of field names to values. ``out`` is by default
    ``out/<template>/`` beside the template. The other arguments are those of :func:`render`.

    Raises:
        TemplateError: with a finding for every record that lacks a value; nothing has been written then.
        UnreadableFileError: when template or table cannot be read.
        DirectoryError: when the table has cells no document can hold.
        EngineError, ExecutorError, OutputError, RunCancelledError: as :func:`render`.
    """
    path = Path(template)
    options = RunOptions(
        formats, engine, jobs, executor, time_limit, fresh, progress, cancelled, accepts_changes=accept_changes
    )
    table = Path(data).name if isinstance(data, Path | str) else "data"
    records = read_records(Path(data)) if isinstance(data, Path | str) else records_of(data, table)
    job = TableJob(path, table, with_spellings(records, fields_of(path, options)))
    return run_job(job, table_folder(path) if out is None else out, Numbers(None), options, TemplateError)


def table_folder(template: Path) -> Path:
    """Where the letters of a template and a table go by default."""
    return template.parent / "out" / template.stem


def run_job(
    job: Job[Any],
    out: Path | str | Output,
    numbers: Numbers,
    options: RunOptions,
    refusal: type[ReportError],
    issued: IssuedLetters | None = None,
) -> Run:
    """Make the letters of ``job`` in ``out``; every way of making letters comes through here."""
    with logged_run(job.owner):
        return _run_job(job, out, numbers, options, refusal, issued)


def _run_job(
    job: Job[Any],
    out: Path | str | Output,
    numbers: Numbers,
    options: RunOptions,
    refusal: type[ReportError],
    issued: IssuedLetters | None,
) -> Run:
    enter_stage("preview")
    templates, report, preview = _look(job, numbers, options)
    report.raise_errors(refusal)
    numbers.require_right_to(preview)
    _LOG.info("%d letters to make, %d numbers to take", len(job), len(preview))
    if isinstance(out, Path | str):
        require_owner(Path(out), job.owner)  # before the lock: nothing is written into a folder of another
    with _open_output(out) as (folder, output), StagingFolder(folder.path, fresh=options.fresh) as staging:
        require_owner(folder.path, job.owner)
        _LOG.debug("output locked")
        job.keep_paths(folder.numbered_paths)
        staging.require_space(len(job) * len(options.formats))
        if issued:
            report += issued.look(folder, preview, stop=options.stops_at_issued)
            report += Report.of(unsigned_changes(issued.plan, folder.path, templates))
            report.raise_errors(refusal)
            issued.add_formats(folder, templates, options.formats)
        enter_stage("stage")
        with _open_workers(options) as workers:  # ended before print files are written: those need memory of their own
            stager = Stager(job, templates, folder, staging, Dispatcher(workers, folder.path), options)
            staged = _stage_and_reserve(job, numbers, preview, stager, refusal)
        if issued:
            issued.enter(staged)
        enter_stage("commit")
        run = commit(staged, job, folder, report + staged.report, output)
        staging.remove()
    _LOG.info(
        "%d letters committed, %d failed, %d warnings", len(run.letters), len(run.failed), len(run.report.warnings)
    )
    return run


def _look(job: Job[Any], numbers: Numbers, options: RunOptions) -> tuple[Templates, Report, Mapping[str, int]]:
    """The templates, what stands against the job before anything is rendered, and the numbers it would get."""
    accepting = replace(options, accepts_changes=options.accepts_changes or job.accepts_changes)
    templates = read_templates(job.template_paths, accepting, exact_columns=isinstance(job, TableJob))
    report = job.report + templates.report
    against_numbers, preview = numbers.preview(job.number_requests()) if report.ok else (Report(), {})
    _LOG.debug("%d templates read, %d numbers previewed", len(templates.sources), len(preview))
    report += against_numbers
    if report.ok:
        report += Report.of(first_letter_findings(job, preview, templates))
    return templates, report, preview


def _stage_and_reserve(
    job: Job[Any], numbers: Numbers, preview: Mapping[str, int], stager: Stager, refusal: type[ReportError]
) -> Staged:
    """Stage every letter with the numbers it gets, and take the numbers.

    No number is taken for a letter that was not staged with it: where another run was quicker, or a machine's failure
    moves the numbers that follow, what has changed is staged again. After some tries others have to wait meanwhile.
    """
    without: frozenset[int] = frozenset()
    tries = 0
    while True:
        requests = job.number_requests(without)
        if tries < _TRIES:
            staged = _stage(stager, preview, without, refusal)
        else:
            with numbers.holding(requests) as held:
                staged = _stage(stager, held, without, refusal)
        unnumbered = without | _unnumbered(job, numbers, staged)
        if unnumbered != without:  # they take no number, so that others may get another
            without = unnumbered
        elif tries >= _TRIES or numbers.reserve(requests, preview):
            _LOG.info("%d numbers reserved", len(requests))
            return staged
        else:
            tries += 1
            _LOG.info("the register gives other numbers by now")
        preview = _preview_again(job, numbers, without)


def _stage(stager: Stager, preview: Mapping[str, int], without: frozenset[int], refusal: type[ReportError]) -> Staged:
    try:
        staged = stager.stage(preview, without)
        staged.report.raise_errors(refusal)
    except (refusal, CampaignError):
        stager.staging.remove()  # the user mends the data: nothing of it is needed again
        raise
    counts = len(staged.lines), len(staged.in_place), len(staged.failures)
    _LOG.info("%d letters staged, %d of them in place already, %d failed", *counts)
    return staged


def _unnumbered(job: Job[Any], numbers: Numbers, staged: Staged) -> frozenset[int]:
    """The letters that failed and have no number yet, and those that cite them."""
    if not staged.failures:
        return frozenset()
    keys = job.number_keys_of(staged.failures)
    known = numbers.known([key for key in keys.values() if key])
    failed = frozenset(position for position, key in keys.items() if key not in known)
    return failed | job.citing(failed)


def _preview_again(job: Job[Any], numbers: Numbers, without: frozenset[int]) -> Mapping[str, int]:
    report, preview = numbers.preview(job.number_requests(without))
    report.raise_errors(RegisterError)
    return preview


@contextmanager
def _open_output(out: Path | str | Output) -> Iterator[tuple[OutputFolder, Deliver | None]]:
    """Yield the folder to work in, locked; for another kind of output a temporary one, and what hands its files on."""
    if not isinstance(out, Path | str):
        with temporary_folder() as temporary:
            folder = OutputFolder(temporary)
            yield folder, deliver_to(out, folder)
        return
    path = Path(out)
    is_new = not os.path.lexists(path)  # unlike Path.exists(), at peace with a name that no system takes
    with output_lock(path):
        try:
            folder = OutputFolder(path)
            folder.remove_temporary_files()
            yield folder, None
        except BaseException:
            if is_new:
                release_new_folder(path)
            raise


@contextmanager
def _open_workers(options: RunOptions) -> Iterator[Executor]:
    if options.executor is None:
        with worker_pool(options.jobs, options.time_limit, pdf=options.makes_pdf) as pool:
            yield pool
    else:
        with opened(options.executor) as executor:
            assert executor is not None  # opened() hands back what it was given
            yield executor
