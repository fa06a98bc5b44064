"""The lawful ways on from an issued letter (Decree 30/2020, Art. 18): replaced, recalled or corrected by another.

The letter that follows goes the way of every letter: staged, numbered, put into place. Then the register notes what it
does to the one before, and the files of a letter that was replaced or recalled move to ``thay-the/``. A command that is
cut short is given again and goes on from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import date
from pathlib import Path
from typing import Any, Final

from congvan.campaign import Plan, PlannedLetter
from congvan.errors import CampaignError
from congvan.findings import Finding, Report, finding
from congvan.letter.record.letter_state import LetterState, Relation, first_key, following_key
from congvan.letter.record.letter_words import BODIES, changed_parts
from congvan.letter.record.past_letter import PastLetter
from congvan.register.letter_record import LetterRecord
from congvan.run.jobs import CampaignJob
from congvan.run.life.issued_letters import REPLACED_FILES, IssuedLetters
from congvan.run.life.issuing import output_of, today_by
from congvan.run.life.letter_names import named_letters
from congvan.run.numbers import Clock, Numbers, RegisterGiven, open_numbers
from congvan.run.options import RunOptions
from congvan.run.pipeline import run_job
from congvan.run.result import Run
from congvan.run.templates import read_templates
from congvan.word.letter_document import template_for

_FIELD: Final = "thay_the"


def follow(
    source: Run | Plan,
    relation: Relation,
    letters: Sequence[str],
    out: Path | str | None = None,
    register: RegisterGiven | None = None,
    *,
    reason: str = "",
    day: date | None = None,
    clock: Clock | None = None,
    **options: Any,
) -> Run:
    """Make the letters that replace, recall or correct the issued ``letters``; see the functions named so.

    Raises:
        CampaignError: with every finding; nothing has been numbered then.
        RegisterError: when the register refuses, or keeps no letters.
        OutputError: when another run is at work in the folder, or files cannot be written.
    """
    plan, folder, book = output_of(source, out, register)
    chosen = RunOptions(**options)
    with open_numbers(book, plan.campaign, clock) as numbers:
        keeper = numbers.keeper
        followed = _followed(plan, numbers, letters, relation, reason, day or today_by(clock))
        known = numbers.records(plan.campaign.ma)
        issued = IssuedLetters(numbers, plan, [one.new for one in followed if one.new.khoa not in known])
        new_keys = {one.new.khoa for one in followed}
        wanted = {item.position for item in issued.plan.whole if item.key in new_keys}
        _findings_of(issued.plan, followed, relation).raise_errors(CampaignError)
        issued.plan = issued.plan.with_letters(issued.plan.whole, wanted)
        run = run_job(
            CampaignJob(issued.plan, marked_keys=issued.marked_keys), folder, numbers, chosen, CampaignError, issued
        )
        made = {row.khoa for row in run.letters if row.is_done}
        for one in followed:
            if one.new.khoa in made:
                keeper.follow(one.old.khoa, _record(one, plan, folder, numbers), _moved(one, numbers, plan, relation))
        after = _lists_again(plan, folder, numbers, chosen)
    kept = {one.new.khoa for one in followed}
    rows = tuple(row for row in run.letters if row.khoa in kept)
    return changed(run, letters=rows, report=run.report + after, plan=plan, register=book)


def replace(
    source: Run | Plan,
    letters: Sequence[str],
    out: Path | str | None = None,
    register: RegisterGiven | None = None,
    **options: Any,
) -> Run:
    """Replace issued letters by letters as the campaign says them now, with numbers and dates of their own.

    Args:
        source: a run, or the plan of the campaign.
        letters: names of issued letters, ``18/ĐLHL``, or keys.
        out: the output folder; that of the run by default.
        register: the register; that of the run by default.
        options: ``reason``, ``day`` (the date of the new letters; today by default), ``clock``, and those of
            :class:`~congvan.run.options.RunOptions`.

    The new letter says «… này thay thế Công văn số 18/ĐLHL ngày …» at the end of its body; a template of the office's
    own prints it through the field ``thay_the``. The old files move to ``thay-the/``. The new letter is then issued as
    any other.

    Raises:
        CampaignError: for a letter that is not issued, and with all that keeps the new one from being made.
        RegisterError: when the register refuses.
    """
    return follow(source, Relation.REPLACE, letters, out, register, **options)


def recall(
    source: Run | Plan,
    letters: Sequence[str],
    out: Path | str | None = None,
    register: RegisterGiven | None = None,
    **options: Any,
) -> Run:
    """Recall issued letters by a công văn to the same recipients; arguments and errors as :func:`replace`."""
    return follow(source, Relation.RECALL, letters, out, register, **options)


def correct(
    source: Run | Plan,
    letters: Sequence[str],
    out: Path | str | None = None,
    register: RegisterGiven | None = None,
    **options: Any,
) -> Run:
    """Correct issued letters by a công văn that names what was written and what it should be.

    What is corrected is what the campaign says now. A change of content is refused: that needs a document of equal
    form (Decree 30/2020, Art. 18), by :func:`replace`. The corrected letter stays where it is.

    Arguments and errors are those of :func:`replace`.
    """
    return follow(source, Relation.CORRECT, letters, out, register, **options)


@dataclass(frozen=True, slots=True)
class _Followed:
    """An issued letter, as the campaign says it now, and the one that is to follow it."""

    item: PlannedLetter
    old: PastLetter
    new: PastLetter


def _followed(
    plan: Plan, numbers: Numbers, names: Sequence[str], relation: Relation, reason: str, day: date
) -> list[_Followed]:
    issued = IssuedLetters(numbers, plan)
    every = list(issued.plan.iter_as_known(numbers.known(issued.plan.number_keys())))
    standing = [item for item in every if item.past and item.past.trang_thai.stands and not item.is_notice]
    others = [item for item in every if item not in standing]
    chosen, findings = named_letters(names, map(_as_issued, standing), others, "follow-not-issued")
    if not names:
        findings.append(finding("follow-names-missing"))
    findings += [
        finding("follow-copy", letter=item.document.so_ky_hieu.strip()) for item in chosen if item.letter.ban_sao
    ]
    Report.of(findings).raise_errors(CampaignError)
    current = {item.position: item for item in standing}
    followed = []
    for item in chosen:
        assert item.past is not None
        new = _unissued_notice(issued, item.past, relation)
        if new is None:
            khoa = issued.history.living_key(following_key(issued.history.latest_key(item.key)))
            khoa_so = khoa if item.own_number_key else ""  # a tier whose numbers stay blank
            new = PastLetter(khoa, khoa_so, LetterState.NUMBERED, relation, item.past.khoa, day, reason)
        followed.append(_Followed(current[item.position], item.past, new))
    return followed


def _unissued_notice(issued: IssuedLetters, past: PastLetter, relation: Relation) -> PastLetter | None:
    """The correction that a command cut short has entered already; a letter that stands can be corrected again."""
    for one in issued.history.chains.get(first_key(past.khoa), ()):
        if (one.lien_quan, one.quan_he, one.trang_thai) == (past.khoa, relation, LetterState.NUMBERED):
            return one
    return None


def _as_issued(item: PlannedLetter) -> PlannedLetter:
    """The letter with its words of then, by which it is named."""
    assert item.past is not None
    return item._replace(letter=item.past.letter)


def _findings_of(plan: Plan, followed: Sequence[_Followed], relation: Relation) -> Report:
    found: list[Finding] = []
    by_key = {item.key: item for item in plan.whole}
    for one in followed:
        found += _date_findings(one)
        if relation is Relation.CORRECT:
            found += _correction_findings(one)
        if relation is Relation.REPLACE:
            found += _template_findings(by_key[one.new.khoa])
    return Report.of(found)


def _date_findings(one: _Followed) -> Iterator[Finding]:
    before, day = one.old.letter.ngay, one.new.ngay
    if day and before.earliest > day:
        yield finding("follow-before", letter=_name(one), date=f"{day:%d/%m/%Y}", before=before.ngan)


def _correction_findings(one: _Followed) -> Iterator[Finding]:
    changes = [change for change in changed_parts(one.old.letter, one.item.letter) if change.part != "so"]
    if not changes:
        yield finding("follow-nothing-to-correct", letter=_name(one))
    if body := next((change for change in changes if change.part in BODIES), None):
        yield finding("follow-content-changed", letter=_name(one), before=body.before, after=body.after)


def _template_findings(item: PlannedLetter) -> Iterator[Finding]:
    """A template of the office's own must have a place for the sentence that names the letter it replaces."""
    if item.tier.mau is None:
        return
    templates = read_templates([item.tier.mau], RunOptions(formats=("docx",), accepts_changes=True))
    source = templates.source_of(item.tier.mau)
    if source.docx and _FIELD not in template_for(item.letter, source.docx, source.name).fields:
        yield finding("follow-field-missing", letter=item.key, file=item.tier.mau.name, field=_FIELD)


