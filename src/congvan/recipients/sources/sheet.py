"""Sheets of cells as a file holds them, before the columns have a meaning.

Every format gives the same: rows of texts, each with the place where a person would look for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple, TypeAlias

from congvan.errors import UnreadableFileError
from congvan.findings import Finding, Place, finding
from congvan.text.dates import short_date

Cell: TypeAlias = "str | float | int | bool | Decimal | date | datetime | time | timedelta | None"
"""The values of a spreadsheet's cell and of a database's column."""


class SheetRow(NamedTuple):
    """One row: its place in the file, and its cells as texts."""

    place: Place
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file, of one sheet of a workbook or of a query, from the top; to be read once.

    ``findings`` are about values the format had to leave out. ``has_titles`` is True when the first row is certain
    to name the columns; otherwise the header is looked for.
    """

    place: Place
    rows: Iterable[SheetRow]
    findings: tuple[Finding, ...] = ()
    has_titles: bool = False


def cell_text(value: Cell) -> str:
    """A cell's value as a person sees it: whole numbers without ``.0``, a decimal comma, ``05/3/2021``."""
    match value:
        case bool():
            return str(value).upper()
        case float():
            return str(int(value)) if value.is_integer() else repr(value).replace(".", ",")
        case Decimal():
            return f"{value:f}".replace(".", ",") if value % 1 else f"{value:.0f}"
        case date():
            hour = f" {value:%H:%M}" if isinstance(value, datetime) and value.time() != time() else ""
            return f"{short_date(value.year, value.month, value.day)}{hour}"
        case _:
            return "" if value is None else str(value)


def unreadable(path: Path, code: str, **values: object) -> UnreadableFileError:
    """The error for a file that cannot be read, its reason in the language in force."""
    return UnreadableFileError(path, finding(f"recipients-{code}", None, **values).message)


def system_error(path: Path, error: OSError) -> UnreadableFileError:
    """The error for a file that the operating system does not open."""
    match error:
        case FileNotFoundError():
            return unreadable(path, "file-missing")
        case IsADirectoryError():
            return unreadable(path, "file-is-folder")
        case PermissionError():
            return unreadable(path, "file-locked")
        case _:
            return unreadable(path, "file-broken", why=error.strerror or str(error))
