"""The parts of a letter, declared here and nowhere else."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, PlainSerializer

from congvan.decree.kinds import KINDS, Kind
from congvan.letter.addressee_group import Addressees, NhomKinhGui
from congvan.letter.frozen_fields import FrozenFields
from congvan.letter.issue_date import IssueDate
from congvan.letter.kind_parts import BienBan, GiayGioiThieu, GiayMoi, GiayNghiPhep, VanBanKemTheo
from congvan.letter.numbering import so_ky_hieu
from congvan.letter.office_style import TrinhBay
from congvan.letter.official_copy import BanSao
from congvan.letter.signature import Signature
from congvan.letter.text_types import Fields, Lines, Part, Text


class PhuLuc(Part):
    """An annex: ``tieu_de`` its title, ``noi_dung`` its text in Markdown (Decree 30/2020, Annex III, 2.1)."""

    tieu_de: Text
    noi_dung: Text


class LetterParts(Part):
    """The parts of a letter under the decree's names (Decree 30/2020, Art. 8 and Annex I), of the right types.

    :class:`congvan.Letter` adds the rules and explains the parts.
    """

    chu_quan: Text | None = None
    co_quan: Text
    ten_thuong: Text | None = None
    so: int | None = None
    ky_hieu: Text
    dia_danh: Text
    ngay: Annotated[IssueDate, BeforeValidator(IssueDate.of), PlainSerializer(str)]
    loai: str = "cong-van"
    trich_yeu: Text
    tham_quyen: Text | None = None
    kinh_gui: Addressees = ()
    can_cu: Lines = ()
    noi_dung: Text
    noi_nhan: Lines
    ky: Signature
    ky_trai: Signature | None = None
    do_mat: Text | None = None
    do_khan: Text | None = None
    luu_hanh: Text | None = None
    nguoi_soan: Text | None = None
    so_ban: int | None = None
    lien_he: Lines = ()
    giay_moi: GiayMoi | None = None
    giay_gioi_thieu: GiayGioiThieu | None = None
    bien_ban: BienBan | None = None
    giay_nghi_phep: GiayNghiPhep | None = None
    van_ban_kem_theo: VanBanKemTheo | None = None
    phu_luc: tuple[PhuLuc, ...] = ()
    ban_sao: BanSao | None = None
    ban_dien_tu: bool = False
    ket_thuc: str = "./."
    trinh_bay: TrinhBay = TrinhBay()
    siet_trang: bool = False
    truong: Fields = Field(default_factory=FrozenFields)

    @property
    def kind(self) -> Kind:
        """The letter's kind with its name, code and model."""
        return KINDS[self.loai]

    @property
    def so_ky_hieu(self) -> str:
        """Number and symbol, ``465/PCTH-KD``; a number below 10 has a leading zero, an open one is blank."""
        return so_ky_hieu(self.so, self.ky_hieu)

    @property
    def nguoi_nhan(self) -> tuple[str, ...]:
        """Each addressee by itself, the members of groups among them."""
        groups = (item.gom if isinstance(item, NhomKinhGui) else (item,) for item in self.kinh_gui)
        return tuple(name for group in groups for name in group)
