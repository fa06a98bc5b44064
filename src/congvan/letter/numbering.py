"""Number and symbol of a document (Decree 30/2020, Annex I, part II, item 3)."""

from __future__ import annotations

from typing import Final

BLANK_NUMBER: Final = "\u00a0" * 8
"""Room to write a number by hand; no-break spaces, so that the line never breaks in the gap."""


def so_ky_hieu(so: int | None, ky_hieu: str) -> str:
    """``465/PCTH-KD``; a number below 10 has a leading zero, an open one is blank."""
    return f"{BLANK_NUMBER if so is None else f'{so:02}'}/{ky_hieu}"
