"""What a run writes about its letters: the manifest for programs and for Excel, and a page to look at.

As with letters, whoever makes them lays them beside their places, and the run itself puts them there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from congvan.batch.index_page import index_page
from congvan.batch.manifest import ManifestRow, manifest_csv, manifest_json
from congvan.batch.writing import lay_beside, reason
from congvan.findings import Report

NAMES: Final = ("manifest.json", "manifest.csv", "index.html")


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of the campaign ``ma``, of the name ``ten``, and where they go: the folder ``out``.

    ``run`` is the number of the process that puts them in place.
    """

    out: str
    run: int
    ma: str
    ten: str
    rows: Sequence[ManifestRow]
    print_files: dict[str, str]
    report: Report

    def __len__(self) -> int:
        return len(self.rows)

    def content(self, name: str) -> Iterable[bytes]:
        """The list of that name, bit by bit."""
        match name:
            case "manifest.json":
                pages = sum(row.trang or 0 for row in self.rows)
                dot = {"ma": self.ma, "ten": self.ten, "van_ban": len(self.rows), "trang": pages}
                return manifest_json(dot, self.rows)
            case "manifest.csv":
                return manifest_csv(self.rows)
            case _:
                return index_page(self.ten, self.rows, self.print_files, self.report)


def lay_lists(lists: Lists) -> tuple[OSError | None, ...]:
    """Each list laid beside its place, in the order of :data:`NAMES`; what went wrong with it, if anything did."""
    return tuple(_laid(lists, name) for name in NAMES)


def _laid(lists: Lists, name: str) -> OSError | None:
    path = f"{lists.out}/{name}"
    try:
        lay_beside(path, lists.run, lambda target: target.writelines(lists.content(name)))
    except OSError as error:
        return OSError(error.errno, reason(error), path)
    return None
