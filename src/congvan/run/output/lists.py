"""The lists a run writes about its letters: the manifest for programs, a workbook and a page for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from congvan.errors import OutputError
from congvan.findings import Finding, Report
from congvan.run.output.danh_muc import danh_muc
from congvan.run.output.folder import finding_of_one_file
from congvan.run.output.index_page import PageSource, index_page
from congvan.run.output.manifest import ManifestRow, manifest_csv, manifest_json
from congvan.support.files import writing

LISTS: Final = ("manifest.json", "manifest.csv", "danh-muc.xlsx", "index.html")


def write_lists(
    out: Path,
    title: str,
    header: Mapping[str, Any],
    rows: Sequence[ManifestRow],
    print_files: Mapping[str, str],
    report: Report,
    is_secret: Callable[[ManifestRow], bool] | None = None,
    source: PageSource | None = None,
) -> Iterator[Finding]:
    """Write the lists into the folder ``out``; yields a finding for each that cannot be written.

    ``is_secret`` tells which letters have a secrecy mark: the lists for people only count them. ``source`` is what the
    page says of letters beside their rows.

    Raises:
        OutputError: when the disk is full or refuses all files.
    """
    shown = [row for row in rows if not is_secret(row)] if is_secret else rows
    hidden = len(rows) - len(shown)
    pages = sum(row.trang or 0 for row in rows)
    contents: dict[str, Iterable[bytes]] = {
        "manifest.json": manifest_json({**header, "van_ban": len(rows), "trang": pages}, rows),
        "manifest.csv": manifest_csv(rows),
        "danh-muc.xlsx": danh_muc(title, shown, hidden),
        "index.html": index_page(title, shown, print_files, report, hidden, source),
    }
    for name in LISTS:
        try:
            with writing(out / name) as target:
                target.writelines(contents[name])
        except OSError as error:
            yield finding_of_one_file(OutputError(out / name, error))
