"""What one issuing body sends: letters on paper in parcels, one a commune, and letters to bodies with an office.

Heads of hamlets have no office, seal or records clerk: their letters go to the commune, which hands them on. Bodies get
theirs electronically.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from congvan.campaign.planning.addressees import addressee
from congvan.letter import Agency, Signature
from congvan.recipients import Recipient
from congvan.recipients.tiers import Tier
from congvan.text import capitalize_first
from congvan.text.unicode_form import slug

_LONGEST_NAME: Final = 48


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter with its number, as the manifest lists it; ``docx`` and ``pdf`` are paths in the output folder."""

    khoa: str
    cap: str
    so_ky_hieu: str
    ngay: date | None
    loai: str
    trich_yeu: str
    trang: int
    docx: str
    pdf: str

    def sheets(self, *, duplex: bool) -> int:
        """Sheets of paper a copy takes; on both sides a letter with an odd number of pages leaves one side blank."""
        return sheets_of(self.trang, duplex=duplex)


@dataclass(frozen=True, slots=True)
class SentCopy:
    """One copy of a letter, for one recipient: a line of a receipt list, a label, a text message."""

    letter: SentLetter
    recipient: Recipient

    @property
    def place(self) -> str:
        """The hamlet: ``Thôn Y Ngô``."""
        return capitalize_first(self.recipient.ten)

    @property
    def person(self) -> str:
        """``Ông Đinh Công Ngạn``; empty for a vacant post."""
        return " ".join(filter(None, (self.recipient.ong_ba, self.recipient.ho_ten))) if self.recipient.ho_ten else ""

    @property
    def address_lines(self) -> tuple[str, ...]:
        """The recipient as the letter addresses it, in lines: person, office, units; a vacant post by its office."""
        return tuple(addressee(self.recipient).split(", "))


@dataclass(frozen=True, slots=True)
class Sender:
    """The issuing body with the signature and the year of its letters, which its covering slips get, too."""

    agency: Agency
    ky: Signature
    nam: int

    @property
    def name(self) -> str:
        """Its name in a sentence."""
        return self.agency.ten_thuong

    @property
    def folder(self) -> str:
        """The name of its folder."""
        return _path_name(self.agency.ma)


@dataclass(frozen=True, slots=True)
class Parcel:
    """The copies one body sends through one commune, in the order of the list."""

    sender: Sender
    xa: str
    ma_xa: str
    huyen: str
    copies: tuple[SentCopy, ...]

    @property
    def addressee(self) -> str:
        """Whom it is handed to: ``Ủy ban nhân dân xã Đại Lộc``."""
        return f"Ủy ban nhân dân {self.xa}"

    @property
    def letters(self) -> tuple[SentLetter, ...]:
        """Its letters, each once."""
        return tuple({copy.letter.khoa: copy.letter for copy in self.copies}.values())

    @property
    def name(self) -> str:
        """Its name in paths: ``16015-xa-dai-loc``."""
        return _path_name(self.ma_xa, self.xa)

    def sheets(self, *, duplex: bool) -> int:
        """Sheets of all copies together, without the covering slip."""
        return sum(copy.letter.sheets(duplex=duplex) for copy in self.copies)


@dataclass(frozen=True, slots=True)
class BodyLetter:
    """A letter to bodies that have an office, and those bodies."""

    letter: SentLetter
    recipients: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True)
class Consignment:
    """All that one body sends in a campaign."""

    sender: Sender
    parcels: tuple[Parcel, ...]
    letters: tuple[BodyLetter, ...]

    @property
    def copies(self) -> tuple[SentCopy, ...]:
        """The copies of all parcels, in order."""
        return tuple(copy for parcel in self.parcels for copy in parcel.copies)


@dataclass(slots=True)
class ConsignmentBuilder:
    """Sorts the letters of one body as they come."""

    sender: Sender
    _copies: dict[tuple[str, str], list[SentCopy]] = field(default_factory=dict)
    _letters: list[BodyLetter] = field(default_factory=list)

    def add(self, letter: SentLetter, recipients: Iterable[Recipient]) -> None:
        """Add a letter: a copy for each recipient, or one for all where they are bodies."""
        if not Tier.of(letter.cap).is_hamlet:
            self._letters.append(BodyLetter(letter, tuple(recipients)))
            return
        for recipient in recipients:
            commune = recipient.ma_xa or "", recipient.xa or ""
            self._copies.setdefault(commune, []).append(SentCopy(letter, recipient))

    def build(self) -> Consignment:
        """The consignment of what was added; parcels in the order of their first letters."""
        parcels = tuple(self._parcel(commune, copies) for commune, copies in self._copies.items())
        return Consignment(self.sender, parcels, tuple(self._letters))

    def _parcel(self, commune: tuple[str, str], copies: list[SentCopy]) -> Parcel:
        ma_xa, xa = commune
        return Parcel(self.sender, xa or ma_xa, ma_xa, copies[0].recipient.huyen or "", tuple(copies))


def _path_name(*parts: str) -> str:
    return "-".join(slug(part) for part in parts if part)[:_LONGEST_NAME].rstrip("-")


@dataclass(frozen=True, slots=True)
class DeliveryTotals:
    """Counts of a consignment, or of several together, by which a clerk checks what is on the table."""

    recipients: int = 0
    letters: int = 0
    sheets: int = 0
    envelopes: int = 0
    electronic: int = 0

    def __add__(self, other: DeliveryTotals) -> DeliveryTotals:
        return DeliveryTotals(
            self.recipients + other.recipients,
            self.letters + other.letters,
            self.sheets + other.sheets,
            self.envelopes + other.envelopes,
            self.electronic + other.electronic,
        )


def totals(consignment: Consignment, slip_pages: Mapping[str, int], *, duplex: bool) -> DeliveryTotals:
    """What ``consignment`` counts; ``slip_pages`` are the pages of the covering slips by the names of their parcels."""
    parcels = consignment.parcels
    slips = sum(sheets_of(slip_pages.get(parcel.name, 0), duplex=duplex) for parcel in parcels)
    return DeliveryTotals(
        recipients=len(consignment.copies),
        letters=len({copy.letter.khoa for copy in consignment.copies}),
        sheets=slips + sum(parcel.sheets(duplex=duplex) for parcel in parcels),
        envelopes=len(parcels),
        electronic=len(consignment.letters),
    )


def sheets_of(pages: int, *, duplex: bool) -> int:
    """Sheets of paper that ``pages`` of one document take, printed on both sides with ``duplex``."""
    return (pages + 1) // 2 if duplex else pages
