"""The libraries of the extra ``congvan[calendar]``, which the main job never needs."""

from __future__ import annotations

from importlib.util import find_spec

from congvan.errors import ReportError
from congvan.findings import Report, finding


def require_extra(library: str) -> None:
    """Check that ``library`` is installed.

    Raises:
        ReportError: when it is not, with the command that installs it.
    """
    if find_spec(library) is None:
        raise ReportError(Report((finding("office-extra-missing", library=library),)))
