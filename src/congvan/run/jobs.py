"""The two jobs a run can have: a campaign's plan, and a template with a table. The pipeline treats both alike."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

from congvan.campaign import Plan, PlannedLetter
from congvan.findings import Finding, Place, Report, finding
from congvan.letter import IssueDate, Letter, NumberRequest
from congvan.letter.rules import blank_parts
from congvan.office.run_page import PageDeadline
from congvan.run.batches import Record
from congvan.run.output.index_page import NO_FACTS, LetterFacts, PageSource
from congvan.run.output.manifest import DONE, DRAFT, FAILED, NUMBERED, ManifestRow, OutputFile
from congvan.run.output.owner import campaign_owner, table_owner
from congvan.run.output.paths import Paths
from congvan.run.output.print_paths import PrintPaths
from congvan.run.output.signing_slip import signing_slip
from congvan.word import TemplateBinding
from congvan.word.draft_mark import DRAFT_MARK

Numbers = Mapping[str, int]
"""Numbers by the key they are registered under."""


class Planned(Protocol):
    """A letter in its place in a job.

    ``position`` counts from 1 in the whole job; ``key`` is what the letter is, whatever its position; ``cap`` is its
    tier, empty where there are none.
    """

    @property
    def position(self) -> int: ...
    @property
    def key(self) -> str: ...
    @property
    def cap(self) -> str: ...


P = TypeVar("P", bound=Planned)


class Job(Protocol[P]):
    """What a run is to make."""

    @property
    def owner(self) -> str:
        """Whose output folder it is: a folder belongs to one campaign, or to one template and table."""

    @property
    def title(self) -> str:
        """What people call it."""

    @property
    def header(self) -> Mapping[str, Any]:
        """What the manifest says of the job as a whole."""

    @property
    def page_source(self) -> PageSource:
        """What the run's page says of its letters beside the manifest."""

    @property
    def report(self) -> Report:
        """What is known of it before anything is rendered."""

    def keep_paths(self, paths: Mapping[str, str]) -> None:
        """Leave letters that have a number at these paths, by key and without ending."""

    @property
    def mark(self) -> str:
        """What stands behind the text of every page; empty but for drafts."""

    def cover(self, rows: Sequence[ManifestRow]) -> bytes:
        """The PDF that goes in front of the letters of a print file; empty where there is none."""

    @property
    def ignored(self) -> Collection[str]:
        """The codes of warnings and remarks that its office does not want to see."""

    @property
    def template_paths(self) -> Sequence[Path]:
        """The templates of the user's own that its letters need."""

    @property
    def accepts_changes(self) -> bool:
        """Whether tracked changes in its templates are accepted, and their comments dropped."""

    def __len__(self) -> int:
        """How many letters there are to make."""

    def letters(self, numbers: Numbers, without: Collection[int] = ()) -> Iterator[P]:
        """The letters to make, in order, with their numbers; those at the positions ``without`` take none."""

    def whole(self) -> Iterator[tuple[int, str]]:
        """Position and key of all letters of the job, also those that are not to be made now."""

    def is_secret(self, row: ManifestRow) -> bool:
        """Whether the letter of this row has a secrecy mark."""

    def number_requests(self, without: Collection[int] = ()) -> Sequence[NumberRequest]:
        """The numbers its letters need, in order."""

    def citing(self, positions: Collection[int]) -> frozenset[int]:
        """The positions of letters that cite one of ``positions``, directly or through another."""

    def number_keys_of(self, positions: Collection[int]) -> Mapping[int, str | None]:
        """The keys under which the letters at ``positions`` have their numbers; None for one that takes none."""

    def template_of(self, letter: P) -> Path | None:
        """The template of the letter; None for the built-in one."""

    def source_of(self, letter: P) -> Letter | Record:
        """What the template is filled with."""

    def place_of(self, letter: P, place: Place) -> Place:
        """Where a user finds the ``place`` of a finding about the letter."""

    def batch_key(self, letter: P) -> Hashable:
        """The same for letters that share template and body."""

    def path(self, letter: P) -> str:
        """Its path in the output folder without the ending."""

    def print_paths(self, row: ManifestRow) -> Mapping[str, str]:
        """The print files the letter is in, the whole tier's first: their paths by what they are called."""

    def row(self, letter: P, pages: int | None, files: Mapping[str, OutputFile], *, failed: bool) -> ManifestRow:
        """Its row in the manifest."""

    def failure(self, letter: P, why: str) -> Finding:
        """The finding that says why it could not be made."""


