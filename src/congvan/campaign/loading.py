"""Reading a campaign: its file, and every table, list and text the file names; all that is wrong told at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from congvan.campaign.agencies import Agencies
from congvan.campaign.campaign import Approval, Campaign, TierPlan
from congvan.campaign.choices import choices
from congvan.campaign.deadline import DeadlineSetting
from congvan.campaign.entry import CampaignEntry
from congvan.campaign.entry_reading import read_entry
from congvan.campaign.house import AS_CONGVAN
from congvan.campaign.named_files import NamedFiles
from congvan.campaign.order import DatedTier, approval_findings, order_findings
from congvan.campaign.planning import findings_of
from congvan.campaign.replaced_lists import Replacing, replaced_lists
from congvan.campaign.source import Source, read_source
from congvan.campaign.spelling import spelling_findings
from congvan.campaign.taken_names import columns_taken, reserved_names
from congvan.campaign.tier_reading import Surroundings, TierReader
from congvan.errors import CampaignError
from congvan.findings import Finding, Place, Report, finding
from congvan.letter import Agency
from congvan.recipients import AllowedDatabases, Sheet, era_findings, era_named, unit_list

_CONSEQUENCES: Final = {
    "campaign-agency-of-no-unit",
    "campaign-cited-outside",
    "campaign-cited-unknown",
    "campaign-scope-unknown",
    "campaign-tier-without-letters",
}
"""What may only follow from an error told already: a row, a list or a tier that could not be read."""


_CERTAIN: Final = {"recipients-era-no-district", "recipients-era-old-district"}


def load_campaign(path: Path | str, *, recipients: Replacing = None, allow_databases: Sequence[str] = ()) -> Campaign:
    """The campaign in a YAML file, with the lists and texts it names; paths in it start from its folder.

    ``recipients`` are lists by tier to be read in place of those the file names: paths of files, addresses of queries
    (``postgresql://…?query=SELECT …``) or sources of one's own; for a campaign of one tier also one list alone.
    ``allow_databases`` are the databases the file itself may name: PostgreSQL servers by host, and SQLite files, or
    folders of them, by path; SQLite files in the file's own folder it may always name.

    Raises:
        UnreadableFileError: when the file itself cannot be read.
        CampaignError: with every finding of the file and of all it names, when any is an error.
    """
    source, found = read_source(Path(path))
    if not isinstance(source.values, Mapping):
        raise CampaignError(Report.of(found or [finding("campaign-empty", source.place())]))
    reader = _Reader(Path(path), source, recipients, allow_databases)
    campaign = reader.campaign()
    found = sorted([*found, *reader.findings()], key=lambda one: _reading_order(one, source.file))
    report = Report.of(found)
    if not report.ok:
        report += Report.of(one for one in findings_of(campaign) if one.code not in _CONSEQUENCES)
    report.raise_errors(CampaignError)
    return replace(campaign, report=report)


def load_tiers(path: Path | str) -> tuple[tuple[TierPlan, ...], CampaignEntry]:
    """The tiers of a campaign file as they stand before anybody has made their lists, and the file's own keys.

    Raises:
        UnreadableFileError: when the file itself cannot be read.
        CampaignError: with every finding of the file and of the texts it names, when any is an error.
    """
    source, found = read_source(Path(path))
    if not isinstance(source.values, Mapping):
        raise CampaignError(Report.of(found or [finding("campaign-empty", source.place())]))
    reader = _Reader(Path(path), source)
    tiers = reader.tiers_without_lists()
    # The lists are not there yet, and so nothing is to be said of them.
    told = [one for one in (*found, *reader.findings()) if not one.code.startswith("recipients-")]
    Report.of(told).raise_errors(CampaignError)
    return tiers, reader.entry


class _NoList:
    """The list of a tier that is still to be made."""

    name = "—"

    def sheets(self) -> Sequence[Sheet]:
        return (Sheet(Place(), ()),)


def _reading_order(found: Finding, file: str) -> tuple[bool, int]:
    """The campaign file's own findings first, from top to bottom; the others as they came."""
    own = found.place.file == file
    return not own, (found.place.line or 0) if own else 0


class _Reader:
    """One reading of a campaign file whose YAML is sound."""

    def __init__(
        self, path: Path, source: Source, recipients: Replacing = None, allow_databases: Sequence[str] = ()
    ) -> None:
        self._path = path
        self._source = source
        self._files = NamedFiles(path.parent, AllowedDatabases.of(allow_databases, path.parent))
        self._entry, self._findings = read_entry(CampaignEntry, source)
        around = self._surroundings()
        self._house = around.house
        count = len(self._entry.cap) if self._has("cap") else 0
        self._tiers = [TierReader(source, index, around) for index in range(count)]
        caps = [cap for tier in self._tiers if (cap := tier.cap)]
        self._lists, found = replaced_lists(recipients, caps, source.place())
        self._findings += found

    def findings(self) -> list[Finding]:
        """Everything found, in the campaign file and in those it names."""
        of_tiers = [one for tier in self._tiers for one in tier.findings]
        return [*self._findings, *of_tiers, *self._files.findings]

    @property
    def entry(self) -> CampaignEntry:
        """The keys of the campaign itself."""
        return self._entry

    def tiers_without_lists(self) -> tuple[TierPlan, ...]:
        """The tiers that are sound, nobody in their lists."""
        return tuple(tier for reader in self._tiers if (tier := reader.tier(_NoList())))

    def campaign(self) -> Campaign:
        """The campaign: whole when nothing is wrong, else as much of it as is sound."""
        agencies, complete = self._agencies()
        bodies, lists = agencies if complete else None, self._lists
        read = [(reader, tier) for reader in self._tiers if (tier := reader.tier(lists.get(reader.cap or ""), bodies))]
        tiers = [tier for _, tier in read]
        self._findings += self._order_findings()
        self._findings += self._name_findings(tiers)
        self._findings += self._spelling_findings(read, agencies)
        self._findings += _era_findings(tiers)
        if complete:
            self._findings += _unknown_agencies(tiers, agencies)
        campaign = self._assembled(agencies, self._plannable(tiers, agencies))
        self._findings += self._deadline_findings(campaign)
        return campaign

    def _has(self, key: str) -> bool:
        return key in self._entry.model_fields_set

    def _surroundings(self) -> Surroundings:
        entry = self._entry
        year = entry.thang_thuc_hien[0] if entry.thang_thuc_hien else None
        listed = entry.don_vi_hanh_chinh
        era = era_named(listed.thoi_ky) if listed else None
        return Surroundings(
            files=self._files,
            scheme=entry.he_thong_cap if self._has("he_thong_cap") else (),
            year=year,
            units=unit_list(era) if era else None,
            ma_tinh=listed.tinh if listed else None,
            house=self._files.house(entry.nha, self._source.place("nha")) if entry.nha else AS_CONGVAN,
            ban_sao=entry.ban_sao if self._has("ban_sao") else None,
        )

    def _agencies(self) -> tuple[Agencies, bool]:
        if not self._has("don_vi"):
            return Agencies(), False
        return self._files.agencies(self._entry.don_vi, self._source.place("don_vi"))

    @property
    def _scheme(self) -> Sequence[str]:
        """The order of tiers; where the file gives none, that of the tiers themselves."""
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
            yield from approval_findings(entry.chap_thuan.ngay, self._dated())
        elif entry.thang_thuc_hien and "chap_thuan" not in self._source.values:
            yield finding("campaign-approval-missing", self._source.place())

    def _name_findings(self, tiers: Sequence[TierPlan]) -> Iterator[Finding]:
        yield from reserved_names(self._entry.du_lieu, self._source.place("du_lieu"))
        for tier in tiers:
            yield from reserved_names(tier.du_lieu, tier.place_of("du_lieu"))
            yield from columns_taken(tier, self._entry.du_lieu)

    def _spelling_findings(self, read: Sequence[tuple[TierReader, TierPlan]], agencies: Agencies) -> Iterator[Finding]:
        """Texts of the office that are not spelled as its own file wants; names are their bearers'."""
        if style := self._house.dau_thanh:
            texts = (text for reader, tier in read for text in reader.own_texts(tier))
            names = {name for agency in agencies.values() for name in _names_of(agency)}
            names |= {tier.ky.ho_ten for _, tier in read}
            if self._entry.chap_thuan:
                names.add(self._entry.chap_thuan.co_quan)
            yield from spelling_findings(texts, style, names)

    def _deadline_findings(self, campaign: Campaign) -> Iterator[Finding]:
        places = {tier.cap: tier.place_of("ngay") for tier in campaign.cap}
        for deadline in campaign.deadlines():
            yield from deadline.findings(places[deadline.cap])

    def _plannable(self, tiers: Sequence[TierPlan], agencies: Agencies) -> tuple[TierPlan, ...]:
        """The tiers that can be planned, each once and in the order of the scheme."""
        known = {tier.cap: tier for tier in reversed(tiers) if tier.by_unit or tier.don_vi in agencies}
        return tuple(known[cap] for cap in self._scheme if cap in known)

    def _assembled(self, agencies: Agencies, tiers: tuple[TierPlan, ...]) -> Campaign:
        entry = self._entry
        approved, counted = entry.chap_thuan, entry.thoi_han
        return Campaign(
            ma=entry.ma if self._has("ma") else "",
            ten=entry.ten if self._has("ten") else "",
            thang_thuc_hien=entry.thang_thuc_hien,
            he_thong_cap=tuple(self._scheme),
            chap_thuan=Approval(approved.so, approved.ky_hieu, approved.ngay, approved.co_quan) if approved else None,
            don_vi=agencies,
            cap=tiers,
            path=self._path,
            du_lieu=entry.du_lieu,
            pham_vi=entry.pham_vi or (),
            thoi_han=DeadlineSetting(counted.cach_tinh, counted.lui_ve_ngay_lam_viec, frozenset(counted.ngay_nghi)),
            quy_tac_ky_hieu=self._house.ky_hieu,
            places={key: self._source.place(key) for key in entry.model_fields_set},
        )


def _era_findings(tiers: Sequence[TierPlan]) -> Iterator[Finding]:
    """Districts that letters cannot be sent to on their day, since 1 July 2025.

    The shipped lists of units are of three days; what they say of a name or a code on a day between is not
    certain enough to stop a campaign, and is left to ``congvan recipients check``.
    """
    for tier in tiers:
        if tier.ngay.day:
            found = era_findings(tier.nguoi_nhan, tier.ngay.day)
            yield from (one for one in found if one.code in _CERTAIN)


def _names_of(agency: Agency) -> Iterator[str]:
    yield from (agency.co_quan, agency.ten_thuong, agency.dia_danh)
    if agency.chu_quan:
        yield agency.chu_quan


def _unknown_agencies(tiers: Sequence[TierPlan], agencies: Agencies) -> Iterator[Finding]:
    for tier in tiers:
        if not tier.by_unit and tier.don_vi not in agencies:
            yield finding(
                "campaign-agency-unknown", tier.place_of("don_vi"), ma=tier.don_vi, **choices(tier.don_vi, agencies)
            )
