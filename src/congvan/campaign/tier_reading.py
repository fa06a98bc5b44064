"""Reading one tier of a campaign file: its keys, its list of recipients, its texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from congvan.campaign.agencies import Agencies
from congvan.campaign.campaign import BODY_OF_THE_TEMPLATE, TierPlan
from congvan.campaign.copy_reading import copy_findings, copy_plan
from congvan.campaign.copying import CopyPlan
from congvan.campaign.entry import (
    FURTHER_PARTS,
    NAMES_AND_FILES,
    OWN_TEXTS,
    AddresseeGroupEntry,
    CopyEntry,
    Entry,
    TierEntry,
)
from congvan.campaign.entry_reading import read_entry
from congvan.campaign.house import House
from congvan.campaign.named_files import ListOrigin, NamedFiles
from congvan.campaign.order import DatedTier
from congvan.campaign.signature_pattern import SignaturePattern
from congvan.campaign.source import Source
from congvan.campaign.spelling import OwnText
from congvan.findings import Place, finding
from congvan.letter import IssueDate, NhomKinhGui, PhuLuc
from congvan.recipients import Listed, Recipient, UnitList

_KEYS_OF_LISTS: Final = {"nguoi_nhan", "trang_tinh", "bang_ma"}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a tier takes from its campaign.

    ``scheme`` are the tiers in their order; ``year`` is that of a date left open altogether; ``units`` the list its
    recipients' units are looked up in, and ``ma_tinh`` the province of recipients that name none; ``house`` is what the
    office settles for all its letters; ``ban_sao`` are the copies of tiers that say nothing of theirs.
    """

    files: NamedFiles
    scheme: tuple[str, ...]
    year: int | None
    units: UnitList | None
    ma_tinh: str | None
    house: House
    ban_sao: CopyEntry | None = None


