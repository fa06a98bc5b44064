"""What the register holds of a letter that left the office: its state, its files and the letter itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from congvan.letter.record.letter_state import LetterState, Relation, first_key, following_key, generation

__all__ = ["LetterRecord", "LetterState", "Relation", "first_key", "following_key", "generation"]


@dataclass(frozen=True, slots=True)
class LetterRecord:
    """One letter of the register.

    ``khoa`` is its key, ``khoa_so`` the key of its number, empty for a letter without one, ``dot`` its campaign.
    ``thu_muc`` is the output folder, relative to the register's own where that is a file; ``docx`` and ``pdf`` are
    paths in it. ``du_lieu_sha256`` is the hash of the letter as data, ``mau_sha256`` that of its own template.
    ``lien_quan`` is the key of the letter it follows, and ``quan_he`` what it does to it; ``ly_do`` says why.
    ``delivered_at`` is when its delivery was noted, ``ngay_nhan`` the day of its receipt, ``nguoi_ky_nhan`` who signed.
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
    ngay_nhan: date | None = None
    nguoi_ky_nhan: str = ""

    @property
    def first_key(self) -> str:
        """The key of the first letter to the same recipient."""
        return first_key(self.khoa)

    @property
    def files(self) -> dict[str, tuple[str, str]]:
        """Path and hash of its files by kind."""
        both = {"docx": (self.docx, self.docx_sha256), "pdf": (self.pdf, self.pdf_sha256)}
        return {kind: file for kind, file in both.items() if file[0]}
