"""Convert a list to a file that every program reads: Unicode, one sheet, every cell filled."""

from __future__ import annotations

from pathlib import Path

from congvan.errors import DirectoryError
from congvan.findings import Report
from congvan.recipients.columns import KNOWN_COLUMNS, column_name
from congvan.recipients.lists.list_file import write_list
from congvan.recipients.sources.source import Listed, recipient_source
from congvan.recipients.table.recipient_rows import RecipientRows
from congvan.recipients.table.table import open_table
from congvan.text.legacy import Encoding


def convert_list(
    source: Listed, target: Path | str, *, encoding: Encoding | None = None, sheet: str | None = None
) -> tuple[int, Report]:
    """Write the list in ``source`` to ``target``, .xlsx or .csv, under the titles it has.

    Texts are converted from ``encoding``, if that is set, composed and spaced once, units filled down; titles,
    totals and repeated headers are left out. Nothing else is changed. Returns the number of rows and the findings.

    Raises:
        DirectoryError: when something in the list is an error; then nothing is written.
        UnreadableFileError: when a file cannot be read or written.
    """
    origin = recipient_source(source, sheet=sheet, encoding=encoding)
    table = open_table(origin, naming=column_name, expected=KNOWN_COLUMNS)
    rows = [row.values for row in RecipientRows(table)]
    report = table.log.report()
    report.raise_errors(DirectoryError)
    columns = list(table.headers)
    cells = [[values.get(name, "") for name in columns] for values in rows]
    write_list(Path(target), list(table.headers.values()), cells)
    return len(rows), report
