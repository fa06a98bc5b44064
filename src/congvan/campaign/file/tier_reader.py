"""Reads one tier of a campaign file with its later rounds: keys, lists of recipients, texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from congvan.campaign.agencies import Agencies
from congvan.campaign.copies import Copies
from congvan.campaign.did_you_mean import did_you_mean
from congvan.campaign.file.copies_reader import copy_findings, read_copies, signature_pattern
from congvan.campaign.file.entry_reader import read_entry
from congvan.campaign.file.named_files import ListOrigin, ListReading, NamedFiles
from congvan.campaign.file.schema import (
    NAMES_AND_FILES,
    OFFICE_TEXTS,
    OTHER_PARTS,
    TODAY,
    AddresseeGroupEntry,
    CopyEntry,
    DocumentEntry,
    Entry,
    RoundEntry,
    TierEntry,
)
from congvan.campaign.file.selection import selected
from congvan.campaign.file.text_pictures import without_pictures
from congvan.campaign.file.yaml_source import Source, Steps
from congvan.campaign.model import BODY_OF_THE_TEMPLATE, FIRST_ROUND, CampaignTier, OfficeStyle, round_name
from congvan.campaign.rules.order import DatedTier
from congvan.campaign.rules.spelling import OfficeText
from congvan.findings import Finding, Place, finding
from congvan.letter import IssueDate, NhomKinhGui, PhuLuc
from congvan.recipients import Listed, Recipient, UnitList

_KEYS_OF_LISTS: Final = frozenset({"nguoi_nhan", "trang_tinh", "bang_ma"})
_OF_EACH_ROUND: Final = {"ma", "ngay"}
"""Keys that no round takes from its tier."""


@dataclass(frozen=True, slots=True)
class CampaignContext:
    """The values of the campaign that its tiers need.

    ``scheme`` are the tiers in their order; ``year`` is the year of a date left open altogether; ``units`` the list
    recipients' units are looked up in, ``ma_tinh`` the province of recipients that name none, and ``pham_vi`` the
    units that names of several mean; ``mend`` has lists put right; ``ban_sao`` are the copies of tiers without
    copies of their own; ``today`` is the date of letters numbered now, None where nobody said.
    """

    files: NamedFiles
    scheme: tuple[str, ...]
    year: int | None
    units: UnitList | None
    ma_tinh: str | None
    style: OfficeStyle
    ban_sao: CopyEntry | None = None
    today: date | None = None
    pham_vi: tuple[str, ...] = ()
    mend: bool = False


class _Reader:
    """Reads a tier, or a round of one, from its ``entry`` at ``path`` of the source."""

    is_document = False

    def __init__(
        self, source: Source, path: Steps, context: CampaignContext, entry: TierEntry, findings: list[Finding]
    ) -> None:
        self.entry = entry
        self.findings = findings
        self.path = path
        self.context = context
        self._source = source
        self._files = context.files

    @property
    def cap(self) -> str | None:
        """The tier's name, if it has a sound one."""
        return self.entry.cap if self._has("cap") else None

    @property
    def dot_gui(self) -> str | None:
        """The code of the round; None for the tier itself."""
        return None

    @property
    def dated(self) -> DatedTier | None:
        """Name and date; None without a name. A tier dated when it is numbered has no date yet."""
        if self.cap is None:
            return None
        ngay = None if self._is_dated_later else self._date()
        return DatedTier(round_name(self.cap, self.dot_gui), ngay, self.place("cap"), self.place("ngay"))

    def place(self, *path: str | int) -> Place:
        """The place of the tier or of one of its keys."""
        return self._source.place(*self.path, *path)

    def recipients(self, listed: Listed | None) -> tuple[Recipient, ...] | None:
        """The list; an unknown tier leaves it unread, since the columns it needs depend on the tier.

        ``listed`` is the list to be read in place of the one the file names.
        """
        read = self._listed(listed)
        if read is None or not self.entry.loc:
            return read
        chosen, found = selected(read, self.entry.loc, self.place("loc"), self.cap or "?")
        self._files.findings += found
        return chosen

    def _listed(self, listed: Listed | None) -> tuple[Recipient, ...] | None:
        context, origin = self.context, self._origin(listed)
        if origin is None or self.cap is None or (context.scheme and not self._is_known(self.cap)):
            return None
        entry = self.entry
        reading = ListReading(
            context.units,
            context.ma_tinh,
            scope=context.pham_vi if entry.pham_vi is None else entry.pham_vi,
            mend=context.mend if entry.sua_danh_sach is None else entry.sua_danh_sach,
        )
        return self._files.recipients(origin, self.place("nguoi_nhan"), self.cap, reading)

    def _is_known(self, cap: str) -> bool:
        """Whether the campaign has such a tier."""
        return cap in self.context.scheme

    def tier(self, recipients: tuple[Recipient, ...] | None, agencies: Agencies | None) -> CampaignTier | None:
        """The tier or round with these ``recipients`` and its texts; None when something of it is missing or wrong.

        ``agencies`` are the bodies that may copy its letters, None where they could not be read.
        """
        if not isinstance(self._source.at(*self.path), Mapping):
            return None
        body, mau, annexes, other_parts, ngay = (
            self._body(),
            self._template(),
            self._annexes(),
            self._other_parts(),
            self._date(),
        )
        if ngay is None and self._has("ngay"):
            self._note("campaign-today-unknown" if self._is_dated_later else "campaign-date-without-year", "ngay")
        if self._is_dated_later and self.entry.danh_so == "de_trong":
            self._note("campaign-today-without-number", "ngay")
        copy = self._copy(ngay, agencies) if ngay else None
        if (
            self.findings
            or recipients is None
            or body is None
            or annexes is None
            or other_parts is None
            or ngay is None
        ):
            return None
        if self.entry.mau and mau is None:
            return None
        return self._plan(ngay, recipients, body, mau, annexes, other_parts, copy)

    def office_texts(self, tier: CampaignTier) -> Iterator[OfficeText]:
        """Every text of ``tier`` that the office wrote itself, as it was read, with its place."""
        for name in OFFICE_TEXTS:
            yield from self._texts_at(getattr(self.entry, name), name)
        if body := self.entry.noi_dung:
            yield self._files.text_place(body, self.place("noi_dung")), without_pictures(tier.noi_dung)
        for index, annex in enumerate(self.entry.phu_luc):
            place = self.place("phu_luc", index, "noi_dung")
            yield self._files.text_place(annex.noi_dung, place), without_pictures(tier.phu_luc[index].noi_dung)
        if attached := self.entry.van_ban_kem_theo:
            place = self.place("van_ban_kem_theo", "noi_dung")
            text = tier.other_parts["van_ban_kem_theo"]["noi_dung"]
            yield self._files.text_place(attached.noi_dung, place), without_pictures(text)

    def _body_places(self) -> Mapping[str, Place]:
        """The file of each text, or its key where it is a value itself, by the part of a letter it becomes."""
        entry = self.entry
        named: dict[str, tuple[str | None, tuple[str | int, ...]]] = {"noi_dung": (entry.noi_dung, ("noi_dung",))}
        for index, annex in enumerate(entry.phu_luc):
            named[f"phu_luc[{index}].noi_dung"] = (annex.noi_dung, ("phu_luc", index, "noi_dung"))
        if attached := entry.van_ban_kem_theo:
            named["van_ban_kem_theo.noi_dung"] = (attached.noi_dung, ("van_ban_kem_theo", "noi_dung"))
        return {part: self._files.text_place(name, self.place(*path)) for part, (name, path) in named.items() if name}

    def _texts_at(self, part: object, *path: str | int) -> Iterator[OfficeText]:
        match part:
            case str():
                yield self.place(*path), part
            case tuple():
                for index, inner in enumerate(part):
                    yield from self._texts_at(inner, *path, index)
            case Entry():
                for name in type(part).model_fields:
                    if name not in NAMES_AND_FILES:
                        yield from self._texts_at(getattr(part, name), *path, name)

    def _plan(
        self,
        ngay: IssueDate,
        recipients: tuple[Recipient, ...],
        body: str,
        mau: Path | None,
        annexes: tuple[PhuLuc, ...],
        other_parts: Mapping[str, Any],
        copy: Copies | None,
    ) -> CampaignTier:
        entry = self.entry
        return CampaignTier(
            cap=entry.cap,
            dot_gui=self.dot_gui,
            is_document=self.is_document,
            viec=entry.viec,
            don_vi=" ".join(entry.don_vi.split()),
            loai=entry.loai,
            bo_phan=entry.bo_phan,
            ky_hieu=entry.ky_hieu,
            ngay=ngay,
            trich_yeu=entry.trich_yeu,
            kinh_gui=tuple(map(_addressee_pattern, entry.kinh_gui)),
            can_cu=entry.can_cu,
            nguoi_nhan=recipients,
            loc=entry.loc,
            mot_van_ban_cho=entry.mot_van_ban_cho,
            thu_tu=entry.thu_tu,
            noi_dung=body,
            body_places=self._body_places(),
            noi_dung_place=self._files.text_place(entry.noi_dung, self.place("noi_dung")) if entry.noi_dung else None,
            mau=mau,
            noi_nhan=entry.noi_nhan,
            ky=signature_pattern(entry.ky),
            danh_so=entry.danh_so,
            khi_khuyet=entry.khi_khuyet,
            other_parts=other_parts,
            phu_luc=annexes,
            ban_sao=copy,
            hom_nay=self._is_dated_later,
            pham_vi=entry.pham_vi,
            du_lieu=entry.du_lieu,
            places=self._places(copy),
        )

    def _places(self, copy: Copies | None) -> dict[str, Place]:
        """The place of the tier, of each key it has, and of its copies."""
        places = {"": self.place()}
        if copy:
            places["ban_sao"] = self._copy_place()
        return places | {name: self.place(name) for name in self.entry.model_fields_set}

    def _has(self, key: str) -> bool:
        """Whether the key has a sound value in the file."""
        return key in self.entry.model_fields_set

    @property
    def _is_dated_later(self) -> bool:
        """Whether its letters are dated on the day they are numbered."""
        return self._has("ngay") and self.entry.ngay == TODAY

    def keys(self) -> frozenset[str]:
        """The keys the file has, sound or not."""
        values = self._source.at(*self.path)
        return frozenset(values) if isinstance(values, Mapping) else frozenset()

    def _date(self) -> IssueDate | None:
        """The date of issue; with ``ngay: null`` only its year, that of the campaign's month."""
        if not self._has("ngay"):
            return None
        if self.entry.ngay == TODAY:
            return IssueDate.of(self.context.today) if self.context.today else None
        year = self.context.year
        return self.entry.ngay or (IssueDate(year) if year else None)

    def _origin(self, listed: Listed | None) -> ListOrigin | None:
        """Where the list comes from; None when a key about it is missing or wrong."""
        if listed is not None:
            return ListOrigin(listed, is_named=False)
        keys = _KEYS_OF_LISTS & self.keys()
        if not self._has("nguoi_nhan") or keys - self.entry.model_fields_set:
            return None
        return ListOrigin(self.entry.nguoi_nhan, self.entry.trang_tinh, self.entry.bang_ma)

    def _body(self) -> str | None:
        if name := self.entry.noi_dung:
            return self._files.text(name, self.place("noi_dung"))
        if self.entry.mau:
            return BODY_OF_THE_TEMPLATE
        keys = self.keys() & {"noi_dung", "mau"}
        if keys <= self.entry.model_fields_set:
            self._note("campaign-body-missing", "noi_dung")
        return None

    def _template(self) -> Path | None:
        return self._files.existing(self.entry.mau, self.place("mau")) if self.entry.mau else None

    def _annexes(self) -> tuple[PhuLuc, ...] | None:
        texts = [
            self._files.text(annex.noi_dung, self.place("phu_luc", index, "noi_dung"))
            for index, annex in enumerate(self.entry.phu_luc)
        ]
        if None in texts:
            return None
        pairs = zip(self.entry.phu_luc, texts, strict=True)
        return tuple(PhuLuc(tieu_de=annex.tieu_de, noi_dung=text or "") for annex, text in pairs)

    def _other_parts(self) -> Mapping[str, Any] | None:
        """The parts not every letter has, as far as the tier names them; an attached text is read from its file."""
        entries = {name: value for name in OTHER_PARTS if (value := getattr(self.entry, name))}
        parts = {name: _plain(value) for name, value in entries.items()}
        if attached := self.entry.van_ban_kem_theo:
            text = self._files.text(attached.noi_dung, self.place("van_ban_kem_theo", "noi_dung"))
            if text is None:
                return None
            parts["van_ban_kem_theo"] = {**parts["van_ban_kem_theo"], "noi_dung": text}
        return {**self.context.style.parts, **parts}

    def _copy(self, issued: IssueDate, agencies: Agencies | None) -> Copies | None:
        """The tier's own copies, or else the campaign's; ``ban_sao: null`` excludes the tier from those."""
        entry = self.entry.ban_sao if self._has("ban_sao") else self.context.ban_sao
        if entry is None:
            return None
        known = None if self._is_dated_later else issued
        self.findings += copy_findings(entry, known, agencies, self._copy_place)
        if entry.noi_dung and self.entry.mau and not self.entry.noi_dung:
            self.findings.append(finding("campaign-extract-of-template", self._copy_place("noi_dung")))
        extract = self._files.text(entry.noi_dung, self._copy_place("noi_dung")) if entry.noi_dung else None
        return read_copies(entry, issued, self.entry.danh_so, agencies, extract)

    def _copy_place(self, *path: str) -> Place:
        return (self.place if self._has("ban_sao") else self._source.place)("ban_sao", *path)

    def _note(self, code: str, key: str) -> None:
        cap = round_name(self.cap or "?", self.dot_gui)
        self.findings.append(finding(code, self.place(key), cap=cap))