class CampaignJob:
    """The letters of a campaign's plan; a ``draft`` takes no numbers.

    A draft for ``signing`` has no mark, since what carries one is not signed, and leaves the date blank, too.
    ``marked_keys`` are the keys of numbers that letters had with a secrecy mark, whatever the campaign says by now.
    """

    def __init__(
        self, plan: Plan, *, draft: bool = False, signing: bool = False, marked_keys: Collection[str] = ()
    ) -> None:
        self._plan = plan
        self._marked_keys = marked_keys
        self._draft = draft or signing
        self._signing = signing
        self._paths = Paths(plan)

    @property
    def owner(self) -> str:
        return campaign_owner(self._plan.campaign.ma)

    @property
    def title(self) -> str:
        return self._plan.campaign.ten

    @property
    def header(self) -> Mapping[str, Any]:
        return {"ma": self._plan.campaign.ma, "ten": self._plan.campaign.ten}

    @property
    def page_source(self) -> PageSource:
        facts = {item.key: _facts(item) for item in self._plan.whole}
        return PageSource(lambda row: facts.get(row.khoa, NO_FACTS), list(self._deadlines()))

    def _deadlines(self) -> Iterator[PageDeadline]:
        """The first days by which the letters of each tier should and must be dated, of all rules about it."""
        judgements = self._plan.judgements()
        for tier in self._plan.campaign.cap:
            of_tier = [one for one in judgements if one.work == tier.name]
            soft = min((one.mem for one in of_tier if one.mem), default=None)
            hard = min((one.cung for one in of_tier if one.cung), default=None)
            if soft or hard:
                yield PageDeadline(tier.cap, tier.dot_gui or "", soft, hard)

    @property
    def report(self) -> Report:
        return self._plan.report if self._draft else self._plan.report + Report.of(self._open_parts())

    def _open_parts(self) -> Iterator[Finding]:
        """What a draft may lack and a letter with a number may not, once for each tier."""
        seen: set[tuple[str, str]] = set()
        for item in self._plan.items:
            if item.is_sealed:
                continue
            for one in blank_parts(item.letter):
                key = one.place.key or ""
                if (item.tier.name, key) not in seen:
                    seen.add((item.tier.name, key))
                    place = item.tier.place_of(re.split(r"[.\[]", key)[0])
                    yield replace(one, place=replace(place, key=f"{item.tier.name}.{key}"))

    @property
    def mark(self) -> str:
        return DRAFT_MARK if self._draft and not self._signing else ""

    def cover(self, rows: Sequence[ManifestRow]) -> bytes:
        return signing_slip(self._plan.campaign, rows) if self._signing else b""

    @property
    def ignored(self) -> Collection[str]:
        return self._plan.campaign.bo_qua

    @property
    def template_paths(self) -> Sequence[Path]:
        return [tier.mau for tier in self._plan.campaign.cap if tier.mau]

    @property
    def accepts_changes(self) -> bool:
        return self._plan.campaign.chap_nhan_sua_doi

    def __len__(self) -> int:
        return sum(not item.is_sealed for item in self._plan.items)

    def letters(self, numbers: Numbers, without: Collection[int] = ()) -> Iterator[PlannedLetter]:
        every = iter(self._plan.items) if self._draft else self._plan.iter_with_numbers(numbers, without)
        if self._signing:
            every = map(_unsigned, every)
        return (letter for letter in every if not letter.is_sealed)

    def whole(self) -> Iterator[tuple[int, str]]:
        for letter in self._plan.whole:
            yield letter.position, letter.key

    def is_secret(self, row: ManifestRow) -> bool:
        if row.cap not in self._secrecy:
            return False
        return self._secrecy[row.cap].get(row.khoa, True)  # replaced, or no longer in the plan: rather too secret

    @cached_property
    def _secrecy(self) -> Mapping[str, Mapping[str, bool]]:
        """Of the tiers with a secret letter, by key whether each has a secrecy mark."""
        caps = {khoa.split("/")[1] for khoa in self._marked_keys}
        caps |= {letter.cap for letter in self._plan.whole if letter.letter.do_mat}
        marks: dict[str, dict[str, bool]] = {cap: {} for cap in caps}
        for letter in self._plan.whole:
            if letter.cap in caps:
                marks[letter.cap][letter.key] = self._is_marked(letter)
        return marks

    def _is_marked(self, letter: PlannedLetter) -> bool:
        return bool(letter.letter.do_mat) or letter.number_key in self._marked_keys

    def number_requests(self, without: Collection[int] = ()) -> Sequence[NumberRequest]:
        return () if self._draft else self._plan.number_requests(without)

    def citing(self, positions: Collection[int]) -> frozenset[int]:
        return self._plan.citing(positions)

    def number_keys_of(self, positions: Collection[int]) -> Mapping[int, str | None]:
        items = (item for item in self._plan.items if item.position in positions and not item.is_sealed)
        return {item.position: None if self._draft else item.own_number_key for item in items}

    def template_of(self, letter: PlannedLetter) -> Path | None:
        return letter.tier.mau

    def source_of(self, letter: PlannedLetter) -> Letter:
        return letter.letter

    def place_of(self, letter: PlannedLetter, place: Place) -> Place:
        """The line of a text's own file; a text from Word has no lines a clerk could count."""
        home = letter.tier.body_places.get(place.key or "") if place.line else None
        if home is None:
            return place
        if home.file and home.file.lower().endswith(".docx"):
            return Place(file=home.file)
        return replace(place, file=home.file, key=home.key)

    def batch_key(self, letter: PlannedLetter) -> Hashable:
        return letter.cap, letter.letter.loai, letter.letter.ban_sao is None, TemplateBinding.of(letter.letter)

    def keep_paths(self, paths: Mapping[str, str]) -> None:
        if not self._draft:
            self._paths.keep(paths)

    def path(self, letter: PlannedLetter) -> str:
        return self._paths.of(letter)

    def print_paths(self, row: ManifestRow) -> Mapping[str, str]:
        return self._print_paths.of(row)

    def row(
        self, letter: PlannedLetter, pages: int | None, files: Mapping[str, OutputFile], *, failed: bool
    ) -> ManifestRow:
        document = letter.document
        state = DRAFT if self._draft else DONE if document.so is None else NUMBERED
        return ManifestRow(
            thu_tu=letter.position,
            cap=letter.cap,
            ma=letter.ma,
            co_quan=document.co_quan,
            so=document.so,
            ky_hieu=document.ky_hieu,
            ngay=sys.intern(str(document.ngay)),  # a campaign has few dates and many letters
            loai=letter.loai,
            trich_yeu=letter.letter.trich_yeu,
            kinh_gui=document.nguoi_nhan,
            trang=pages,
            khoa=letter.key,
            docx=files.get("docx"),
            pdf=files.get("pdf"),
            trang_thai=FAILED if failed else state,
            dot_gui=letter.tier.dot_gui or "",
            ghi_chu=letter.note,
        )

    def failure(self, letter: PlannedLetter, why: str) -> Finding:
        place = letter.recipients[0].place if letter.recipients else Place()
        label = f"{letter.position} ({letter.letter.so_ky_hieu})"
        return finding("batch-letter-failed", place, letter=label, why=why)

    @cached_property
    def _print_paths(self) -> PrintPaths:
        return PrintPaths(self._plan)


