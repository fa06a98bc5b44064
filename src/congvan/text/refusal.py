"""Refusing a value that is not the number, date or wording it should be."""

from __future__ import annotations

from congvan.errors import ReportError
from congvan.findings import Report, finding


class TextError(ReportError, ValueError):
    """A text or value that cannot be read as what it should be; ``report`` holds the finding.

    It is a ``ValueError`` too, as a refused argument usually is.
    """


def refusal(code: str, **values: object) -> TextError:
    """The error to raise for the finding ``code``, one of ``findings/text.toml``."""
    return TextError(Report((finding(code, None, **values),)))
