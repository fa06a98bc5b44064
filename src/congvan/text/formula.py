"""Cells a spreadsheet program would take for formulas, escaped.

A csv file has no types: Excel runs ``=HYPERLINK(…)`` from a name as readily as from its owner's own hand. Such a cell
gets the apostrophe Excel itself puts before a text, and loses it again when congvan reads it.
"""

from __future__ import annotations

import re
from typing import Final

# The last four are the wide forms Excel reads as the same characters in East Asian settings.
_FORMULA: Final = re.compile("'*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")


def escape_formula(cell: str) -> str:
    """Put an apostrophe before a cell that looks like a formula, for a csv file."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unescape_formula(cell: str) -> str:
    """Undo :func:`escape_formula`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
