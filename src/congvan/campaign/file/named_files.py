"""Reads the tables, lists and texts a campaign names; an unreadable one is a finding at the key that names it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from congvan.campaign.agencies import Agencies
from congvan.campaign.file.agencies_table import read_agencies
from congvan.campaign.file.office_style_file import read_office_style
from congvan.campaign.file.text_file import read_text
from congvan.campaign.model import DEFAULT_STYLE, OfficeStyle
from congvan.campaign.regulation.rule import RuleSet
from congvan.campaign.regulation.rule_file import read_rules
from congvan.errors import DirectoryError, TemplateError, UnreadableFileError
from congvan.findings import Finding, Place, Severity, finding
from congvan.recipients import (
    AllowedDatabases,
    Directory,
    Listed,
    Recipient,
    RecipientSource,
    UnitList,
    is_address,
    read_directory,
    recipient_source,
)
from congvan.support.untrusted_files import is_remote_name
from congvan.text.fields.pattern import field_names
from congvan.text.fields.slips import slip_finding, text_slips
from congvan.text.legacy import Encoding

Content = TypeVar("Content")


@dataclass(frozen=True, slots=True)
class ListOrigin:
    """Where a tier's list comes from, with the sheet and encoding chosen for a file.

    With ``is_named`` the campaign file names it, and relative paths start from its folder.
    """

    listed: Listed
    sheet: str | None = None
    encoding: Encoding | None = None
    is_named: bool = True

    def at(self, path: Path) -> RecipientSource:
        """The source, its file being ``path``."""
        return recipient_source(path, sheet=self.sheet, encoding=self.encoding)

    def source(self, folder: Path, allowed: AllowedDatabases) -> RecipientSource:
        """The source; ``folder`` is that of the campaign file, ``allowed`` the databases that file may name."""
        if not self.is_named:
            return recipient_source(self.listed, sheet=self.sheet, encoding=self.encoding)
        return recipient_source(self.listed, sheet=self.sheet, encoding=self.encoding, folder=folder, allowed=allowed)


@dataclass(frozen=True, slots=True)
class ListReading:
    """How a list is read: the parameters of :func:`congvan.recipients.read_directory`."""

    units: UnitList | None = None
    ma_tinh: str | None = None
    scope: Sequence[str] = ()
    mend: bool = False

    def directory(self, source: RecipientSource, cap: str) -> Directory:
        """The recipients of tier ``cap`` in ``source``."""
        return read_directory(source, cap, units=self.units, ma_tinh=self.ma_tinh, scope=self.scope, mend=self.mend)


class NamedFiles:
    """Reads files by their names in a campaign file, from its folder, and collects ``findings`` about them.

    ``allowed`` are the databases the campaign file may name.
    """

    def __init__(self, folder: Path, allowed: AllowedDatabases) -> None:
        self.findings: list[Finding] = []
        self._folder = folder
        self._allowed = allowed

    def path(self, name: str) -> Path:
        """Where the file called ``name`` is; a backslash separates folders on every system."""
        return Path(os.path.normpath(self._folder / name.replace("\\", "/")))

    def existing(self, name: str, place: Place) -> Path | None:
        """The same, if there is such a file."""
        if is_remote_name(name):
            self.findings.append(finding("outside-elsewhere", place))
            return None
        path = self.path(name)
        if path.is_file():
            return path
        self.findings.append(finding("campaign-file-missing", place, path=name))
        return None

    def text(self, name: str, place: Place) -> str | None:
        """A text in Markdown; None when it cannot be read, is empty or has a broken field."""
        text = self._text(name, place)
        if text is None:
            return None
        if not text.strip():
            self.findings.append(finding("campaign-text-empty", place, path=name))
            return None
        return text if self._fields_are_sound(text, self.text_place(name, place)) else None

    def text_place(self, name: str, place: Place) -> Place:  # noqa: ARG002  # a subclass needs it
        """The place of lines of the text called ``name``; ``place`` is the key that names it."""
        return Place(file=self.path(name).as_posix())

    def _text(self, name: str, place: Place) -> str | None:
        """The text of a file, its pictures in it."""
        read = self._read(name, place, lambda path: read_text(path, self._folder))
        if read is None:
            return None
        text, found = read
        self.findings += (replace(one, place=replace(one.place, file=self.path(name).as_posix())) for one in found)
        return None if found else text

    def agencies(self, name: str, place: Place) -> tuple[Agencies, bool]:
        """The issuing bodies, and whether they are all there."""
        read = self._read(name, place, read_agencies)
        agencies, found = read or (Agencies(), [])
        self.findings += found
        return agencies, read is not None and not any(one.severity == "error" for one in found)

    def office_style(self, name: str, place: Place) -> OfficeStyle:
        """The style of the office; congvan's own where its file is wrong."""
        style, found = self._read(name, place, read_office_style) or (DEFAULT_STYLE, [])
        self.findings += found
        return style

    def rules(self, name: str, place: Place) -> RuleSet | None:
        """The rules of the office's own file; None where it cannot be read."""
        read = self._read(name, place, read_rules)
        if read is None:
            return None
        rules, found = read
        self.findings += found
        return rules

    def recipients(
        self, origin: ListOrigin, place: Place, cap: str, reading: ListReading
    ) -> tuple[Recipient, ...] | None:
        """The recipients of tier ``cap``, those with sound rows; None when the list cannot be read at all."""
        name = origin.listed
        try:
            if origin.is_named and isinstance(name, str) and not is_address(name):
                read = self._read(name, place, lambda path: reading.directory(origin.at(path), cap))
            else:
                read = reading.directory(origin.source(self._folder, self._allowed), cap)
        except DirectoryError as error:
            self.findings += (one if one.place != Place() else replace(one, place=place) for one in error.report)
            return None
        except UnreadableFileError as error:
            path = str(error.path)
            self.findings.append(finding("campaign-file-unreadable", place, path=path, why=error.reason))
            return None
        if read is None:
            return None
        self.findings += read.report
        return read.recipients

    def _read(self, name: str, place: Place, reader: Callable[[Path], Content]) -> Content | None:
        path = self.existing(name, place)
        try:
            return reader(path) if path else None
        except UnicodeDecodeError:
            self.findings.append(finding("campaign-file-not-text", place, path=name))
        except TemplateError as error:
            self.findings += error.report
        except (UnreadableFileError, OSError) as error:
            why = getattr(error, "reason", None) or getattr(error, "strerror", None) or type(error).__name__
            self.findings.append(finding("campaign-file-unreadable", place, path=name, why=why.rstrip(".")))
        return None

    def _fields_are_sound(self, text: str, place: Place) -> bool:
        """Whether every tag of the text is whole; else what is written wrongly is reported, with line and column."""
        slips = [
            slip_finding(slip, replace(place, line=line, column=str(column))) for line, column, slip in text_slips(text)
        ]
        try:
            field_names(text)
        except TemplateError as error:
            named = [slip for slip in slips if slip.code == "field-name"]
            why = {"why": f"«{slips[0].values['tag']}»"} if slips else {}
            flaws = (replace(one, place=replace(place, line=one.place.line)) for one in error.report)
            self.findings += named or (replace(one, values={**one.values, **why}) for one in flaws)
            return False
        self.findings += slips
        return not any(slip.severity is Severity.ERROR for slip in slips)
