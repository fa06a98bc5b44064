"""Cells a spreadsheet program would take for formulas, kept as text.

A csv file has no types: Excel runs ``=HYPERLINK(…)`` from a name as readily as from its owner's own hand. Such a cell
gets the apostrophe Excel itself puts before a text, and loses it again when congvan reads it.
"""

from __future__ import annotations

import re
from typing import Final

# The last four are the wide forms Excel reads as the same signs in East Asian settings.
_FORMULA: Final = re.compile("'*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")


def guarded(cell: str) -> str:
    """``cell`` as it is written to a csv file."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """``cell`` as it was before :func:`guarded`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
