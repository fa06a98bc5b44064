"""The gallery: every sample letter as Word, as PDF and, where poppler is installed, as pictures of its pages."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from congvan.pdf.convert import to_pdf
from congvan.word import render_docx
from congvan.word.builtin.sample import sample

RASTERISER: Final = "pdftoppm"
_DPI: Final = 60


def write_gallery(names: Sequence[str], folder: Path, *, pictures: bool = True, dpi: int = _DPI) -> int:
    """Write the samples ``names`` into ``folder``; how many files were written.

    Pictures, one a page, at ``dpi`` dots an inch, are left out on a machine without a rasteriser.

    Raises:
        EngineError: when the embedded engine is not installed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rasteriser = shutil.which(RASTERISER) if pictures else None
    for name in names:
        docx = render_docx(sample(name))
        (folder / f"{name}.docx").write_bytes(docx)
        pdf = folder / f"{name}.pdf"
        pdf.write_bytes(to_pdf(docx))
        if rasteriser:
            subprocess.run([rasteriser, "-r", str(dpi), "-png", pdf, folder / name], check=True, capture_output=True)  # noqa: S603  # found on the path, no shell
    return sum(1 for name in names for path in folder.glob(f"{name}*") if _belongs(path, name))


def _belongs(path: Path, name: str) -> bool:
    """True for ``cong-van.pdf`` and ``cong-van-1.png`` of ``cong-van``, not for ``cong-van-mat.pdf``."""
    return path.stem == name or (path.stem.removeprefix(f"{name}-").isdigit() and path.suffix == ".png")
