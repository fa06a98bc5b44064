"""The parts of a letter, declared here and nowhere else."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BeforeValidator, Field, PlainSerializer

from congvan.decree.kinds import KINDS, Kind
from congvan.letter.addressee_group import Addressees, NhomKinhGui
from congvan.letter.frozen_fields import FrozenFields
from congvan.letter.issue_date import IssueDate
from congvan.letter.kind_parts import BienBan, GiayGioiThieu, GiayMoi, GiayNghiPhep, VanBanKemTheo
from congvan.letter.number_request import so_ky_hieu
from congvan.letter.office_style import TrinhBay
from congvan.letter.official_copy import BanSao
from congvan.letter.signature import Signature
from congvan.letter.text_types import Body, Fields, Heading, Issuer, Lines, OpenText, OpenWords, Part, Text

NOBODY: Final = Signature()
"""Who signs while that is open."""
NO_DATE: Final = IssueDate()
"""The date while it is open."""


def _open_signature(value: object) -> object:
    return NOBODY if value is None else value


def _open_date(value: object) -> IssueDate:
    return NO_DATE if value is None or value == "" else IssueDate.of(value)


class PhuLuc(Part):
    """An annex: ``tieu_de`` its title, ``noi_dung`` its text in Markdown (Decree 30/2020, Annex III, 2.1)."""

    tieu_de: Text
    noi_dung: Body


class LetterParts(Part):
    """The parts of a letter under the decree's names (Decree 30/2020, Art. 8 and Annex I), of the right types.

    :class:`congvan.Letter` adds the rules and explains the parts.
    """

    chu_quan: Issuer | None = None
    co_quan: Issuer
    ten_thuong: Text | None = None
    so: int | None = None
    ky_hieu: OpenText = ""
    dia_danh: OpenText = ""
    ngay: Annotated[IssueDate, BeforeValidator(_open_date), PlainSerializer(str)] = NO_DATE
    loai: str = "cong-van"
    ten_loai: Text | None = None
    trich_yeu: OpenWords
    tham_quyen: Heading | None = None
    kinh_gui: Addressees = ()
    can_cu: Lines = ()
    noi_dung: Body
    noi_nhan: Lines = ()
    ky: Annotated[Signature, BeforeValidator(_open_signature)] = NOBODY
    ky_trai: Signature | None = None
    ky_giua: tuple[Signature, ...] = ()
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
    giu_nguyen: Lines = ()
    in_dia_chi: bool = False
    truong: Fields = Field(default_factory=FrozenFields)

    @property
    def kind(self) -> Kind:
        """The letter's kind with its name, code and model."""
        return KINDS[self.loai]

    @property
    def nguoi_ky(self) -> tuple[Signature, ...]:
        """Everyone who signs, from left to right."""
        return (*((self.ky_trai,) if self.ky_trai else ()), *self.ky_giua, self.ky)

    @property
    def has_number(self) -> bool:
        """Whether it prints a number and symbol: every kind but a thư công that has neither."""
        return not self.kind.la_thu or bool(self.ky_hieu) or self.so is not None

    @property
    def so_ky_hieu(self) -> str:
        """Number and symbol, ``465/PCTH-KD``; a number below 10 has a leading zero, an open one is blank."""
        return so_ky_hieu(self.so, self.ky_hieu)

    @property
    def nguoi_nhan(self) -> tuple[str, ...]:
        """Each addressee by itself, the members of groups among them."""
        groups = (item.gom if isinstance(item, NhomKinhGui) else (item,) for item in self.kinh_gui)
        return tuple(name for group in groups for name in group)
