"""One PDF a tier for the printer: every letter starts on a new sheet and has a bookmark.

Letters of plain text are put together as they lie in their files, with one font for all cuts of a face
(:mod:`congvan.pdf.print.merged_text`); as soon as there is another among them, all are copied object by object
(:mod:`congvan.pdf.print.merged_objects`), which takes longer. Either way the file grows with the text, not with the
letters.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from pikepdf import PdfError

from congvan.errors import EngineError
from congvan.pdf.print.merged_objects import merge_objects
from congvan.pdf.print.merged_text import NotTextLetterError, merge_text_letters
from congvan.support.files import writing


def write_print_file(target: Path | BinaryIO, letters: Iterable[tuple[str, bytes]], *, duplex: bool = True) -> int:
    """Write ``letters`` (bookmark and PDF of each) one after another for printing, on both sides with ``duplex``.

    On both sides a letter with an odd number of pages is followed by a blank one of its size. A path is written
    atomically; a file must be seekable. Letters are read one at a time, and from the first again if need be. Returns
    the number of pages, blank ones included.

    Raises:
        EngineError: when a letter's PDF cannot be read, or the file cannot be written.
    """
    try:
        if not isinstance(target, Path):
            return _written(target, letters, duplex=duplex)
        with writing(target) as file:
            return _written(file, letters, duplex=duplex)
    except (PdfError, OSError) as error:
        raise EngineError("print file", str(error)) from error


def _written(file: BinaryIO, letters: Iterable[tuple[str, bytes]], *, duplex: bool) -> int:
    try:
        return merge_text_letters(file, letters, duplex=duplex)
    except NotTextLetterError:
        file.seek(0)
        file.truncate()
        return _bound(file, letters, duplex=duplex)


def _bound(file: BinaryIO, letters: Iterable[tuple[str, bytes]], *, duplex: bool) -> int:
    """In memory first: pikepdf ends the whole process when what it writes to is a full disk."""
    held = BytesIO()
    pages = merge_objects(held, letters, duplex=duplex)
    file.write(held.getbuffer())
    return pages
