"""The offices this computer's user has accepted, remembered in the user's settings.

A ``co-quan.yaml`` may come from anybody, and may name a register on a server or databases to be asked in the user's
name. It does so with effect only once the user has accepted the office's folder.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from congvan.findings import Finding, Place, finding
from congvan.support.private_files import make_private_folder, private_opener

_FILE: Final = "co-quan.jsonl"
"""One folder a line, as a JSON text; a user may take lines out."""


def settings_folder() -> Path:
    """The folder of the user's settings: ``$XDG_CONFIG_HOME`` where it is set, or else the platform's own.

    Raises:
        RuntimeError: when the user has no home folder.
    """
    if given := os.environ.get("XDG_CONFIG_HOME"):
        return Path(given) / "congvan"
    if sys.platform == "win32" and (given := os.environ.get("APPDATA")):
        return Path(given) / "congvan"
    inside = "Library/Application Support" if sys.platform == "darwin" else ".config"
    return Path.home() / inside / "congvan"


def is_accepted(folder: Path) -> bool:
    """Whether the user has accepted the office in ``folder``."""
    return _name(folder) in set(_accepted())


def accept_office(folder: Path) -> Finding | None:
    """Remember that the user accepts the office in ``folder``; what stands against it, or None.

    Where it cannot be remembered, the next command has to be given the office again.
    """
    if is_accepted(folder):
        return None
    try:
        path = settings_folder() / _FILE
        make_private_folder(path.parent)
        # Appended, so that two commands at the same time lose nothing.
        with open(path, "a", encoding="utf-8", errors="surrogateescape", opener=private_opener) as file:
            file.write(json.dumps(_name(folder), ensure_ascii=False) + "\n")
    except (OSError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or str(error)
        return finding("office-settings-unwritable", Place(file=str(folder)), why=why)
    return None


def _accepted() -> Iterator[str]:
    try:
        text = (settings_folder() / _FILE).read_text(encoding="utf-8", errors="surrogateescape")
    except (OSError, RuntimeError):
        return
    for line in text.splitlines():
        try:
            yield str(json.loads(line))
        except ValueError:  # a line somebody has edited accepts nothing
            continue


def _name(folder: Path) -> str:
    """The same for every way of writing the folder."""
    return os.path.normcase(os.path.realpath(folder))
