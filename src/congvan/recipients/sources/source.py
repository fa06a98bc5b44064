"""Where recipients come from: files, databases, or an office system's own objects, all asked in one way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final, Protocol, TypeAlias, runtime_checkable

from congvan.errors import DirectoryError
from congvan.findings import Report, finding
from congvan.recipients.columns import KNOWN_COLUMNS, column_name
from congvan.recipients.sources.allowed_databases import AllowedDatabases
from congvan.recipients.sources.csv_file import read_csv
from congvan.recipients.sources.sheet import Sheet, SheetRow, system_error, unreadable
from congvan.recipients.sources.workbook import read_workbook
from congvan.recipients.sources.yaml_file import read_yaml
from congvan.support.untrusted_files import LIST_LIMIT, require_ordinary_file
from congvan.text.legacy import Encoding, convert_legacy

_WORKBOOKS: Final = (".xlsx", ".xlsm", ".xls", ".ods")
SUFFIXES: Final = (".csv", ".tsv", ".txt", *_WORKBOOKS, ".yaml", ".yml")
"""The endings of the files congvan reads."""

_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_UNICODE_WORDS: Final = frozenset({"thôn", "làng", "xóm", "buôn", "sóc", "khóm", "xã", "ông", "bà"})
"""Words lists begin their cells with; in an old font's code these letters would make no word."""


@runtime_checkable
class RecipientSource(Protocol):
    """Rows with places, whatever holds them; an office system plugs in by giving these two.

    ``name`` is what findings call it; no password is part of it. ``sheets`` gives its tables, nearly always one,
    whose rows are read once, one by one; it raises a :class:`~congvan.errors.CongvanError` when it cannot, and so may
    the rows.
    """

    @property
    def name(self) -> str: ...

    def sheets(self) -> Sequence[Sheet]: ...


Listed: TypeAlias = Path | str | RecipientSource
"""A list of recipients as a caller names it: a file, the address of a query, or a source of one's own."""


@dataclass(frozen=True, slots=True)
class ListFile:
    """A list in a file; ``sheet`` is the one sheet of a workbook to read, ``encoding`` the old font it is typed in."""

    path: Path
    sheet: str | None = None
    encoding: Encoding | None = None

    @property
    def name(self) -> str:
        return self.path.name

    def sheets(self) -> Sequence[Sheet]:
        """The visible sheets, or the one asked for; a file that is no workbook has one.

        Raises:
            UnreadableFileError: when the file cannot be read at all.
        """
        encoding = self.encoding
        return [_converted(one, encoding) for one in self._as_written()] if encoding else self._as_written()

    def _as_written(self) -> Sequence[Sheet]:
        path = self.path
        if self.sheet is not None and path.suffix.lower() not in _WORKBOOKS:
            raise unreadable(path, "sheet-of-no-workbook", sheet=self.sheet)
        if path.suffix.lower() in SUFFIXES:
            _require_list(path)
        match path.suffix.lower():
            case ".csv" | ".tsv" | ".txt":
                return (read_csv(path, self.encoding),)
            case suffix if suffix in _WORKBOOKS:
                return read_workbook(path, self.sheet)
            case ".yaml" | ".yml":
                return (read_yaml(path),)
            case suffix:
                raise unreadable(path, "file-suffix", suffix=suffix or path.name, known=", ".join(SUFFIXES))


def is_address(listed: object) -> bool:
    """Whether a list is named by an address: ``postgresql://…``, ``sqlite:///…``."""
    return isinstance(listed, str) and bool(_ADDRESS.match(listed))


def recipient_source(
    listed: Listed,
    *,
    sheet: str | None = None,
    encoding: Encoding | None = None,
    folder: Path | None = None,
    allowed: AllowedDatabases | None = None,
) -> RecipientSource:
    """The source a list's name means; relative paths start from ``folder``.

    ``allowed`` are the databases an address may lead to; None for an address of the caller's own.

    Raises:
        DirectoryError: for an address that is none or not allowed, or a sheet or encoding asked of what is no file.
    """
    if isinstance(listed, Path) or (isinstance(listed, str) and not is_address(listed)):
        return ListFile((folder or Path()) / listed, sheet, encoding)
    source = _query(listed, folder, allowed) if isinstance(listed, str) else listed
    if sheet or encoding:
        raise DirectoryError(Report((finding("recipients-choice-of-files", None, source=source.name),)))
    return source


def _query(address: str, folder: Path | None, allowed: AllowedDatabases | None) -> RecipientSource:
    from congvan.recipients.sources.database_query import DatabaseQuery

    return DatabaseQuery.at(address, folder, allowed)


def _require_list(path: Path) -> None:
    """See that ``path`` is a file that can be read to its end."""
    try:
        require_ordinary_file(path, LIST_LIMIT)
    except OSError as error:
        raise system_error(path, error) from error


def _converted(sheet: Sheet, encoding: Encoding) -> Sheet:
    return replace(sheet, rows=_in_unicode(sheet, encoding))


def _in_unicode(sheet: Sheet, encoding: Encoding) -> Iterator[SheetRow]:
    for row in sheet.rows:
        yield SheetRow(row.place, [_cell_in_unicode(written, encoding) for written in row.cells])


@lru_cache(maxsize=16384)  # a list repeats its units in row after row
def _cell_in_unicode(written: str, encoding: Encoding) -> str:
    """A cell converted, unless it begins like a list in Unicode: a header typed anew over an old list."""
    words = written.lower().split(maxsplit=1)
    if written.isascii() or not words or words[0] in _UNICODE_WORDS or column_name(written) in KNOWN_COLUMNS:
        return written
    return convert_legacy(written, encoding)
