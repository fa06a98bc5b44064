"""What a run made: one row a letter, as JSON for programs and CSV for Excel."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from operator import attrgetter
from pathlib import PurePosixPath
from typing import Any, Final, Literal

from pydantic_core import to_json

from congvan.text.formula import escape_formula

State = Literal["xong", "loi"]
"""Whether the letter is on disk."""


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file of the output folder: its path there, with forward slashes, and its SHA-256."""

    path: str
    sha256: str

    def __reduce__(self) -> tuple[Any, ...]:
        return OutputFile, (self.path, self.sha256)


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One letter of a run, in the plan's order."""

    thu_tu: int
    cap: str
    ma: str
    co_quan: str
    so: int | None
    ky_hieu: str
    ngay: str
    loai: str
    trich_yeu: str
    kinh_gui: tuple[str, ...]
    trang: int | None
    docx: OutputFile | None
    pdf: OutputFile | None
    trang_thai: State

    def __reduce__(self) -> tuple[Any, ...]:  # many go to the process that makes the lists
        return ManifestRow, _VALUES(self)

    @property
    def files(self) -> tuple[OutputFile, ...]:
        """What is on disk of the letter."""
        return tuple(made for made in (self.docx, self.pdf) if made)

    def file(self, kind: str) -> OutputFile | None:
        """Its ``docx`` or ``pdf``."""
        return {"docx": self.docx, "pdf": self.pdf}[kind]


_VALUES: Final = attrgetter(*(part.name for part in fields(ManifestRow)))
_COLUMNS: Final = (
    *("thu_tu", "cap", "ma", "co_quan", "so", "ky_hieu", "ngay", "loai", "trich_yeu", "kinh_gui", "trang"),
    *("docx", "docx_sha256", "pdf", "pdf_sha256", "trang_thai"),
)


_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_DAY: Final = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?|-?")


def manifest_json(dot: dict[str, Any], rows: Iterable[ManifestRow]) -> Iterator[bytes]:
    """``{"dot": …, "van_ban": […]}`` bit by bit, a line a letter; nothing changes from run to run by itself."""
    yield b'{"dot": %b, "van_ban": [' % to_json(dot)
    for index, row in enumerate(rows):
        yield b"%b\n%b" % (b"," if index else b"", to_json(row))
    yield b"\n]}\n"


def manifest_csv(rows: Iterable[ManifestRow]) -> Iterator[bytes]:
    """The same rows for Excel, bit by bit: UTF-8 with a byte order mark, addressees joined by ``; ``."""
    lines = csv.writer(_Line(), lineterminator="\r\n")
    yield _BYTE_ORDER_MARK + str(lines.writerow(_COLUMNS)).encode()
    for row in rows:
        yield str(lines.writerow(_cells(row))).encode()


class _Line:
    """Hands back each line the writer of a table writes."""

    def write(self, line: str) -> str:
        return line


def _cells(row: ManifestRow) -> list[str]:
    files = [part for made in (row.docx, row.pdf) for part in ((made.path, made.sha256) if made else ("", ""))]
    what = (row.thu_tu, row.cap, row.ma, row.co_quan, row.so, row.ky_hieu, row.ngay, row.loai, row.trich_yeu)
    cells = (*what, "; ".join(row.kinh_gui), row.trang, *files, row.trang_thai)
    return [escape_formula("" if cell is None else str(cell)) for cell in cells]


def read_row(docx: Any, pdf: Any, kinh_gui: list[str], **plain: Any) -> ManifestRow:
    """A row from the plain values that stand in its JSON.

    Raises:
        TypeError, ValueError, KeyError, AttributeError: for anything else, as somebody may have put there.
    """
    row = ManifestRow(**plain, kinh_gui=tuple(kinh_gui), docx=docx and read_file(**docx), pdf=pdf and read_file(**pdf))
    texts = (row.cap, row.ma, row.co_quan, row.ky_hieu, row.loai, row.trich_yeu, *row.kinh_gui)
    counts = (row.thu_tu, row.so or 0, row.trang or 0)
    if not all(isinstance(text, str) for text in texts) or not all(isinstance(count, int) for count in counts):
        raise TypeError("a value of another kind")
    if not _DAY.fullmatch(row.ngay):
        raise ValueError(row.ngay)
    return row


def read_file(path: str, sha256: str) -> OutputFile:
    """A file inside the folder; what somebody changed may name any.

    Raises:
        TypeError, ValueError: for another file, or none.
    """
    inside = PurePosixPath(path)
    if inside.is_absolute() or ".." in inside.parts or not set(path).isdisjoint("\\:"):
        raise ValueError(path)
    return OutputFile(path, str(sha256))
