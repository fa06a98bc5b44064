"""Loads a campaign file with every table, list and text it names; never plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeAlias

from congvan.campaign.agencies import Agencies
from congvan.campaign.did_you_mean import did_you_mean
from congvan.campaign.file.entry_reader import read_entry
from congvan.campaign.file.named_files import NamedFiles
from congvan.campaign.file.schema import CampaignEntry
from congvan.campaign.file.tier_reader import CampaignContext, RoundReader, TierReader
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
from congvan.campaign.rules.deadlines import deadline_findings
from congvan.campaign.rules.field_names import name_conflicts
from congvan.campaign.rules.order import DatedTier, approval_findings, order_findings
from congvan.campaign.rules.spelling import spelling_findings
from congvan.errors import CampaignError
from congvan.findings import Finding, Place, Report, finding
from congvan.letter import Agency
from congvan.recipients import AllowedDatabases, Listed, era_findings, era_named, unit_list

ListsByTier: TypeAlias = Mapping[str, Listed] | Listed | None
"""Lists by tier, or one list for a campaign of one tier."""

_CERTAIN: Final = {"recipients-era-no-district", "recipients-era-old-district"}
"""Findings about a list's era that are certain on any day."""


def load_campaign(path: Path | str, *, recipients: ListsByTier = None, allow_databases: Sequence[str] = ()) -> Campaign:
    """The campaign in a YAML file, with the lists and texts it names; paths in it start from its folder.

    ``recipients`` are lists by tier to be read in place of those the file names: paths of files, addresses of queries
    (``postgresql://…?query=SELECT …``) or sources of one's own; for a campaign of one tier also one list alone.
    ``allow_databases`` are the databases the file itself may name: PostgreSQL servers by host, and SQLite files, or
    folders of them, by path; SQLite files in the file's own folder it may always name.

    Raises:
        UnreadableFileError: when the file itself cannot be read.
        CampaignError: with every finding of the file and of all it names, when any is an error.
    """
    campaign = read_campaign(path, recipients=recipients, allow_databases=allow_databases)
    campaign.report.raise_errors(CampaignError)
    return campaign


def read_campaign(path: Path | str, *, recipients: ListsByTier = None, allow_databases: Sequence[str] = ()) -> Campaign:
    """As :func:`load_campaign`, but a campaign with errors is returned as far as it is sound, with all its findings.

    Raises:
        UnreadableFileError: when the file itself cannot be read.
        CampaignError: when there is no mapping in the file.
    """
    source, found = _source(Path(path))
    folder = Path(path).parent
    reader = CampaignReader(source, NamedFiles(folder, AllowedDatabases.of(allow_databases, folder)))
    lists, misplaced = lists_by_tier(recipients, reader.caps, reader.rounds, source.place())
    campaign = reader.campaign(lists, Path(path))
    every = sorted([*found, *misplaced, *reader.findings()], key=lambda one: _reading_order(one, source.file))
    return replace(campaign, report=Report.of(every))


