"""The driver's side of staging: every letter rendered once, or found staged or in place by its fingerprint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from logging import DEBUG
from typing import Any, Final

from congvan.findings import Finding, Report, finding
from congvan.run.batches import Batch, batched
from congvan.run.dispatch import Dispatcher
from congvan.run.fingerprint import Fingerprints, fingerprints
from congvan.run.jobs import Job, Planned
from congvan.run.life.earlier_letters import changed_letters, keep_edited
from congvan.run.options import RunOptions
from congvan.run.output.folder import OutputFolder
from congvan.run.output.journal import LetterLine
from congvan.run.output.manifest import ManifestRow, OutputFile
from congvan.run.rendering import StagedLetter
from congvan.run.staging_folder import StagingFolder
from congvan.run.templates import Templates
from congvan.run.workers.circuit_breaker import MOST_FAILURES
from congvan.support.run_log import run_logger

_LOG: Final = run_logger("congvan.run.stage")

_STOPPED: Final = "batch-tier-stopped"

MOST_OF_ONE_CODE: Final = 10
"""Findings of one code that are shown; the rest are counted."""


@dataclass
class Staged:
    """All letters of a job, staged: a journal line each, by position.

    ``in_place`` are the positions whose files an earlier run has committed already; ``failures`` are a machine's;
    ``report`` is what is wrong with the data; ``notes`` are about letters of earlier runs that change or stay.
    ``before`` are rows of letters that no longer stand, by the key of the one that took their place, ``gone`` those of
    issued letters whose recipients the job no longer has; ``void_keys`` are keys whose numbers are
    void, ``kept`` paths of files of issued letters, which are not removed.
    """

    lines: dict[int, LetterLine] = field(default_factory=dict)
    in_place: set[int] = field(default_factory=set)
    failures: dict[int, Finding] = field(default_factory=dict)
    report: Report = field(default_factory=Report)
    notes: list[Finding] = field(default_factory=list)
    before: dict[str, tuple[ManifestRow, ...]] = field(default_factory=dict)
    gone: list[ManifestRow] = field(default_factory=list)
    void_keys: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)

    @property
    def problems(self) -> list[Finding]:
        """What kept letters from being made; a cause that they share once."""
        found: list[Finding] = []
        for problem in self.failures.values():
            if problem.code != _STOPPED or problem not in found:
                found.append(problem)
        return found


class Stager:
    """Stages the letters of ``job``, again and again if their numbers change; what did not change is found again."""

    def __init__(
        self,
        job: Job[Any],
        templates: Templates,
        folder: OutputFolder,
        staging: StagingFolder,
        dispatcher: Dispatcher,
        options: RunOptions,
    ) -> None:
        self._job = job
        self._templates = templates
        self._folder = folder
        self.staging = staging
        self._dispatcher = dispatcher
        self._options = options
        self._failed: dict[int, str] = {}
        self._skipped: set[int] = set()
        self._may_find = False
        self._reported = 0

    def stage(self, numbers: Mapping[str, int], without: Collection[int] = ()) -> Staged:
        """All letters with these ``numbers``; those at the positions ``without`` take none and are not made.

        Raises:
            CampaignError: for a letter that cannot be one with its number.
            ExecutorError: when a cluster is lost.
            OutputError: when the staging folder cannot be written.
        """
        staged = Staged()
        findings: list[Finding] = []
        self.staging.read_index()
        self._may_find = bool(self.staging or self._folder.journal.letters)  # else there is nothing to look for
        letters = self._job.letters(numbers, without)
        groups = batched(letters, self._job.batch_key, self._batch_size)
        for group, results in self._dispatcher.staged(self._missing(groups, without, staged, findings)):
            for letter, result in zip(group, self.staging.add(results), strict=True):
                findings += (replace(one, place=self._job.place_of(letter, one.place)) for one in result.findings)
                self._enter(staged, letter, result)
            self._report_progress(staged)
        if not self._is_reported(staged):  # the last letters were all there already
            self._report_progress(staged)
        staged.report = Report.of(_limit_repetition(findings))
        if staged.report.ok:
            staged.notes += keep_edited(staged.lines, staged.in_place, staged.failures, self._folder)
            staged.notes += changed_letters(staged.lines, staged.in_place, self._folder)
        return staged

    def _missing(
        self,
        groups: Iterator[tuple[Planned, ...]],
        without: Collection[int],
        staged: Staged,
        findings: Sequence[Finding],
    ) -> Iterator[tuple[tuple[Planned, ...], Batch]]:
        """The batches still to be rendered; letters found by fingerprint are entered at once."""
        for group in groups:
            self._options.stop_if_cancelled()
            letters = tuple(letter for letter in group if not self._is_out(letter, without, staged))
            if not letters:
                continue
            if letters[0].cap in self._dispatcher.breaker.reasons:
                self._skip(staged, letters)
                continue
            batch = self._batch(letters)
            indices = self._not_found(letters, batch, staged)
            if not indices:
                continue
            missing = batch.only(indices)
            # Data is at fault already: the rest is rendered to find all faults, and no PDF of it is needed.
            yield tuple(letters[index] for index in indices), missing.without_pdf() if findings else missing

    def _skip(self, staged: Staged, letters: Sequence[Planned]) -> None:
        for letter in letters:
            self._enter(staged, letter, StagedLetter(is_skipped=True))

    def _is_out(self, letter: Planned, without: Collection[int], staged: Staged) -> bool:
        """Whether the letter is not rendered: its worker was lost before, or it cites a letter that failed."""
        if letter.position in self._skipped:
            self._skip(staged, [letter])
            return True
        if letter.position in self._failed or letter.position in without:
            why = self._failed.get(letter.position) or finding("batch-cites-failed").message
            self._enter(staged, letter, StagedLetter(failure=why))
            return True
        return False

    def _not_found(self, letters: Sequence[Planned], batch: Batch, staged: Staged) -> list[int]:
        """The indices of letters that are neither in place nor staged.

        All of them where a letter would not have the same bytes without its neighbours.
        """
        if not self._may_find:
            return list(range(len(letters)))
        found: dict[int, tuple[StagedLetter, bool]] = {}
        for index, (letter, known) in enumerate(zip(letters, fingerprints(batch), strict=True)):
            if result := self._find(letter, known):
                found[index] = result
        if len(found) < len(letters) and not batch.is_bundle_independent:
            return list(range(len(letters)))
        for index, (known_letter, in_place) in found.items():
            self._enter(staged, letters[index], known_letter)
            if in_place:
                staged.in_place.add(letters[index].position)
        return [index for index in range(len(letters)) if index not in found]

    def _find(self, letter: Planned, known: Fingerprints) -> tuple[StagedLetter, bool] | None:
        if not self._options.fresh:
            paths = {kind: f"{self._job.path(letter)}.{kind}" for kind in self._options.formats}
            if row := self._folder.row_in_place(letter.key, known.build, paths):
                return StagedLetter(known.content, known.build, row.files, row.trang), True
        staged = self.staging.find(known.build)
        return (staged, False) if staged else None

    def _enter(self, staged: Staged, letter: Planned, result: StagedLetter) -> None:
        files: dict[str, OutputFile] = {}
        if result.is_skipped:
            self._skipped.add(letter.position)
            staged.failures[letter.position] = self._stopped(letter.cap)
        elif result.failure:
            if letter.position not in self._failed:
                _LOG.warning("letter not made", letter=letter.key)
            self._failed[letter.position] = result.failure
            staged.failures[letter.position] = self._job.failure(letter, result.failure)
        elif result.files:
            stem = self._job.path(letter)
            for file in result.files:  # Word alone, where data is at fault already
                kind = file.path.rpartition(".")[2]
                files[kind] = OutputFile(f"{stem}.{kind}", file.sha256)
        if _LOG.isEnabledFor(DEBUG):
            _LOG.debug("letter staged", letter=letter.key)
        row = self._job.row(letter, result.pages, files, failed=letter.position in staged.failures)
        staged.lines[letter.position] = LetterLine(letter.key, result.content, result.build, row)

    def _stopped(self, cap: str) -> Finding:
        why = self._dispatcher.breaker.reasons.get(cap, "")
        return finding(_STOPPED, cap=cap or self._job.title, count=MOST_FAILURES, why=why)

    def _batch(self, letters: Sequence[Planned]) -> Batch:
        path = self._job.template_of(letters[0])
        sources = tuple(map(self._job.source_of, letters))
        engine = self._templates.engine_of(path)
        return Batch(
            sources,
            self._templates.source_of(path),
            tuple(self._options.formats),
            engine,
            self._job.mark,
            letters[0].cap,
        )

    def _batch_size(self, letter: Planned) -> int:
        return self._templates.batch_size(self._job.template_of(letter))

    def _is_reported(self, staged: Staged) -> bool:
        return self._reported == len(staged.lines)

    def _report_progress(self, staged: Staged) -> None:
        self._reported = len(staged.lines)
        if self._options.progress:
            self._options.progress(self._reported, len(self._job))


def _limit_repetition(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Each problem once, and of one code at most ``MOST_OF_ONE_CODE``; the rest as a count."""
    shown: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    seen: set[tuple[object, ...]] = set()
    for problem in findings:
        identity = (problem.code, problem.place, tuple(sorted(problem.values.items())))
        if identity in seen or shown[problem.code] >= MOST_OF_ONE_CODE:
            left_out[problem.code] += 1
            continue
        seen.add(identity)
        shown[problem.code] += 1
        yield problem
    for code, count in left_out.items():
        yield finding("batch-similar-findings", code=code, count=count)
