"""The official copies a tier's letters are given out as (Decree 30/2020, Art. 25, 26 and model 3.1)."""

from __future__ import annotations

from dataclasses import dataclass

from congvan.campaign.entry import CopyForm, Numbering
from congvan.campaign.signature_pattern import SignaturePattern
from congvan.letter import Agency, IssueDate
from congvan.letter.official_copy import COPY_CODES


@dataclass(frozen=True, slots=True)
class CopyPlan:
    """What stands below each letter of a tier, as texts with ``{{ fields }}``.

    ``noi_dung`` is the part of the letter's text that is copied, in Markdown; None for a copy of the whole.
    ``ma`` tells this copy of a letter from others of it and is part of the key its number is kept under.
    ``don_vi`` is the copying body, None where each letter's own issuer copies it. A number ``so`` of the file's own
    is printed as it is; without one ``danh_so`` says how the register gives it, in the series of copies, which
    begins at ``so_bat_dau`` while it is empty.
    """

    hinh_thuc: CopyForm
    ma: str
    don_vi: Agency | None
    ngay: IssueDate
    danh_so: Numbering
    so: int | None
    so_bat_dau: int
    ky_hieu: str | None
    noi_nhan: tuple[str, ...]
    ky: SignaturePattern
    noi_dung: str | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """Every text of it."""
        return (self.ky_hieu or "", *self.noi_nhan, *self.ky.lines)

    def body(self, issuer: Agency) -> Agency:
        """The body that copies a letter of ``issuer``."""
        return self.don_vi or issuer

    def symbol(self, issuer: Agency) -> str:
        """``SY-PCTH``: the form's code and the copying body's."""
        return self.ky_hieu or f"{COPY_CODES[self.hinh_thuc]}-{self.body(issuer).ky_hieu}"

    def number_key(self, of_tier: str, ma: str, issuer: Agency) -> str | None:
        """The key of the number of the copy of letter ``ma`` of a tier; None where the register gives none."""
        if self.so is not None or self.danh_so == "de_trong":
            return None
        of_what = ma if self.danh_so == "moi_van_ban" else self.body(issuer).ma
        return f"{of_tier}/{of_what}/{self.ma}"
