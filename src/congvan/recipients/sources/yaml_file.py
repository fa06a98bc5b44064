"""Read lists in YAML: a sequence of mappings, one a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from congvan.errors import UnreadableFileError
from congvan.findings import Finding, Place, finding
from congvan.recipients.sources.sheet import BY_YEAR, Sheet, SheetRow, system_error, unreadable

SIZE_LIMIT: Final = 2 * 1024 * 1024
"""Bytes; YAML is for lists written by hand, and reading it takes 1 ms a recipient."""

_DEEPEST: Final = 20
"""Deeper nesting is a damaged file, and each level makes the next one slower to read."""

_EMPTY: Final = frozenset({"", "~", "null", "Null", "NULL"})


def read_yaml(path: Path) -> Sheet:
    """Read the rows of a YAML list; the keys, in the order they first appear, are its header.

    Values stay as they are written, so that ``0912345678`` keeps its zero. A list of values is
    joined by commas; anything deeper is a finding.

    Raises:
        UnreadableFileError: when the file is missing, locked, too large, not UTF-8, not YAML, or no list of mappings.
    """
    entries = _entries(path)
    header = list(dict.fromkeys(value.key for entry in entries for value in entry.values))
    findings: list[Finding] = []
    cells = [_row(path, entry, header, findings) for entry in entries]
    titles = SheetRow(Place(file=path.name, line=1), header)
    return Sheet(Place(file=path.name), [titles, *cells], tuple(findings), has_titles=True)


def is_yaml_list(path: Path) -> bool:
    """Whether a YAML file begins like a list, not like a campaign; False for a file that cannot be read."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as stream:
            lines = (line.strip() for line in stream)
            first = next((line for line in lines if line and not line.startswith(("#", "%", "---"))), "")
    except OSError:
        return False
    return first.startswith(("-", "["))


@dataclass(frozen=True, slots=True)
class _Value:
    """A key, its text (None for a value that is no text) and its line."""

    key: str
    text: str | None
    line: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """One mapping of the list, and its first line."""

    line: int
    values: list[_Value] = field(default_factory=list)


def _entries(path: Path) -> list[_Entry]:
    from ruamel.yaml.error import YAMLError

    try:
        if (size := path.stat().st_size) > SIZE_LIMIT:
            raise unreadable(path, "yaml-too-large", megabytes=-(-size // 2**20), limit=SIZE_LIMIT // 2**20)
        return _Reader(path, path.read_bytes().decode("utf-8-sig")).entries()
    except OSError as error:
        raise system_error(path, error) from error
    except UnicodeDecodeError as error:
        raise unreadable(path, "file-encoding") from error
    except (YAMLError, ValueError, OverflowError, RecursionError) as error:  # "\U99999999"
        raise _damaged(path, " ".join(str(error).split())) from error


class _Reader:
    """Build entries from YAML events without creating nodes, so that depth and aliases cost nothing."""

    def __init__(self, path: Path, text: str) -> None:
        from ruamel.yaml import YAML

        self._path = path
        self._events: Iterator[Any] = iter(YAML(typ="safe", pure=True).parse(text))

    def entries(self) -> list[_Entry]:
        entries: list[_Entry] = []
        documents = 0
        for event in self._events:
            match _kind(event):
                case "DocumentStart":
                    documents += 1
                case "SequenceStart" if documents == 1:
                    entries = list(self._sequence())
                case "StreamStart" | "StreamEnd" | "DocumentEnd":
                    pass
                case _:
                    raise unreadable(self._path, "yaml-not-a-list")
        return entries

    def _sequence(self) -> Iterator[_Entry]:
        while _kind(event := next(self._events)) != "SequenceEnd":
            if _kind(event) != "MappingStart":
                raise unreadable(self._path, "yaml-not-a-list")
            entry = _Entry(event.start_mark.line + 1)
            entry.values.extend(self._mapping())
            yield entry

    def _mapping(self) -> Iterator[_Value]:
        while _kind(key := next(self._events)) != "MappingEnd":
            if _kind(key) != "Scalar":
                raise unreadable(self._path, "yaml-not-a-list")
            value = next(self._events)
            yield _Value(key.value, self._text(value, key.value), value.start_mark.line + 1)

    def _text(self, event: Any, key: str) -> str | None:
        """A value's text; None when it is neither a scalar nor a plain list of scalars, nor numbers by year."""
        match _kind(event):
            case "Scalar":
                return "" if event.style in {None, ""} and event.value in _EMPTY else str(event.value)
            case "SequenceStart":
                inner = list(self._inside())
                is_plain = all(depth == 1 and _kind(one) == "Scalar" for depth, one in inner)
                return ", ".join(str(one.value) for _, one in inner) if is_plain else None
            case "MappingStart":
                inner = list(self._inside())
                is_plain = all(depth == 1 and _kind(one) == "Scalar" for depth, one in inner)
                texts = [str(one.value) for _, one in inner] if is_plain and key in BY_YEAR else []
                return ", ".join(map(":".join, zip(texts[::2], texts[1::2], strict=True))) or None
            case _:
                raise _damaged(self._path, f"*{event.anchor}")

    def _inside(self) -> Iterator[tuple[int, Any]]:
        """The events up to the end of what has just begun, each with its depth."""
        depth = 1
        for event in self._events:
            depth -= _kind(event) in {"SequenceEnd", "MappingEnd"}
            if not depth:
                return
            yield depth, event
            depth += _kind(event) in {"SequenceStart", "MappingStart"}
            if depth > _DEEPEST:
                raise _damaged(self._path, f"> {_DEEPEST}")


def _kind(event: Any) -> str:
    """The name of ruamel's event; the library is imported only when a file is read."""
    return type(event).__name__.removesuffix("Event")


def _damaged(path: Path, why: str) -> UnreadableFileError:
    return unreadable(path, "file-format", why=why)


def _row(path: Path, entry: _Entry, header: list[str], findings: list[Finding]) -> SheetRow:
    values: dict[str, str] = {}
    for value in entry.values:
        place = Place(file=path.name, line=value.line, column=value.key)
        if value.key in values:
            findings.append(finding("recipients-key-twice", place, key=value.key))
        if value.text is None:
            findings.append(finding("recipients-value-nested", place))
        values[value.key] = value.text or ""
    return SheetRow(Place(file=path.name, line=entry.line), [values.get(key, "") for key in header])
