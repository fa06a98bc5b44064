"""Issued letters in a run: nothing changes them; where the campaign says something else by now, a finding says so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from congvan.campaign import Plan, PlannedLetter
from congvan.campaign.history.days_of_numbering import keys_dated_by_number, with_dates_of_numbers
from congvan.campaign.history.notices import is_corrected_by
from congvan.campaign.history.recorded_plan import past_of, with_history
from congvan.findings import Finding, Report, finding
from congvan.letter import Letter
from congvan.letter.record.letter_state import LetterState, Relation, first_key
from congvan.letter.record.letter_words import PartChange, changed_parts
from congvan.letter.record.past_letter import History, PastLetter
from congvan.register import Register
from congvan.register.letter_record import LetterRecord
from congvan.register.same_recipients import with_known_keys
from congvan.run.life.further_formats import add_formats
from congvan.run.life.sealed_files import damaged_files, kept_elsewhere, paper_name
from congvan.run.numbers import Numbers
from congvan.run.output.folder import OutputFolder, shortened
from congvan.run.output.journal import LetterLine
from congvan.run.output.manifest import GONE, ManifestRow, OutputFile
from congvan.run.stage import Staged
from congvan.run.templates import Templates
from congvan.support.untrusted_files import WORD_LIMIT, read_untrusted

_MOST_SHOWN: Final = 10
_MOST_PARTS: Final = 3

REPLACED_FILES: Final = "thay-the"
"""The folder of files that were replaced or recalled, as they were."""


class IssuedLetters:
    """The letters of ``plan`` that left the office, as the register behind ``numbers`` has them.

    ``further`` letters are to follow them. ``plan`` is the plan with all of them in their places, and with the dates of
    letters that were numbered on an earlier day; ``marked_keys`` are the keys of the numbers that letters with a
    secrecy mark have.
    """

    def __init__(self, numbers: Numbers, plan: Plan, further: Sequence[PastLetter] = ()) -> None:
        self.history = numbers.history(plan.campaign.ma).with_letters(further)
        self._numbers = numbers
        self.marked_keys = numbers.marked_keys(plan.campaign.ma)
        recorded = with_history(with_known_keys(plan, numbers.book), self.history)
        self.plan = with_dates_of_numbers(recorded, numbers.dates(keys_dated_by_number(recorded)))
        self._records = dict(numbers.records(plan.campaign.ma)) if self.history.letters else {}
        self._kept: list[str] = []
        self._elsewhere: frozenset[str] = frozenset()
        self._notes: list[Finding] = []
        self._lines: dict[int, LetterLine] = {}
        self._before: dict[str, tuple[ManifestRow, ...]] = {}
        self._gone: list[ManifestRow] = []

    def look(self, folder: OutputFolder, preview: Mapping[str, int], *, stop: bool) -> Report:
        """What is to be said of them before a run begins; files that wait to be moved are moved.

        A letter that the campaign would make otherwise by now is an error with ``stop``.
        """
        self._keep_forgotten(folder)
        if not self._records:
            return Report()
        records = [record for record in self._records.values() if record.trang_thai.is_sealed]
        here, moved, elsewhere = kept_elsewhere(records, folder.path, self._numbers)
        self._elsewhere = frozenset(one.khoa for one in records).difference(one.khoa for one in here)
        self._note_folder(moved, folder.path)
        waiting = list(finish_moves(here, folder, self._numbers.book))
        self._kept += [path for _, path, _ in waiting_moves(here, folder)]
        self._kept += [path for record in records for path, _ in record.files.values()]
        folder.keep(self._kept)
        numbers = {**self._numbers.known(self.plan.issued_number_keys()), **preview}
        found = []
        selected = {item.position for item in self.plan.items}
        every = list(self.plan.iter_as_known(numbers))
        notes, corrections = _notes(every, self._records), _corrections(self.history)
        for letter in every:
            if letter.past is None:
                continue
            record = self._records[letter.key]
            row = replace(_row(letter, letter.past, record, folder), ghi_chu=notes.get(letter.key, letter.note))
            line = folder.journal.letters.get(letter.key) or LetterLine(letter.key, "", "", row)
            self._lines[letter.position] = replace(line, row=row)
            if letter.position in selected and (changes := _changes(letter, record, corrections.get(letter.key))):
                found.append((letter, changes))
        self._before = _rows_before(self.plan, self.history, self._records, folder, notes)
        self._gone = list(self._rows_gone(folder))
        moving = {record.khoa for record, _, _ in waiting_moves(here, folder)}
        settled = [record for record in here if record.khoa not in moving]
        damaged = damaged_files(settled, folder.path, self._numbers.book)
        return Report.of([*waiting, *_differences(found, stop=stop), *elsewhere, *damaged])

    def add_formats(self, folder: OutputFolder, templates: Templates, formats: Sequence[str]) -> None:
        """Make the PDF of letters of this run that were issued in Word alone."""
        selected = {item.position for item in self.plan.items}
        letters = [
            (item, self._lines[item.position])
            for item in self.plan.whole
            if item.position in selected and item.position in self._lines and item.past and item.past.trang_thai.stands
        ]
        here = [(item, line) for item, line in letters if line.key not in self._elsewhere]
        for result in add_formats(here, formats, folder, self._numbers, templates):
            if isinstance(result, LetterLine):
                self._lines[result.row.thu_tu] = result
                self._kept += [file.path for file in result.row.files]
            else:
                self._notes.append(result)

    def _keep_forgotten(self, folder: OutputFolder) -> None:
        """Keep the files that the journal calls issued and the register does not know: an older one was restored."""
        for line in folder.journal.letters.values():
            if line.key not in self._records and LetterState(line.row.trang_thai).is_sealed:
                self._kept += [file.path for file in line.row.files]
        folder.keep(self._kept)

    def _note_folder(self, moved: Iterable[LetterRecord], folder: Path) -> None:
        """Note where the letters lie whose output folder was moved as a whole."""
        for record in moved:
            self._records[record.khoa] = replace(record, thu_muc=self._numbers.relative(folder))
            self._numbers.keeper.place(record.khoa, {"thu_muc": self._records[record.khoa].thu_muc})

    def _rows_gone(self, folder: OutputFolder) -> Iterator[ManifestRow]:
        """The rows of issued letters whose recipients the campaign no longer has."""
        planned = {first_key(item.key) for item in self.plan.whole}
        for past in self.history.letters:
            if past.trang_thai.is_sealed and first_key(past.khoa) not in planned:
                parts = past.khoa.split("/")
                place = RowPlace(0, parts[1] if len(parts) > 1 else "", parts[-1])
                yield replace(_row(place, past, self._records[past.khoa], folder), ghi_chu=GONE)

    def enter(self, staged: Staged) -> None:
        """Add them to the letters of a run: they are in place, and nothing is made of them."""
        staged.lines |= self._lines
        staged.in_place |= self._lines.keys()
        staged.before |= self._before
        staged.gone += self._gone
        staged.void_keys |= self.history.void_keys
        staged.kept |= {*self._kept}
        staged.notes += self._notes


_FATES: Final = {
    LetterState.REPLACED: "thay bằng",
    LetterState.RECALLED: "thu hồi bằng",
    LetterState.CORRECTED: "đính chính bằng",
}


def _notes(letters: Iterable[PlannedLetter], records: Mapping[str, LetterRecord]) -> dict[str, str]:
    """What became of each letter that was followed by another, by its key: ``thay bằng 25/ĐLHL``."""
    names = {letter.key: letter.document.so_ky_hieu.strip() for letter in letters}
    followers = {record.lien_quan: record.khoa for record in records.values() if record.lien_quan}
    notes = {}
    for khoa, record in records.items():
        if record.trang_thai in _FATES and (follower := followers.get(khoa)) in names:
            notes[khoa] = f"{_FATES[record.trang_thai]} {names[follower]}"
    return notes


def _rows_before(
    plan: Plan,
    history: History,
    records: Mapping[str, LetterRecord],
    folder: OutputFolder,
    notes: Mapping[str, str],
) -> dict[str, tuple[ManifestRow, ...]]:
    """The rows of letters that were replaced or recalled, by the key of the letter that took their place."""
    before: dict[str, list[ManifestRow]] = {}
    for item, past in past_of(plan.whole, history):
        row = replace(_row(item, past, records[past.khoa], folder), ghi_chu=notes.get(past.khoa, ""))
        before.setdefault(item.key, []).append(row)
    return {key: tuple(rows) for key, rows in before.items()}


def _differences(differing: Iterable[tuple[PlannedLetter, tuple[PartChange, ...]]], *, stop: bool) -> Iterator[Finding]:
    code = "batch-issued-differs-stop" if stop else "batch-issued-differs"
    shown, unshown = 0, []
    for letter, changes in differing:
        name = letter.document.so_ky_hieu.strip()
        shown += 1
        if shown > _MOST_SHOWN:
            unshown.append(name)
            continue
        place = letter.recipients[0].place if letter.recipients else None
        yield finding(code, place, letter=name, changes="; ".join(map(str, changes[:_MOST_PARTS])))
    if unshown:
        yield finding("batch-issued-differ-more", count=len(unshown), letters=shortened(unshown))


def waiting_moves(records: Iterable[LetterRecord], folder: OutputFolder) -> Iterator[tuple[LetterRecord, str, str]]:
    """Files of issued letters that are not yet where the register says they are: letter, path, new path.

    Those of a letter that was replaced or recalled still lie where they were issued; those of one that stands lie in
    ``thay-the/`` where a backup of the register from before that was restored. What the register says is enough:
    journal and lists may be lost.
    """
    for record in records:
        for path, sha256 in record.files.values():
            other = _other_place(path)
            if not (folder.path / path).exists() and folder.is_whole(OutputFile(other, sha256)):
                yield record, other, path


def _other_place(path: str) -> str:
    before = path.removeprefix(f"{REPLACED_FILES}/")
    return before if before != path else f"{REPLACED_FILES}/{path}"


def finish_moves(records: Iterable[LetterRecord], folder: OutputFolder, book: Register | None) -> Iterator[Finding]:
    """Move the files of letters that were replaced or recalled to where the register says they are.

    A file that is open in Word waits for the next command; it is named.
    """
    for record, before, path in waiting_moves(records, folder):
        try:
            folder.move(before, path)
        except OSError as error:
            why = error.strerror or str(error)
            yield finding("batch-move-waits", letter=paper_name(book, record), path=before, why=why)


def letter_data(letter: Letter) -> bytes:
    """The letter as data, as the register keeps it."""
    return letter.to_json().encode()


def template_hash(mau: Path | None) -> str:
    """The hash of a template of the office's own; empty for a built-in one."""
    return hashlib.sha256(read_untrusted(mau, WORD_LIMIT)).hexdigest() if mau else ""


