"""The record of a mended copy: what was changed, and the letter as it was, so that it can be had back byte by byte.

It is one JSON file beside the copy: ``thu.sua.docx`` has ``thu.sua.json``.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from congvan.errors import FixError, UnreadableFileError
from congvan.findings import Finding, Place, Report, finding
from congvan.support.files import write_whole
from congvan.support.untrusted_files import WORD_LIMIT, read_untrusted

_MARK: Final = ".sua"
_SUFFIX: Final = ".json"
_LIMIT: Final = 2 * WORD_LIMIT


@dataclass(frozen=True, slots=True)
class FixRecord:
    """The letter ``source`` (its name and bytes), the copy's hash, and the changes as remarks."""

    name: str
    source: bytes
    copy_sha256: str
    fixes: tuple[dict[str, Any], ...]


def copy_path(source: Path) -> Path:
    """Where a mended copy is written if nobody says: ``thu.docx`` is mended in ``thu.sua.docx``."""
    return source.with_name(f"{source.stem}{_MARK}.docx")


def record_path(copy: Path) -> Path:
    """The record of a mended copy."""
    return copy.with_suffix(_SUFFIX)


def write_copy(source: Path, content: bytes, copy: Path, docx: bytes, fixes: Sequence[Finding]) -> None:
    """Write the copy ``docx`` of the letter ``source``, whose bytes are ``content``, and its record.

    Raises:
        FixError: when the copy would take the letter's own place.
        OSError: when a file cannot be written.
    """
    if copy.resolve() == source.resolve():
        raise FixError(Report((finding("fix-own-place", Place(file=str(source))),)))
    record = {
        "ten": source.name,
        "sua": [one.as_dict() for one in fixes],
        "ban_sua_sha256": hashlib.sha256(docx).hexdigest(),
        "ban_goc": base64.b64encode(content).decode("ascii"),
    }
    write_whole(record_path(copy), json.dumps(record, ensure_ascii=False, indent=1).encode())
    write_whole(copy, docx)


def read_record(copy: Path) -> FixRecord:
    """The record of a copy.

    Raises:
        UnreadableFileError: when there is none, or it is damaged.
    """
    path = record_path(copy)
    try:
        held = json.loads(read_untrusted(path, _LIMIT))
        return FixRecord(
            name=Path(held["ten"]).name,
            source=base64.b64decode(held["ban_goc"], validate=True),
            copy_sha256=held["ban_sua_sha256"],
            fixes=tuple(held["sua"]),
        )
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or str(error)) from error
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        raise UnreadableFileError(path, finding("error-file-no-record", why=error)) from error


def undo(copy: Path) -> Path:
    """Put the letter a copy was made from back beside it, and remove copy and record; the letter's path.

    Raises:
        UnreadableFileError: when the copy has no record, or a damaged one.
        FixError: when the copy was changed since, or another file has taken the letter's place: both are left alone.
        OSError: when a file cannot be written.
    """
    record = read_record(copy)
    letter = copy.with_name(record.name)
    if hashlib.sha256(read_untrusted(copy, WORD_LIMIT)).hexdigest() != record.copy_sha256:
        raise FixError(Report((finding("fix-copy-edited", Place(file=str(copy))),)))
    if letter.exists():
        if read_untrusted(letter, WORD_LIMIT) != record.source:
            raise FixError(Report((finding("fix-letter-edited", Place(file=str(letter))),)))
    else:
        write_whole(letter, record.source)
    copy.unlink()
    record_path(copy).unlink()
    return letter
