"""What a run made: one row a letter, as JSON for programs and CSV for Excel."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

State = Literal["xong", "loi"]
"""Whether the letter is on disk."""


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file of the output folder: its path there, with forward slashes, and its SHA-256."""

    path: str
    sha256: str


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

    @property
    def files(self) -> tuple[OutputFile, ...]:
        """What is on disk of the letter."""
        return tuple(made for made in (self.docx, self.pdf) if made)

    def file(self, kind: str) -> OutputFile | None:
        """Its ``docx`` or ``pdf``."""
        return {"docx": self.docx, "pdf": self.pdf}[kind]


_COLUMNS: Final = (
    *("thu_tu", "cap", "ma", "co_quan", "so", "ky_hieu", "ngay", "loai", "trich_yeu", "kinh_gui", "trang"),
    *("docx", "docx_sha256", "pdf", "pdf_sha256", "trang_thai"),
)
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def manifest_json(dot: dict[str, Any], rows: Iterable[ManifestRow]) -> bytes:
    """``{"dot": …, "van_ban": […]}``; nothing in it changes from one run to the next by itself."""
    document = {"dot": dot, "van_ban": [asdict(row) for row in rows]}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def manifest_csv(rows: Iterable[ManifestRow]) -> bytes:
    """The same rows for Excel: UTF-8 with a byte order mark, addressees joined by ``; ``."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    writer.writerows(_cells(row) for row in rows)
    return target.getvalue().encode("utf-8-sig")


def _cells(row: ManifestRow) -> list[str]:
    values = asdict(row)
    for kind in ("docx", "pdf"):
        values |= {kind: (values[kind] or {}).get("path"), f"{kind}_sha256": (values[kind] or {}).get("sha256")}
    values["kinh_gui"] = "; ".join(row.kinh_gui)
    return [_harmless("" if values[name] is None else str(values[name])) for name in _COLUMNS]


def _harmless(cell: str) -> str:
    """A cell that Excel would take for a formula is kept as text."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def read_row(docx: Any, pdf: Any, kinh_gui: list[str], **plain: Any) -> ManifestRow:
    """A row from the plain values :func:`~dataclasses.asdict` gives of it; TypeError for anything else."""
    return ManifestRow(**plain, kinh_gui=tuple(kinh_gui), docx=_file(docx), pdf=_file(pdf))


def _file(made: Any) -> OutputFile | None:
    return OutputFile(**made) if made else None
