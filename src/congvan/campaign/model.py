"""A campaign (đợt): what is sent, by whom, to which tiers, on which dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Literal

from congvan.campaign.agencies import Agencies
from congvan.campaign.book import book_findings, default_book
from congvan.campaign.copies import Copies, Numbering, SignaturePattern
from congvan.campaign.office import Office, WhenIssued
from congvan.campaign.regulation.declared import Activity, Flag, Message
from congvan.campaign.regulation.rule import RuleSet
from congvan.errors import CampaignError
from congvan.findings import Place, Report
from congvan.letter import KINDS, Agency, IssueDate, Kind, NhomKinhGui, PhuLuc
from congvan.recipients import Recipient
from congvan.text.tone_marks import ToneStyle

BODY_OF_THE_TEMPLATE: Final = "{{ noi_dung_trong_mau }}"
"""The body of a tier that names only a template (``mau``), which has the text itself. A template that has a place
for a body all the same meets a field without a value, which stops the letter instead of leaving it empty."""

FIRST_ROUND: Final = "lan-dau"
"""Names the first round of a tier where it has several: ``thon.lan-dau``. No later round may be called so."""

BY_UNIT: Final = {"theo huyen": "huyen", "theo xa": "xa"}
"""What ``don_vi`` of a tier may hold in place of a code: each unit's own agency issues."""

Grouping = Literal["cap", "huyen", "xa", "nguoi_nhan"]
Order = Literal["theo_danh_sach", "theo_ten"]
DeadlineReading = Literal["chat", "rong", "khong"]
VacantPosts = Literal["dung", "chuc_danh", "bo_qua"]


@dataclass(frozen=True, slots=True)
class Approval:
    """The document by which the People's Committee agreed to area and date (``chap_thuan``).

    ``dia_ban`` is the area it names: codes or names of units down to hamlets, ``toàn tỉnh`` for all; empty where the
    file does not say.
    """

    so: str
    ky_hieu: str
    ngay: IssueDate
    co_quan: str
    dia_ban: tuple[str, ...] = ()

    @property
    def so_ky_hieu(self) -> str:
        """Number and symbol as a text cites them: ``3197/UBND-CN``."""
        return f"{self.so}/{self.ky_hieu}"


@dataclass(frozen=True, slots=True)
class DeadlineSetting:
    """How deadlines are counted (``thoi_han``).

    ``cach_tinh`` is the reading of the rules, ``khong`` for none. With ``lui_ve_ngay_lam_viec`` a deadline on a day
    off moves to the working day before. ``ngay_nghi`` and ``ngay_lam_bu`` are the days off and the days worked that
    the office adds to :mod:`congvan.decree.working_days`.
    """

    cach_tinh: DeadlineReading = "chat"
    lui_ve_ngay_lam_viec: bool = False
    ngay_nghi: frozenset[date] = frozenset()
    ngay_lam_bu: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class SymbolRule:
    """Abbreviations that symbols may hold: of bodies and of units; empty where any is allowed.

    The decree forms a symbol of them (Decree 30/2020, Annex I, part II, item 3): ``PCTH-KD`` for công
    văn, the body before the unit, ``TB-PCTH`` for a named kind, the kind before the body.
    """

    co_quan: tuple[str, ...] = ()
    bo_phan: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficeStyle:
    """What an office settles for all its letters.

    ``parts`` are parts of each letter, by name. ``dau_thanh`` is where its texts place tone marks and ``ky_hieu`` the
    rule of its symbols; None where the office leaves that open.
    """

    parts: Mapping[str, Any] = field(default_factory=dict)
    dau_thanh: ToneStyle | None = None
    ky_hieu: SymbolRule | None = None


DEFAULT_STYLE: Final = OfficeStyle()
NO_RULES: Final = RuleSet("", "", ())


