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
from congvan.register.letter_record import LetterRecord
from congvan.register.same_recipients import with_known_keys
from congvan.run.numbers import Numbers
from congvan.run.output.folder import OutputFolder, shortened
from congvan.run.output.journal import LetterLine
from congvan.run.output.manifest import GONE, ManifestRow, OutputFile
from congvan.run.stage import Staged

_MOST_SHOWN: Final = 10
_MOST_PARTS: Final = 3


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
        self._records = numbers.records(plan.campaign.ma) if self.history.letters else {}
        self._lines: dict[int, LetterLine] = {}
        self._before: dict[str, tuple[ManifestRow, ...]] = {}
        self._gone: list[ManifestRow] = []

    def look(self, folder: OutputFolder, preview: Mapping[str, int], *, stop: bool) -> Report:
        """What is to be said of them before a run begins; files that wait to be moved are moved.

        A letter that the campaign would make otherwise by now is an error with ``stop``.
        """
        if not self._records:
            return Report()
        waiting = list(finish_moves(self._records.values(), folder))
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
        damaged = damaged_files(self._records.values(), folder)
        return Report.of([*waiting, *_differences(found, stop=stop), *damaged])

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


def finish_moves(records: Iterable[LetterRecord], folder: OutputFolder) -> Iterator[Finding]:
    """Move the files of letters that were replaced or recalled to where the register says they are.

    A file that is open in Word waits for the next command; it is named.
    """
    for record in records:
        line = folder.journal.letters.get(record.khoa)
        if line is None or record.trang_thai.stands:
            continue
        for kind, (path, sha256) in record.files.items():
            file = line.row.file(kind)
            if file is None or file.path == path or (folder.path / path).exists():
                continue
            if file.sha256 == sha256 and folder.is_whole(file):
                try:
                    folder.move(file.path, path)
                except OSError as error:
                    why = error.strerror or str(error)
                    yield finding("batch-move-waits", letter=line.row.name, path=file.path, why=why)


def damaged_files(records: Iterable[LetterRecord], folder: OutputFolder) -> list[Finding]:
    """A finding for each file of an issued letter that is missing or is no longer what was issued."""
    found = []
    for record in records:
        if not record.trang_thai.is_sealed:
            continue
        for path, sha256 in record.files.values():
            file = OutputFile(path, sha256)
            if not (folder.path / path).is_file():
                found.append(finding("batch-issued-missing", letter=record.khoa, path=path))
            elif not folder.is_whole(file):
                found.append(finding("batch-issued-edited", letter=record.khoa, path=path))
    return found


def letter_data(letter: Letter) -> bytes:
    """The letter as data, as the register keeps it."""
    return letter.to_json().encode()


def template_hash(mau: Path | None) -> str:
    """The hash of a template of the office's own; empty for a built-in one."""
    return hashlib.sha256(mau.read_bytes()).hexdigest() if mau else ""


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
