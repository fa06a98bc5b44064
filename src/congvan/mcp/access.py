"""What an assistant may reach: the files of one folder, and of persons only what the office shows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from congvan.errors import UnreadableFileError
from congvan.findings import Finding, Report, finding
from congvan.recipients.privacy import HIDDEN, personal_values, without_personal_values

if TYPE_CHECKING:
    from congvan.campaign import PlannedLetter


_MEASURE: Final = re.compile(r"[-+]?[0-9.,]+( ?(mm|pt|cm|%))?")


@dataclass(frozen=True, slots=True)
class Access:
    """What whoever starts the server allows; an assistant cannot widen it.

    ``folder`` is the only folder whose files are read and written. ``shows_persons`` lets names and telephones of
    recipients through, ``takes_numbers`` lets letters be numbered, ``issues`` lets numbered letters be issued.
    """

    folder: Path
    shows_persons: bool = False
    takes_numbers: bool = False
    issues: bool = False

    def path(self, name: str) -> Path:
        """The file or folder that an assistant names.

        Raises:
            UnreadableFileError: for one outside the folder, also by a link.
        """
        path = (self.folder / name).resolve()
        if not path.is_relative_to(self.folder.resolve()):
            raise UnreadableFileError(Path(name), finding("error-outside-folder", folder=self.folder.name))
        return path

    def findings(self, report: Report) -> list[dict[str, Any]]:
        """The findings as data, without what they quote of persons."""
        shown = report if self.shows_persons else without_personal_values(report)
        return [found.as_dict() for found in shown]

    def findings_in_letter(self, report: Iterable[Finding]) -> list[dict[str, Any]]:
        """Findings about a finished letter: which of its words are a person's nobody knows, so none is quoted."""
        shown = report if self.shows_persons else map(_without_quotes, report)
        return [found.as_dict() for found in shown]

    def texts(self, letter: PlannedLetter, texts: dict[str, str]) -> dict[str, str]:
        """The texts of a letter without the values of persons among its recipients."""
        if self.shows_persons:
            return texts
        hidden = sorted({value for one in letter.recipients for value in personal_values(one)}, key=len, reverse=True)
        return {name: _without(text, hidden) for name, text in texts.items()}


def _without_quotes(found: Finding) -> Finding:
    """The finding with its measures and without words of the letter."""
    values = {name: value if _MEASURE.fullmatch(value) else HIDDEN for name, value in found.values.items()}
    return replace(found, values=values, place=replace(found.place, near=None))


def _without(text: str, hidden: list[str]) -> str:
    for value in hidden:
        text = text.replace(value, HIDDEN).replace(value.upper(), HIDDEN)
    return text
