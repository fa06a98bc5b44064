"""Any letter as facts: a .docx or a .pdf, recognised by its content, not by its name.

::

    letter = congvan.facts("cong-van.pdf")
    letter.sheets[0].margins.left                     # mm
    parts = congvan.components(letter)
    parts["quoc_hieu"].lines[0].font.size             # pt
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from congvan.errors import UnreadableFileError
from congvan.inspect.components import Components
from congvan.inspect.components import components as _components
from congvan.inspect.model import DocumentFacts
from congvan.support.untrusted_files import MEGABYTE, read_untrusted

_PDF_BEGINS_WITHIN: Final = 1024
"""Bytes; programs accept what stands before the mark of a PDF (ISO 32000-1, annex H)."""
_LIMIT: Final = 256 * MEGABYTE
"""Bytes of a letter; one with scanned annexes may have a hundred million."""


def facts(source: Path | str | bytes, name: Path | str | None = None) -> DocumentFacts:
    """Measure a letter: paper, lines, fonts, rules, positions; ``name`` is what errors call bytes.

    Raises:
        UnreadableFileError: when the file is missing or damaged, or is neither .docx nor .pdf.
        TemplateError: when a .docx is refused for what it holds: macros, a password, traps.
    """
    label = name or (source if isinstance(source, (Path, str)) else "file")
    content = source if isinstance(source, bytes) else _bytes_of(Path(source))
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
