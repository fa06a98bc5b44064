"""The text of a file whose encoding nobody wrote down: Unicode first, then what Vietnamese offices used before."""

from __future__ import annotations

import codecs
from functools import partial
from pathlib import Path
from typing import Final

from congvan.findings import Finding, Place, finding
from congvan.recipients.sheet import unreadable
from congvan.text.legacy import ENCODINGS, Encoding, converted, vietnamese_share
from congvan.text.unicode_form import nfc

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LOOKED_AT: Final = 20_000
_ENOUGH: Final = 0.5


def decoded(path: Path, data: bytes, asked: Encoding | None = None) -> tuple[str, tuple[Finding, ...]]:
    """The text of a file and what is to be said about its encoding.

    UTF-8 and UTF-16 are read with or without their mark; other bytes as Windows-1258 where that gives
    Vietnamese, which is an info finding. Bytes typed in TCVN3 or VNI, and all others when ``asked`` for, stay as
    Windows shows them without the font; converting them is the business of whoever reads the cells.

    Raises:
        UnreadableFileError: when no encoding gives Vietnamese.
    """
    unicode = _unicode_encoding(data)
    try:
        return data.decode(unicode), ()
    except UnicodeDecodeError as error:
        if unicode != "utf-8":
            raise unreadable(path, "file-encoding") from error
    shown = data.decode("latin-1")
    if asked:
        return shown, ()
    windows = _windows_1258(data)
    share = vietnamese_share(windows[:_LOOKED_AT]) if windows else 0.0
    old_share = max(vietnamese_share(shown[:_LOOKED_AT], partial(converted, encoding=name)) for name in ENCODINGS)
    if max(share, old_share) < _ENOUGH:
        raise unreadable(path, "file-encoding")
    if windows is None or share < old_share:
        return shown, ()
    return windows, (finding("recipients-file-windows-1258", Place(file=path.name)),)


def _unicode_encoding(data: bytes) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    start = data[:_LOOKED_AT]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if 4 * max(even, odd) > len(start):  # of two bytes a letter, ASCII leaves one empty
        return "utf-16-be" if even > odd else "utf-16-le"
    return "utf-8"


def _windows_1258(data: bytes) -> str | None:
    """The text in the form congvan keeps; this encoding writes tone marks apart."""
    try:
        return nfc(data.decode("cp1258"))
    except UnicodeDecodeError:
        return None
