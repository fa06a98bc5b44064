"""The two jobs a run can have: a campaign's plan, and a template with a table. The pipeline treats both alike."""

from __future__ import annotations

import sys
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

from congvan.campaign import Plan, PlannedLetter
from congvan.findings import Finding, Place, Report, finding
from congvan.letter import Letter, NumberRequest
from congvan.run.batches import Record
from congvan.run.output.manifest import ManifestRow, OutputFile, State
from congvan.run.output.paths import Paths, tier_folders
from congvan.word import TemplateBinding

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
    def report(self) -> Report:
        """What is known of it before anything is rendered."""

    @property
    def template_paths(self) -> Sequence[Path]:
        """The templates of the user's own that its letters need."""

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

    def number_keys(self, positions: Collection[int]) -> Sequence[str]:
        """The keys of the numbers that are issued once the letters at ``positions`` are in place."""

    def template_of(self, letter: P) -> Path | None:
        """The template of the letter; None for the built-in one."""

    def source_of(self, letter: P) -> Letter | Record:
        """What the template is filled with."""

    def batch_key(self, letter: P) -> Hashable:
        """The same for letters that share template and body."""

    def path(self, letter: P) -> str:
        """Its path in the output folder without the ending."""

    def print_path(self, cap: str) -> str:
        """The path of the print file of a tier."""

    def row(self, letter: P, pages: int | None, files: Mapping[str, OutputFile], state: State) -> ManifestRow:
        """Its row in the manifest."""

    def failure(self, letter: P, why: str) -> Finding:
        """The finding that says why it could not be made."""


class CampaignJob:
    """The letters of a campaign's plan; a ``draft`` takes no numbers."""

    def __init__(self, plan: Plan, *, draft: bool = False) -> None:
        self._plan = plan
        self._draft = draft
        self._paths = Paths(plan)

    @property
    def owner(self) -> str:
        return f"dot:{self._plan.campaign.ma}"

    @property
    def title(self) -> str:
        return self._plan.campaign.ten

    @property
    def header(self) -> Mapping[str, Any]:
        return {"ma": self._plan.campaign.ma, "ten": self._plan.campaign.ten}

    @property
    def report(self) -> Report:
        return self._plan.report

    @property
    def template_paths(self) -> Sequence[Path]:
        return [tier.mau for tier in self._plan.campaign.cap if tier.mau]

    def __len__(self) -> int:
        return len(self._plan.items)

    def letters(self, numbers: Numbers, without: Collection[int] = ()) -> Iterator[PlannedLetter]:
        return iter(self._plan.items) if self._draft else self._plan.iter_with_numbers(numbers, without)

    def whole(self) -> Iterator[tuple[int, str]]:
        for letter in self._plan.whole:
            yield letter.position, letter.key

    def is_secret(self, row: ManifestRow) -> bool:
        if row.cap not in self._secrecy:
            return False
        return self._secrecy[row.cap].get(row.khoa, True)  # one the plan no longer has: rather too secret

    @cached_property
    def _secrecy(self) -> Mapping[str, Mapping[str, bool]]:
        """Of the tiers with a secret letter, by key whether each has a secrecy mark."""
        caps = {letter.cap for letter in self._plan.whole if letter.letter.do_mat}
        marks: dict[str, dict[str, bool]] = {cap: {} for cap in caps}
        for letter in self._plan.whole:
            if letter.cap in caps:
                marks[letter.cap][letter.key] = bool(letter.letter.do_mat)
        return marks

    def number_requests(self, without: Collection[int] = ()) -> Sequence[NumberRequest]:
        return () if self._draft else self._plan.number_requests(without)

    def citing(self, positions: Collection[int]) -> frozenset[int]:
        return self._plan.citing(positions)

    def number_keys_of(self, positions: Collection[int]) -> Mapping[int, str | None]:
        items = (item for item in self._plan.items if item.position in positions)
        return {item.position: None if self._draft else item.own_number_key for item in items}

    def number_keys(self, positions: Collection[int]) -> Sequence[str]:
        if self._draft:
            return ()
        dated = [item for item in self._plan.items if item.position in positions and item.document.ngay.day]
        keys = dict.fromkeys(item.own_number_key for item in dated)
        return [key for key in keys if key]

    def template_of(self, letter: PlannedLetter) -> Path | None:
        return letter.tier.mau

    def source_of(self, letter: PlannedLetter) -> Letter:
        return letter.letter

    def batch_key(self, letter: PlannedLetter) -> Hashable:
        return letter.cap, letter.letter.loai, letter.letter.ban_sao is None, TemplateBinding.of(letter.letter)

    def path(self, letter: PlannedLetter) -> str:
        return self._paths.of(letter)

    def print_path(self, cap: str) -> str:
        return f"in/{self._folders[cap]}.pdf"

    def row(
        self, letter: PlannedLetter, pages: int | None, files: Mapping[str, OutputFile], state: State
    ) -> ManifestRow:
        document = letter.document
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
            trang_thai=state,
        )

    def failure(self, letter: PlannedLetter, why: str) -> Finding:
        place = letter.recipients[0].place if letter.recipients else Place()
        label = f"{letter.position} ({letter.letter.so_ky_hieu})"
        return finding("batch-letter-failed", place, letter=label, why=why)

    @cached_property
    def _folders(self) -> Mapping[str, str]:
        return tier_folders(self._plan)


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
        return f"mau:{self.template.name}:{self.table}"

    @property
    def title(self) -> str:
        return f"{self.template.name} × {self.table}"

    @property
    def header(self) -> Mapping[str, Any]:
        return {"mau": self.template.name, "bang": self.table}

    @property
    def report(self) -> Report:
        return Report()

    @property
    def template_paths(self) -> Sequence[Path]:
        return [self.template]

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

    def number_keys(self, positions: Collection[int]) -> Sequence[str]:
        return ()

    def template_of(self, letter: PlannedRecord) -> Path:
        return self.template

    def source_of(self, letter: PlannedRecord) -> Record:
        return letter.record

    def batch_key(self, letter: PlannedRecord) -> Hashable:
        return letter.cap

    def path(self, letter: PlannedRecord) -> str:
        digits = max(3, len(str(len(self.records))))
        return f"{letter.position:0{digits}}"

    def print_path(self, cap: str) -> str:
        return "in/tat-ca.pdf"

    def row(
        self, letter: PlannedRecord, pages: int | None, files: Mapping[str, OutputFile], state: State
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
            trang_thai=state,
        )

    def failure(self, letter: PlannedRecord, why: str) -> Finding:
        return finding("batch-letter-failed", letter.record.place, letter=str(letter.position), why=why)
