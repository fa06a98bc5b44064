"""Letters issued: their files, their words and their numbers sealed in the register. And taken back, if by mistake.

Only what lies in the output folder as the campaign says it is issued, in the order of the plan: nothing before what it
cites. All of the letters asked for, or none.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Final

from congvan.campaign import Plan, PlannedLetter, issue_date_findings
from congvan.errors import CampaignError
from congvan.findings import Finding, Report, finding
from congvan.letter.record.letter_state import LetterState
from congvan.register.letter_book import SealedLetter
from congvan.register.letter_record import LetterRecord
from congvan.run.batches import Batch, batched
from congvan.run.fingerprint import fingerprints
from congvan.run.jobs import CampaignJob
from congvan.run.life.edited_letter import take_edited
from congvan.run.life.issued_letters import IssuedLetters, letter_data, template_hash
from congvan.run.life.letter_names import named_letters
from congvan.run.numbers import Clock, Numbers, RegisterGiven, open_numbers
from congvan.run.options import RunOptions
from congvan.run.output.folder import OutputFolder
from congvan.run.output.journal import LetterLine, OwnerLine
from congvan.run.output.lists import write_lists
from congvan.run.output.lock import output_lock
from congvan.run.output.manifest import ManifestRow, OutputFile
from congvan.run.output.owner import require_owner
from congvan.run.result import Run
from congvan.run.templates import Templates, read_templates

_AT_ONCE: Final = 50
_VIETNAM: Final = timezone(timedelta(hours=7))
"""A letter is dated by the day in Vietnam, wherever the computer stands."""


@dataclass(frozen=True, slots=True)
class Issued:
    """Letters that were issued, or taken back, as rows of the manifest, and a report of what there is to say."""

    letters: tuple[ManifestRow, ...]
    report: Report


def issue(
    source: Run | Plan,
    out: Path | str | None = None,
    register: RegisterGiven | None = None,
    *,
    letters: Sequence[str] = (),
    as_edited: bool = False,
    clock: Clock | None = None,
) -> Issued:
    """Issue letters of a run: from here on nothing changes their files, words and numbers.

    Args:
        source: a run, or the plan of a campaign whose letters lie in the folder ``out``.
        out: the output folder; that of the run by default.
        register: the register that gave the numbers; that of the run by default.
        letters: names of letters, ``18/ĐLHL`` or keys; by default all letters of the plan that are not issued yet.
        as_edited: take letters whose Word file was edited by hand as they are; they are converted anew.
        clock: tells the time the register is stamped with, and which day is today.

    Raises:
        CampaignError: with every finding, when a letter is not made, was changed since, is dated in the future, has no
            number or date, or cites one that is not issued, or when the office gives its user no such right. Nothing is
            issued then.
        RegisterError: when the register refuses, or no register is given.
        OutputError: when another run is at work in the folder.
    """
    plan, folder, book = output_of(source, out, register)
    with open_numbers(book, plan.campaign, clock) as numbers, output_lock(folder):
        numbers.require_right("ban_hanh")
        output = _OutputOfPlan(plan, OutputFolder(folder), numbers)
        ready, report = output.ready(letters, today=today_by(clock), as_edited=as_edited)
        report.raise_errors(CampaignError)
        numbers.seal([one.sealed for one in ready])
        return output.note(ready, LetterState.ISSUED, report)


def undo_issue(
    source: Run | Plan,
    reason: str,
    out: Path | str | None = None,
    register: RegisterGiven | None = None,
    *,
    letters: Sequence[str] = (),
    clock: Clock | None = None,
) -> Issued:
    """Take back a mistaken issue, while nothing was delivered: the letters are numbered again and can be changed.

    The arguments are those of :func:`issue`; without ``letters`` all issued letters of the plan are taken back.

    Raises:
        RegisterError: for a letter that was delivered, replaced or never issued, and without a reason.
    """
    plan, folder, book = output_of(source, out, register)
    with open_numbers(book, plan.campaign, clock) as numbers, output_lock(folder):
        numbers.require_right("ban_hanh")
        output = _OutputOfPlan(plan, OutputFolder(folder), numbers)
        keys = output.issued_keys(letters)
        numbers.unseal(keys, reason)
        return output.note_state(keys, LetterState.NUMBERED)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A letter that can be sealed, and its journal line."""

    line: LetterLine
    sealed: SealedLetter


