"""Detect the encoding of a text file: Unicode first, then the legacy encodings of Vietnamese offices."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from congvan.findings import Finding, Place, finding
from congvan.recipients.sources.sheet import unreadable
from congvan.text.legacy import ENCODINGS, Encoding, convert_legacy, vietnamese_share
from congvan.text.unicode_form import nfc

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAMPLE: Final = 20_000
_CHUNK: Final = 1 << 20
_MOSTLY_VIETNAMESE: Final = 0.5


@dataclass(frozen=True, slots=True)
class TextForm:
    """The encoding of a file.

    ``codec`` is Python's name of the encoding; ``has_separate_marks`` is True when it writes tone marks apart from
    their letters; ``findings`` are about the file.
    """

    codec: str
    has_separate_marks: bool = False
    findings: tuple[Finding, ...] = ()

    def lines(self, path: Path) -> Iterator[str]:
        """The lines of the file with their ends, composed (NFC) where the encoding writes marks apart.

        Raises:
            OSError: when the file cannot be read.
        """
        with path.open(encoding=self.codec, newline="") as stream:
            yield from map(nfc, stream) if self.has_separate_marks else stream


def text_form(path: Path, requested: Encoding | None = None) -> TextForm:
    """Detect the encoding of a file, which is read in chunks, never held in memory.

    UTF-8 and UTF-16 are read with or without their mark; other bytes as Windows-1258 where that gives
    Vietnamese, which is an info finding. Bytes typed in TCVN3 or VNI, and all others when ``requested``, stay as
    Windows shows them without the font; the reader of the cells converts them.

    Raises:
        UnreadableFileError: when no encoding gives Vietnamese.
        OSError: when the file cannot be read.
    """
    with path.open("rb") as stream:
        start = stream.read(_SAMPLE)
    unicode = _unicode_codec(start)
    if _decodes(path, unicode):
        return TextForm(unicode)
    if unicode != "utf-8":
        raise unreadable(path, "file-encoding")
    if requested:
        return TextForm("latin-1")
    text = start.decode("latin-1")
    share = vietnamese_share(nfc(start.decode("cp1258"))) if _decodes(path, "cp1258") else 0.0
    old_share = max(vietnamese_share(text, partial(convert_legacy, encoding=name)) for name in ENCODINGS)
    if max(share, old_share) < _MOSTLY_VIETNAMESE:
        raise unreadable(path, "file-encoding")
    if share < old_share:
        return TextForm("latin-1")
    return TextForm(
        "cp1258", has_separate_marks=True, findings=(finding("recipients-file-windows-1258", Place(file=path.name)),)
    )


def _unicode_codec(start: bytes) -> str:
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    even, odd = start[::2].count(0), start[1::2].count(0)
    if 4 * max(even, odd) > len(start):  # of two bytes a letter, ASCII leaves one empty
        return "utf-16-be" if even > odd else "utf-16-le"
    return "utf-8"


def _decodes(path: Path, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