def _plain(part: Any) -> Any:
    """A part of the file as plain values."""
    match part:
        case Entry():
            return part.model_dump()
        case tuple():
            return tuple(map(_plain, part))
        case _:
            return part


def _addressee_pattern(item: str | AddresseeGroupEntry) -> str | NhomKinhGui:
    return item if isinstance(item, str) else NhomKinhGui(nhom=item.nhom, gom=item.gom)


class TierReader(_Reader):
    """Reads one item of ``cap``, with its ``rounds``.

    ``findings`` are about its keys; those about files are in ``context.files``.
    """

    def __init__(self, source: Source, index: int, context: CampaignContext) -> None:
        entry, findings = read_entry(TierEntry, source, "cap", index)
        super().__init__(source, ("cap", index), context, entry, findings)
        self.rounds = tuple(RoundReader(self, source, at) for at in range(len(entry.dot_gui)))
        self.findings += self._rounds_twice()

    def tiers(
        self, lists: Mapping[str, Listed], agencies: Agencies | None
    ) -> Iterator[tuple[TierReader | RoundReader, CampaignTier]]:
        """The tier and its later rounds, as far as they are sound, each with its reader.

        ``lists`` are read in place of those the file names, by tier (``thon``) or round (``thon.bo-sung-1``).
        """
        readers: tuple[TierReader | RoundReader, ...] = (self, *self.rounds)
        for reader, recipients in zip(readers, self._lists(lists), strict=True):
            if tier := reader.tier(recipients, agencies):
                yield reader, tier

    def _lists(self, lists: Mapping[str, Listed]) -> list[tuple[Recipient, ...] | None]:
        """The recipients of the tier, and those of each round; None for a list that cannot be read.

        A row that names a round in its column ``dot_gui`` is in that round, and any other in the round of its list.
        """
        read = [self.recipients(lists.get(self.cap or ""))]
        for one in self.rounds:
            given = lists.get(round_name(self.cap or "", one.dot_gui))
            read.append(one.recipients(given) if given is not None or one.has_list else ())
        by_round = self._by_round([recipients or () for recipients in read])
        for one, members, listed in zip(self.rounds, by_round[1:], read[1:], strict=True):
            if not members and listed == () and not one.has_list and read[0] is not None:
                self._files.findings.append(finding("campaign-round-empty", one.place(), name=one.dot_gui or "?"))
        return [None if listed is None else tuple(by_round[at]) for at, listed in enumerate(read)]

    def _by_round(self, lists: Sequence[Sequence[Recipient]]) -> list[list[Recipient]]:
        known = [FIRST_ROUND, *(one.dot_gui or "" for one in self.rounds)]
        index_of = {name.casefold(): index for index, name in reversed([*enumerate(known)])}
        by_round: list[list[Recipient]] = [[] for _ in lists]
        unknown: dict[str, Recipient] = {}
        for index, recipients in enumerate(lists):
            for recipient in recipients:
                named = recipient.truong.get("dot_gui")
                if named and named.casefold() not in index_of:
                    unknown.setdefault(named, recipient)
                by_round[index_of.get(named.casefold(), index) if named else index].append(recipient)
        for named, recipient in unknown.items():
            values = {"cap": self.cap, "name": named, **did_you_mean(named, known)}
            self._files.findings.append(finding("campaign-round-unknown", recipient.place_of("dot_gui"), **values))
        return by_round

    def _rounds_twice(self) -> Iterator[Finding]:
        """Rounds whose code means another round already."""
        seen = {FIRST_ROUND}
        for one in self.rounds:
            name = one.dot_gui
            if name and name.casefold() in seen:
                yield finding("campaign-round-twice", one.place("ma"), name=name)
            seen.add((name or "").casefold())