class _OutputOfPlan:
    """The letters of a plan in their folder, with what the register knows of them."""

    def __init__(self, plan: Plan, folder: OutputFolder, numbers: Numbers) -> None:
        self._folder = folder
        self._numbers = numbers
        issued = IssuedLetters(numbers, plan)
        self._plan = issued.plan
        self._job = CampaignJob(self._plan, marked_keys=issued.marked_keys)
        require_owner(folder.path, self._job.owner)

    def ready(self, names: Sequence[str], *, today: date, as_edited: bool) -> tuple[list[_Ready], Report]:
        """The letters named, ready to be sealed, and what stands against it."""
        templates = read_templates(self._job.template_paths, RunOptions(formats=("docx",), accepts_changes=True))
        every = list(self._numbered())
        letters = [item for item in every if not item.is_sealed]
        sealed = [item for item in every if item.is_sealed]
        chosen, findings = named_letters(names, letters, sealed, "issue-already")
        contents = self._contents(chosen, templates)
        ready = []
        for item in chosen:
            flaws = [*self._flaws(item, contents[item.position], as_edited=as_edited)]
            if flaws:
                findings += flaws
            else:
                ready.append(self._ready(item, self._folder.journal.letters[item.key]))
        findings += issue_date_findings(chosen, today)
        findings += self._unissued_citations(chosen)
        return ready, templates.report + Report.of(findings)

    def issued_keys(self, names: Sequence[str]) -> list[str]:
        """The keys of the issued letters named."""
        every = list(self._numbered())
        issued = [item for item in every if item.past and item.past.trang_thai is LetterState.ISSUED]
        others = [item for item in every if not item.past]
        chosen, findings = named_letters(names, issued, others, "follow-not-issued")
        Report.of(findings).raise_errors(CampaignError)
        return [item.key for item in chosen]

    def note(self, ready: Iterable[_Ready], state: LetterState, report: Report) -> Issued:
        """Write journal and lists with the sealed letters."""
        lines = {one.line.key: one.line for one in ready}
        return self._note(lines, state, report)

    def note_state(self, keys: Iterable[str], state: LetterState) -> Issued:
        """Write journal and lists with another state of letters."""
        lines = {key: self._folder.journal.letters[key] for key in keys if key in self._folder.journal.letters}
        return self._note(lines, state, Report())

    def _note(self, lines: Mapping[str, LetterLine], state: LetterState, report: Report) -> Issued:
        journal = self._folder.journal
        noted = {key: replace(line, row=replace(line.row, trang_thai=state.value)) for key, line in lines.items()}
        every = [noted.get(key, line) for key, line in journal.letters.items()]
        rows = [line.row for line in every]
        prints = [*journal.print_files.values()]
        journal.rewrite([OwnerLine(self._job.owner), *every, *prints])
        paths = {line.cap: line.file.path for line in prints}
        job = self._job
        unwritten = write_lists(
            self._folder.path, job.title, job.header, rows, paths, report, job.is_secret, job.page_source
        )
        return Issued(tuple(line.row for line in noted.values()), report + Report.of(unwritten))

    def _numbered(self) -> Iterator[PlannedLetter]:
        """The letters of the plan with the numbers they have."""
        selected = {item.position for item in self._plan.items}
        known = self._numbers.known(self._plan.number_keys())
        return (item for item in self._plan.iter_as_known(known) if item.position in selected)

    def _contents(self, chosen: Sequence[PlannedLetter], templates: Templates) -> dict[int, str]:
        """The content fingerprint of each letter as the campaign says it now, by position."""
        contents: dict[int, str] = {}
        for group in batched(iter(chosen), self._job.batch_key, lambda _: _AT_ONCE):
            template = templates.source_of(self._job.template_of(group[0]))
            batch = Batch(tuple(map(self._job.source_of, group)), template, ("docx",))
            for item, prints in zip(group, fingerprints(batch), strict=True):
                contents[item.position] = prints.content
        return contents

    def _flaws(self, item: PlannedLetter, content: str, *, as_edited: bool) -> Iterator[Finding]:
        """What keeps a letter from being issued."""
        line = self._folder.journal.letters.get(item.key)
        name = item.document.so_ky_hieu.strip()
        if item.own_number_key and item.document.so is None:
            yield finding("issue-not-numbered", letter=item.key)
        elif line is None or not line.row.files or not line.row.is_done:
            yield finding("issue-not-made", letter=name)
        elif line.content != content:
            yield finding("issue-changed", letter=name)
        if item.document.ngay.day is None:
            yield finding("issue-date-open", letter=name)
        if line and (edited := [file for file in line.row.files if not self._folder.is_whole(file)]):
            if not as_edited:
                yield finding("issue-edited", letter=name, path=edited[0].path)
            else:
                yield from take_edited(item, line, self._folder)

    def _unissued_citations(self, chosen: Sequence[PlannedLetter]) -> Iterator[Finding]:
        going = {item.position for item in chosen}
        by_position = {item.position: item for item in self._plan.whole}
        for item in chosen:
            if not item.tier.cites:
                continue
            for position in item.cited.values():
                cited = by_position[position]
                if not cited.is_sealed and position not in going:
                    name = item.document.so_ky_hieu.strip()
                    yield finding("issue-cites-unissued", letter=name, cited=f"{cited.cap}: {cited.key}")

    def _ready(self, item: PlannedLetter, line: LetterLine) -> _Ready:
        line = self._as_it_lies(line)
        row = line.row
        data = letter_data(item.letter)
        record = LetterRecord(
            khoa=item.key,
            dot=self._plan.campaign.ma,
            trang_thai=LetterState.NUMBERED,
            khoa_so=item.own_number_key or "",
            ngay=item.document.ngay.day,
            thu_muc=self._numbers.relative(self._folder.path),
            docx=row.docx.path if row.docx else "",
            docx_sha256=row.docx.sha256 if row.docx else "",
            pdf=row.pdf.path if row.pdf else "",
            pdf_sha256=row.pdf.sha256 if row.pdf else "",
            trang=row.trang,
            du_lieu_sha256=hashlib.sha256(data).hexdigest(),
            mau_sha256=template_hash(item.tier.mau),
            tep_dot=self._numbers.relative(self._plan.campaign.path) if self._plan.campaign.path else "",
        )
        return _Ready(line, SealedLetter(record, data))

    def _as_it_lies(self, line: LetterLine) -> LetterLine:
        """The line with the hashes of the files as they are: one edited by hand is issued as it is."""
        row = line.row
        files = {kind: self._hashed(file) for kind in ("docx", "pdf") if (file := row.file(kind))}
        return replace(line, row=replace(row, docx=files.get("docx"), pdf=files.get("pdf")))

    def _hashed(self, file: OutputFile) -> OutputFile:
        return file._replace(sha256=hashlib.sha256((self._folder.path / file.path).read_bytes()).hexdigest())


def output_of(
    source: Run | Plan, out: Path | str | None, register: RegisterGiven | None
) -> tuple[Plan, Path, RegisterGiven | None]:
    """The plan, the output folder and the register, as far as the arguments name them; the rest is the run's."""
    if isinstance(source, Run):
        plan, folder, book = source.plan, out or source.out, register or source.register
    else:
        plan, folder, book = source, out, register
    if plan is None or folder is None:
        raise CampaignError(Report((finding("issue-without-folder"),)))
    if not (Path(folder) / "manifest.json").is_file():
        raise CampaignError(Report((finding("issue-folder-empty", path=os.fspath(folder)),)))
    return plan, Path(folder), book


def today_by(clock: Clock | None) -> date:
    """The day it is in Vietnam by ``clock``, or by the computer's."""
    return (clock or _now)().astimezone(_VIETNAM).date()


def _now() -> datetime:
    return datetime.now(UTC)
