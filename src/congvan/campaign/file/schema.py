"""The keys of a campaign file and their types."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeAlias, get_type_hints

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainValidator,
    Tag,
    create_model,
)
from pydantic_core import PydanticCustomError

from congvan.campaign.copies import CopyForm, Numbering
from congvan.campaign.did_you_mean import did_you_mean
from congvan.campaign.model import DeadlineReading, Grouping, Order, VacantPosts
from congvan.campaign.office import BOOK, WhenIssued
from congvan.findings import Severity, codes
from congvan.letter import KINDS, BienBan, GiayGioiThieu, GiayMoi, GiayNghiPhep, IssueDate, Letter
from congvan.letter.agency import FirstNumber
from congvan.letter.text_types import BLANK_WORDS, Lines, OpenText, Part, Text, as_lines, line_of_yaml
from congvan.recipients import ERAS, era_named
from congvan.text.fields.pattern import Values
from congvan.text.legacy import Encoding
from congvan.text.tone_marks import ToneStyle, tone_style

TODAY: Final = "hom-nay"
"""What ``ngay`` of a tier may hold in place of a date: the day its letters are numbered."""

_TWO_DIGIT_YEAR: Final = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{2}")
_DECIMAL: Final = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")
_WHOLE: Final = re.compile(r"[0-9]{1,9}")
_FIELD_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ABBREVIATION: Final = re.compile(r"[^\W\d_][^\s/{}]*")
_CODE: Final = re.compile(r"[^\W_][\w.-]*")
"""Codes become folder names and parts of keys: letters, digits, "-", "_" and "."."""


def _refuse(code: str, **context: object) -> PydanticCustomError:
    """A refusal whose type is the code of the finding it becomes."""
    return PydanticCustomError(code, code, context)


def _filled(text: str) -> str:
    """A text without the white space context it, which a block of YAML always ends with."""
    if not text.strip():
        raise _refuse("campaign-value-empty")
    return text.strip()


def _stripped(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line.strip() for line in lines)


def _code(text: str) -> str:
    if not _CODE.fullmatch(text):
        raise _refuse("campaign-value-not-code")
    return text


def _date(value: object) -> IssueDate | None:
    """``null``, or no value, leaves day and month open; the year is then the campaign's."""
    if value is None or value == "":
        return None
    try:
        return IssueDate.of(value)
    except ValueError:
        unclear = isinstance(value, str) and _TWO_DIGIT_YEAR.fullmatch(value.strip())
        raise _refuse("campaign-value-date-unclear" if unclear else "campaign-value-not-date") from None


def _tier_date(value: object) -> IssueDate | Literal["hom-nay"] | None:
    return TODAY if isinstance(value, str) and value.strip() == TODAY else _date(value)


def _month(value: object) -> tuple[int, int] | None:
    if value is None:
        return None
    try:
        month = IssueDate.of(value) if isinstance(value, str) else None
    except ValueError:
        month = None
    if month is None or month.nam is None or month.thang is None or month.ngay or month.nam > 9998:  # noqa: PLR2004
        raise _refuse("campaign-value-not-month")
    return month.nam, month.thang


def _kind(text: str) -> str:
    if text not in KINDS:
        raise _refuse("campaign-value-not-choice", **did_you_mean(text, KINDS))
    return text


def _era(value: object) -> str:
    if (era := era_named(str(value))) is None:
        raise _refuse("campaign-value-not-choice", **did_you_mean(str(value), (era.ma for era in ERAS)))
    return era.ma


