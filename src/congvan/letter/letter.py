"""One official document as data: everything the decree's table of components names, before Word."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import wraps
from typing import Any, Final, Self, TypeVar, cast, get_args

from pydantic import BaseModel, ValidationError

from congvan.errors import LetterError
from congvan.findings import Finding, Place, Report, finding
from congvan.letter import rules
from congvan.letter.addressee_group import NhomKinhGui
from congvan.letter.frozen_fields import FrozenFields
from congvan.letter.issue_date import IssueDate
from congvan.letter.kind_parts import BienBan, GiayGioiThieu, GiayMoi, GiayNghiPhep, VanBanKemTheo
from congvan.letter.office_style import TrinhBay
from congvan.letter.official_copy import BanSao
from congvan.letter.parts import NO_DATE, NOBODY, LetterParts, PhuLuc
from congvan.letter.signature import Signature

_Init = TypeVar("_Init", bound=Callable[..., None])
_DEFAULT_STYLE: Final = TrinhBay()
_NO_FIELDS: Final = FrozenFields()
_ALL_PARTS: Final = set(LetterParts.model_fields)


def _reports_every_wrong_part(init: _Init) -> _Init:
    """Make ``init``, which only declares the parts, validate them.

    Python stops at the first wrong argument with a TypeError; a letter is refused with all its findings.
    """

    @wraps(init)
    def validate(self: Letter, **parts: Any) -> None:
        try:
            BaseModel.__init__(self, **_signers_apart(parts))
        except ValidationError as error:
            raise _letter_error(error) from None
        Report.of(rules.refusals(self)).raise_errors(LetterError)
        # Every part counts as set, given or not: sets of their own take 30 % more memory for a plan.
        object.__setattr__(self, "__pydantic_fields_set__", _ALL_PARTS)

    return cast("_Init", validate)


class Letter(LetterParts):
    """An official document of one of the decree's 29 kinds.

    The parts keep the decree's names (Decree 30/2020, Art. 8 and Annex I). Lists carry bare texts: no
    ``- ``, ``;`` or closing ``.``, which the layout adds. ``so`` is None, and parts of ``ngay`` are
    missing, while the number or the date is still open; a draft may also lack symbol, place, subject, text, recipients
    and signer, for which the layout leaves room.

    ``ky`` may be several signatures, from left to right, where several sign; the first is then ``ky_trai``, the last
    ``ky``, those between ``ky_giua``. ``co_quan`` may be several bodies that issue a document together. Names of bodies
    and titles are printed in capitals and broken into lines by their sense, or where they have line ends of their own.
    ``ten_thuong`` is the issuer in a sentence ("Công ty Điện lực Thanh Hóa"); without it texts write the head's name
    as a sentence does. ``ten_loai`` is the heading of a thư công, "THƯ NGỎ".
    ``tham_quyen`` is the line of authority of a resolution or decision (models 1.1, 1.2), which also names
    its bases in ``can_cu``, "Theo đề nghị của …" the last of them. A document that is sent electronically
    (``ban_dien_tu``) leaves open where an annex names its number and date (model 2.2). ``trinh_bay`` are the
    office's own margins, sizes and distances; ``siet_trang`` sets this letter as tight as the decree allows.
    ``giu_nguyen`` names parts that stay worded as they are, whatever the rules say of doubled words, capitals, marks.

    With ``in_dia_chi`` the links of its texts print their addresses.

    ``noi_dung`` is Markdown; ``{{ name }}`` in it is filled from ``truong``. Every string is stored in
    Unicode form NFC and otherwise unchanged.

    :meth:`to_json` and :meth:`from_json` are inverse; a letter can also be pickled, deep-copied and hashed.

    Raises:
        LetterError: with every finding, when a part is missing, of the wrong type or breaks the decree.
    """

    @_reports_every_wrong_part
    def __init__(
        self,
        *,
        chu_quan: str | Sequence[str] | None = None,
        co_quan: str | Sequence[str],
        ten_thuong: str | None = None,
        so: int | None = None,
        ky_hieu: str | None = "",
        dia_danh: str | None = "",
        ngay: IssueDate | date | str | int | Sequence[int] | None = NO_DATE,
        loai: str = "cong-van",
        ten_loai: str | None = None,
        trich_yeu: str | None,
        tham_quyen: str | None = None,
        kinh_gui: str | NhomKinhGui | Mapping[str, Any] | Sequence[str | NhomKinhGui | Mapping[str, Any]] = (),
        can_cu: str | Sequence[str] = (),
        noi_dung: str | None,
        noi_nhan: str | Sequence[str] = (),
        ky: Signature | Mapping[str, Any] | Sequence[Signature | Mapping[str, Any]] | None = NOBODY,
        ky_trai: Signature | Mapping[str, Any] | None = None,
        ky_giua: Sequence[Signature | Mapping[str, Any]] = (),
        do_mat: str | None = None,
        do_khan: str | None = None,
        luu_hanh: str | None = None,
        nguoi_soan: str | None = None,
        so_ban: int | None = None,
        lien_he: str | Sequence[str] = (),
        giay_moi: GiayMoi | Mapping[str, Any] | None = None,
        giay_gioi_thieu: GiayGioiThieu | Mapping[str, Any] | None = None,
        bien_ban: BienBan | Mapping[str, Any] | None = None,
        giay_nghi_phep: GiayNghiPhep | Mapping[str, Any] | None = None,
        van_ban_kem_theo: VanBanKemTheo | Mapping[str, Any] | None = None,
        phu_luc: Sequence[PhuLuc | Mapping[str, Any]] = (),
        ban_sao: BanSao | Mapping[str, Any] | None = None,
        ban_dien_tu: bool = False,
        ket_thuc: str = "./.",
        trinh_bay: TrinhBay | Mapping[str, Any] = _DEFAULT_STYLE,
        siet_trang: bool = False,
        giu_nguyen: str | Sequence[str] = (),
        in_dia_chi: bool = False,
        truong: Mapping[str, Any] = _NO_FIELDS,
    ) -> None: ...

    def with_parts(self, **parts: Any) -> Self:
        """A copy with some parts replaced, validated like a new letter."""
        own = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self)(**{**own, **parts})

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:
        """The letter with the parts of ``obj``, as pydantic validates it.

        Raises:
            LetterError: as the constructor.
        """
        try:
            return super().model_validate(obj, **options)
        except ValidationError as error:
            raise _letter_error(error) from None

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """The letter with the parts of a JSON object, as pydantic validates it.

        Raises:
            LetterError: as the constructor.
        """
        try:
            return super().model_validate_json(json_data, **options)
        except ValidationError as error:
            raise _letter_error(error) from None

    @property
    def cautions(self) -> Report:
        """Warnings about wording: a mark after the subject, words said twice, a symbol without its kind's code."""
        return Report.of(rules.cautions(self))

    def to_json(self) -> str:
        """All parts as one JSON object, dates as ``2021-04-05``."""
        return self.model_dump_json()

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The letter :meth:`to_json` wrote; equal to it, if its ``truong`` hold texts, numbers, lists and dicts.

        Raises:
            LetterError: as the constructor.
            ValueError: when ``text`` is not a JSON object.
        """
        parts = json.loads(text)
        if not isinstance(parts, dict):
            raise ValueError("not a JSON object")  # noqa: TRY004  # as json.loads
        return cls(**parts)


def _signers_apart(parts: dict[str, Any]) -> dict[str, Any]:
    """Several signatures in a list stand from left to right."""
    match parts.get("ky"):
        case [first, *between, last]:
            return {**parts, "ky_trai": first, "ky_giua": between, "ky": last}
        case [only]:
            return {**parts, "ky": only}
        case []:
            return {**parts, "ky": None}
        case _:
            return parts


def _letter_error(error: ValidationError) -> LetterError:
    """The error of the constructor, which pydantic may have wrapped; else its own as findings."""
    for detail in error.errors():
        wrapped = detail.get("ctx", {}).get("error")
        if isinstance(wrapped, LetterError):
            return wrapped
    return LetterError(Report.of(_type_findings(error)))


def _type_findings(error: ValidationError) -> Iterator[Finding]:
    """pydantic's errors as findings: which part, what was expected, what came.

    Of a part that may be a text or a group, the text is not asked where a group was given.
    """
    details = error.errors()
    inside = {_part_name(detail["loc"][:-1]) for detail in details if detail["type"] in {"missing", "extra_forbidden"}}
    for detail in details:
        part = _part_name(detail["loc"])
        if part not in inside:
            yield _type_finding(part, detail)


def _type_finding(part: str, detail: Any) -> Finding:
    place = Place(key=part)
    match detail["type"]:
        case "missing":
            return finding("letter-part-missing", place, part=part)
        case "extra_forbidden":
            return finding("letter-part-unknown", place, part=part, known=", ".join(_parts_beside(detail["loc"])))
        case _:
            return finding("letter-part-type", place, part=part, value=_shown(detail["input"]))


def _part_name(steps: Iterable[str | int]) -> str:
    """``kinh_gui[0].nhom``; pydantic's steps into the types of a part, as ``NhomKinhGui``, are not of it."""
    name = ""
    for step in steps:
        if isinstance(step, int):
            name += f"[{step}]"
        elif step.isidentifier() and step.islower() and step != "str":
            name += f".{step}" if name else step
    return name


def _parts_beside(steps: Sequence[str | int]) -> Iterable[str]:
    """The parts that can stand where the last of ``steps`` stands: those of the letter or of one part of it."""
    model: type[BaseModel] = Letter
    for step in steps[:-1]:
        field = model.model_fields.get(str(step))
        model = _model_in(field.annotation) or model if field else model
    return model.model_fields


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The part's model in its type: that of ``tuple[str | NhomKinhGui, ...]`` is NhomKinhGui."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    models = (_model_in(argument) for argument in get_args(annotation))
    return next((model for model in models if model), None)


def _shown(value: object) -> str:
    """A text as a person typed it, any other value as Python writes it."""
    return f"«{value}»" if isinstance(value, str) else repr(value)
