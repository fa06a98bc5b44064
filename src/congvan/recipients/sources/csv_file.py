"""Read lists in text files: values separated by commas, semicolons or tabs."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from congvan.findings import Place
from congvan.recipients.sources.encoding import TextForm, text_form
from congvan.recipients.sources.sheet import Sheet, SheetRow, system_error, unreadable
from congvan.text.formula import unescape_formula
from congvan.text.legacy import Encoding

_DELIMITERS: Final = ",;\t"
_ROWS_SAMPLED: Final = 50


def read_csv(path: Path, encoding: Encoding | None = None) -> Sheet:
    """Read the rows of a csv file; the separator is the one that splits the first rows most evenly.

    ``encoding`` is the legacy font it was typed in, as for
    :func:`congvan.recipients.sources.encoding.text_form`. The rows are read one by one.

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
