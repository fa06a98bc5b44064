"""The files of issued letters beside the book: missing, changed, or in another folder than this run's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from congvan.findings import Finding, Report, finding
from congvan.letter import Letter
from congvan.register import Register
from congvan.register.letter_record import LetterRecord
from congvan.run.numbers import Numbers
from congvan.run.output.folder import shortened
from congvan.support.files import sha256_of

_MOST_SHOWN: Final = 10
"""Files that have a finding each; of the others the letters are named together."""


def paper_name(book: Register | None, record: LetterRecord) -> str:
    """The letter as on paper, ``18/ĐLHL``; its key where the book does not keep it as data."""
    data = book.letters.data(record.khoa) if book else None
    if data is None:
        return record.khoa
    letter = Letter.from_json(data)
    document = letter.ban_sao or letter
    return document.so_ky_hieu.strip() if document.so is not None else record.khoa


def files_of_book(book: Register) -> Report:
    """What is missing or changed of the files of all issued letters of ``book``, each in its own output folder.

    A folder that is not there at all is one finding, with its letters.
    """
    numbers = Numbers(book)
    folders: dict[str, list[LetterRecord]] = {}
    for record in book.letters.all():
        if record.trang_thai.is_sealed and record.files:
            folders.setdefault(record.thu_muc, []).append(record)
    found: list[Finding] = []
    for name, records in sorted(folders.items()):
        folder = numbers.located(name)
        if folder.is_dir():
            found += damaged_files(records, folder, book)
        else:
            names = shortened([paper_name(book, one) for one in records])
            found.append(finding("batch-issued-folder-missing", path=name, count=len(records), letters=names))
    return Report.of(found)


def damaged_files(records: Iterable[LetterRecord], folder: Path, book: Register | None) -> Iterator[Finding]:
    """A finding for each file of an issued letter that is missing or is no longer what was issued."""
    damaged = [
        (record, path, (folder / path).is_file())
        for record in records
        if record.trang_thai.is_sealed
        for path, sha256 in record.files.values()
        if sha256_of(folder / path) != sha256
    ]
    for record, path, is_there in damaged[:_MOST_SHOWN]:
        code = "batch-issued-edited" if is_there else "batch-issued-missing"
        yield finding(code, letter=paper_name(book, record), path=path)
    if more := {record.khoa: record for record, _, _ in damaged[_MOST_SHOWN:]}:
        names = shortened([paper_name(book, record) for record in more.values()])
        yield finding("batch-issued-more-damaged", count=len(more), letters=names)


def kept_elsewhere(
    records: Iterable[LetterRecord], folder: Path, numbers: Numbers
) -> tuple[list[LetterRecord], list[LetterRecord], list[Finding]]:
    """The letters whose files are in ``folder``, those moved here with their folder, and findings about the rest.

    A letter issued in another output folder stays there, and the finding says where that is.
    """
    here: list[LetterRecord] = []
    moved: list[LetterRecord] = []
    elsewhere: dict[str, list[LetterRecord]] = {}
    for record in records:
        home = numbers.located(record.thu_muc)
        if not record.thu_muc or home.resolve() == folder.resolve():
            here.append(record)
        elif any((home / path).is_file() for path, _ in record.files.values()):
            elsewhere.setdefault(record.thu_muc, []).append(record)
        else:
            here.append(record)
            if all(sha256_of(folder / path) == sha256 for path, sha256 in record.files.values()):
                moved.append(record)
    found = []
    for name, away in elsewhere.items():
        names = shortened([paper_name(numbers.book, one) for one in away])
        found.append(finding("batch-issued-elsewhere", count=len(away), letters=names, path=name))
    return here, moved, found
