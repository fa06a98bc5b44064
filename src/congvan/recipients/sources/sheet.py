"""Sheets of cells as a file holds them, before the columns have a meaning.

Every format gives the same: rows of texts, each with the place where a person would look for it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from congvan.errors import UnreadableFileError
from congvan.findings import Finding, Place, finding
from congvan.recipients.sources.lost_letters import lost_letters, misread_utf_8
from congvan.text import unicode_form
from congvan.text.dates import short_date
from congvan.text.non_value import is_non_value

Cell: TypeAlias = "str | float | int | bool | Decimal | date | datetime | time | timedelta | None"
"""The values of a spreadsheet's cell and of a database's column."""

_ORDINARY: Final = re.compile("[ -~\n\u1ea0-\u1ef9ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư–—“”‘’…•°]*")

LONGEST: Final = 32_767
"""Characters of a value: what a cell of Excel holds."""

BY_YEAR: Final = frozenset({"so_bat_dau"})
"""The columns whose value may be a mapping, of years to numbers; it is read as ``2026:101, 2027:1``."""


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
    """The error for a file that cannot be read."""
    return UnreadableFileError(path, finding(f"recipients-{code}", None, **values))


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


@lru_cache(maxsize=16384)  # a list repeats its units in row after row: this saves time, and memory for the texts
def read_cell(written: str) -> tuple[str, tuple[Finding, ...]]:
    """Clean a cell's text; the findings about it have no place yet.

    The text is in NFC, without spaces at its ends, doubled spaces and invisible characters; lines stay
    lines. It is empty when the cell holds no value, has lost characters or is too long.
    """
    if len(written) > LONGEST:
        return "", (finding("recipients-value-too-long", characters=len(written), limit=LONGEST),)
    odd: tuple[Finding, ...] = ()
    if _ORDINARY.fullmatch(written):
        text = _spaced_once(written)
    else:
        if (meant := misread_utf_8(written)) is not None:
            return "", (finding("recipients-text-misread", value=written, read=meant),)
        text = _spaced_once(unicode_form.nfc(written).translate(unicode_form.WITHOUT_INVISIBLE))
        odd = unicode_form.findings(written.strip())
        if broken := sorted(set(filter(_is_broken, written))):
            return "", (finding("recipients-text-broken", codes=", ".join(f"U+{ord(sign):04X}" for sign in broken)),)
    if is_non_value(text):
        return "", (finding("recipients-not-a-value", value=text),)
    if "?" in text and (lost := lost_letters(text)):
        return "", (finding("recipients-letters-lost", value=text, words=lost),)
    return text, odd


def _spaced_once(text: str) -> str:
    if "\n" not in text and "\r" not in text:
        return " ".join(text.split())
    return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()


def _is_broken(sign: str) -> bool:
    """Control characters, the mark for a lost character, and those no character set defines."""
    return sign == "\ufffd" or (unicodedata.category(sign) in {"Cc", "Cs", "Co", "Cn"} and not sign.isspace())