def _corrections(history: History) -> dict[str, PastLetter]:
    """The latest issued letter of correction, by the key of the letter it corrects."""
    pasts = (past for chain in history.chains.values() for past in chain)
    return {past.lien_quan: past for past in pasts if past.quan_he == Relation.CORRECT and past.trang_thai.is_sealed}


def _changes(letter: PlannedLetter, record: LetterRecord, correction: PastLetter | None) -> tuple[PartChange, ...]:
    """What the campaign would change by now, apart from what a letter of correction says already."""
    if hashlib.sha256(letter_data(letter.letter)).hexdigest() == record.du_lieu_sha256:
        changes: tuple[PartChange, ...] = ()
    else:
        assert letter.past is not None
        before, now = letter.past.letter, letter.letter
        if correction and is_corrected_by(correction.letter, before, now):
            changes = ()
        else:
            changes = changed_parts(before, now, fields=letter.tier.mau is not None)
    if template_hash(letter.tier.mau) != record.mau_sha256:
        changes += (PartChange("mau", record.mau_sha256[:8] or "—", template_hash(letter.tier.mau)[:8] or "—"),)
    return changes


class RowPlace(NamedTuple):
    """Where the row of an issued letter stands; position 0 keeps the one it had."""

    position: int
    cap: str
    ma: str


