"""Prepares a bundle for the embedded engine.

A letter alone is prepared as it is (:mod:`congvan.pdf.engines.dxpdf.preparation`), a bundle skeleton by skeleton
(:mod:`congvan.pdf.engines.dxpdf.markup_skeleton`): the markup its letters share is prepared once and
cached for the next bundle.
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
from congvan.pdf.engines.dxpdf import ENGINE
from congvan.pdf.engines.dxpdf.markup_skeleton import BundleMarkup, split_markup, without_slots
from congvan.pdf.engines.dxpdf.preparation import DOCUMENT, PreparedDocx, prepare
from congvan.support.untrusted_files import ARCHIVE_ERRORS

_CACHED_TEMPLATES: Final = 8
"""Templates at work at a time; the markup of each take some ten kilobytes."""


def prepare_bundle(bundle: Bundle) -> PreparedDocx:
    """``bundle``, prepared.

    Raises:
        EngineError: when it is no Word document, or its letters count their pages and must be converted one by one.
    """
    parts = _read(bundle.docx)
    return _prepare_by_skeletons(parts, bundle.bookmarks) or prepare(parts, bundle.bookmarks, bundle.letters)


def _prepare_by_skeletons(parts: Mapping[str, bytes], bookmarks: Sequence[str]) -> PreparedDocx | None:
    """The letters filled into prepared markup; None for a letter alone, or a bundle of which no markup can be taken."""
    markup = _split(parts, bookmarks) if len(bookmarks) > 1 else None
    if markup is None:
        return None
    others = tuple((name, part) for name, part in parts.items() if name != DOCUMENT)
    prepared = _prepare_skeletons(others, markup.document, markup.bookmarks, len(bookmarks))
    filled = markup.filled(prepared.document)
    if filled is None:
        return None
    text = without_slots(prepared.text) + filled.text
    return replace(
        prepared, document=filled.document, letter_texts=markup.letter_texts(prepared.letter_texts), text=text
    )


def _split(parts: Mapping[str, bytes], bookmarks: Sequence[str]) -> BundleMarkup | None:
    try:
        return split_markup(parts.get(DOCUMENT, b"").decode(), bookmarks)
    except UnicodeDecodeError:  # another encoding, as an XML document may say at its beginning
        return None


@lru_cache(maxsize=_CACHED_TEMPLATES)
def _prepare_skeletons(
    others: tuple[tuple[str, bytes], ...], document: str, bookmarks: tuple[str, ...], letters: int
) -> PreparedDocx:
    return prepare({**dict(others), DOCUMENT: document.encode()}, bookmarks, letters)


def _read(docx: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except ARCHIVE_ERRORS as error:
        raise EngineError(ENGINE, f"not a Word document: {error}") from None