class TierReader:
    """One item of ``cap``. ``findings`` are about its keys; those about files stand with the files."""

    def __init__(self, source: Source, index: int, surroundings: Surroundings) -> None:
        self.entry, self.findings = read_entry(TierEntry, source, "cap", index)
        self._source = source
        self._index = index
        self._around = surroundings
        self._files = surroundings.files

    @property
    def cap(self) -> str | None:
        """The tier's name, if it has a sound one."""
        return self.entry.cap if self._has("cap") else None

    @property
    def dated(self) -> DatedTier | None:
        """The tier as its order needs it; None when it has no name."""
        if self.cap is None:
            return None
        return DatedTier(self.cap, self._date(), self.place("cap"), self.place("ngay"))

    def place(self, *path: str | int) -> Place:
        """Where the tier or one of its keys stands."""
        return self._source.place("cap", self._index, *path)

    def tier(self, listed: Listed | None = None, agencies: Agencies | None = None) -> TierPlan | None:
        """The tier with all it names; None when something of it is missing or wrong.

        ``listed`` is the list to be read in place of the one the file names; ``agencies`` are the bodies that may
        copy its letters, None while they are not known.
        """
        if not isinstance(self._source.at("cap", self._index), Mapping):
            return None
        recipients, body, mau, annexes, further, ngay = (
            self._recipients(listed),
            self._body(),
            self._template(),
            self._annexes(),
            self._further_parts(),
            self._date(),
        )
        if ngay is None and self._has("ngay"):
            self._note("campaign-date-without-year", "ngay")
        copy = self._copy(ngay, agencies) if ngay else None
        if self.findings or recipients is None or body is None or annexes is None or further is None or ngay is None:
            return None
        if self.entry.mau and mau is None:
            return None
        return self._plan(ngay, recipients, body, mau, annexes, further, copy)

    def own_texts(self, tier: TierPlan) -> Iterator[OwnText]:
        """Every text of ``tier``, as it was read, that the office wrote itself, with its place."""
        for name in OWN_TEXTS:
            yield from self._texts_at(getattr(self.entry, name), name)
        names = [self.entry.noi_dung, *(annex.noi_dung for annex in self.entry.phu_luc)]
        bodies = [tier.noi_dung, *(annex.noi_dung for annex in tier.phu_luc)]
        if attached := self.entry.van_ban_kem_theo:
            names.append(attached.noi_dung)
            bodies.append(tier.phan_khac["van_ban_kem_theo"]["noi_dung"])
        for file, body in zip(names, bodies, strict=True):
            if file:
                yield Place(file=self._files.path(file).as_posix()), body

    def _texts_at(self, part: object, *path: str | int) -> Iterator[OwnText]:
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
        further: Mapping[str, Any],
        copy: CopyPlan | None,
    ) -> TierPlan:
        entry = self.entry
        return TierPlan(
            cap=entry.cap,
            don_vi=" ".join(entry.don_vi.split()),
            loai=entry.loai,
            bo_phan=entry.bo_phan,
            ky_hieu=entry.ky_hieu,
            ngay=ngay,
            trich_yeu=entry.trich_yeu,
            kinh_gui=tuple(map(_addressee_pattern, entry.kinh_gui)),
            can_cu=entry.can_cu,
            nguoi_nhan=recipients,
            mot_van_ban_cho=entry.mot_van_ban_cho,
            thu_tu=entry.thu_tu,
            noi_dung=body,
            noi_dung_path=self._files.path(entry.noi_dung) if entry.noi_dung else None,
            mau=mau,
            noi_nhan=entry.noi_nhan,
            ky=SignaturePattern(entry.ky.quyen_han, entry.ky.chuc_vu, entry.ky.ho_ten),
            danh_so=entry.danh_so,
            phan_khac=further,
            phu_luc=annexes,
            ban_sao=copy,
            pham_vi=entry.pham_vi,
            du_lieu=entry.du_lieu,
            places={
                "": self.place(),
                **({"ban_sao": self._copy_place()} if copy else {}),
                **{name: self.place(name) for name in entry.model_fields_set},
            },
        )

    def _has(self, key: str) -> bool:
        """Whether the file gives the key a sound value."""
        return key in self.entry.model_fields_set

    def _date(self) -> IssueDate | None:
        """The date of issue; with ``ngay: null`` only its year, that of the campaign's month."""
        if not self._has("ngay"):
            return None
        year = self._around.year
        return self.entry.ngay or (IssueDate(year) if year else None)

    def _recipients(self, listed: Listed | None) -> tuple[Recipient, ...] | None:
        """The list; what it must hold depends on the tier, so a tier nobody knows leaves it unread."""
        around, origin = self._around, self._origin(listed)
        if origin is None or self.cap is None or (around.scheme and self.cap not in around.scheme):
            return None
        return self._files.recipients(origin, self.place("nguoi_nhan"), self.cap, around.units, around.ma_tinh)

    def _origin(self, listed: Listed | None) -> ListOrigin | None:
        """Where the list comes from; None when the file does not say it soundly."""
        if listed is not None:
            return ListOrigin(listed, is_named=False)
        given = _KEYS_OF_LISTS & self._source.at("cap", self._index).keys()
        if not self._has("nguoi_nhan") or given - self.entry.model_fields_set:
            return None
        return ListOrigin(self.entry.nguoi_nhan, self.entry.trang_tinh, self.entry.bang_ma)

    def _body(self) -> str | None:
        if name := self.entry.noi_dung:
            return self._files.text(name, self.place("noi_dung"))
        if self.entry.mau:
            return BODY_OF_THE_TEMPLATE
        given = self._source.at("cap", self._index).keys() & {"noi_dung", "mau"}
        if given <= self.entry.model_fields_set:
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

    def _further_parts(self) -> Mapping[str, Any] | None:
        """The parts not every letter has, as far as the tier gives them; an attached text is read from its file."""
        given = {name: value for name in FURTHER_PARTS if (value := getattr(self.entry, name))}
        parts = {name: value.model_dump() if isinstance(value, Entry) else value for name, value in given.items()}
        if attached := self.entry.van_ban_kem_theo:
            text = self._files.text(attached.noi_dung, self.place("van_ban_kem_theo", "noi_dung"))
            if text is None:
                return None
            parts["van_ban_kem_theo"] = {**parts["van_ban_kem_theo"], "noi_dung": text}
        return {**self._around.house.parts, **parts}

    def _copy(self, issued: IssueDate, agencies: Agencies | None) -> CopyPlan | None:
        """The tier's own copies, or else the campaign's; ``ban_sao: null`` keeps the tier out of those."""
        entry = self.entry.ban_sao if self._has("ban_sao") else self._around.ban_sao
        if entry is None:
            return None
        self.findings += copy_findings(entry, issued, agencies, self._copy_place)
        if entry.noi_dung and self.entry.mau and not self.entry.noi_dung:
            self.findings.append(finding("campaign-extract-of-template", self._copy_place("noi_dung")))
        extract = self._files.text(entry.noi_dung, self._copy_place("noi_dung")) if entry.noi_dung else None
        return copy_plan(entry, issued, self.entry.danh_so, agencies, extract)

    def _copy_place(self, *path: str) -> Place:
        return (self.place if self._has("ban_sao") else self._source.place)("ban_sao", *path)

    def _note(self, code: str, key: str) -> None:
        cap = self.entry.cap if self._has("cap") else "?"
        self.findings.append(finding(code, self.place(key), cap=cap))


def _addressee_pattern(item: str | AddresseeGroupEntry) -> str | NhomKinhGui:
    return item if isinstance(item, str) else NhomKinhGui(nhom=item.nhom, gom=item.gom)
