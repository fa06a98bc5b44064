"""Loads a campaign file with every table, list and text it names; never plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from congvan.campaign.agencies import Agencies
from congvan.campaign.did_you_mean import did_you_mean
from congvan.campaign.file.entry_reader import read_entry
from congvan.campaign.file.named_files import NamedFiles
from congvan.campaign.file.office_file import office_of
from congvan.campaign.file.schema import ApprovalEntry, CampaignEntry
from congvan.campaign.file.tier_reader import CampaignContext, DocumentReader, RoundReader, TierReader
from congvan.campaign.file.works_reader import WorksReader
from congvan.campaign.file.yaml_source import Source, read_source
from congvan.campaign.model import (
    DEFAULT_STYLE,
    Approval,
    Campaign,
    CampaignTier,
    DeadlineSetting,
    OfficeStyle,
    round_name,
)
from congvan.campaign.office import Office
from congvan.campaign.regulation.judging import rule_findings
from congvan.campaign.regulation.rule import RuleSet
from congvan.campaign.regulation.rule_file import BASIC, SHIPPED, shipped_rules
from congvan.campaign.rules.days_off import day_off_findings, office_day_findings, office_days
from congvan.campaign.rules.field_names import name_conflicts
from congvan.campaign.rules.order import DatedTier, approval_findings, order_findings, with_documents
from congvan.campaign.rules.rule_names import rule_name_findings
from congvan.campaign.rules.spelling import spelling_findings
from congvan.campaign.rules.typed_dates import planned_days, typed_date_findings
from congvan.errors import CampaignError
from congvan.findings import Finding, Place, Report, finding
from congvan.letter import Agency
from congvan.recipients import AllowedDatabases, Listed, era_findings, era_named, unit_list

_AnyReader: TypeAlias = TierReader | RoundReader | DocumentReader

ListsByTier: TypeAlias = Mapping[str, Listed] | Listed | None
"""Lists by tier, or one list for a campaign of one tier."""

_CERTAIN: Final = {"recipients-era-no-district", "recipients-era-old-district"}
"""Findings about a list's era that are certain on any day."""

_ANY_DAY: Final = date(2026, 1, 5)
"""Stands for the day of the numbering where only the columns of lists are asked for, which are the same on any day."""


def load_campaign(
    path: Path | str,
    *,
    recipients: ListsByTier = None,
    allow_databases: Sequence[str] = (),
    today: date | None = None,
    office: Path | str | None = None,
) -> Campaign:
    """The campaign in a YAML file, with the lists and texts it names; paths in it start from its folder.

    What it leaves out, the nearest ``co-quan.yaml`` above it settles: the campaign's ``office``.

    ``recipients`` are lists by tier to be read in place of those the file names: paths of files, addresses of queries
    (``postgresql://…?query=SELECT …``) or sources of one's own; for a campaign of one tier also one list alone.
    ``allow_databases`` are the databases the file itself may name: PostgreSQL servers by host, and SQLite files, or
    folders of them, by path; SQLite files in the file's own folder it may always name. ``today`` is the date of letters
    of tiers with ``ngay: hom-nay``, as far as the register does not know them; such a file is refused without it.
    ``office`` is the folder of its office where the caller accepts what that office says of registers, databases and
    paths elsewhere.

    Raises:
        UnreadableFileError: when the file itself cannot be read.
        CampaignError: with every finding of the file and of all it names, when any is an error.
    """
    campaign = read_campaign(path, recipients=recipients, allow_databases=allow_databases, today=today, office=office)
    campaign.report.raise_errors(CampaignError)
    return campaign


def read_campaign(
    path: Path | str,
    *,
    recipients: ListsByTier = None,
    allow_databases: Sequence[str] = (),
    today: date | None = None,
    office: Path | str | None = None,
) -> Campaign:
    """As :func:`load_campaign`, but a campaign with errors is returned as far as it is sound, with all its findings.

    Raises:
        UnreadableFileError: when the file itself cannot be read.
        CampaignError: when there is no mapping in the file.
    """
    source, found = _source(Path(path))
    folder = Path(path).parent
    its_office, of_office = office_of(folder, Path(office) if office is not None else None)
    databases = [*allow_databases, *(its_office.databases if its_office else ())]
    files = NamedFiles(folder, AllowedDatabases.of(databases, folder))
    reader = CampaignReader(source, files, today=today, office=its_office)
    lists, misplaced = lists_by_tier(recipients, reader.caps, reader.rounds, source.place())
    campaign = reader.campaign(lists, Path(path))
    every = [*found, *misplaced, *reader.findings(), *of_office]
    every += _leave_findings(its_office, every)
    if its_office is None and not Report.of(of_office).ok:  # its bodies may stand in the file that cannot be read
        every = [one for one in every if (one.code, one.place.key) != ("campaign-key-missing", "don_vi")]
    report = Report.of(sorted(every, key=lambda one: _reading_order(one, source.file)))
    return replace(campaign, report=report.without(campaign.bo_qua))