@dataclass(frozen=True, kw_only=True)
class CampaignTier:
    """One tier of a campaign, or one later round of a tier: its letters before they are grouped, ordered and filled in.

    ``dot_gui`` is the code of the round, None for the tier itself; a campaign has the rounds of a tier right after it.
    ``don_vi`` is the issuing body's code, or ``theo huyen``, ``theo xa``. Texts are patterns with
    ``{{ fields }}``; ``noi_dung`` is the Markdown of the body. ``ky_hieu`` overrides the symbol that follows from
    kind, body and ``bo_phan``. ``nguoi_nhan`` is the whole list, or what ``loc``, a condition on its columns,
    chooses; ``pham_vi`` None means the campaign's.
    ``khi_khuyet`` says what becomes of vacant posts: the run stops, the office is addressed, or they are left out.
    ``other_parts`` are the parts of its letters not every letter has, by name (``do_khan``, ``giay_moi``).
    ``ban_sao`` makes its letters official copies. With ``hom_nay`` each letter is dated on the day it is numbered,
    and ``ngay`` is that of letters that have no number yet. ``places`` are the places of its keys in the campaign file,
    ``body_places`` the files of its texts by the part of a letter they become (``phu_luc[0].noi_dung``).
    ``is_document`` marks a further document of the campaign (``van_ban``), which is of no level of recipients and goes
    out by its date; ``viec`` is the work of the rules it does, ``cap`` where it is None.
    """

    cap: str
    dot_gui: str | None = None
    is_document: bool = False
    viec: str | None = None
    don_vi: str
    loai: str
    bo_phan: str | None = None
    ky_hieu: str | None = None
    ngay: IssueDate
    trich_yeu: str
    kinh_gui: tuple[str | NhomKinhGui, ...] = ()
    can_cu: tuple[str, ...] = ()
    nguoi_nhan: tuple[Recipient, ...]
    loc: str | None = None
    mot_van_ban_cho: Grouping
    thu_tu: Order = "theo_danh_sach"
    noi_dung: str
    noi_dung_place: Place | None = None
    body_places: Mapping[str, Place] = field(default_factory=dict)
    mau: Path | None = None
    noi_nhan: tuple[str, ...]
    ky: SignaturePattern
    danh_so: Numbering = "moi_van_ban"
    khi_khuyet: VacantPosts = "dung"
    other_parts: Mapping[str, Any] = field(default_factory=dict)
    phu_luc: tuple[PhuLuc, ...] = ()
    ban_sao: Copies | None = None
    hom_nay: bool = False
    pham_vi: tuple[str, ...] | None = None
    du_lieu: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)

    def place_of(self, key: str = "") -> Place:
        """The place of a key of the tier in the campaign file; of a missing key the tier's."""
        return self.places.get(key) or self.places.get("") or Place(key=f"{self.cap}.{key}" if key else self.cap)

    @property
    def name(self) -> str:
        """What commands and findings call it: ``thon``, and a later round of that tier ``thon.bo-sung-1``."""
        return round_name(self.cap, self.dot_gui)

    @property
    def work(self) -> str:
        """The work of the rules that its letters do."""
        return self.viec or self.cap

    @property
    def kind(self) -> Kind:
        """The kind of the tier's letters."""
        return KINDS[self.loai]

    @property
    def by_unit(self) -> str | None:
        """``huyen`` or ``xa`` when each unit's own agency issues; None when one body issues them all."""
        return BY_UNIT.get(" ".join(self.don_vi.split()))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Every text of the tier that is filled in when its letters are planned."""
        titles = tuple(annex.tieu_de for annex in self.phu_luc)
        copy = self.ban_sao.lines if self.ban_sao else ()
        lists = (*_addressee_texts(self.kinh_gui), *self.can_cu, *self.noi_nhan)
        return (self.trich_yeu, self.ky_hieu or "", *lists, *self.ky.lines, *titles, *copy, *_texts(self.other_parts))

    @cached_property
    def bodies(self) -> tuple[str, ...]:
        """Every text of the tier whose fields stay open until a letter is laid out: the body and other Markdown."""
        attached = self.other_parts.get("van_ban_kem_theo", {})
        further = [attached["noi_dung"]] if attached else []
        if self.ban_sao and self.ban_sao.noi_dung:
            further.append(self.ban_sao.noi_dung)
        return (self.noi_dung, *further, *(annex.noi_dung for annex in self.phu_luc))

    @cached_property
    def lines_cite(self) -> bool:
        """Whether one of these lines cites an earlier letter."""
        return any("truoc" in line for line in self.lines)

    @cached_property
    def cites(self) -> bool:
        """Whether its letters may cite earlier ones; a template of the office's own may ask for anything."""
        return self.mau is not None or self.lines_cite or any("truoc" in body for body in self.bodies)

    def may_cite(self, cap: str) -> bool:
        """Whether its letters may cite those of the tier ``cap``."""
        texts = (*self.lines, *self.bodies)
        return self.mau is not None or any("truoc" in text and cap in text for text in texts)

    def symbol(self, agency: Agency) -> str:
        """Number symbol of a letter of ``agency`` (Decree 30/2020, Annex I, part II, item 3).

        ``PCTH-KD`` for công văn, body and unit, without a kind code; ``TB-PCTH`` for a named kind, kind and body. A thư
        công that takes no number has no symbol.
        """
        if self.ky_hieu:
            return self.ky_hieu
        if self.kind.la_thu and self.danh_so == "de_trong":
            return ""
        if self.kind.ky_hieu:
            return f"{self.kind.ky_hieu}-{agency.ky_hieu}"
        return f"{agency.ky_hieu}-{self.bo_phan}" if self.bo_phan else agency.ky_hieu


