"""Hide the values of persons in findings: on screens, in logs and mails rows and columns are enough."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from congvan.findings import Finding, Report
from congvan.recipients.columns import column_name
from congvan.recipients.recipient import Recipient

HIDDEN: Final = "…"
"""The text in place of a hidden value."""

_OPEN_COLUMNS: Final = frozenset(
    {"stt", "ma", "ma_cu", "dot_gui", "ten", "thon", "loai", "nhom", "so_ho"}
    | {f"{before}{level}" for before in ("", "ma_") for level in ("tinh", "huyen", "xa")}
)
_TITLES: Final = frozenset({"ong_ba", "chuc_danh", "ten_rieng", "khuyet"})
"""Columns about a person that are said of many."""

_VALUES_OF_CELLS: Final = frozenset({"value", "read", "name", "words", "preview", "text", "titles"})
_ROWS_OF_ANYTHING: Final = frozenset(
    {"recipients-row-beside", "recipients-row-signature", "recipients-heading-changed"}
)


def without_personal_values(report: Report) -> Report:
    """Copy a report with :data:`HIDDEN` in place of the values of cells about persons.

    Names of units, hamlets and bodies, codes and titles stay: they are not personal.
    """
    return Report.of(_hidden(found) if _is_personal(found) else found for found in report)


def personal_values(recipient: Recipient) -> frozenset[str]:
    """What a list says of the person at ``recipient``: name, telephone and whatever else is no unit, code or title."""
    open_columns = _OPEN_COLUMNS | _TITLES
    return frozenset(value for column, value in recipient.truong.items() if value and column not in open_columns)


def _is_personal(found: Finding) -> bool:
    column = found.place.column
    return column_name(column) not in _OPEN_COLUMNS if column else found.code in _ROWS_OF_ANYTHING


def _hidden(found: Finding) -> Finding:
    values = {name: HIDDEN if name in _VALUES_OF_CELLS else value for name, value in found.values.items()}
    return replace(found, values=values)
