"""Every error congvan raises on purpose, in one tree.

::

    CongvanError
    ├── ReportError            content that is wrong; carries a Report with every finding
    │   ├── TextError          a number or a date that cannot be read (text/refusal.py)
    │   ├── LetterError        a letter that cannot be one
    │   ├── DirectoryError     a list of recipients or of issuing bodies
    │   ├── CampaignError      a campaign file, or a plan that breaks its own order
    │   ├── TemplateError      a Word document that is not let in, a template, or a letter that does not fit it
    │   ├── RegisterError      a number that cannot be given, or a register that cannot be used
    │   └── ExecutorError      a cluster that cannot be used, or was lost
    ├── UnreadableFileError    a file that is missing, locked or of another format
    ├── EngineError            a PDF that could not be made
    └── WorkerLostError        a call that a worker process did not finish

This module imports nothing from the package, so that every other module may import it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from congvan.findings import Report


class CongvanError(Exception):
    """Anything congvan refuses to do; catch this to catch them all."""


class ReportError(CongvanError):
    """Content that is wrong. ``report`` holds every finding, not only the first."""

    def __init__(self, report: Report) -> None:
        super().__init__(report)
        self.report = report

    def __str__(self) -> str:
        return str(self.report)


class LetterError(ReportError, ValueError):
    """A letter that cannot be one: a part is missing, of the wrong type, or breaks the decree.

    It is a ``ValueError`` too, as a refused constructor argument usually is.
    """


class DirectoryError(ReportError):
    """A list of recipients or of issuing bodies with wrong rows."""


class CampaignError(ReportError):
    """A campaign file with wrong keys or values, or a plan that breaks the campaign's order."""


class TemplateError(ReportError):
    """A Word document that is not let in, a template with wrong tags, or a letter that lacks what it needs."""


class UnreadableFileError(CongvanError):
    """A file that is missing, locked or not of the format its name says.

    ``path`` is the file, ``reason`` a short sentence.
    """

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = Path(path)
        self.reason = reason


class RegisterError(ReportError):
    """A number that cannot be given, or a register that cannot be read or written."""


class EngineError(CongvanError):
    """A PDF engine that is missing or failed. ``engine`` is its name."""

    def __init__(self, engine: str, reason: str) -> None:
        super().__init__(f"{engine}: {reason}")
        self.engine = engine
        self.reason = reason


class ExecutorError(ReportError):
    """An executor that cannot be used, or a cluster that was lost while it rendered letters."""


class WorkerLostError(CongvanError):
    """A worker process that died, took too long or too much memory, or failed at its call."""
