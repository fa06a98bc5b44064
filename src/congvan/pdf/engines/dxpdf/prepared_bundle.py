"""What the embedded engine is given of a bundle.

A letter alone is prepared as it is (:mod:`congvan.pdf.engines.dxpdf.preparation`), a bundle form by form
(:mod:`congvan.pdf.engines.dxpdf.markup_skeleton`): the markup its letters share is prepared once, and kept for the next
bundle.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from congvan.errors import EngineError
from congvan.pdf.engine import Bundle
from congvan.pdf.engines.dxpdf.markup_skeleton import Forms, forms_of, without_holes
from congvan.pdf.engines.dxpdf.preparation import DOCUMENT, ENGINE, Manuscript, prepare
from congvan.support.untrusted_files import ARCHIVE_ERRORS

_KEPT: Final = 8
"""Templates at work at a time; the forms of each take some ten kilobytes."""


def manuscript_of(bundle: Bundle) -> Manuscript:
    """``bundle``, prepared.

    Raises:
        EngineError: when it is no Word document, or its letters count their pages and must be converted one by one.
    """
    parts = _read(bundle.docx)
    return _by_forms(parts, bundle.bookmarks) or prepare(parts, bundle.bookmarks, bundle.letters)


def _by_forms(parts: Mapping[str, bytes], bookmarks: Sequence[str]) -> Manuscript | None:
    """The letters filled into prepared forms; None for a letter alone, or a bundle of which no forms can be taken."""
    forms = _forms(parts, bookmarks) if len(bookmarks) > 1 else None
    if forms is None:
        return None
    others = tuple((name, part) for name, part in parts.items() if name != DOCUMENT)
    prepared = _prepared_form(others, forms.document, forms.bookmarks, len(bookmarks))
    filled = forms.filled(prepared.document)
    if filled is None:
        return None
    said = without_holes(prepared.said) + filled.said
    return replace(prepared, document=filled.document, stories=forms.stories(prepared.stories), said=said)


def _forms(parts: Mapping[str, bytes], bookmarks: Sequence[str]) -> Forms | None:
    try:
        return forms_of(parts.get(DOCUMENT, b"").decode(), bookmarks)
    except UnicodeDecodeError:  # another encoding, as an XML document may say at its beginning
        return None


@lru_cache(maxsize=_KEPT)
def _prepared_form(
    others: tuple[tuple[str, bytes], ...], document: str, bookmarks: tuple[str, ...], letters: int
) -> Manuscript:
    return prepare({**dict(others), DOCUMENT: document.encode()}, bookmarks, letters)


def _read(docx: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except ARCHIVE_ERRORS as error:
        raise EngineError(ENGINE, f"not a Word document: {error}") from None
