"""The pages of one letter of a campaign as pictures, as they will be printed."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Final, NamedTuple

import congvan
from congvan.campaign import plan_file
from congvan.findings import finding
from congvan.run.life.issuing import today_by
from congvan.support.processes.scratch_folder import temporary_folder
from congvan.web.clerk.plans import Plans
from congvan.web.refusal import Refusal

_DOTS_PER_POINT: Final = 1.4
_PDFIUM: Final = Lock()
"""The library is one for the program and not made for threads."""


class LetterPages(NamedTuple):
    """To whom the letter goes, how many letters its tier has, and its pages as PNG."""

    to: str
    letters: int
    pictures: Sequence[bytes]


def letter_pages(campaign: Path, plans: Plans, tier: Mapping[str, Any], letter: int) -> LetterPages:
    """The pages of a letter of a tier, counted from 1; of a template of the office's own the first letter only.

    Raises:
        CampaignError: when the campaign cannot be planned; Refusal: when the tier has no such letter.
    """
    items = [item for item in plans.of(campaign).items if item.cap == tier.get("cap")]
    if not 1 <= letter <= len(items):
        raise Refusal(404, finding("web-unknown", path=f"letter={letter}"))
    item = items[letter - 1]
    if item.tier.mau:
        pdf = _first_by_template(campaign, str(tier.get("cap")))
        return LetterPages("; ".join(items[0].document.nguoi_nhan), 1, _pictures(pdf))
    pdf = congvan.to_pdf(congvan.render_docx(item.letter))
    return LetterPages("; ".join(item.document.nguoi_nhan), len(items), _pictures(pdf))


def _first_by_template(path: Path, tier: str) -> bytes:
    """The first letter of a tier by its own template, made as a run makes it."""
    plan = plan_file(path, today=today_by(None), only=(tier,), limit=1)
    with temporary_folder() as folder:
        run = congvan.render(plan, folder, draft=True, formats=("pdf",), jobs=1)
        files = [file.path for row in run.letters for file in row.files]
        return (Path(folder) / "du-thao" / files[0]).read_bytes()


def _pictures(pdf: bytes) -> Sequence[bytes]:
    import pypdfium2

    with _PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [_png(page.render(scale=_DOTS_PER_POINT).to_pil()) for page in document]
        finally:
            document.close()


def _png(picture: object) -> bytes:
    stream = io.BytesIO()
    picture.convert("L").quantize(16).save(stream, "PNG")  # type: ignore[attr-defined]
    return stream.getvalue()
