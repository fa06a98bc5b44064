"""One official document as data: everything the decree's table of components names, before Word."""

from __future__ import annotations

from types import MappingProxyType
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, ValidationError

from congvan.decree.kinds import KINDS, Kind
from congvan.errors import LetterError
from congvan.findings import Finding, Place, Report, finding
from congvan.letter import rules as soundness
from congvan.letter.addressee_group import Addressees, NhomKinhGui
from congvan.letter.issue_date import IssueDate
from congvan.letter.kind_parts import BienBan, GiayGioiThieu, GiayMoi, GiayNghiPhep, VanBanKemTheo
from congvan.letter.layered import plain_fields
from congvan.letter.numbering import so_ky_hieu
from congvan.letter.office_style import TrinhBay
from congvan.letter.official_copy import BanSao
from congvan.letter.signature import Signature
from congvan.letter.text_types import Fields, Lines, Part, Text

_SIGNERS_SIDE_BY_SIDE = 2
_PARTS_GIVEN: dict[frozenset[str], set[str]] = {}
"""Which parts letters were given, each choice of them once."""


class PhuLuc(Part):
    """An annex: ``tieu_de`` its title, ``noi_dung`` its text in Markdown (Decree 30/2020, Annex III, 2.1)."""

    tieu_de: Text
    noi_dung: Text


class Letter(BaseModel):
    """An official document of one of the decree's 29 kinds.

    The parts keep the decree's names (Decree 30/2020, Art. 8 and Annex I). Lists carry bare texts: no
    ``- ``, ``;`` or closing ``.``, which the layout adds. ``so`` is None, and parts of ``ngay`` are
    missing, while the number or the date is still open.

    ``ky`` may be two signatures, left and right, where the kind is signed by two; the left one is then ``ky_trai``.
    ``ten_thuong`` is the issuer in a sentence ("Công ty Điện lực Thanh Hóa"); without it texts say it as the head
    does. ``tham_quyen`` is the line of authority of a resolution or decision (models 1.1, 1.2), which also names
    its bases in ``can_cu``, "Theo đề nghị của …" the last of them. A document that is sent electronically
    (``ban_dien_tu``) leaves open where an annex names its number and date (model 2.2). ``trinh_bay`` are the
    office's own margins, sizes and distances; ``siet_trang`` sets this letter as tight as the decree allows.

    ``noi_dung`` is Markdown; ``{{ name }}`` in it is filled from ``truong``. Every string is kept in
    Unicode form NFC and otherwise as given.

    Raises:
        LetterError: with every finding, when a part is missing, of the wrong type or breaks the decree.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

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
    truong: Fields = Field(default_factory=lambda: MappingProxyType({}))

    def __init__(self, like: Letter | None = None, /, **parts: Any) -> None:
        """The letter with these ``parts``; what it has in common with another, ``like``, is not asked again."""
        try:
            super().__init__(**_signers_apart(parts))
        except ValidationError as error:
            raise LetterError(Report.of(_shape_finding(detail) for detail in error.errors())) from None
        asked = None if like is None else self._own_parts(like)
        Report.of(soundness.findings(self, asked)).raise_errors(LetterError)
        given = self.__pydantic_fields_set__  # the same parts for all letters of a tier, and larger than the letter
        object.__setattr__(self, "__pydantic_fields_set__", _PARTS_GIVEN.setdefault(frozenset(given), given))

    def _own_parts(self, other: Letter) -> list[str]:
        """The parts that are not the same in ``other``; those that are, both letters have as one from now on."""
        own, others = self.__dict__, other.__dict__
        differing = []
        for name, part in own.items():
            if part is others[name] or name == "truong":  # no two letters have the same fields, and no rule reads them
                continue
            if part == others[name]:
                own[name] = others[name]
            else:
                differing.append(name)
        return differing

    def __getstate__(self) -> dict[Any, Any]:
        """A mapping proxy does not travel between processes; a letter does."""
        state = super().__getstate__()
        return {**state, "__dict__": {**state["__dict__"], "truong": plain_fields(self.truong)}}

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
        """Everybody the letter is addressed to, one by one, members of groups among them."""
        groups = (item.gom if isinstance(item, NhomKinhGui) else (item,) for item in self.kinh_gui)
        return tuple(name for group in groups for name in group)

    def with_parts(self, **parts: Any) -> Self:
        """A copy with some parts replaced, checked like a new letter."""
        own = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self)(**{**own, **parts})


def _signers_apart(parts: dict[str, Any]) -> dict[str, Any]:
    """Two signatures given as a list stand left and right."""
    match parts.get("ky"):
        case list() | tuple() as signers if len(signers) == _SIGNERS_SIDE_BY_SIDE:
            return {**parts, "ky_trai": signers[0], "ky": signers[1]}
        case _:
            return parts


def _shape_finding(detail: Any) -> Finding:
    """A pydantic error as a finding: which part, what was expected, what came."""
    place = Place(key=".".join(str(step) for step in detail["loc"]))
    match detail["type"]:
        case "missing":
            return finding("letter-part-missing", place, part=place.key)
        case "extra_forbidden":
            return finding("letter-part-unknown", place, part=place.key, known=", ".join(Letter.model_fields))
        case _:
            return finding("letter-part-type", place, part=place.key, value=repr(detail["input"]), why=detail["msg"])
