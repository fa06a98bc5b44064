"""Every error congvan raises on purpose, in one tree.

::

    CongvanError
    ├── ReportError            content that is wrong; carries a Report with every finding
    │   ├── TextError          a number, a date or a wording that cannot be read
    │   ├── LetterError        a letter that lacks a part, or breaks the decree
    │   ├── DirectoryError     a list of recipients or of issuing bodies
    │   ├── CampaignError      a campaign file, or a plan that breaks its own order
    │   ├── TemplateError      a Word document that is refused, a template, or a letter that does not fit it
    │   ├── RegisterError      a number that cannot be given, or a register that cannot be used
    │   ├── ExecutorError      a cluster that cannot render letters
    │   └── OutputError        a file of the output folder that cannot be written
    ├── UnreadableFileError    a file that is missing, locked or of another format
    ├── EngineError            a PDF that could not be made
    │   └── LostWordsError     pages that do not show the words of the letter; carries a Report
    ├── RunCancelledError      a run that its caller has cancelled
    └── WorkerLostError        a worker process that died, or took too long or too much memory

They travel: each can be pickled and deep-copied, so that a process pool hands it on as it was raised.
Beside findings, this module imports nothing from the package, so that every other module may import it.
"""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any, Final

from congvan.findings import Finding, Report, finding

_DISK_FULL: Final = {errno.ENOSPC, errno.EFBIG} | {getattr(errno, "EDQUOT", errno.ENOSPC)}
_DISK_FAULTS: Final = _DISK_FULL | {errno.EROFS, errno.EIO}
"""Faults of the disk, not of one file: writing the next file would fail too."""


class CongvanError(Exception):
    """Anything congvan refuses to do; catch this to catch them all."""

    def __reduce__(self) -> tuple[Any, ...]:
        # Exception.__reduce__ calls the class with `args`, which are the message; most constructors here take more.
        return _recreate, (type(self), self.args), self.__dict__


def _recreate(kind: type[CongvanError], args: tuple[Any, ...]) -> CongvanError:
    """Make an error without calling its constructor; unpickling adds the attributes."""
    return kind.__new__(kind, *args)


class ReportError(CongvanError):
    """Content that is wrong. ``report`` holds every finding, not only the first."""

    def __init__(self, report: Report) -> None:
        super().__init__(report)
        self.report = report

    def __str__(self) -> str:
        return str(self.report)


class TextError(ReportError, ValueError):
    """A text or value that is not the number, date or wording it should be.

    It is a ``ValueError`` too, as a refused argument usually is.
    """


class LetterError(ReportError, ValueError):
    """A letter that cannot be one: a part is missing, of the wrong type, or breaks the decree.

    It is a ``ValueError`` too, as a refused constructor argument usually is.
    """


class DirectoryError(ReportError):
    """A list of recipients or of issuing bodies with wrong rows."""


class CampaignError(ReportError):
    """A campaign file with wrong keys or values, or a plan that breaks the campaign's order."""


class TemplateError(ReportError):
    """A Word document that is refused, a template with wrong tags, or a letter that lacks what it needs."""


class RegisterError(ReportError):
    """A number that cannot be given, or a register that cannot be read or written."""


class ExecutorError(ReportError):
    """An executor or a cluster that cannot render letters; ``report`` says why."""


class OutputError(ReportError):
    """A file of the output folder that could not be written; ``report`` says which and why.

    ``finding`` is the one finding of the report; ``of_all_files`` tells whether the fault is the disk's, so that
    other files would fail too. ``values`` fill the finding's sentence beside the path.
    """

    def __init__(
        self, path: Path, error: OSError | None = None, *, code: str = "batch-output-unwritable", **values: object
    ) -> None:
        number = error.errno if error else None
        why = (error.strerror or str(error)) if error else ""
        self.of_all_files = number in _DISK_FAULTS
        self.finding: Finding = finding(
            "batch-disk-full" if number in _DISK_FULL else code, path=path, why=why, **values
        )
        super().__init__(Report((self.finding,)))


class UnreadableFileError(CongvanError):
    """A file that is missing, locked or not of the format its name says.

    ``path`` is the file, ``reason`` a short sentence.
    """

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = Path(path)
        self.reason = reason


class EngineError(CongvanError):
    """A PDF engine that is missing or failed. ``engine`` is its name, ``reason`` a short sentence."""

    def __init__(self, engine: str, reason: str) -> None:
        super().__init__(f"{engine}: {reason}")
        self.engine = engine
        self.reason = reason


class LostWordsError(EngineError):
    """Pages that do not show the words of the letter, each in its order and once; ``report`` says which and why."""

    def __init__(self, engine: str, report: Report) -> None:
        super().__init__(engine, str(report))
        self.report = report


class WorkerLostError(CongvanError):
    """A worker process that died, took too long or too much memory, or failed at its task.

    ``code`` is the finding's code; ``values`` fill its sentence.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(finding(code, **values).message)
        self.code = code


class RunCancelledError(CongvanError):
    """A run that its caller has cancelled; the next run goes on from there."""

    def __init__(self) -> None:
        super().__init__(finding("batch-cancelled").message)
