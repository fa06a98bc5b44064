"""Staged letters committed: renamed into place, recorded, listed, and their numbers issued.

Numbers were taken before. A commit that is cut short is finished by the next run: the journal names each file before it
is renamed, and a staged file that was not renamed is still there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from congvan.findings import Finding, Report, finding
from congvan.run.jobs import Job
from congvan.run.numbers import Numbers
from congvan.run.output.folder import OutputFolder, failed_line
from congvan.run.output.journal import LetterLine, Line, OwnerLine
from congvan.run.output.lists import LISTS, write_lists
from congvan.run.output.manifest import DONE, ManifestRow
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
    numbers: Numbers,
    report: Report,
    deliver: Deliver | None = None,
) -> Run:
    """Put the letters of ``staged`` into place, write print files and lists, issue numbers.

    Raises:
        OutputError: when the disk is full or refuses all files. What is in place stays, and the next run goes on.
        RegisterError: when numbers cannot be issued; the letters are in place then.
    """
    with folder.journal as journal:
        if journal.owner is None:
            journal.add(OwnerLine(job.owner))
        problems = _move_letters(staged, folder)
        rows = list(_all_rows(staged, job, folder))
        print_files, unprinted = write_print_files(folder, job, rows)
        wanted = [file.path for row in rows for file in row.files]
        stale = list(folder.remove_stale([*wanted, *print_files.values()]))
        if staged.in_place:
            problems.append(finding("batch-letters-kept", count=len(staged.in_place)))
        report += Report.of([*problems, *unprinted, *stale])
        letters = tuple(line.row for _, line in sorted(staged.lines.items()))
        try:
            journal.rewrite(_journal_lines(staged, job, folder, rows, print_files))
        finally:  # the letters are in place, whatever becomes of the journal
            lists = write_lists(folder.path, job.title, job.header, rows, print_files, report, job.is_secret)
            report += Report.of(lists)
        if deliver:
            deliver(letters, [*print_files.values(), *LISTS])
        done = {row.thu_tu for row in letters if row.trang_thai == DONE}
        numbers.issue(job.number_keys(done))
    return Run(folder.path, letters, report, print_files)


def _move_letters(staged: Staged, folder: OutputFolder) -> list[Finding]:
    """Rename staged files into place; letters that cannot be put there fail alone."""
    problems = list(staged.failures.values())
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


def _all_rows(staged: Staged, job: Job[Any], folder: OutputFolder) -> Iterator[ManifestRow]:
    """The rows of this run's letters, and those of earlier runs' letters that the job still has."""
    for position, key in job.whole():
        if position in staged.lines:
            yield staged.lines[position].row
        elif row := folder.earlier_row(key, position):
            yield row


def _journal_lines(
    staged: Staged, job: Job[Any], folder: OutputFolder, rows: Sequence[ManifestRow], print_files: Iterable[str]
) -> Iterator[Line]:
    yield OwnerLine(job.owner)
    for row in rows:
        line = staged.lines.get(row.thu_tu) or folder.journal.letters[row.khoa]
        yield LetterLine(line.key, line.content, line.build, row)
    for cap in print_files:
        yield folder.journal.print_files[cap]


def deliver_to(output: Output, folder: OutputFolder) -> Deliver:
    """A function that hands the files of ``folder`` to ``output``."""

    def deliver(rows: Sequence[ManifestRow], further: Iterable[str]) -> None:
        for row in rows:
            for file in row.files:
                output.write(file.path, (folder.path / file.path).read_bytes(), row)
        for path in further:
            output.write(path, (folder.path / path).read_bytes(), None)

    return deliver
