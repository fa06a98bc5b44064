"""The error for a value that is not the number, date or word it should be."""

from __future__ import annotations

from congvan.errors import TextError
from congvan.findings import Report, finding


def text_error(code: str, **values: object) -> TextError:
    """The error to raise for the finding ``code``, one of ``findings/text.toml``."""
    return TextError(Report((finding(code, None, **values),)))
