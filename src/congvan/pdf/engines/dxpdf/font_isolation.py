"""The embedded engine kept away from the machine's own fonts.

On Linux the engine asks fontconfig for a default font, fails where there is none, and takes a missing character
from any font it finds. While it works, fontconfig sees a folder with one pinned face and nothing else, so that every
machine gives the same page. On Windows and macOS it asks the system; the faces that travel in the document come
first on all three.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Final
from xml.sax.saxutils import escape

from congvan.pdf.fonts import FAMILY, faces

_ONE_AT_A_TIME: Final = Lock()  # the environment is the whole process's
_CONFIGURATION: Final = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir>
<match target="pattern"><edit name="family" mode="append" binding="weak"><string>{family}</string></edit></match>
</fontconfig>"""


@contextmanager
def pinned_face_only() -> Iterator[None]:
    """Within, fontconfig knows one pinned face and none of the machine's settings."""
    if sys.platform != "linux":
        yield
        return
    with _ONE_AT_A_TIME, tempfile.TemporaryDirectory() as folder:
        settings = {"FONTCONFIG_SYSROOT": folder, "FONTCONFIG_FILE": str(_configured(Path(folder)))}
        before = {name: os.environ.get(name) for name in settings}
        os.environ.update(settings)
        try:
            yield
        finally:
            for name, value in before.items():
                os.environ.pop(name)
                if value is not None:
                    os.environ[name] = value


def _configured(root: Path) -> Path:
    """Write the settings where fontconfig looks whether they exist, and again where it reads them: under its root."""
    inner = root / root.relative_to(root.anchor)
    inner.mkdir(parents=True)
    (inner / "regular.ttf").write_bytes(faces()[0])
    for place in (root, inner):
        settings = _CONFIGURATION.format(folder=escape(str(root)), family=FAMILY)
        (place / "fonts.conf").write_text(settings, encoding="utf-8")
    return root / "fonts.conf"
