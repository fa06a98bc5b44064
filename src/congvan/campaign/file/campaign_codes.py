"""The codes of an office's campaigns: two of one code would share their numbers without a word."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_CODE: Final = re.compile(r"""^ma[ \t]*:[ \t]*["']?([^\s"'#]+)""", re.MULTILINE)
_BEGINNING: Final = 64 * 1024
"""Bytes of a campaign file in which its code stands."""

_MANIFEST: Final = "manifest.json"
_SUFFIXES: Final = (".yaml", ".yml")


def campaigns_with_code(ma: str, office: Path, besides: Path) -> Iterator[Path]:
    """The campaign files of the office in ``office`` with the code ``ma``, but for those in the folder ``besides``.

    Files of one folder may have one code: versions of one campaign, which also share its output folder.
    """
    own = os.path.normpath(besides.absolute())
    for folder, inner, files in os.walk(office):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        if _MANIFEST in files:  # letters, and many of them
            inner.clear()
        elif os.path.normcase(folder) != os.path.normcase(own):
            yield from (
                path for name in sorted(files) if name.endswith(_SUFFIXES) and _code(path := Path(folder, name)) == ma
            )


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
