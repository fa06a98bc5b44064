"""Staged letters committed: renamed into place, recorded and listed.

Numbers were taken before. A commit that is cut short is finished by the next run: the journal names each file before it
is renamed, and a staged file that was not renamed is still there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from congvan.findings import Finding, Report, finding
from congvan.run.jobs import Job
from congvan.run.output.folder import OutputFolder, failed_line, shortened
from congvan.run.output.journal import LetterLine, Line, OwnerLine
from congvan.run.output.lists import LISTS, write_lists
from congvan.run.output.manifest import GONE, NUMBERED, ManifestRow
from congvan.run.output.outputs import Output
from congvan.run.output.print_files import write_print_files
from congvan.run.rendering import staged_path
from congvan.run.result import Run
from congvan.run.stage import Staged

_AT_ONCE: Final = 500
"""Letters whose journal lines are written together, before their files are renamed."""

Deliver = Callable[[Sequence[ManifestRow], Iterable[str]], None]
"""Hands the committed letters, then further files of the folder by their paths, to an output that is no folder."""


def commit(
    staged: Staged,
    job: Job[Any],
    folder: OutputFolder,
    report: Report,
    deliver: Deliver | None = None,
) -> Run:
    """Put the letters of ``staged`` into place, write print files and lists.

    Raises:
        OutputError: when the disk is full or refuses all files. What is in place stays, and the next run goes on.
    """
    with folder.journal as journal:
        if journal.owner is None:
            journal.add(OwnerLine(job.owner))
        problems = _move_letters(staged, folder)
        rows = _all_rows(staged, job, folder)
        gone = [row.name for row in rows if row.ghi_chu == GONE]
        if gone:
            problems.append(finding("batch-recipients-gone", count=len(gone), letters=shortened(gone)))
        print_files, unprinted = write_print_files(folder, job, [row for row in rows if row.stands])
        wanted = [file.path for row in rows for file in row.files]
        stale = list(folder.remove_stale([*wanted, *staged.kept, *print_files.values()]))
        if staged.in_place:
            problems.append(finding("batch-letters-kept", count=len(staged.in_place)))
        report = (report + Report.of([*staged.notes, *problems, *unprinted, *stale])).without(job.ignored)
        letters = tuple(line.row for _, line in sorted(staged.lines.items()))
        try:
            journal.rewrite(_journal_lines(staged, job, folder, rows, print_files))
        finally:  # the letters are in place, whatever becomes of the journal
            lists = write_lists(
                folder.path, job.title, job.header, rows, print_files, report, job.is_secret, job.page_source
            )
            report += Report.of(lists)
        if deliver:
            deliver(letters, [*print_files.values(), *LISTS])
    return Run(folder.path, letters, report, print_files)


def _move_letters(staged: Staged, folder: OutputFolder) -> list[Finding]:
    """Rename staged files into place; letters that cannot be put there fail alone."""
    problems = staged.problems
    shared = _shared(staged)
    positions = iter(position for position in sorted(staged.lines) if position not in staged.in_place)
    while some := tuple(islice(positions, _AT_ONCE)):
        lines = [staged.lines[position] for position in some]
        results = folder.move_into_place(lines, _sources(lines), shared)
        for position, line, problem in zip(some, lines, results, strict=True):
            if problem:
                staged.lines[position] = failed_line(line)
                folder.journal.add(staged.lines[position])
                problems.append(_failure(line, problem))
    return problems


def _shared(staged: Staged) -> frozenset[str]:
    """The build fingerprints of several letters: rows that are the same to the last word have one staged file."""
    builds = Counter(line.build for position, line in staged.lines.items() if position not in staged.in_place)
    return frozenset(build for build, count in builds.items() if count > 1)


def _sources(lines: Iterable[LetterLine]) -> dict[str, str]:
    """The staged path of each file, by the path of its place."""
    sources = {}
    for line in lines:
        for kind in ("docx", "pdf"):
            if file := line.row.file(kind):
                sources[file.path] = staged_path(line.build, kind)
    return sources


def _failure(line: LetterLine, problem: Finding) -> Finding:
    row = line.row
    number = "…" if row.so is None else f"{row.so:02}"
    return finding("batch-letter-failed", letter=f"{row.thu_tu} ({number}/{row.ky_hieu})", why=problem.message)


def _all_rows(staged: Staged, job: Job[Any], folder: OutputFolder) -> list[ManifestRow]:
    """The rows of this run's letters and of earlier runs' letters, by tier and in order.

    Behind a letter stand those it took the place of, behind its tier those whose recipient the job no longer has: an
    issued letter stays for ever, a numbered one until it is issued or its number made void.
    """
    tiers: dict[str, list[ManifestRow]] = {}
    keys = set()
    for row in (*_rows_of_job(staged, job, folder), *staged.gone):
        keys.add(row.khoa)
        tiers.setdefault(row.cap, []).append(row)
    for line in folder.journal.letters.values():
        if line.key not in keys and line.row.trang_thai == NUMBERED and line.key not in staged.void_keys:
            tiers.setdefault(line.row.cap, []).append(replace(line.row, ghi_chu=GONE))
    return [row for rows in tiers.values() for row in rows]


def _rows_of_job(staged: Staged, job: Job[Any], folder: OutputFolder) -> Iterator[ManifestRow]:
    for position, key in job.whole():
        if position in staged.lines:
            yield staged.lines[position].row
        elif row := folder.earlier_row(key, position):
            yield row
        for row in staged.before.get(key, ()):
            yield replace(row, thu_tu=position)


def _journal_lines(
    staged: Staged, job: Job[Any], folder: OutputFolder, rows: Sequence[ManifestRow], print_files: Iterable[str]
) -> Iterator[Line]:
    yield OwnerLine(job.owner)
    for row in rows:
        line = staged.lines.get(row.thu_tu)
        if line is None or line.key != row.khoa:
            line = folder.journal.letters.get(row.khoa) or LetterLine(row.khoa, "", "", row)
        earlier = folder.journal.earlier_letters.get(row.khoa)
        if not row.is_done and earlier and earlier.row.files:
            yield earlier  # its files may still lie there: they are ours to write over
        yield LetterLine(line.key, line.content, line.build, row)
    for cap in print_files:
        yield folder.journal.print_files[cap]


def deliver_to(output: Output, folder: OutputFolder) -> Deliver:
    """A function that hands the files of ``folder`` to ``output``."""

    def deliver(rows: Sequence[ManifestRow], further: Iterable[str]) -> None:
        for row in rows:
            for file in row.files:
                if (place := folder.path / file.path).is_file():  # letters issued elsewhere are not made again
                    output.write(file.path, place.read_bytes(), row)
        for path in further:
            output.write(path, (folder.path / path).read_bytes(), None)

    return deliver
