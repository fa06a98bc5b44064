"""A run whose files go elsewhere than to a folder: to a zip archive, and to a store of one's own.

Run: ``python zip_output.py CAMPAIGN.yaml letters.zip``

It writes the letters of the upper tiers to the archive, then hands the same files to an object that stands for an
object store or a document system. An output is anything with the method ``write``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import congvan
from congvan.run import ManifestRow


class ObjectStore:
    """Files by path, and the paths of each letter by its number and symbol."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.paths: dict[str, list[str]] = {}

    def write(self, path: str, content: bytes, row: ManifestRow | None) -> None:
        """Take one file; ``row`` is the line of its letter, None for print files and lists.

        An exception here ends the run: its numbers stay reserved for the same letters, and none is issued.
        """
        self.objects[path] = content
        if row is not None:
            self.paths.setdefault(f"{row.so}/{row.ky_hieu}", []).append(path)


def main(campaign: Path, archive: Path) -> None:
    """Make the letters twice, with the same numbers and the same bytes."""
    register = archive.with_suffix(".sqlite3")
    plan = congvan.plan(congvan.load_campaign(campaign), only=["tinh", "huyen"])
    with congvan.ZipOutput(archive) as output:
        congvan.render(plan, output, register=register)
    store = ObjectStore()
    congvan.render(plan, store, register=register)
    for number, paths in store.paths.items():
        print(number, *paths)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
