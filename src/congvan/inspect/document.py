"""Any letter as facts: a .docx or a .pdf, recognised by its content, not by its name; a .doc through LibreOffice.

::

    letter = congvan.facts("cong-van.pdf")
    letter.sheets[0].margins.left                     # mm
    parts = congvan.components(letter)
    parts["quoc_hieu"].lines[0].font.size             # pt
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from congvan.errors import EngineError, UnreadableFileError, WorkerLostError
from congvan.findings import finding
from congvan.inspect.components import Components
from congvan.inspect.components import components as _components
from congvan.inspect.model import DocumentFacts
from congvan.support.processes.warm_processes import TIME_LIMIT, call_within
from congvan.support.untrusted_files import MEGABYTE, read_untrusted

_PDF_BEGINS_WITHIN: Final = 1024
"""Bytes; programs accept what stands before the mark of a PDF (ISO 32000-1, annex H)."""
_LIMIT: Final = 256 * MEGABYTE
"""Bytes of a letter; one with scanned annexes may have a hundred million."""

_SECONDS: Final = 30.0
"""Seconds for a letter of any size; an ordinary one takes less than half a second."""
_SECONDS_A_MEGABYTE: Final = 20.0
"""Seconds on top for each megabyte of the file; a print file of a hundred letters has two."""
_COMPOUND_FILE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_STREAM: Final = "WordDocument".encode("utf-16-le")
"""The stream of the text of a .doc (MS-DOC, 2.1.1); an encrypted .docx is a compound file too, without it."""
_MODULES: Final = ("congvan.inspect.pdf.facts", "congvan.inspect.docx.facts")


def facts(
    source: Path | str | bytes, name: Path | str | None = None, *, time_limit: float | None = TIME_LIMIT
) -> DocumentFacts:
    """Measure a letter: paper, lines, fonts, rules, positions; ``name`` is what errors call bytes.

    A worker process reads it, kept warm for the next call, and is ended after ``time_limit`` seconds, or sooner where
    it asks for too much for its size. With None it is read in this process, which cannot be ended.

    Raises:
        UnreadableFileError: when the file is missing or damaged, is neither .docx nor .pdf, takes too long or too much
            memory, or is a .doc where no LibreOffice is installed.
        TemplateError: when a .docx is refused for what it holds: macros, a password, traps.
    """
    label = name or (source if isinstance(source, (Path, str)) else "file")
    content = source if isinstance(source, bytes) else _bytes_of(Path(source))
    if _is_word_97(content):
        content = _docx_of_word_97(content, label)
    if time_limit is not None:
        time_limit = min(time_limit, _SECONDS + _SECONDS_A_MEGABYTE * len(content) / MEGABYTE)
    try:
        return call_within(time_limit, _read, content, label, modules=_MODULES)
    except WorkerLostError as error:
        raise UnreadableFileError(label, str(error)) from error


def _read(content: bytes, label: Path | str) -> DocumentFacts:
    if b"%PDF-" in content[:_PDF_BEGINS_WITHIN]:
        from congvan.inspect.pdf.facts import read

        return read(content, label)
    from congvan.inspect.docx.facts import read as read_docx

    return read_docx(content, label)


def components(letter: DocumentFacts) -> Components:
    """Find the decree's components among the lines of a letter, by wording and position."""
    return _components(letter)


def _bytes_of(path: Path) -> bytes:
    try:
        return read_untrusted(path, _LIMIT)
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or str(error)) from error


def _is_word_97(content: bytes) -> bool:
    """True for a document of the old kind, by its content."""
    return content.startswith(_COMPOUND_FILE) and _TEXT_STREAM in content


def _docx_of_word_97(content: bytes, label: Path | str) -> bytes:
    """The document as LibreOffice saves it in the new form; ``label`` is what errors call it.

    Raises:
        UnreadableFileError: where no LibreOffice is installed, or it cannot read the document.
    """
    from congvan.pdf.engines.libreoffice.engine import open_engine

    try:
        return open_engine().docx_of(content)
    except EngineError as error:
        raise UnreadableFileError(label, finding("error-file-word-97", why=error.reason)) from error
