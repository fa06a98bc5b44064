"""The codes of an office's campaigns: two of one code would share their numbers without a word."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from congvan.campaign.office import OFFICE_FILE

_CODE: Final = re.compile(r"""^ma[ \t]*:[ \t]*["']?([^\s"'#]+)""", re.MULTILINE)
_BEGINNING: Final = 64 * 1024
"""Bytes of a campaign file in which its code stands."""

_MANIFEST: Final = "manifest.json"
_SUFFIXES: Final = (".yaml", ".yml")


def campaigns_with_code(ma: str, office: Path, besides: Path) -> Iterator[Path]:
    """The campaign files of the office in ``office`` with the code ``ma``, but for those in the folder ``besides``.

    Files of one folder may have one code: versions of one campaign, which also share its output folder.
    """
    own = Path(os.path.normpath(besides.absolute()))
    for name, inner, files in os.walk(office):
        folder = Path(name)
        is_another = OFFICE_FILE in files and folder != office
        if is_another or _MANIFEST in files:  # an office of its own; letters, and many of them
            inner.clear()
            continue
        inner[:] = sorted(one for one in inner if not one.startswith("."))
        named = (folder / one for one in sorted(files) if one.endswith(_SUFFIXES)) if folder != own else ()
        yield from (path for path in named if _code(path) == ma)


def _code(path: Path) -> str | None:
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            text = file.read(_BEGINNING).decode("utf-8-sig", errors="replace")
    except OSError:
        return None
    match = _CODE.search(text)
    return match[1] if match else None
