"""Pages of a letter as pictures, as they will be printed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from threading import Lock
from typing import Final

_DOTS_PER_POINT: Final = 1.4
_PDFIUM: Final = Lock()
"""The library is one for the program and not made for threads."""


def page_pictures(pdf: bytes) -> Sequence[bytes]:
    """Each page as PNG."""
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
