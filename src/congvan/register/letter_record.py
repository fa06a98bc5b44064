"""What the register holds of a letter that left the office: its state, its files and the letter itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

FOLLOWING: Final = "~"
"""Stands in a key before the generation: ``dot/thon/17~2`` is the second letter to the recipient ``dot/thon/17``."""


class LetterState(StrEnum):
    """How far a letter has gone, in the words of the manifest."""

    NUMBERED = "da-cap-so"
    ISSUED = "da-ban-hanh"
    REPLACED = "da-thay-the"
    RECALLED = "da-thu-hoi"
    CORRECTED = "da-dinh-chinh"
    VOID = "huy"

    @property
    def is_sealed(self) -> bool:
        """Whether nothing may change the letter's files and words any more."""
        return self not in (LetterState.NUMBERED, LetterState.VOID)


class Relation(StrEnum):
    """What a letter does to the one it follows (Decree 30/2020, Art. 18)."""

    REPLACE = "thay-the"
    RECALL = "thu-hoi"
    CORRECT = "dinh-chinh"


@dataclass(frozen=True, slots=True)
class LetterRecord:
    """One letter of the register.

    ``khoa`` is its key, ``khoa_so`` the key of its number, empty for a letter without one, ``dot`` its campaign.
    ``thu_muc`` is the output folder, relative to the register's own where that is a file; ``docx`` and ``pdf`` are
    paths in it. ``du_lieu_sha256`` is the hash of the letter as data, ``mau_sha256`` that of its own template.
    ``lien_quan`` is the key of the letter it follows, and ``quan_he`` what it does to it; ``ly_do`` says why.
    """

    khoa: str
    dot: str
    trang_thai: LetterState
    khoa_so: str = ""
    ngay: date | None = None
    thu_muc: str = ""
    docx: str = ""
    docx_sha256: str = ""
    pdf: str = ""
    pdf_sha256: str = ""
    trang: int | None = None
    du_lieu_sha256: str = ""
    mau_sha256: str = ""
    tep_dot: str = ""
    lien_quan: str = ""
    quan_he: str = ""
    ly_do: str = ""
    issued_at: datetime | None = None
    delivered_at: datetime | None = None

    @property
    def first_key(self) -> str:
        """The key of the first letter to the same recipient."""
        return first_key(self.khoa)

    @property
    def files(self) -> dict[str, tuple[str, str]]:
        """Path and hash of its files by kind."""
        both = {"docx": (self.docx, self.docx_sha256), "pdf": (self.pdf, self.pdf_sha256)}
        return {kind: file for kind, file in both.items() if file[0]}


def first_key(khoa: str) -> str:
    """``dot/thon/17`` of ``dot/thon/17~2``."""
    base, mark, generation = khoa.rpartition(FOLLOWING)
    return base if mark and generation.isdecimal() else khoa


def generation(khoa: str) -> int:
    """The 2 of ``dot/thon/17~2``; 1 where the key has none."""
    _, mark, number = khoa.rpartition(FOLLOWING)
    return int(number) if mark and number.isdecimal() else 1


def following_key(khoa: str) -> str:
    """The key of the letter after ``khoa``: ``…~2`` after the first."""
    return f"{first_key(khoa)}{FOLLOWING}{generation(khoa) + 1}"
