"""The lists a run writes about its letters: the manifest for programs and for Excel, and a page to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from congvan.errors import OutputError
from congvan.findings import Finding, Report
from congvan.run.output.folder import finding_of_one_file
from congvan.run.output.index_page import index_page
from congvan.run.output.manifest import ManifestRow, manifest_csv, manifest_json
from congvan.support.files import writing

LISTS: Final = ("manifest.json", "manifest.csv", "index.html")


def write_lists(
    out: Path,
    title: str,
    header: Mapping[str, Any],
    rows: Sequence[ManifestRow],
    print_files: Mapping[str, str],
    report: Report,
) -> Iterator[Finding]:
    """Write the lists into the folder ``out``; yields a finding for each that cannot be written.

    Raises:
        OutputError: when the disk is full or refuses all files.
    """
    pages = sum(row.trang or 0 for row in rows)
    contents: dict[str, Iterable[bytes]] = {
        "manifest.json": manifest_json({**header, "van_ban": len(rows), "trang": pages}, rows),
        "manifest.csv": manifest_csv(rows),
        "index.html": index_page(title, rows, print_files, report),
    }
    for name in LISTS:
        try:
            with writing(out / name) as target:
                target.writelines(contents[name])
        except OSError as error:
            yield finding_of_one_file(OutputError(out / name, error))
