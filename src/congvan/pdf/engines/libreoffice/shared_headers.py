"""A bundle whose sections do not each bring the same headers and footers.

Every letter is a section and names the headers of its template. LibreOffice reads them anew each time, which is a
quarter of its work; a section that names none has those of the section before (ISO/IEC 29500-1, 17.10.5).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Final

_DOCUMENT: Final = "word/document.xml"
_SECTION: Final = re.compile(rb"<w:sectPr\b[^>]*(?<!/)>.*?</w:sectPr>", re.DOTALL)
_NAMED: Final = re.compile(rb"<w:(header|footer)Reference\b[^>]*/>")
_TYPE: Final = re.compile(rb'\bw:type="(\w+)"')
_TRACKED: Final = b"<w:sectPrChange"
_QUICK: Final = 1  # a file that is read once, by a program beside this one


def dedupe_headers(docx: bytes) -> bytes:
    """``docx`` with headers and footers named where they begin or change, and nowhere else.

    What is no .docx stays as it is.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except zipfile.BadZipFile:
        return docx
    document = parts.get(_DOCUMENT, b"")
    lean = document if _TRACKED in document else _once(document)
    return docx if lean == document else _zipped({**parts, _DOCUMENT: lean})


def _once(document: bytes) -> bytes:
    known: dict[tuple[bytes, bytes], bytes] = {}

    def lean(section: re.Match[bytes]) -> bytes:
        own = {(found[1], _type(found[0])): found[0] for found in _NAMED.finditer(section[0])}
        new = {use: reference for use, reference in own.items() if known.get(use) != reference}
        known.update(new)
        return _NAMED.sub(lambda found: found[0] if found[0] in new.values() else b"", section[0])

    return _SECTION.sub(lean, document)


def _type(reference: bytes) -> bytes:
    found = _TYPE.search(reference)
    return found[1] if found else b"default"


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_QUICK) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return target.getvalue()
