"""The machine's own fonts are hidden from dxpdf, for the whole life of the process that runs it.

On Linux dxpdf asks fontconfig for a default font on every call, fails where there is none, prints what it dislikes
about the machine's settings, and takes a missing character from any font it finds. Two environment variables show it
one pinned face and nothing else. On Windows and macOS it asks the system; the faces embedded in the document come
first on all three.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape  # xml.sax would load urllib, 18 ms of the helper's start
from pathlib import Path
from typing import Final

from congvan.pdf.fonts import FAMILY, faces

_CONFIGURATION: Final = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir>
<match target="pattern"><edit name="family" mode="append" binding="weak"><string>{family}</string></edit></match>
</fontconfig>"""

_VARIABLES: Final = ("FONTCONFIG_SYSROOT", "FONTCONFIG_FILE")
_machine: Final[dict[str, str | None]] = {}
"""What the variables were before they were set here."""


def machine_environment() -> dict[str, str]:
    """The environment for other programs: that of this process, with the machine's fonts."""
    return {name: value for name, value in {**os.environ, **_machine}.items() if value is not None}


@contextmanager
def isolated_fonts() -> Iterator[Path]:
    """Let fontconfig see one pinned face and none of the machine's settings; yields the folder that holds both.

    The environment is the whole process's and stays changed: only for processes that do nothing else.
    """
    with tempfile.TemporaryDirectory(prefix="congvan-fonts-", ignore_cleanup_errors=True) as folder:
        _machine.update({name: os.environ.get(name) for name in _VARIABLES})
        os.environ["FONTCONFIG_SYSROOT"] = folder
        os.environ["FONTCONFIG_FILE"] = str(_write_configuration(Path(folder)))
        yield Path(folder)


def _write_configuration(root: Path) -> Path:
    """Write face and settings.

    Settings are written twice: fontconfig looks for them at their path, and reads them below its root.
    """
    below_root = root / root.relative_to(root.anchor)
    below_root.mkdir(parents=True)
    (below_root / "regular.ttf").write_bytes(faces()[0])
    for folder in (root, below_root):
        settings = _CONFIGURATION.format(folder=escape(str(root)), family=FAMILY)
        (folder / "fonts.conf").write_text(settings, encoding="utf-8")
    return root / "fonts.conf"