def load_tiers(path: Path | str) -> tuple[tuple[CampaignTier, ...], CampaignEntry]:
    """The tiers of a campaign file whose lists are still to be made, and the file's own keys.

    Raises:
        UnreadableFileError: when the file itself cannot be read.
        CampaignError: with every finding of the file and of the texts it names, when any is an error.
    """
    source, found = _source(Path(path))
    folder = Path(path).parent
    reader = CampaignReader(source, NamedFiles(folder, AllowedDatabases.of((), folder)))
    tiers = reader.tiers_without_lists()
    # The lists do not exist yet: findings about them would be wrong.
    every = [one for one in (*found, *reader.findings()) if not one.code.startswith("recipients-")]
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

    ``style`` is the office's style where the key ``nha`` does not name a file of it.
    """

    def __init__(self, source: Source, files: NamedFiles, style: OfficeStyle | None = None) -> None:
        self._source = source
        self._files = files
        self._entry, self._findings = read_entry(CampaignEntry, source)
        self._style = style or self._office_style()
        context = self._context()
        count = len(self._entry.cap) if self._has("cap") else 0
        self._tiers = [TierReader(source, index, context) for index in range(count)]

    @property
    def caps(self) -> list[str]:
        """The names of its tiers."""
        return [cap for tier in self._tiers if (cap := tier.cap)]

    @property
    def rounds(self) -> list[str]:
        """The names of later rounds of its tiers: ``thon.bo-sung-1``."""
        return [round_name(tier.cap, one.dot_gui) for tier in self._tiers if tier.cap for one in tier.rounds]

    def findings(self) -> list[Finding]:
        """Everything found, in the campaign file and in those it names."""
        readers = [reader for tier in self._tiers for reader in (tier, *tier.rounds)]
        of_tiers = [one for reader in readers for one in reader.findings]
        return list(_once([*self._findings, *of_tiers, *self._files.findings]))

    @property
    def entry(self) -> CampaignEntry:
        """The keys of the campaign itself, without those of its tiers."""
        return self._entry

    def tiers_without_lists(self) -> tuple[CampaignTier, ...]:
        """The tiers that are sound, their lists empty, each with its rounds that have no list of their own."""
        readers: list[TierReader | RoundReader] = []
        for reader in self._tiers:
            readers += [reader, *(one for one in reader.rounds if not one.has_list)]
        return tuple(tier for one in readers if (tier := one.tier((), None)))

    def campaign(self, lists: Mapping[str, Listed], path: Path | None = None) -> Campaign:
        """The campaign: whole when nothing is wrong, else as much of it as is sound.

        ``lists`` are lists by tier to be read in place of those the tiers name; ``path`` is its file.
        """
        agencies, complete = self._agencies()
        bodies = agencies if complete else None
        read = [one for reader in self._tiers for one in reader.tiers(lists, bodies)]
        tiers = [tier for _, tier in read]
        self._findings += self._order_findings()
        self._findings += name_conflicts(tiers, self._entry.du_lieu, self._source.place("du_lieu"))
        self._findings += self._spelling_findings(read, agencies)
        self._findings += _era_findings(tiers)
        if complete:
            self._findings += _unknown_agencies(tiers, agencies)
        campaign = self._campaign(agencies, self._plannable(tiers, agencies), path)
        self._findings += deadline_findings(campaign)
        return campaign

    def _has(self, key: str) -> bool:
        return key in self._entry.model_fields_set

    def _office_style(self) -> OfficeStyle:
        name = self._entry.nha
        return self._files.office_style(name, self._source.place("nha")) if name else DEFAULT_STYLE

    def _context(self) -> CampaignContext:
        entry = self._entry
        units = entry.don_vi_hanh_chinh
        era = era_named(units.thoi_ky) if units else None
        return CampaignContext(
            files=self._files,
            scheme=entry.he_thong_cap if self._has("he_thong_cap") else (),
            year=entry.thang_thuc_hien[0] if entry.thang_thuc_hien else None,
            units=unit_list(era) if era else None,
            ma_tinh=units.tinh if units else None,
            style=self._style,
            ban_sao=entry.ban_sao if self._has("ban_sao") else None,
        )

    def _agencies(self) -> tuple[Agencies, bool]:
        """The issuing bodies, and whether they are all there."""
        if not self._has("don_vi"):
            return Agencies(), False
        return self._files.agencies(self._entry.don_vi, self._source.place("don_vi"))

    @property
    def _scheme(self) -> Sequence[str]:
        """The order of tiers; without one in the file, that of the tiers themselves."""
        if self._has("he_thong_cap"):
            return tuple(dict.fromkeys(self._entry.he_thong_cap))
        return tuple(dict.fromkeys(tier.cap for tier in self._dated()))

    def _dated(self) -> list[DatedTier]:
        return [dated for tier in self._tiers if (dated := tier.dated)]

    def _order_findings(self) -> Iterator[Finding]:
        entry = self._entry
        if self._has("he_thong_cap"):
            for cap in self._scheme:
                if entry.he_thong_cap.count(cap) > 1:
                    yield finding("campaign-scheme-twice", self._source.place("he_thong_cap"), cap=cap)
        yield from order_findings(self._scheme, self._dated())
        if entry.chap_thuan:
            later = [dated for tier in self._tiers for one in tier.rounds if (dated := one.dated)]
            yield from approval_findings(entry.chap_thuan.ngay, [*self._dated(), *later])
        elif entry.thang_thuc_hien and "chap_thuan" not in self._source.values:
            yield finding("campaign-approval-missing", self._source.place())

    def _spelling_findings(
        self, read: Sequence[tuple[TierReader | RoundReader, CampaignTier]], agencies: Agencies
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
        """The tiers that can be planned, each once and in the order of the scheme, its later rounds after it."""
        known: dict[str, CampaignTier] = {}
        for tier in tiers:
            if tier.by_unit or tier.don_vi in agencies:
                known.setdefault(tier.name, tier)
        return tuple(tier for cap in self._scheme for tier in known.values() if tier.cap == cap)

    def _campaign(self, agencies: Agencies, tiers: tuple[CampaignTier, ...], path: Path | None) -> Campaign:
        entry = self._entry
        approved, setting = entry.chap_thuan, entry.thoi_han
        return Campaign(
            ma=entry.ma if self._has("ma") else "",
            ten=entry.ten if self._has("ten") else "",
            thang_thuc_hien=entry.thang_thuc_hien,
            he_thong_cap=tuple(self._scheme),
            chap_thuan=Approval(approved.so, approved.ky_hieu, approved.ngay, approved.co_quan) if approved else None,
            don_vi=agencies,
            cap=tiers,
            path=path,
            du_lieu=entry.du_lieu,
            pham_vi=entry.pham_vi or (),
            thoi_han=DeadlineSetting(setting.cach_tinh, setting.lui_ve_ngay_lam_viec, frozenset(setting.ngay_nghi)),
            symbol_rule=self._style.ky_hieu,
            places={key: self._source.place(key) for key in entry.model_fields_set},
        )


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
