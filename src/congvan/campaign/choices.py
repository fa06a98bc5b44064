"""What could have been meant by a name that is not known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def choices(value: str, known: Iterable[str]) -> dict[str, str]:
    """For a finding about ``value``: everything ``known``, and the ``near``-est of it."""
    names = list(known)
    nearest = difflib.get_close_matches(value, names, n=1, cutoff=0.0)
    return {"known": ", ".join(names) or "—", "near": nearest[0] if nearest else "—"}