def _row(item: PlannedLetter | RowPlace, past: PastLetter, record: LetterRecord, folder: OutputFolder) -> ManifestRow:
    """The row of an issued letter, of the journal where that has it, else from the register."""
    files = {kind: OutputFile(*file) for kind, file in record.files.items()}
    docx, pdf = files.get("docx"), files.get("pdf")
    line = folder.journal.letters.get(record.khoa)
    state = record.trang_thai.value
    if line and line.row.files:
        return replace(
            line.row, thu_tu=item.position or line.row.thu_tu, trang_thai=state, docx=docx, pdf=pdf, ghi_chu=""
        )
    letter = past.letter
    document = letter.ban_sao or letter
    return ManifestRow(
        thu_tu=item.position,
        cap=item.cap,
        ma=item.ma,
        co_quan=document.co_quan,
        so=document.so,
        ky_hieu=document.ky_hieu,
        ngay=str(document.ngay),
        loai=letter.loai,
        trich_yeu=letter.trich_yeu,
        kinh_gui=document.nguoi_nhan,
        trang=record.trang,
        khoa=record.khoa,
        docx=docx,
        pdf=pdf,
        trang_thai=state,
        dot_gui=(item.tier.dot_gui or "") if isinstance(item, PlannedLetter) else "",
    )
