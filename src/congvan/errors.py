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
    │   ├── FixError           a letter that is only read, or a mended copy that must not be written
    │   └── OutputError        a file of the output folder that cannot be written
    ├── UnreadableFileError    a file that is missing, locked or of another format
    ├── EngineError            a PDF that could not be made
    │   └── LostWordsError     pages that do not show the words of the letter; carries a Report
    ├── RunCancelledError      a run that its caller has cancelled
    └── WorkerLostError        a worker process that died, or took too long or too much memory

They travel: each can be pickled and deep-copied, so that a process pool hands it on as it was raised. Each has a
``report`` of findings, the ``code`` and ``values`` of the first error in it, and is JSON for another program; its
sentences are made when they are read, in the language in force then.

Beside findings, this module imports nothing from the package, so that every other module may import it.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from congvan.findings import Finding, Place, Report, Sentence, finding

_DISK_FULL: Final = {errno.ENOSPC, errno.EFBIG} | {getattr(errno, "EDQUOT", errno.ENOSPC)}
_DISK_FAULTS: Final = _DISK_FULL | {errno.EROFS, errno.EIO}
"""Faults of the disk, not of one file: writing the next file would fail too."""


class CongvanError(Exception):
    """Anything congvan refuses to do; catch this to catch them all."""

    @property
    def report(self) -> Report:
        """All that is wrong, as findings."""
        return Report((finding("error-other", why=" ".join(map(str, self.args))),))

    @property
    def code(self) -> str:
        """The code of the first error of the report."""
        return self._first.code

    @property
    def values(self) -> Mapping[str, str]:
        """The values in the sentence of that error."""
        return self._first.values

    def as_dict(self) -> dict[str, Any]:
        """The error's class, its code and values, and every finding with its place, as plain values for JSON."""
        first = self._first.as_dict()
        findings = [found.as_dict() for found in self.report]
        return {"error": type(self).__name__, "code": first["code"], "values": first["values"], "findings": findings}

    def to_json(self) -> str:
        """:meth:`as_dict` as a JSON text."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2)

    @property
    def _first(self) -> Finding:
        report = self.report
        return next(iter((*report.errors, *report)), finding("error-other", why=str(self)))

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
        self._report = report

    @property
    def report(self) -> Report:
        """Every finding."""
        return self._report

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


class LetterWarning(UserWarning):
    """What is likely a slip in a letter made from Python; :attr:`congvan.Letter.cautions` has it as findings."""


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


class FixError(ReportError):
    """A letter that must not be changed (signed, protected, a PDF), or a copy that must not be written."""


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

    ``path`` is the file, ``reason`` a short sentence; given as a finding, it is read in the language in force.
    """

    def __init__(self, path: Path | str, reason: str | Finding) -> None:
        super().__init__(path, reason)
        self.path = Path(path)
        self._reason = reason

    @property
    def reason(self) -> str:
        """Why it cannot be read."""
        return _sentence(self._reason)

    @property
    def report(self) -> Report:
        """One finding, about the file."""
        if isinstance(self._reason, Finding):
            return Report((replace(self._reason, place=Place(file=str(self.path))),))
        return Report((finding("error-file-unreadable", path=self.path, why=self._reason),))

    def __str__(self) -> str:
        return f"{self.args[0]}: {self.reason}"


class EngineError(CongvanError):
    """A PDF engine that is missing or failed. ``engine`` is its name, ``reason`` a short sentence."""

    def __init__(self, engine: str, reason: str | Finding) -> None:
        super().__init__(engine, reason)
        self.engine = engine
        self._reason = reason

    @property
    def reason(self) -> str:
        """Why there is no PDF, and what to do about it."""
        if isinstance(self._reason, Finding) and self._reason.hint:
            return f"{self._reason.message} {self._reason.hint}"
        return _sentence(self._reason)

    @property
    def report(self) -> Report:
        """One finding, about the engine."""
        if isinstance(self._reason, Finding):
            return Report((self._reason,))
        return Report((finding("error-engine-failed", engine=self.engine, why=self._reason),))

    def __str__(self) -> str:
        return f"{self.engine}: {self.reason}"


class LostWordsError(EngineError):
    """Pages that do not show the words of the letter, each in its order and once; ``report`` says which and why."""

    def __init__(self, engine: str, report: Report) -> None:
        super().__init__(engine, "")
        self._report = report

    @property
    def reason(self) -> str:
        """What is wrong with the words of each letter, and what to do about it."""
        return str(self._report)

    @property
    def report(self) -> Report:
        """One finding for each letter."""
        return self._report


class WorkerLostError(CongvanError):
    """A worker process that died, took too long or too much memory, or failed at its task.

    ``code`` is the finding's code; ``values`` fill its sentence.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(finding(code, **values))

    @property
    def report(self) -> Report:
        """One finding, about the process."""
        return Report((self.args[0],))

    def __str__(self) -> str:
        return str(self.args[0].message)


class RunCancelledError(CongvanError):
    """A run that its caller has cancelled; the next run goes on from there."""

    @property
    def report(self) -> Report:
        """One finding, which says so."""
        return Report((finding("batch-cancelled"),))

    def __str__(self) -> str:
        return finding("batch-cancelled").message


def _sentence(reason: str | Finding) -> str:
    return Sentence(reason) if isinstance(reason, Finding) else reason
