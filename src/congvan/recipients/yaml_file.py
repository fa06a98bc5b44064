"""Lists kept as YAML: a sequence of mappings, one a row."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from congvan.findings import Finding, Place, finding
from congvan.recipients.sheet import Sheet, SheetRow, system_error, unreadable

if TYPE_CHECKING:
    from ruamel.yaml.nodes import MappingNode, Node

_EMPTY: Final = frozenset({"", "~", "null", "Null", "NULL"})


def read_yaml(path: Path) -> Sheet:
    """The rows of a YAML list; the keys, in the order they first appear, are its header.

    Values are taken as they are written, so that ``0912345678`` keeps its zero. A list of values is
    joined by commas; anything deeper is a finding.

    Raises:
        UnreadableFileError: when the file is missing, locked, not UTF-8, not YAML, or not a list of mappings.
    """
    rows = _mappings(path)
    header = list(dict.fromkeys(key.value for row in rows for key, _ in row.value))
    findings: list[Finding] = []
    cells = [_row(path, row, header, findings) for row in rows]
    place = Place(file=path.name)
    return Sheet(place, [SheetRow(Place(file=path.name, line=1), header), *cells], tuple(findings))


def _mappings(path: Path) -> list[MappingNode]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError
    from ruamel.yaml.nodes import SequenceNode

    try:
        # Composed, not constructed: a node knows its line, and its text is not yet a number or a date.
        root = YAML(typ="rt", pure=True).compose(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise system_error(path, error) from error
    except UnicodeDecodeError as error:
        raise unreadable(path, "file-encoding") from error
    except (YAMLError, ValueError, OverflowError, RecursionError) as error:  # "\U99999999"; endless brackets
        raise unreadable(path, "file-format", why=" ".join(str(error).split())) from error
    if root is None:
        return []
    if not isinstance(root, SequenceNode) or not all(map(_is_plain, root.value)):
        raise unreadable(path, "yaml-not-a-list")
    return list(root.value)


def _is_plain(row: Node) -> bool:
    """True for a mapping whose keys are words."""
    from ruamel.yaml.nodes import MappingNode, ScalarNode

    return isinstance(row, MappingNode) and all(isinstance(key, ScalarNode) for key, _ in row.value)


def _row(path: Path, row: MappingNode, header: list[str], findings: list[Finding]) -> SheetRow:
    values: dict[str, str] = {}
    for key, value in row.value:
        place = Place(file=path.name, line=value.start_mark.line + 1, column=key.value)
        if key.value in values:
            findings.append(finding("recipients-key-twice", place, key=key.value))
        if (text := _text(value)) is None:
            findings.append(finding("recipients-value-nested", place))
        values[key.value] = text or ""
    cells = [values.get(key, "") for key in header]
    return SheetRow(Place(file=path.name, line=row.start_mark.line + 1), cells)


def _text(node: Node) -> str | None:
    """A value's text; None when it is neither a scalar nor a plain list of scalars."""
    from ruamel.yaml.nodes import ScalarNode, SequenceNode

    match node:
        case ScalarNode():
            return "" if node.style is None and node.value in _EMPTY else str(node.value)
        case SequenceNode() if all(isinstance(item, ScalarNode) for item in node.value):
            return ", ".join(str(item.value) for item in node.value)
        case _:
            return None