def _facts(item: PlannedLetter) -> LetterFacts:
    vacant = any(one.khuyet for one in item.recipients)
    units = item.unit_name("huyen") or "", item.unit_name("xa") or ""
    return LetterFacts(item.don_vi.ten_thuong, *units, len(item.recipients) or 1, vacant)


def _unsigned(letter: PlannedLetter) -> PlannedLetter:
    """The letter as its signer gets it: the date is written when it is numbered."""
    ngay = IssueDate(letter.letter.ngay.nam)
    return letter._replace(letter=letter.letter.model_copy(update={"ngay": ngay}))


class PlannedRecord(NamedTuple):
    """A record of a table in its place."""

    position: int
    record: Record
    cap: str = ""

    @property
    def key(self) -> str:
        return str(self.position)


@dataclass(frozen=True)
class TableJob:
    """A letter for each record, by the template at ``template``; ``table`` is what people call the table."""

    template: Path
    table: str
    records: Sequence[Record]

    @property
    def owner(self) -> str:
        return table_owner(self.template.name, self.table)

    def keep_paths(self, paths: Mapping[str, str]) -> None:
        """Records have no numbers: each lies where it stands in its table."""

    @property
    def title(self) -> str:
        return f"{self.template.name} × {self.table}"

    @property
    def header(self) -> Mapping[str, Any]:
        return {"mau": self.template.name, "bang": self.table}

    @property
    def page_source(self) -> PageSource:
        return PageSource()

    @property
    def report(self) -> Report:
        return Report()

    @property
    def mark(self) -> str:
        return ""

    def cover(self, rows: Sequence[ManifestRow]) -> bytes:
        return b""

    @property
    def ignored(self) -> Collection[str]:
        return ()

    @property
    def template_paths(self) -> Sequence[Path]:
        return [self.template]

    @property
    def accepts_changes(self) -> bool:
        return False

    def __len__(self) -> int:
        return len(self.records)

    def letters(self, numbers: Numbers, without: Collection[int] = ()) -> Iterator[PlannedRecord]:
        for position, record in enumerate(self.records, start=1):
            yield PlannedRecord(position, record)

    def whole(self) -> Iterator[tuple[int, str]]:
        for letter in self.letters({}):
            yield letter.position, letter.key

    def is_secret(self, row: ManifestRow) -> bool:
        return False

    def number_requests(self, without: Collection[int] = ()) -> Sequence[NumberRequest]:
        return ()

    def citing(self, positions: Collection[int]) -> frozenset[int]:
        return frozenset()

    def number_keys_of(self, positions: Collection[int]) -> Mapping[int, str | None]:
        return dict.fromkeys(positions)

    def template_of(self, letter: PlannedRecord) -> Path:
        return self.template

    def source_of(self, letter: PlannedRecord) -> Record:
        return letter.record

    def place_of(self, letter: PlannedRecord, place: Place) -> Place:
        return place

    def batch_key(self, letter: PlannedRecord) -> Hashable:
        return letter.cap

    def path(self, letter: PlannedRecord) -> str:
        digits = max(3, len(str(len(self.records))))
        return f"{letter.position:0{digits}}"

    def print_paths(self, row: ManifestRow) -> Mapping[str, str]:
        return {row.cap: "in/tat-ca.pdf"}

    def row(
        self, letter: PlannedRecord, pages: int | None, files: Mapping[str, OutputFile], *, failed: bool
    ) -> ManifestRow:
        return ManifestRow(
            thu_tu=letter.position,
            cap=letter.cap,
            ma=letter.key,
            co_quan="",
            so=None,
            ky_hieu="",
            ngay="",
            loai="",
            trich_yeu="",
            kinh_gui=(),
            trang=pages,
            khoa=letter.key,
            docx=files.get("docx"),
            pdf=files.get("pdf"),
            trang_thai=FAILED if failed else DONE,
        )

    def failure(self, letter: PlannedRecord, why: str) -> Finding:
        return finding("batch-letter-failed", letter.record.place, letter=str(letter.position), why=why)
