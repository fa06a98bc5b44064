"""Read lists in text files: values separated by commas, semicolons or tabs."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from congvan.findings import Finding, Place, finding
from congvan.recipients.sources.sheet import Sheet, SheetRow, system_error, unreadable
from congvan.text.formula import unescape_formula
from congvan.text.legacy import ENCODINGS, Encoding, convert_legacy, vietnamese_share
from congvan.text.unicode_form import nfc

_DELIMITERS: Final = ",;\t"
_ROWS_SAMPLED: Final = 50

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAMPLE: Final = 20_000
_CHUNK: Final = 1 << 20
_MOSTLY_VIETNAMESE: Final = 0.5


def read_csv(path: Path, encoding: Encoding | None = None) -> Sheet:
    """Read the rows of a csv file; the separator is the one that splits the first rows most evenly.

    ``encoding`` is the legacy font it was typed in, as for :func:`text_form`. The rows are read one by one.

    Raises:
        UnreadableFileError: when it is missing, locked, in no encoding congvan knows, or a quotation mark is
            left open.
    """
    try:
        form = text_form(path, encoding)
        delimiter = max(_DELIMITERS, key=lambda one: _evenness(path, form, one))
    except OSError as error:
        raise system_error(path, error) from error
    return Sheet(Place(file=path.name), _rows(path, form, delimiter), form.findings)


def _rows(path: Path, form: TextForm, delimiter: str) -> Iterator[SheetRow]:
    reader = csv.reader(form.lines(path), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            yield SheetRow(Place(file=path.name, row=number), [*map(unescape_formula, cells)])
    except csv.Error as error:
        raise unreadable(path, "csv-broken", line=reader.line_num, why=error) from error
    except UnicodeDecodeError as error:  # the file was replaced in the meantime
        raise unreadable(path, "file-encoding") from error
    except OSError as error:
        raise system_error(path, error) from error


def _evenness(path: Path, form: TextForm, delimiter: str) -> tuple[float, int]:
    """The share of the first rows that have the same number of cells, more than one, and what that number is."""
    reader = csv.reader(form.lines(path), delimiter=delimiter)
    try:
        widths = Counter(len(cells) for cells in islice(reader, _ROWS_SAMPLED) if cells)
    except csv.Error:  # a quotation mark that belongs to another separator
        return 0, 0
    return max(((rows / widths.total(), width) for width, rows in widths.items() if width > 1), default=(0, 0))


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