def load_tiers(path: Path | str) -> tuple[tuple[CampaignTier, ...], CampaignEntry]:
    """The tiers of a campaign file whose lists are still to be made, and the file's own keys.

    Raises:
        UnreadableFileError: when the file itself cannot be read.
        CampaignError: with every finding of the file and of the texts it names, when any is an error.
    """
    source, found = _source(Path(path))
    folder = Path(path).parent
    office, of_office = office_of(folder)
    files = NamedFiles(folder, AllowedDatabases.of((), folder))
    reader = CampaignReader(source, files, today=_ANY_DAY, office=office)
    tiers = reader.tiers_without_lists()
    # The lists do not exist yet: findings about them would be wrong.
    every = [one for one in (*found, *reader.findings(), *of_office) if not one.code.startswith("recipients-")]
    Report.of(every).raise_errors(CampaignError)
    return tiers, reader.entry


def lists_by_tier(
    recipients: ListsByTier, caps: Sequence[str], rounds: Sequence[str], place: Place
) -> tuple[Mapping[str, Listed], tuple[Finding, ...]]:
    """The lists by tier, and a finding for each that fits no tier.

    ``caps`` are the campaign's tiers and ``rounds`` the names of their later rounds, which may have lists, too.
    """
    if recipients is None:
        return {}, ()
    known = list(dict.fromkeys(caps))
    if isinstance(recipients, Mapping):
        known += rounds
        unknown = [cap for cap in recipients if cap not in known]
        found = [finding("campaign-list-of-no-tier", place, cap=cap, **did_you_mean(cap, known)) for cap in unknown]
        return recipients, tuple(found)
    if len(known) != 1:
        return {}, (finding("campaign-list-of-which-tier", place, caps=", ".join(known)),)
    return {known[0]: recipients}, ()


def _source(path: Path) -> tuple[Source, list[Finding]]:
    source, found = read_source(path)
    if not isinstance(source.values, Mapping):
        raise CampaignError(Report.of(found or [finding("campaign-empty", source.place())]))
    return source, found


def _reading_order(found: Finding, file: str) -> tuple[bool, int]:
    """The campaign file's own findings first, from top to bottom; the others as they came."""
    own = found.place.file == file
    return not own, (found.place.line or 0) if own else 0