def _record(one: _Followed, plan: Plan, folder: Path, numbers: Numbers) -> LetterRecord:
    return LetterRecord(
        khoa=one.new.khoa,
        dot=plan.campaign.ma,
        trang_thai=LetterState.NUMBERED,
        khoa_so=one.new.khoa_so,
        ngay=one.new.ngay,
        thu_muc=numbers.relative(folder),
        tep_dot=numbers.relative(plan.campaign.path) if plan.campaign.path else "",
        lien_quan=one.old.khoa,
        quan_he=one.new.quan_he,
        ly_do=one.new.ly_do,
    )


def _moved(one: _Followed, numbers: Numbers, plan: Plan, relation: Relation) -> Mapping[str, str]:
    """Where the files of the letter before go; those of a corrected one stay."""
    if relation is Relation.CORRECT:
        return {}
    files = numbers.records(plan.campaign.ma)[one.old.khoa].files
    return {kind: f"{REPLACED_FILES}/{path}" for kind, (path, _) in files.items()}


def _lists_again(plan: Plan, folder: Path, numbers: Numbers, options: RunOptions) -> Report:
    """Move what the register says, and write lists and print files anew; no letter is made."""
    issued = IssuedLetters(numbers, plan)
    issued.plan = issued.plan.with_letters(issued.plan.whole, ())
    after = run_job(
        CampaignJob(issued.plan, marked_keys=issued.marked_keys), folder, numbers, options, CampaignError, issued
    )
    return Report.of(found for found in after.report if found.code == "batch-move-waits")


def _name(one: _Followed) -> str:
    return one.old.letter.so_ky_hieu.strip()
