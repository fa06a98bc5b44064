"""The output folder: letters, print files, manifest and index, and what earlier runs left in it.

What an earlier run made of the same stays as it is. A run may make some tiers or some letters only: what there is
of the rest stays, and stays listed. What the campaign no longer has is taken away, so that no letter lies
there that is not meant. A file that cannot be written is one finding; a full disk ends the run.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from congvan import __version__
from congvan.batch.basis import digest
from congvan.batch.index_page import index_page
from congvan.batch.journal import Begun, Journal, LetterLine, Line, PrintLine
from congvan.batch.manifest import ManifestRow, OutputFile, State, manifest_csv, manifest_json
from congvan.batch.place import places, tier_folders
from congvan.batch.task import Outcome
from congvan.batch.writing import OutputError, file_digest, reason, write_whole
from congvan.campaign import Plan, PlannedLetter
from congvan.errors import EngineError
from congvan.findings import Finding, Report, finding


class OutputFolder:
    """The folder a plan is carried out in; ``formats`` are the kinds of file this run writes."""

    def __init__(self, out: Path, plan: Plan, formats: Sequence[str], journal: Journal) -> None:
        self.out = out
        self._plan = plan
        self._formats = formats
        self._places = places(plan)
        self._journal = journal

    def kept(self, item: PlannedLetter, basis: str) -> ManifestRow | None:
        """The row of a letter that an earlier run made from the same, if its files are whole."""
        line = self._journal.letters.get(item.khoa)
        if line is None or line.basis != basis or line.row.trang_thai != "xong":
            return None
        files = {kind: line.row.file(kind) for kind in self._formats}
        for kind, made in files.items():
            if made is None or made.path != self._path(item, kind) or not self._is_whole(made):
                return None
        return _row(item, line.row.trang, files, "xong")

    def begin(self, items: Iterable[PlannedLetter]) -> None:
        """Take down which files are about to be written, so that a later run knows of them in any case.

        Raises:
            OutputError: when the disk takes nothing any more.
        """
        self._journal.add(Begun(tuple(self._path(item, kind) for item in items for kind in self._formats)))

    def write_letter(self, item: PlannedLetter, outcome: Outcome, basis: str) -> tuple[ManifestRow, str | None]:
        """Write a letter's files; its row, and why it is not whole if it is not.

        Raises:
            OutputError: when the disk takes nothing any more.
        """
        contents = {"docx": outcome.docx, "pdf": outcome.pdf}
        files: dict[str, OutputFile | None] = {}
        failure = outcome.failure
        for kind in self._formats:
            if contents[kind]:
                path = self._path(item, kind)
                try:
                    files[kind] = OutputFile(path, write_whole(self.out / path, contents[kind]))
                except OutputError as error:
                    failure = _alone(error).message
        row = _row(item, outcome.pages, files, "loi" if failure else "xong")
        self._journal.add(LetterLine(item.khoa, "" if failure else basis, row))
        return row, failure

    def with_earlier(self, rows: Iterable[ManifestRow]) -> tuple[ManifestRow, ...]:
        """``rows`` and those of earlier runs that the campaign still has and this run did not make, in order."""
        everything = {(row.cap, row.ma): row for row in rows}
        for item in self._plan.whole:
            line = self._journal.letters.get(item.khoa)
            if (item.cap, item.ma) not in everything and line and all(map(self._is_there, line.row.files)):
                everything[item.cap, item.ma] = replace(line.row, thu_tu=item.thu_tu)
        return tuple(sorted(everything.values(), key=lambda row: row.thu_tu))

    def write_print_files(self, rows: Iterable[ManifestRow]) -> tuple[dict[str, str], list[Finding]]:
        """One PDF a tier for the printer: their paths by tier, and which could not be written.

        Raises:
            OutputError: when the disk takes nothing any more.
        """
        folders = tier_folders(self._plan)
        written: dict[str, str] = {}
        refused: list[Finding] = []
        for cap, group in groupby(rows, key=lambda row: row.cap):
            letters = [(_bookmark(row), row.pdf) for row in group if row.pdf]
            try:
                if letters:
                    written[cap] = self._write_print_file(cap, f"in/{folders[cap]}.pdf", letters)
            except OutputError as error:
                refused.append(_alone(error))
            except EngineError as error:
                refused.append(finding("batch-print-file-failed", cap=cap, why=error.reason))
        return written, refused

    def remove_stale(self, rows: Iterable[ManifestRow], print_files: Iterable[str]) -> Iterator[Finding]:
        """Take away the files of earlier runs that are among neither."""
        wanted = {made.path for row in rows for made in row.files} | set(print_files)
        root = self.out.resolve()
        paths = [(self.out / name).resolve() for name in sorted(self._journal.paths - wanted)]
        gone = 0
        for path in paths:
            if path.is_relative_to(root) and path.is_file():
                try:
                    path.unlink()
                    gone += 1
                except OSError as error:
                    yield finding("batch-stale-stays", path=path.relative_to(root).as_posix(), why=reason(error))
                _remove_empty(path.parent, root)
        if gone:
            yield finding("batch-stale-removed", count=gone)

    def write_lists(
        self, rows: Sequence[ManifestRow], print_files: Mapping[str, str], report: Report
    ) -> Iterator[Finding]:
        """Write manifest and index page; those that could not be written.

        Raises:
            OutputError: when the disk takes nothing any more.
        """
        campaign = self._plan.campaign
        dot = {
            "ma": campaign.ma,
            "ten": campaign.ten,
            "van_ban": len(rows),
            "trang": sum(row.trang or 0 for row in rows),
        }
        lists = {
            "manifest.json": manifest_json(dot, rows),
            "manifest.csv": manifest_csv(rows),
            "index.html": index_page(campaign.ten, rows, print_files, report),
        }
        for name, content in lists.items():
            try:
                write_whole(self.out / name, content)
            except OutputError as error:
                yield _alone(error)

    def settle(self, rows: Iterable[ManifestRow], print_files: Mapping[str, str]) -> None:
        """Let the journal say what there is now, and nothing of how it came about.

        Raises:
            OutputError: when it cannot be written.
        """
        keys = {(item.cap, item.ma): item.khoa for item in self._plan.whole}
        letters = self._journal.letters
        lines: list[Line] = [
            LetterLine(khoa, letters[khoa].basis, row) for row in rows for khoa in [keys[row.cap, row.ma]]
        ]
        lines += [self._journal.print_files[cap] for cap in print_files]
        self._journal.settle(lines)

    def _write_print_file(self, cap: str, path: str, letters: Sequence[tuple[str, OutputFile]]) -> str:
        basis = digest([__version__, path, *((title, made.sha256) for title, made in letters)])
        line = self._journal.print_files.get(cap)
        if line and line.basis == basis and self._is_whole(line.file):
            return path
        self._journal.add(Begun((path,)))
        content = _print_file([(title, self.out / made.path) for title, made in letters])
        self._journal.add(PrintLine(cap, basis, OutputFile(path, write_whole(self.out / path, content))))
        return path

    def _path(self, item: PlannedLetter, kind: str) -> str:
        place = self._places[item.khoa]
        return str(place.with_name(f"{place.name}.{kind}"))

    def _is_there(self, made: OutputFile) -> bool:
        return (self.out / made.path).is_file()

    def _is_whole(self, made: OutputFile) -> bool:
        return file_digest(self.out / made.path) == made.sha256


class _InOrder:
    """The letters of a print file, read from disk one by one, as often as need be."""

    def __init__(self, letters: Sequence[tuple[str, Path]]) -> None:
        self._letters = letters

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        return ((title, path.read_bytes()) for title, path in self._letters)


def _print_file(letters: Sequence[tuple[str, Path]]) -> bytes:
    """The letters one after another for the printer.

    In memory, some kilobytes a letter: pikepdf ends the whole process when what it writes to is a full disk.
    """
    from congvan.pdf.print_file import write_print_file

    target = io.BytesIO()
    write_print_file(target, _InOrder(letters))
    return target.getvalue()


def _alone(error: OutputError) -> Finding:
    """What ``error`` found, if it is about one file alone; if about the disk, it ends the run."""
    if error.of_all_files:
        raise error
    return error.finding


def _remove_empty(folder: Path, root: Path) -> None:
    """Take away ``folder`` and those above it below ``root``, as long as they are empty."""
    with suppress(OSError):
        while folder != root:
            folder.rmdir()
            folder = folder.parent


def _row(item: PlannedLetter, pages: int | None, files: Mapping[str, OutputFile | None], state: State) -> ManifestRow:
    document = item.document
    return ManifestRow(
        thu_tu=item.thu_tu,
        cap=item.cap,
        ma=item.ma,
        co_quan=document.co_quan,
        so=document.so,
        ky_hieu=document.ky_hieu,
        ngay=str(document.ngay),
        loai=item.loai,
        trich_yeu=item.letter.trich_yeu,
        kinh_gui=document.nguoi_nhan,
        trang=pages,
        docx=files.get("docx"),
        pdf=files.get("pdf"),
        trang_thai=state,
    )


def _bookmark(row: ManifestRow) -> str:
    number = "…" if row.so is None else f"{row.so:02}"
    addressee = row.kinh_gui[0] if len(row.kinh_gui) == 1 else f"{len(row.kinh_gui)} nơi nhận"
    return f"{row.thu_tu}. {number}/{row.ky_hieu} - {addressee}"