class DocumentReader(_Reader):
    """Reads one item of ``van_ban``: a document of no tier, under a code of its own."""

    is_document = True

    def __init__(self, source: Source, index: int, context: CampaignContext) -> None:
        path = ("van_ban", index)
        own, findings = read_entry(DocumentEntry, source, *path)
        keys = own.model_fields_set
        given = {**vars(own), **({"cap": own.ma} if "ma" in keys else {})}
        entry = TierEntry.model_construct((keys - {"ma"}) | ({"cap"} if "ma" in keys else set()), **given)
        super().__init__(source, path, context, entry, findings)
        self.rounds: tuple[RoundReader, ...] = ()

    def place(self, *path: str | int) -> Place:
        """The place of one of its keys; its name stands under ``ma``."""
        return super().place(*("ma" if step == "cap" else step for step in path))

    def tiers(
        self, lists: Mapping[str, Listed], agencies: Agencies | None
    ) -> Iterator[tuple[DocumentReader, CampaignTier]]:
        """The document, if it is sound, with its reader."""
        if document := self.tier(self.recipients(lists.get(self.cap or "")), agencies):
            yield self, document

    def _is_known(self, cap: str) -> bool:
        return bool(cap)


class RoundReader(_Reader):
    """Reads one item of ``dot_gui`` of a tier; a key it does not have is taken from the tier."""

    def __init__(self, tier: TierReader, source: Source, index: int) -> None:
        path = (*tier.path, "dot_gui", index)
        self._own, findings = read_entry(RoundEntry, source, *path)
        self._of_tier = tier
        super().__init__(source, path, tier.context, _merged(tier.entry, self._own), findings)

    @property
    def dot_gui(self) -> str | None:
        return self._own.ma if "ma" in self._own.model_fields_set else None

    @property
    def has_list(self) -> bool:
        """Whether it names a list of its own, or another sheet of the tier's."""
        return not _KEYS_OF_LISTS.isdisjoint(self._own_keys())

    def place(self, *path: str | int) -> Place:
        """The place of one of its keys, which may be in the tier."""
        is_own = not path or path[0] in self._own_keys() or path[0] in _OF_EACH_ROUND
        return super().place(*path) if is_own else self._of_tier.place(*path)

    def tier(self, recipients: tuple[Recipient, ...] | None, agencies: Agencies | None) -> CampaignTier | None:
        """The round; None also where something of its tier is wrong."""
        tier = None if self._of_tier.findings else super().tier(recipients, agencies)
        return tier if tier and self.dot_gui else None

    def keys(self) -> frozenset[str]:
        own = self._own_keys()
        of_tier = self._of_tier.keys()
        return own | (of_tier - _KEYS_OF_LISTS if "nguoi_nhan" in own else of_tier)

    def _own_keys(self) -> frozenset[str]:
        return super().keys()


def _merged(tier: TierEntry, own: RoundEntry) -> TierEntry:
    """The keys of a round, what it leaves out being the tier's; another file is not read as the tier's list is."""
    keys = own.model_fields_set - {"ma"}
    of_list = _KEYS_OF_LISTS - keys if "nguoi_nhan" in keys else frozenset()
    given = {**vars(tier), **{name: getattr(own, name) for name in keys}} | dict.fromkeys(of_list)
    return TierEntry.model_construct((tier.model_fields_set | keys) - of_list, **given)
