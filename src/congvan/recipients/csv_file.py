"""Lists kept as text: values separated by commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from congvan.findings import Place
from congvan.recipients.encoding import decoded
from congvan.recipients.sheet import Sheet, SheetRow, system_error, unreadable
from congvan.text.formula import unguarded
from congvan.text.legacy import Encoding

_DELIMITERS: Final = ",;\t"
_ROWS_LOOKED_AT: Final = 50


def read_csv(path: Path, encoding: Encoding | None = None) -> Sheet:
    """The rows of a csv file; the separator is the one that cuts the first rows most evenly.

    ``encoding`` says in which old font's code it was typed, as for :func:`congvan.recipients.encoding.decoded`.

    Raises:
        UnreadableFileError: when it is missing, locked, in no encoding congvan knows, or a quotation mark is
            left open.
    """
    try:
        text, findings = decoded(path, path.read_bytes(), encoding)
    except OSError as error:
        raise system_error(path, error) from error
    return Sheet(Place(file=path.name), _rows(path, text), findings)


def _rows(path: Path, text: str) -> Iterator[SheetRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            yield SheetRow(Place(file=path.name, row=number), [*map(unguarded, cells)])
    except csv.Error as error:
        raise unreadable(path, "csv-broken", line=reader.line_num, why=error) from error


def _delimiter(text: str) -> str:
    return max(_DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[float, int]:
    """The share of the first rows that have the same number of cells, more than one, and what that number is."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        widths = Counter(len(cells) for cells in islice(reader, _ROWS_LOOKED_AT) if cells)
    except csv.Error:  # a quotation mark that belongs to another separator
        return 0, 0
    return max(((rows / widths.total(), width) for width, rows in widths.items() if width > 1), default=(0, 0))
