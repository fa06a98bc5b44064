"""The official copies a tier's letters are given out as (Decree 30/2020, Art. 25, 26 and model 3.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from congvan.letter import Agency, IssueDate
from congvan.letter.agency import FirstNumber
from congvan.letter.official_copy import COPY_CODES

Numbering = Literal["moi_van_ban", "mot_so", "de_trong"]
"""How numbers are taken (``danh_so``): one a letter, one for the whole tier and body, none."""

CopyForm = Literal["sao-y", "sao-luc", "trich-sao"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignaturePattern:
    """Who signs and by what authority, as texts with ``{{ fields }}``."""

    quyen_han: tuple[str, ...] = ()
    chuc_vu: str = ""
    chuc_danh_khac: str = ""
    ho_ten: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """Its texts."""
        return (*self.quyen_han, self.chuc_vu, self.chuc_danh_khac, self.ho_ten)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """The part below each copied letter of a tier, as texts with ``{{ fields }}``.

    ``noi_dung`` is the part of the letter's text that is copied, in Markdown; None for a copy of the whole.
    ``ma`` distinguishes copies of one letter and is part of the key of their number. ``don_vi`` is the copying body,
    None where each letter's own issuer copies it. A fixed number ``so`` is printed as it is; without one
    ``danh_so`` decides how the register numbers the copies, in a series of their own, which begins at ``so_bat_dau``
    while it is empty.
    """

    hinh_thuc: CopyForm
    ma: str
    don_vi: Agency | None = None
    ngay: IssueDate
    danh_so: Numbering = "moi_van_ban"
    so: int | None = None
    so_bat_dau: FirstNumber = 1
    ky_hieu: str | None = None
    noi_nhan: tuple[str, ...]
    ky: SignaturePattern
    noi_dung: str | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """All texts but the body."""
        return (self.ky_hieu or "", *self.noi_nhan, *self.ky.lines)

    def body(self, issuer: Agency) -> Agency:
        """The body that copies a letter of ``issuer``."""
        return self.don_vi or issuer

    def symbol(self, issuer: Agency) -> str:
        """``SY-PCTH``: the form's code and the copying body's."""
        return self.ky_hieu or f"{COPY_CODES[self.hinh_thuc]}-{self.body(issuer).ky_hieu}"

    def number_key(self, of_tier: str, ma: str, issuer: Agency) -> str | None:
        """The key of the number of the copy of letter ``ma`` of a tier; None where it takes none."""
        if self.so is not None or self.danh_so == "de_trong":
            return None
        shared_by = ma if self.danh_so == "moi_van_ban" else self.body(issuer).ma
        return f"{of_tier}/{shared_by}/{self.ma}"
