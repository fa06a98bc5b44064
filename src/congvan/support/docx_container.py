"""Unpacks the zip a .docx is; its directory is checked before a byte is unpacked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Final

from congvan.errors import TemplateError, UnreadableFileError
from congvan.findings import Finding, Place, Report, finding
from congvan.support.untrusted_files import ARCHIVE_ERRORS, MEGABYTE, WORD_LIMIT

MAX_PARTS: Final = 4_000
"""Parts of a package; a letter has about twenty, a book with a picture on every page some hundreds."""

UNPACKED_LIMIT: Final = 200 * MEGABYTE
"""Bytes of all parts together."""

MAX_RATIO: Final = 200
"""Bytes a packed byte may expand to, beyond :data:`RATIO_CHECKED_FROM`; Word's own documents stay below fifty."""

RATIO_CHECKED_FROM: Final = 16 * MEGABYTE
"""Bytes up to which the ratio is not checked."""

_ENCRYPTED: Final = 0x1
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_OLE: Final = b"\xd0\xcf\x11\xe0"  # a .doc of Word 97, and any .docx with a password


def unpack(source: bytes, name: str) -> dict[str, bytes]:
    """Unpack the parts of the .docx ``source`` by their names, in order; ``name`` is the file in errors.

    Raises:
        UnreadableFileError: when it is no zip, or a damaged one.
        TemplateError: with everything that makes it a trap: too large, too dense, too many parts, parts of one name,
            names that leave the package, encrypted parts.
    """
    place = Place(file=name)
    if source.startswith(_OLE):
        raise TemplateError(Report((finding("intake-encrypted", place),)))
    if len(source) > WORD_LIMIT:
        raise TemplateError(Report((_too_large(place, WORD_LIMIT),)))
    if source.count(b"PK\1\2") > MAX_PARTS:  # counted before they are listed, which takes memory for each
        raise TemplateError(Report((finding("intake-too-many-parts", place, limit=MAX_PARTS),)))
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()]
            Report.of(_traps(parts, len(source), place)).raise_errors(TemplateError)
            return {part.filename: archive.read(part) for part in parts}
    except (*ARCHIVE_ERRORS, ValueError, OSError) as error:
        raise UnreadableFileError(name, finding("error-file-not-word", why=error)) from None


def _traps(parts: Sequence[zipfile.ZipInfo], packed: int, place: Place) -> Iterator[Finding]:
    size = sum(part.file_size for part in parts)
    if size > UNPACKED_LIMIT or (size > RATIO_CHECKED_FROM and size > packed * MAX_RATIO):
        yield _too_large(place, min(UNPACKED_LIMIT, max(RATIO_CHECKED_FROM, packed * MAX_RATIO)))
    seen: set[str] = set()
    for part in parts:
        if part.filename.casefold() in seen:
            yield finding("intake-part-twice", place, part=part.filename)
        seen.add(part.filename.casefold())
        if _leaves_folder(part):
            yield finding("intake-part-name", place, part=part.orig_filename)
        if part.flag_bits & _ENCRYPTED or part.compress_type not in _METHODS:
            yield finding("intake-encrypted", place)


def _leaves_folder(part: zipfile.ZipInfo) -> bool:
    """True for a part whose name leaves the folder the package is unpacked in, or can be read as two names."""
    name = part.orig_filename
    is_ambiguous = "\\" in name or ":" in name or not name.isprintable() or name != part.filename
    return is_ambiguous or name.startswith("/") or not {"", ".", ".."}.isdisjoint(name.split("/"))


def _too_large(place: Place, limit: int) -> Finding:
    return finding("intake-too-large", place, limit=limit // MEGABYTE)