def round_name(cap: str, dot_gui: str | None) -> str:
    """A tier, and a later round of it, as commands and findings call them: ``thon``, ``thon.bo-sung-1``."""
    return f"{cap}.{dot_gui}" if dot_gui else cap


def _addressee_texts(patterns: Iterable[str | NhomKinhGui]) -> Iterator[str]:
    for pattern in patterns:
        yield from (pattern,) if isinstance(pattern, str) else (pattern.nhom, *pattern.gom)


def _texts(part: Any) -> Iterator[str]:
    """Every text in a part that is filled in when a letter is planned; a body is not among them."""
    match part:
        case str():
            yield part
        case Mapping():
            yield from (text for name, inner in part.items() if name != "noi_dung" for text in _texts(inner))
        case tuple():
            yield from (text for inner in part for text in _texts(inner))


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A whole campaign, sound enough to be planned; read from a file or built in code.

    ``thang_thuc_hien`` is the month (year, month) the campaign takes effect in, None where nothing takes effect
    and so nothing is due. ``pham_vi`` are codes or names of the districts and communes it is limited to.
    ``quy_tac`` are its rules, and what it declares for them: the days of its other works (``lich``), its messages, what
    is done (``da_xong``), how open rules are read (``cach_hieu``, by rule) and which do not hold here, each with the
    reason (``mien_quy_tac``).
    ``symbol_rule`` are the abbreviations the office allows in symbols, None where it allows any.
    ``office`` is the office whose folder it lies in, None outside any. ``khi_da_ban_hanh`` is what a run does about
    issued letters that would be others now, ``bo_qua`` the codes of remarks and warnings that are not wanted.
    ``chap_nhan_sua_doi`` accepts the tracked changes in its templates.
    ``path`` is its file, None for a campaign without one; ``places`` are the places of its keys, ``report`` the
    findings of reading it.
    """

    ma: str
    ten: str
    thang_thuc_hien: tuple[int, int] | None = None
    he_thong_cap: tuple[str, ...]
    chap_thuan: Approval | None = None
    don_vi: Agencies
    cap: tuple[CampaignTier, ...]
    path: Path | None = None
    du_lieu: Mapping[str, Any] = field(default_factory=dict)
    pham_vi: tuple[str, ...] = ()
    thoi_han: DeadlineSetting = field(default_factory=DeadlineSetting)
    quy_tac: RuleSet = NO_RULES
    lich: tuple[Activity, ...] = ()
    tin_nhan: tuple[Message, ...] = ()
    da_xong: tuple[Flag, ...] = ()
    cach_hieu: Mapping[str, str] = field(default_factory=dict)
    mien_quy_tac: Mapping[str, str] = field(default_factory=dict)
    symbol_rule: SymbolRule | None = None
    office: Office | None = None
    khi_da_ban_hanh: WhenIssued = "giu"
    bo_qua: tuple[str, ...] = ()
    chap_nhan_sua_doi: bool = False
    places: Mapping[str, Place] = field(default_factory=dict)
    report: Report = field(default_factory=Report)

    @property
    def first_day(self) -> date | None:
        """T, the first day of the month it takes effect in; None where nothing takes effect."""
        return date(*self.thang_thuc_hien, 1) if self.thang_thuc_hien else None

    @property
    def book(self) -> Path | str | None:
        """The register of its numbers, a path or a URL: the office's, or ``so.sqlite3`` beside its file.

        None for a campaign without a file.

        Raises:
            CampaignError: when the office's register is elsewhere and the office not accepted, or when the campaign
                still has a register of its own beside it, or the code of another campaign of the office.
        """
        if self.path is None:
            return None
        Report.of(book_findings(self.path.parent, self.office, self.ma)).raise_errors(CampaignError)
        return default_book(self.path.parent, self.office)

    def place_of(self, key: str) -> Place:
        """The place of a key of the campaign in its file; of a missing key the file."""
        return self.places.get(key) or (Place(file=self.path.as_posix()) if self.path else Place(key=key))
