"""The output folder: letters, print files, manifest and index, and what an earlier run left in it.

A run may make some tiers or some letters only. What an earlier run made of the rest stays, and stays listed; what the
campaign no longer has is taken away, so that no letter lies there that is not meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from congvan.batch.index_page import index_page
from congvan.batch.manifest import ManifestRow, OutputFile, manifest_csv, manifest_json, read_manifest
from congvan.batch.place import places, tier_folders
from congvan.batch.task import Outcome
from congvan.batch.writing import write_through, write_whole
from congvan.campaign import Plan, PlannedLetter
from congvan.findings import Finding, Report, finding


class OutputFolder:
    """The folder a plan is carried out in; ``formats`` are the kinds of file this run writes."""

    def __init__(self, out: Path, plan: Plan, formats: Sequence[str]) -> None:
        self.out = out
        self._plan = plan
        self._formats = formats
        self._places = places(plan)
        self._earlier = read_manifest(out)

    def write_letter(self, item: PlannedLetter, outcome: Outcome) -> ManifestRow:
        """Write a letter's files and return its row.

        Raises:
            OutputError: when a file cannot be written.
        """
        contents = {"docx": outcome.docx, "pdf": outcome.pdf}
        place = self._places[item.khoa]
        files: dict[str, OutputFile] = {}
        for kind in self._formats:
            if contents[kind]:
                path = place.with_name(f"{place.name}.{kind}")
                files[kind] = OutputFile(str(path), write_whole(self.out / path, contents[kind]))
        return _row(item, outcome, files)

    def with_earlier(self, rows: Sequence[ManifestRow]) -> tuple[ManifestRow, ...]:
        """``rows`` and those of an earlier run that the campaign still has and this run did not make, in order."""
        places_in_plan = {(item.cap, item.ma): item.thu_tu for item in self._plan.whole}
        made = {(row.cap, row.ma) for row in rows}
        kept = [
            replace(row, thu_tu=places_in_plan[row.cap, row.ma])
            for row in self._earlier
            if (row.cap, row.ma) in places_in_plan.keys() - made and all(map(self._is_there, row.files))
        ]
        return tuple(sorted([*rows, *kept], key=lambda row: row.thu_tu))

    def remove_stale(self, current: Iterable[ManifestRow]) -> Iterator[Finding]:
        """Take away the files of an earlier run that are not among the ``current`` letters."""
        wanted = {made.path for row in current for made in row.files}
        earlier = {made.path for row in self._earlier for made in row.files}
        root = self.out.resolve()
        paths = [(self.out / name).resolve() for name in sorted(earlier - wanted)]
        gone = [path for path in paths if path.is_relative_to(root) and path.is_file()]
        for path in gone:
            path.unlink()
        if gone:
            yield finding("batch-stale-removed", count=len(gone))

    def write_print_files(self, rows: Iterable[ManifestRow]) -> dict[str, str]:
        """One PDF a tier for the printer; their paths by tier.

        Raises:
            OutputError: when one cannot be written.
        """
        folders = tier_folders(self._plan)
        written: dict[str, str] = {}
        for cap, group in groupby(rows, key=lambda row: row.cap):
            path = f"in/{folders[cap]}.pdf"
            letters = [(_bookmark(row), self.out / row.pdf.path) for row in group if row.pdf]
            if letters:
                write_through(self.out / path, _PrintJob(letters))
                written[cap] = path
            else:
                (self.out / path).unlink(missing_ok=True)
        return written

    def write_lists(self, rows: Sequence[ManifestRow], print_files: Mapping[str, str], report: Report) -> None:
        """Manifest and index page.

        Raises:
            OutputError: when one cannot be written.
        """
        campaign = self._plan.campaign
        dot = {
            "ma": campaign.ma,
            "ten": campaign.ten,
            "van_ban": len(rows),
            "trang": sum(row.trang or 0 for row in rows),
        }
        write_whole(self.out / "manifest.json", manifest_json(dot, rows))
        write_whole(self.out / "manifest.csv", manifest_csv(rows))
        write_whole(self.out / "index.html", index_page(campaign.ten, rows, print_files, report))

    def _is_there(self, made: OutputFile) -> bool:
        return (self.out / made.path).is_file()


class _PrintJob:
    """The letters of one print file, read from disk one by one while it is written."""

    def __init__(self, letters: Sequence[tuple[str, Path]]) -> None:
        self._letters = letters

    def __call__(self, target: BinaryIO) -> None:
        from congvan.pdf.print_file import write_print_file

        write_print_file(target, self)

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        return ((title, path.read_bytes()) for title, path in self._letters)


def _row(item: PlannedLetter, outcome: Outcome, files: Mapping[str, OutputFile]) -> ManifestRow:
    letter = item.letter
    return ManifestRow(
        thu_tu=item.thu_tu,
        cap=item.cap,
        ma=item.ma,
        co_quan=letter.co_quan,
        so=letter.so,
        ky_hieu=letter.ky_hieu,
        ngay=str(letter.ngay),
        loai=letter.loai,
        trich_yeu=letter.trich_yeu,
        kinh_gui=letter.nguoi_nhan,
        trang=outcome.pages,
        docx=files.get("docx"),
        pdf=files.get("pdf"),
        trang_thai="loi" if outcome.failure else "xong",
    )


def _bookmark(row: ManifestRow) -> str:
    number = "…" if row.so is None else f"{row.so:02}"
    addressee = row.kinh_gui[0] if len(row.kinh_gui) == 1 else f"{len(row.kinh_gui)} nơi nhận"
    return f"{row.thu_tu}. {number}/{row.ky_hieu} - {addressee}"
