"""A YAML file as plain values with the line of each.

The campaign file is written by hand, so the part of YAML it may use is small: mappings, lists and
scalars. Anchors, tags and several documents are findings, and a value reads as it is typed: only whole
numbers, true and false, and null are other than text, so that ``0912345678`` retains its zero and ``1.500``
never turns into one and a half.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from congvan.errors import UnreadableFileError
from congvan.findings import Finding, Place, finding
from congvan.support.untrusted_files import TEXT_LIMIT, read_untrusted

Steps = tuple[str | int, ...]

_DEEPEST: Final = 20
_MOST_KEYS: Final = 1000
"""Keys of one mapping; the longest that people write has some forty."""
_WHOLE: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_WORDS: Final = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}


@dataclass(frozen=True, slots=True)
class Source:
    """The ``values`` of a YAML file and the line of each."""

    file: str
    values: Any
    lines: Mapping[Steps, int]

    def at(self, *path: str | int) -> Any:
        """The value at ``path``, which must be there."""
        value = self.values
        for step in path:
            value = value[step]
        return value

    def place(self, *path: str | int) -> Place:
        """The place of ``path``; of a missing key the place of its mapping."""
        known = path
        while known and known not in self.lines:
            known = known[:-1]
        return Place(file=self.file, line=self.lines.get(known), key=key_path(path) or None)


def key_path(path: Steps) -> str:
    """A path in words, list items counted from 1: ``cap[2].ky.ho_ten``."""
    text = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def read_source(path: Path) -> tuple[Source, list[Finding]]:
    """The YAML file at ``path`` with everything that is wrong in its form.

    Raises:
        UnreadableFileError: when the file is missing, locked or not UTF-8 text.
    """
    try:
        text = read_untrusted(path, TEXT_LIMIT).decode("utf-8-sig")
    except FileNotFoundError:
        raise UnreadableFileError(path, finding("campaign-file-missing", path=path.name)) from None
    except UnicodeDecodeError:
        raise UnreadableFileError(path, finding("campaign-file-not-text", path=path.name)) from None
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or type(error).__name__) from None
    return parse_source(text, path.as_posix())


def parse_source(text: str, file: str) -> tuple[Source, list[Finding]]:
    """The same for ``text``; ``file`` is its name in findings."""
    reader = _Reader(text, file)
    values = reader.document()
    return Source(file, values, reader.lines), reader.findings


class _StopReading(Exception):  # noqa: N818  # not an error: the finding is already noted
    pass


class _Reader:
    """Builds values from YAML events; nothing is constructed but dict, list and plain scalars."""

    def __init__(self, text: str, file: str) -> None:
        from ruamel.yaml import YAML

        self.findings: list[Finding] = []
        self.lines: dict[Steps, int] = {}
        self._file = file
        self._events: Iterator[Any] = iter(YAML(typ="safe", pure=True).parse(text))

    def document(self) -> Any:
        from ruamel.yaml.error import YAMLError

        try:
            return self._only_document()
        except _StopReading:
            return None
        except YAMLError as error:
            self._note_syntax(error)
            return None

    def _only_document(self) -> Any:
        values = None
        for count, start in enumerate(event for event in self._events if _is(event, "DocumentStart")):
            if count:
                self._note("campaign-yaml-documents", start)
                raise _StopReading
            values = self._node(next(self._events), ())
        return values

    def _node(self, event: Any, path: Steps) -> Any:
        self.lines.setdefault(path, event.start_mark.line + 1)
        self._refuse_machinery(event, path)
        if _is(event, "MappingStart"):
            return self._mapping(path)
        if _is(event, "SequenceStart"):
            return self._sequence(path)
        return _scalar(event) if _is(event, "Scalar") else None

    def _refuse_machinery(self, event: Any, path: Steps) -> None:
        if getattr(event, "anchor", None) is not None:
            self._note("campaign-yaml-anchor", event, path)
        if getattr(event, "tag", None) is not None:
            self._note("campaign-yaml-tag", event, path, tag=event.tag)
        if len(path) > _DEEPEST:
            self._note("campaign-yaml-deep", event, limit=_DEEPEST)
            raise _StopReading

    def _mapping(self, path: Steps) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not _is(event := next(self._events), "MappingEnd"):
            key = self._key(event, path)
            own = (*path, key)
            if len(values) == _MOST_KEYS:
                self._note("campaign-yaml-keys", event, path, limit=_MOST_KEYS)
                raise _StopReading
            if key in values:
                self._note("campaign-yaml-key-twice", event, own, key=key, first=self.lines[own])
            else:
                self.lines[own] = event.start_mark.line + 1
            value = self._node(next(self._events), own)
            values.setdefault(key, value)
        return values

    def _key(self, event: Any, path: Steps) -> str:
        if not _is(event, "Scalar"):
            self._note("campaign-yaml-key", event, path)
            raise _StopReading
        self._refuse_machinery(event, path)
        return str(event.value)

    def _sequence(self, path: Steps) -> list[Any]:
        values: list[Any] = []
        while not _is(event := next(self._events), "SequenceEnd"):
            values.append(self._node(event, (*path, len(values))))
        return values

    def _note(self, code: str, event: Any, path: Steps = (), **values: object) -> None:
        place = Place(file=self._file, line=event.start_mark.line + 1, key=key_path(path) or None)
        self.findings.append(finding(code, place, **values))

    def _note_syntax(self, error: Any) -> None:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or str(error).splitlines()[0]
        place = Place(file=self._file, line=mark.line + 1 if mark else None)
        self.findings.append(finding("campaign-yaml", place, why=why))


def _is(event: Any, name: str) -> bool:
    """Whether ``event`` is ruamel's event of this name; the library is imported only when a file is read."""
    return type(event).__name__ == f"{name}Event"


def _scalar(event: Any) -> Any:
    """A plain scalar's value; a quoted one, and a block of text, is always text."""
    text = str(event.value)
    if event.style not in (None, ""):
        return text
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _WHOLE.fullmatch(text) else text
