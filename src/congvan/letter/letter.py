"""One official document as data: everything the decree's table of components names, before Word."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, ValidationError

from congvan.errors import LetterError
from congvan.findings import Finding, Place, Report, finding
from congvan.letter import soundness
from congvan.letter.issue_date import IssueDate
from congvan.letter.kind import KINDS, Kind
from congvan.letter.signature import Signature
from congvan.text.unicode_form import nfc

BLANK_NUMBER: Final = "\u00a0" * 8
"""Room to write a number by hand; no-break spaces, so that the line never breaks in the gap."""


def _one_or_many(value: object) -> object:
    """A single string is a list of one; anything else is left to the type."""
    return (value,) if isinstance(value, str) else value


Text = Annotated[str, AfterValidator(nfc)]
Lines = Annotated[tuple[Text, ...], BeforeValidator(_one_or_many)]
Fields = Annotated[
    Mapping[str, Any],
    AfterValidator(lambda values: MappingProxyType(dict(values))),
    PlainSerializer(dict, return_type=dict),
]


class PhuLuc(BaseModel):
    """An annex: ``tieu_de`` its title, ``noi_dung`` its text in Markdown (Decree 30/2020, Annex III, 2.1)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tieu_de: Text
    noi_dung: Text


class Letter(BaseModel):
    """An official document of one of the decree's 29 kinds.

    The parts keep the decree's names (Decree 30/2020, Art. 8 and Annex I). Lists carry bare texts: no
    ``- ``, ``;`` or closing ``.``, which the layout adds. ``so`` is None, and parts of ``ngay`` are
    missing, while the number or the date is still open.

    ``noi_dung`` is Markdown; ``{{ name }}`` in it is filled from ``truong``. Every string is kept in
    Unicode form NFC and otherwise as given.

    Raises:
        LetterError: with every finding, when a part is missing, of the wrong type or breaks the decree.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    chu_quan: Text | None = None
    co_quan: Text
    so: int | None = None
    ky_hieu: Text
    dia_danh: Text
    ngay: Annotated[IssueDate, BeforeValidator(IssueDate.of), PlainSerializer(str)]
    loai: str = "cong-van"
    trich_yeu: Text
    kinh_gui: Lines = ()
    can_cu: Lines = ()
    noi_dung: Text
    noi_nhan: Lines
    ky: Signature
    do_mat: Text | None = None
    do_khan: Text | None = None
    luu_hanh: Text | None = None
    nguoi_soan: Text | None = None
    so_ban: int | None = None
    lien_he: Lines = ()
    phu_luc: tuple[PhuLuc, ...] = ()
    ket_thuc: str = "./."
    truong: Fields = Field(default_factory=lambda: MappingProxyType({}))

    def __init__(self, **parts: Any) -> None:
        try:
            super().__init__(**parts)
        except ValidationError as error:
            raise LetterError(Report.of(_shape_finding(detail) for detail in error.errors())) from None
        Report.of(soundness.findings(self)).raise_errors(LetterError)

    def __getstate__(self) -> dict[Any, Any]:
        """A mapping proxy does not travel between processes; a letter does."""
        state = super().__getstate__()
        return {**state, "__dict__": {**state["__dict__"], "truong": dict(self.truong)}}

    @property
    def kind(self) -> Kind:
        """The letter's kind with its name and code."""
        return KINDS[self.loai]

    @property
    def so_ky_hieu(self) -> str:
        """Number and symbol, ``465/PCTH-KD``; a number below 10 has a leading zero, an open one is blank."""
        number = BLANK_NUMBER if self.so is None else f"{self.so:02}"
        return f"{number}/{self.ky_hieu}"

    def with_parts(self, **parts: Any) -> Self:
        """A copy with some parts replaced, checked like a new letter."""
        own = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self)(**{**own, **parts})


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