def _some(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if not values:
        raise _refuse("campaign-value-empty")
    return values


def _day(value: object) -> object:
    day = _date(value)
    if day is None or day.day is None:
        raise _refuse("campaign-value-not-day")
    return day.day


def _unit_names(value: object) -> object:
    """Unit codes are text; a code typed without quotes (``398``) reads as a number and still means its digits."""
    if isinstance(value, str | int) and not isinstance(value, bool):
        value = [value]
    if isinstance(value, list):
        return tuple(str(item) if type(item) is int else item for item in value)
    return value


def _day_text(value: object) -> object:
    """A day as text, like any other line that may hold a field."""
    return value.isoformat() if isinstance(value, date) else value


def _addressee_items(value: object) -> object:
    """A single line or group is a list of one; a line with a colon that YAML reads as a mapping is a line."""
    if isinstance(value, str | Mapping):
        value = (value,)
    if not isinstance(value, list | tuple):
        return value
    return tuple(item if isinstance(item, Mapping) and "nhom" in item else line_of_yaml(item) for item in value)


def _number_text(value: object) -> object:
    return str(value) if type(value) is int else value


def _fields(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Fields under names a text can ask for; one without a value is as good as absent."""
    for name in values:
        if not _FIELD_NAME.fullmatch(name):
            raise _refuse("campaign-value-not-field-name", name=name)
    return {name: _field(name, value) for name, value in values.items() if value is not None}


def _field(name: str, value: Any) -> Any:
    """A mapping among the fields knows its own name, so that ``gia.ban`` is called so when it is missing."""
    if not isinstance(value, Mapping):
        return value
    return Values(name, {key: _field(f"{name}.{key}", inner) for key, inner in value.items() if inner is not None})


Filled = Annotated[Text, AfterValidator(_filled)]


def _decimal(value: object) -> object:
    """A number with a decimal comma or point: the YAML reader leaves ``12,7`` and ``1.15`` as text."""
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return float(value.replace(",", "."))
    if type(value) in (int, float):
        return value
    raise _refuse("campaign-value-not-number")


def _tone_style(value: object) -> ToneStyle | None:
    """The style shown by a word written in it: ``hòa`` or ``hoà``."""
    if value is None:
        return None
    if (style := tone_style(str(value))) is None:
        raise _refuse("campaign-value-not-choice", **did_you_mean(str(value), ToneStyle))
    return style


def _abbreviations(texts: tuple[str, ...]) -> tuple[str, ...]:
    for text in texts:
        if not _ABBREVIATION.fullmatch(text):
            raise _refuse("campaign-value-not-abbreviation", text=text)
    return texts


def _ignorable(code: str) -> str:
    """The code of a finding that may go unseen; an error may not."""
    known = codes()
    if code not in known:
        near = did_you_mean(code, (name for name, one in known.items() if one.severity is not Severity.ERROR))
        raise _refuse("office-ignored-unknown", name=code, near=near["near"])
    if known[code].severity is Severity.ERROR:
        raise _refuse("office-ignored-error", name=code)
    return code


def _lint_code(code: str) -> str:
    known = [one for one in codes() if one.startswith("lint-")]
    if code not in known:
        raise _refuse("office-ignored-unknown", name=code, near=did_you_mean(code, known)["near"])
    return code


def _first_number(value: object) -> FirstNumber:
    """A number from 1, or a map of years to such numbers."""
    if isinstance(value, Mapping) and value:
        return {_whole(year, 1900): _whole(number, 1) for year, number in value.items()}
    return _whole(value, 1)


def _whole(value: object, least: int) -> int:
    text = str(value)
    if isinstance(value, bool) or not _WHOLE.fullmatch(text) or int(text) < least:
        raise _refuse("campaign-value-not-number")
    return int(text)


IgnoredCodes = Annotated[
    tuple[Annotated[Text, AfterValidator(str.strip), AfterValidator(_ignorable)], ...], BeforeValidator(as_lines)
]
Measure = Annotated[float, BeforeValidator(_decimal)]
ToneMarks = Annotated[ToneStyle | None, BeforeValidator(_tone_style)]
Abbreviations = Annotated[Lines, AfterValidator(_abbreviations)]
DayPattern = Annotated[Filled, BeforeValidator(_day_text)]
Open = Annotated[OpenText, AfterValidator(str.strip)]
"""A text that a draft may lack."""
Patterns = Annotated[Lines, AfterValidator(_stripped)]
OpenPatterns = Annotated[Patterns, BeforeValidator(lambda value: () if value is None else value)]
"""Lines that a draft may lack."""
Code = Annotated[Text, AfterValidator(_code)]
OpenDate = Annotated[IssueDate | None, BeforeValidator(_date)]
TierDate = Annotated[IssueDate | Literal["hom-nay"] | None, BeforeValidator(_tier_date)]
Days = tuple[Annotated[date, BeforeValidator(_day)], ...]
Month = Annotated[tuple[int, int] | None, BeforeValidator(_month)]
KindName = Annotated[Text, AfterValidator(_kind)]
EraName = Annotated[str, BeforeValidator(_era)]
UnitNames = Annotated[tuple[Filled, ...] | None, BeforeValidator(_unit_names)]
FieldMap = Annotated[Mapping[str, Any], AfterValidator(_fields)]


class Entry(BaseModel):
    """A mapping of the campaign file. Assignment is checked, so that keys can be read one by one."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, validate_assignment=True)


class ApprovalEntry(Entry):
    """``chap_thuan``: the document by which the People's Committee agreed to area and date."""

    so: Annotated[Filled, BeforeValidator(_number_text)]
    ky_hieu: Filled
    ngay: Annotated[IssueDate, BeforeValidator(_date)]
    co_quan: Filled
    dia_ban: UnitNames = None


class SignatureEntry(Entry):
    """``ky``: the signature block of a tier's letters, with fields; title and name are empty while they are open."""

    quyen_han: Patterns = ()
    chuc_vu: Open = ""
    chuc_danh_khac: Filled | None = None
    ho_ten: Open = ""


OpenSignature = Annotated[SignatureEntry, BeforeValidator(lambda value: {} if value is None else value)]


class AddresseeGroupEntry(Entry):
    """An item of ``kinh_gui`` that is a group: its heading, and a line for each of its members, all with fields."""

    nhom: Filled
    gom: Annotated[Patterns, AfterValidator(_some)]


LINE_TAG, GROUP_TAG = "<line>", "<group>"
AddresseePatterns = Annotated[
    tuple[
        Annotated[
            Annotated[Filled, Tag(LINE_TAG)] | Annotated[AddresseeGroupEntry, Tag(GROUP_TAG)],
            Discriminator(lambda item: GROUP_TAG if isinstance(item, Mapping | AddresseeGroupEntry) else LINE_TAG),
        ],
        ...,
    ],
    BeforeValidator(_addressee_items),
]


class CopyEntry(Entry):
    """``ban_sao``: the official copies a tier's letters are given out as (Decree 30/2020, Art. 25)."""

    hinh_thuc: CopyForm
    ma: Code | None = None
    don_vi: Filled | None = None
    ngay: OpenDate
    noi_dung: Filled | None = None
    danh_so: Numbering | None = None
    so: Annotated[int, Field(ge=1)] | None = None
    so_bat_dau: Annotated[FirstNumber, PlainValidator(_first_number)] = 1
    ky_hieu: Filled | None = None
    noi_nhan: Patterns
    ky: SignatureEntry


class AnnexEntry(Entry):
    """One item of ``phu_luc``: its title, and the Markdown file of its text."""

    tieu_de: Filled
    noi_dung: Filled


class AttachedEntry(Entry):
    """``van_ban_kem_theo``: the text a decision issues; its kind, subject, and the Markdown file of its text."""

    loai: KindName
    trich_yeu: Filled
    noi_dung: Filled


_PATTERNS: Final[Mapping[Any, Any]] = {str: Filled, tuple[Text, ...]: Patterns, IssueDate: DayPattern, bool: bool}
"""The types of a part's own parts in a letter, and in the file, where they are texts with fields."""


def _entry_of(part: type[Part]) -> type[Entry]:
    """The entry for a part only one kind has, with the keys that the letter's part declares."""
    fields: dict[str, Any] = {
        name: (_PATTERNS[field.annotation], ... if field.is_required() else field.default)
        for name, field in part.model_fields.items()
    }
    return create_model(f"{part.__name__}Entry", __base__=Entry, **fields)


if TYPE_CHECKING:
    InvitationEntry: TypeAlias = Entry
    IntroductionEntry: TypeAlias = Entry
    MinutesEntry: TypeAlias = Entry
    LeaveEntry: TypeAlias = Entry
else:
    InvitationEntry = _entry_of(GiayMoi)
    IntroductionEntry = _entry_of(GiayGioiThieu)
    MinutesEntry = _entry_of(BienBan)
    LeaveEntry = _entry_of(GiayNghiPhep)


class UnitsEntry(Entry):
    """``don_vi_hanh_chinh``: the list of units the recipients' units are looked up in.

    ``tinh`` is the province, by code or name, of recipients that name none.
    """

    thoi_ky: EraName
    tinh: Annotated[Filled, BeforeValidator(_number_text)] | None = None


class DeadlineEntry(Entry):
    """``thoi_han``: how deadlines are counted, and the days the office adds to the calendar of working days."""

    cach_tinh: DeadlineReading = "chat"
    lui_ve_ngay_lam_viec: bool = False
    ngay_nghi: Days = ()
    ngay_lam_bu: Days = ()


class SymbolEntry(Entry):
    """``ky_hieu`` of the office's file: the abbreviations its symbols may hold; any, where it names none."""

    co_quan: Abbreviations = ()
    bo_phan: Abbreviations = ()


class OfficeStyleEntry(Entry):
    """The file ``mau_trinh_bay`` names, the office's style of letters; what it leaves out is congvan's default."""

    le_tren: Measure = 20
    le_duoi: Measure = 20
    le_trai: Measure = 30
    le_phai: Measure = 20
    co_chu: Measure = 14
    thut_dong: Measure = 10
    gian_dong: Measure = 1
    cach_doan: Measure = 6
    dau_ket_thuc: bool = True
    dau_thanh: ToneMarks = None
    ky_hieu: SymbolEntry | None = None


class TierEntry(Entry):
    """One item of ``cap``."""

    cap: Code
    viec: Code | None = None
    don_vi: Filled
    loai: KindName
    bo_phan: Filled | None = None
    ky_hieu: Filled | None = None
    ngay: TierDate
    trich_yeu: Annotated[Filled, BeforeValidator(lambda value: BLANK_WORDS if value is None else value)]
    ten_loai: Filled | None = None
    kinh_gui: AddresseePatterns = ()
    can_cu: Patterns = ()
    nguoi_nhan: Filled
    loc: Filled | None = None
    trang_tinh: Filled | None = None
    bang_ma: Encoding | None = None
    sua_danh_sach: bool | None = None
    khi_khuyet: VacantPosts = "dung"
    mot_van_ban_cho: Grouping
    thu_tu: Order = "theo_danh_sach"
    noi_dung: Filled | None = None
    mau: Filled | None = None
    noi_nhan: OpenPatterns = ()
    ky: OpenSignature = Field(default_factory=SignatureEntry)
    ky_trai: SignatureEntry | None = None
    ky_giua: tuple[SignatureEntry, ...] = ()
    danh_so: Numbering = "moi_van_ban"
    do_khan: Filled | None = None
    do_mat: Filled | None = None
    luu_hanh: Filled | None = None
    nguoi_soan: Filled | None = None
    so_ban: int | None = None
    tham_quyen: Filled | None = None
    giay_moi: InvitationEntry | None = None
    giay_gioi_thieu: IntroductionEntry | None = None
    bien_ban: MinutesEntry | None = None
    giay_nghi_phep: LeaveEntry | None = None
    van_ban_kem_theo: AttachedEntry | None = None
    ban_dien_tu: bool = False
    siet_trang: bool = False
    giu_nguyen: Patterns = ()
    in_dia_chi: bool = False
    phu_luc: tuple[AnnexEntry, ...] = ()
    ban_sao: CopyEntry | None = None
    pham_vi: UnitNames = None
    du_lieu: FieldMap = Field(default_factory=dict)
    dot_gui: tuple[Any, ...] = ()


_NOT_OF_A_ROUND: Final = {"cap", "dot_gui"}


def _round_entry() -> type[Entry]:
    """A round has a code and a date of its own, and may have any other key of the tier."""
    hints = get_type_hints(TierEntry, include_extras=True)
    keys: dict[str, Any] = {name: (hints[name], None) for name in TierEntry.model_fields if name not in _NOT_OF_A_ROUND}
    return create_model("RoundEntry", __base__=Entry, **{**keys, "ma": (Code, ...), "ngay": (OpenDate, ...)})


if TYPE_CHECKING:

    class RoundEntry(TierEntry):
        """One item of ``dot_gui`` of a tier: what it leaves out is as in the tier."""

        ma: str
else:
    RoundEntry = _round_entry()


def _document_entry() -> type[Entry]:
    """A document has the keys of a tier, under a code of its own, and goes out once."""
    hints = get_type_hints(TierEntry, include_extras=True)
    keys: dict[str, Any] = {
        name: (hints[name], field) for name, field in TierEntry.model_fields.items() if name not in _NOT_OF_A_ROUND
    }
    return create_model("DocumentEntry", __base__=Entry, **{"ma": (Code, ...), **keys})


if TYPE_CHECKING:

    class DocumentEntry(TierEntry):
        """One item of ``van_ban``: a further document of the campaign."""

        ma: str
else:
    DocumentEntry = _document_entry()


_PARTS: Final = tuple(name for name in Letter.model_fields if name in TierEntry.model_fields)
_WRITTEN: Final = {"ky_hieu", "ngay", "loai", "trich_yeu", "kinh_gui", "can_cu", "noi_dung", "noi_nhan", "ky"}
_WITH_FILES: Final = {"phu_luc", "ban_sao"}
_NO_TEXTS: Final = {"ngay", "loai", "ky_hieu", "noi_dung", "do_mat", "do_khan", "luu_hanh", "nguoi_soan", "giu_nguyen"}

OTHER_PARTS: Final = tuple(name for name in _PARTS if name not in _WRITTEN | _WITH_FILES)
"""Keys of a tier that are parts of its letters, present only where a kind or an office needs them."""

OFFICE_TEXTS: Final = tuple(name for name in _PARTS if name not in _NO_TEXTS | {"kinh_gui"})
"""Keys of a tier that hold texts of the office's own; those of ``kinh_gui`` are names of others."""

NAMES_AND_FILES: Final = frozenset({"ho_ten", "loai", "noi_dung"})
"""Keys inside these that hold the name of a person, a kind or a file."""


class CampaignEntry(Entry):
    """The whole file, but for the items of ``cap``, which are read one by one."""

    ma: Code
    ten: Filled
    thang_thuc_hien: Month = None
    he_thong_cap: Annotated[tuple[Code, ...], AfterValidator(_some)]
    chap_thuan: ApprovalEntry | None = None
    don_vi: Filled = ""
    mau_trinh_bay: Filled | None = None
    nha: Filled | None = None
    don_vi_hanh_chinh: UnitsEntry | None = None
    cap: Annotated[tuple[Any, ...], AfterValidator(_some)]
    van_ban: tuple[Any, ...] = ()
    quy_tac: Patterns = ()
    lich: Mapping[str, Any] = Field(default_factory=dict)
    tin_nhan: tuple[Any, ...] = ()
    da_xong: Mapping[str, Any] = Field(default_factory=dict)
    cach_hieu: Mapping[str, Filled] = Field(default_factory=dict)
    mien_quy_tac: Mapping[str, Filled] = Field(default_factory=dict)
    ban_sao: CopyEntry | None = None
    du_lieu: FieldMap = Field(default_factory=dict)
    pham_vi: UnitNames = None
    thoi_han: DeadlineEntry = Field(default_factory=DeadlineEntry)
    sua_danh_sach: bool = False
    chap_nhan_sua_doi: bool = False
    bo_qua: IgnoredCodes = ()
    khi_da_ban_hanh: WhenIssued = "giu"


class RightsEntry(Entry):
    """``quyen``: the users who may number letters and who may issue them; everybody, where it does not say."""

    cap_so: Patterns | None = None
    ban_hanh: Patterns | None = None


class LintExceptionEntry(Entry):
    """A line of ``ngoai_le``: a finding of the linter that the office leaves, with its reason, in files of a name."""

    ma: Annotated[Filled, AfterValidator(_lint_code)]
    ly_do: Filled
    tep: Filled = "*"


class OfficeEntry(Entry):
    """``co-quan.yaml``: what an office settles for all campaigns below its folder."""

    ten: Filled
    so_dang_ky: Filled = BOOK
    mau_trinh_bay: Filled | None = None
    don_vi: Filled | None = None
    ngay_nghi: Days = ()
    ngay_lam_bu: Days = ()
    quyen: RightsEntry = RightsEntry()
    cho_phep: Patterns = ()
    bo_qua: IgnoredCodes = ()
    ngoai_le: tuple[LintExceptionEntry, ...] = ()
    khi_da_ban_hanh: WhenIssued = "giu"