def _leave_findings(office: Office | None, found: Sequence[Finding]) -> Iterator[Finding]:
    """That the office allows databases, with no effect: a list that was refused may be one of them."""
    missing = office.leave_missing("cho_phep") if office else None
    if missing and any(one.code == "recipients-database-not-allowed" for one in found):
        yield missing


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Each finding once: what a round takes from its tier is read again for the round."""
    seen = set()
    for one in findings:
        same = (one.code, one.place, *one.values.items())
        if same not in seen:
            seen.add(same)
            yield one


class CampaignReader:
    """One reading of a campaign; ``source`` are its keys, ``files`` reads the tables, lists and texts it names.

    ``style`` is the style of its letters where no key names a file of it; ``today`` as in :func:`load_campaign`;
    ``office`` settles what the campaign does not.
    """

    def __init__(
        self,
        source: Source,
        files: NamedFiles,
        style: OfficeStyle | None = None,
        today: date | None = None,
        office: Office | None = None,
    ) -> None:
        self._source = source
        self._files = files
        self._today = today
        self._office = office
        self._office_files = NamedFiles(office.folder, AllowedDatabases()) if office else files
        self._entry, self._findings = read_entry(CampaignEntry, source)
        self._style = style or self._office_style()
        context = self._context()
        self._tiers = [TierReader(source, index, context) for index in range(self._count("cap"))]
        self._documents = [DocumentReader(source, index, context) for index in range(self._count("van_ban"))]
        self._rules = self._rule_sets()

    @property
    def caps(self) -> list[str]:
        """The names of its tiers and documents."""
        return [cap for tier in (*self._tiers, *self._documents) if (cap := tier.cap)]

    @property
    def rounds(self) -> list[str]:
        """The names of later rounds of its tiers: ``thon.bo-sung-1``."""
        return [round_name(tier.cap, one.dot_gui) for tier in self._tiers if tier.cap for one in tier.rounds]

    def findings(self) -> list[Finding]:
        """Everything found, in the campaign file and in those it names."""
        readers: list[_AnyReader] = [*self._tiers, *self._documents]
        readers += [one for tier in self._tiers for one in tier.rounds]
        of_tiers = [one for reader in readers for one in reader.findings]
        of_office = self._office_files.findings if self._office else []
        return list(_once([*self._findings, *of_tiers, *self._files.findings, *of_office]))

    @property
    def entry(self) -> CampaignEntry:
        """The keys of the campaign itself, without those of its tiers."""
        return self._entry

    def tiers_without_lists(self) -> tuple[CampaignTier, ...]:
        """The tiers that are sound, their lists empty, each with its rounds that have no list of their own."""
        readers: list[_AnyReader] = []
        for reader in self._tiers:
            readers += [reader, *(one for one in reader.rounds if not one.has_list)]
        readers += self._documents
        return tuple(tier for one in readers if (tier := one.tier((), None)))

    def campaign(self, lists: Mapping[str, Listed], path: Path | None = None) -> Campaign:
        """The campaign: whole when nothing is wrong, else as much of it as is sound.

        ``lists`` are lists by tier to be read in place of those the tiers name; ``path`` is its file.
        """
        agencies, complete = self._agencies()
        bodies = agencies if complete else None
        read: list[tuple[_AnyReader, CampaignTier]] = []
        for reader in self._tiers:
            read += reader.tiers(lists, bodies)
        for document in self._documents:
            read += document.tiers(lists, bodies)
        tiers = [tier for _, tier in read]
        self._findings += self._order_findings()
        self._findings += self._calendar_findings()
        self._findings += name_conflicts(tiers, self._entry.du_lieu, self._source.place("du_lieu"))
        self._findings += self._spelling_findings(read, agencies)
        self._findings += _era_findings(tiers)
        if complete:
            self._findings += _unknown_agencies(tiers, agencies)
        campaign = self._campaign(agencies, self._plannable(tiers, agencies), path)
        self._findings += rule_name_findings(campaign, self._source.place)
        if self._is_whole(campaign):
            self._findings += rule_findings(campaign)
        if days := planned_days(campaign):
            texts = (text for reader, tier in read for text in reader.office_texts(tier))
            self._findings += typed_date_findings(texts, days)
        return campaign

    def _is_whole(self, campaign: Campaign) -> bool:
        """Whether every tier and document could be read: else a rule would miss what is only written wrongly.

        The basic rules ask for nothing that is not there.
        """
        read = {tier.cap for tier in campaign.cap}
        return not self._entry.quy_tac or read >= set(self.caps)

    def _count(self, key: str) -> int:
        return len(getattr(self._entry, key)) if self._has(key) else 0

    def _rule_sets(self) -> RuleSet:
        """The rules the campaign names, shipped ones and files of the office; without any the basic ones."""
        rules: RuleSet | None = None
        for name in self._entry.quy_tac or (BASIC,):
            if one := self._rule_set(name):
                rules = rules + one if rules else one
        return rules or shipped_rules(BASIC)

    def _rule_set(self, name: str) -> RuleSet | None:
        if name in SHIPPED:
            return shipped_rules(name)
        place = self._source.place("quy_tac")
        if name.lower().endswith((".yaml", ".yml")):
            return self._files.rules(name, place)
        self._findings.append(finding("rule-set-unknown", place, name=name, **did_you_mean(name, SHIPPED)))
        return None

    def _has(self, key: str) -> bool:
        return key in self._entry.model_fields_set

    def _office_style(self) -> OfficeStyle:
        """The style of the campaign's own file, or else of its office's."""
        entry = self._entry
        if entry.mau_trinh_bay and entry.nha:
            self._findings.append(finding("campaign-style-twice", self._source.place("nha")))
        for key in ("mau_trinh_bay", "nha"):
            if name := getattr(entry, key):
                return self._files.office_style(name, self._source.place(key))
        if name := self._named_by_office("mau_trinh_bay"):
            return self._office_files.office_style(name, self._office_place("mau_trinh_bay"))
        return DEFAULT_STYLE

    def _named_by_office(self, key: str) -> str | None:
        """The file the office names for ``key``; None where it names none, or names one that does not count."""
        if self._office is None:
            return None
        if missing := self._office.leave_missing(key):
            self._findings.append(missing)
            return None
        name: str | None = getattr(self._office, key)
        return name

    def _office_place(self, key: str) -> Place:
        return self._office.place_of(key) if self._office else Place()

    def _context(self) -> CampaignContext:
        entry = self._entry
        units = entry.don_vi_hanh_chinh
        era = era_named(units.thoi_ky) if units else None
        if era and units and units.tinh and unit_list(era).province(units.tinh) is None:
            known = did_you_mean(units.tinh, (one.ten_rieng for one in unit_list(era).provinces))
            place = self._source.place("don_vi_hanh_chinh", "tinh")
            self._findings.append(finding("campaign-province-unknown", place, tinh=units.tinh, era=era.ma, **known))
        return CampaignContext(
            files=self._files,
            scheme=entry.he_thong_cap if self._has("he_thong_cap") else (),
            year=entry.thang_thuc_hien[0] if entry.thang_thuc_hien else None,
            units=unit_list(era) if era else None,
            ma_tinh=units.tinh if units else None,
            style=self._style,
            ban_sao=entry.ban_sao if self._has("ban_sao") else None,
            today=self._today,
            pham_vi=entry.pham_vi or (),
            mend=entry.sua_danh_sach,
        )

    def _agencies(self) -> tuple[Agencies, bool]:
        """The issuing bodies, and whether they are all there."""
        if self._has("don_vi"):
            return self._files.agencies(self._entry.don_vi, self._source.place("don_vi"))
        if name := self._named_by_office("don_vi"):
            return self._office_files.agencies(name, self._office_place("don_vi"))
        if "don_vi" not in self._source.values and not (self._office and self._office.don_vi):
            self._findings.append(finding("campaign-key-missing", self._source.place("don_vi"), key="don_vi"))
        return Agencies(), False

    @property
    def _scheme(self) -> Sequence[str]:
        """The order of tiers; without one in the file, that of the tiers themselves."""
        if self._has("he_thong_cap"):
            return tuple(dict.fromkeys(self._entry.he_thong_cap))
        return tuple(dict.fromkeys(tier.cap for tier in self._dated()))

    def _dated(self) -> list[DatedTier]:
        return [dated for tier in self._tiers if (dated := tier.dated)]

    def _document_findings(self) -> Iterator[Finding]:
        """Documents called like a tier or like each other."""
        seen = {tier.cap for tier in self._tiers}
        for document in self._documents:
            if document.cap and document.cap in seen:
                yield finding("campaign-tier-twice", document.place("cap"), cap=document.cap)
            seen.add(document.cap)

    def _order_findings(self) -> Iterator[Finding]:
        entry = self._entry
        if self._has("he_thong_cap"):
            for cap in self._scheme:
                if entry.he_thong_cap.count(cap) > 1:
                    yield finding("campaign-scheme-twice", self._source.place("he_thong_cap"), cap=cap)
        yield from order_findings(self._scheme, self._dated())
        yield from self._document_findings()
        if self._rules.asks_for_approval:
            return
        if entry.chap_thuan:
            later = [dated for tier in self._tiers for one in tier.rounds if (dated := one.dated)]
            yield from approval_findings(entry.chap_thuan.ngay, [*self._dated(), *later])
        elif entry.thang_thuc_hien and not entry.quy_tac and "chap_thuan" not in self._source.values:
            yield finding("campaign-approval-missing", self._source.place())

    def _calendar_findings(self) -> Iterator[Finding]:
        additions = office_days(self._deadline_setting)
        yield from office_day_findings(additions, self._source.place("thoi_han"))
        documents = [dated for document in self._documents if (dated := document.dated)]
        yield from day_off_findings([*self._dated(), *documents], additions)

    @property
    def _deadline_setting(self) -> DeadlineSetting:
        entry = self._entry.thoi_han
        return DeadlineSetting(
            entry.cach_tinh, entry.lui_ve_ngay_lam_viec, self._days("ngay_nghi"), self._days("ngay_lam_bu")
        )

    def _spelling_findings(
        self, read: Sequence[tuple[_AnyReader, CampaignTier]], agencies: Agencies
    ) -> Iterator[Finding]:
        """Texts of the office that are not spelled in its own style; names are written as their bearers write them."""
        if style := self._style.dau_thanh:
            texts = (text for reader, tier in read for text in reader.office_texts(tier))
            names = {name for agency in agencies.values() for name in _names_of(agency)}
            names |= {tier.ky.ho_ten for _, tier in read}
            if self._entry.chap_thuan:
                names.add(self._entry.chap_thuan.co_quan)
            yield from spelling_findings(texts, style, names)

    def _plannable(self, tiers: Sequence[CampaignTier], agencies: Agencies) -> tuple[CampaignTier, ...]:
        """The tiers that can be planned, each once: in the scheme's order, rounds after them, documents by date."""
        known: dict[str, CampaignTier] = {}
        for tier in tiers:
            if tier.by_unit or tier.don_vi in agencies:
                known.setdefault(tier.name, tier)
        tiers = [tier for cap in self._scheme for tier in known.values() if tier.cap == cap and not tier.is_document]
        return with_documents(tiers, [tier for tier in known.values() if tier.is_document])

    def _campaign(self, agencies: Agencies, tiers: tuple[CampaignTier, ...], path: Path | None) -> Campaign:
        entry = self._entry
        approved = entry.chap_thuan
        month = entry.thang_thuc_hien
        works = WorksReader(self._source, date(*month, 1) if month else None)
        lich, tin_nhan, da_xong = (
            works.activities(entry.lich),
            works.messages(self._count("tin_nhan")),
            works.flags(entry.da_xong),
        )
        self._findings += works.findings
        return Campaign(
            ma=entry.ma if self._has("ma") else "",
            ten=entry.ten if self._has("ten") else "",
            thang_thuc_hien=entry.thang_thuc_hien,
            he_thong_cap=tuple(self._scheme),
            chap_thuan=_approval(approved) if approved else None,
            don_vi=agencies,
            cap=tiers,
            path=path,
            du_lieu=entry.du_lieu,
            pham_vi=entry.pham_vi or (),
            thoi_han=self._deadline_setting,
            quy_tac=self._rules,
            lich=lich,
            tin_nhan=tin_nhan,
            da_xong=da_xong,
            cach_hieu=entry.cach_hieu,
            mien_quy_tac=entry.mien_quy_tac,
            symbol_rule=self._style.ky_hieu,
            office=self._office,
            khi_da_ban_hanh=self._settled("khi_da_ban_hanh"),
            bo_qua=self._settled("bo_qua"),
            chap_nhan_sua_doi=entry.chap_nhan_sua_doi,
            places={key: self._source.place(key) for key in entry.model_fields_set},
        )

    def _days(self, key: Literal["ngay_nghi", "ngay_lam_bu"]) -> frozenset[date]:
        """Days off, or worked: of the campaign, or else of its office."""
        setting = self._entry.thoi_han
        if self._office and key not in setting.model_fields_set:
            return frozenset(getattr(self._office, key))
        return frozenset(getattr(setting, key))

    def _settled(self, key: str) -> Any:
        """The value of a key that campaign and office both have: the campaign's own wins."""
        return getattr(self._entry if self._has(key) or not self._office else self._office, key)


def _approval(entry: ApprovalEntry) -> Approval:
    return Approval(entry.so, entry.ky_hieu, entry.ngay, entry.co_quan, entry.dia_ban or ())


def _era_findings(tiers: Sequence[CampaignTier]) -> Iterator[Finding]:
    """Districts that letters cannot be sent to on their day, since 1 July 2025.

    The shipped lists of units are of three days. A name or a code on a day between may be right, so that only
    ``congvan recipients check`` reports it.
    """
    for tier in tiers:
        if tier.ngay.day:
            found = era_findings(tier.nguoi_nhan, tier.ngay.day)
            yield from (one for one in found if one.code in _CERTAIN)


def _names_of(agency: Agency) -> Iterator[str]:
    yield from (agency.co_quan, agency.ten_thuong, agency.dia_danh)
    if agency.chu_quan:
        yield agency.chu_quan


def _unknown_agencies(tiers: Sequence[CampaignTier], agencies: Agencies) -> Iterator[Finding]:
    for tier in tiers:
        if not tier.by_unit and tier.don_vi not in agencies:
            yield finding(
                "campaign-agency-unknown",
                tier.place_of("don_vi"),
                ma=tier.don_vi,
                **did_you_mean(tier.don_vi, agencies),
            )
