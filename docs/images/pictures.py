"""Draw the pictures of letters that the pages show, from the samples and the example of a department.

Run: ``python docs/images/pictures.py`` (or ``make pictures``). It needs pdftoppm (poppler).
"""

from __future__ import annotations

import io
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps

import congvan
from congvan.word.builtin.sample import SAMPLES, sample

_HERE: Final = Path(__file__).parent
_EXAMPLE: Final = _HERE.parents[1] / "examples" / "so-cong-thuong" / "ban-hanh.yaml"
_KIND_WIDTH: Final = 420
_README_WIDTH: Final = 794
_GREYS: Final = 16


def draw_kinds() -> None:
    """Each page of each sample, small: ``kinds/cong-van-1.png``."""
    for name in SAMPLES:
        pdf = congvan.to_pdf(congvan.render_docx(sample(name)))
        for number, page in enumerate(_pages(pdf, _KIND_WIDTH), start=1):
            page.quantize(_GREYS).save(_HERE / "kinds" / f"{name}-{number}.png", optimize=True)


def draw_readme() -> None:
    """The first page of the department's letter, with an edge that shows the sheet."""
    with tempfile.TemporaryDirectory() as folder:
        plan = congvan.plan(congvan.load_campaign(_EXAMPLE))
        congvan.render(plan, out=folder, register=Path(folder) / "so.sqlite3")
        pdf = next(Path(folder).glob("1-tinh/*.pdf")).read_bytes()
    page = _pages(pdf, _README_WIDTH)[0]
    ImageOps.expand(page, border=1, fill=160).quantize(_GREYS).save(_HERE / "cong-van.png", optimize=True)


def _pages(pdf: bytes, width: int) -> list[Image.Image]:
    with tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder) / "page"
        command = ["pdftoppm", "-png", "-gray", "-scale-to-x", str(width), "-scale-to-y", "-1", "-", str(drawn)]
        subprocess.run(command, input=pdf, check=True)  # noqa: S603 - a fixed program and own paths
        pages = sorted(Path(folder).glob("page*.png"))
        return [Image.open(io.BytesIO(page.read_bytes())).convert("L") for page in pages]


if __name__ == "__main__":
    draw_kinds()
    draw_readme()
