"""The known names, and the nearest one, for a finding about an unknown name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def did_you_mean(value: str, known: Iterable[str]) -> dict[str, str]:
    """Values for a finding about ``value``: all ``known`` names, and the ``near``-est."""
    names = list(known)
    nearest = difflib.get_close_matches(value, names, n=1, cutoff=0.0)
    return {"known": ", ".join(names) or "—", "near": nearest[0] if nearest else "—"}
