"""What an office may choose about deliveries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from congvan.office.envelopes import DEFAULT_ENVELOPE, ENVELOPES
from congvan.office.label_sheets import DEFAULT_LABELS, LABEL_SHEETS
from congvan.office.text_messages import DEFAULT_TEXT

PAPERS: Final = ("phieu", "ky-nhan", "nhan", "bi", "so", "so-pdf", "tin-nhan", "dien-tu", "eml")
"""The papers by the names under which they are left out.

Covering slips and print files, receipt lists, labels, envelopes, books, their PDFs, text messages, electronic letters,
e-mail drafts.
"""


@dataclass(frozen=True, slots=True)
class DeliverySettings:
    """How deliveries are made.

    ``duplex`` prints on both sides: each letter starts on a new sheet, and a sheet counts once. ``labels`` and
    ``envelopes`` name sizes. ``day`` is that of the hand-over, left open to fill in by hand if None. ``text`` is the
    text message, with ``{{ fields }}``. ``without`` are papers not to be made.

    Raises:
        ValueError: for a size or a paper there is none of; the message is its name.
    """

    duplex: bool = True
    labels: str = DEFAULT_LABELS
    envelopes: str = DEFAULT_ENVELOPE
    day: date | None = None
    text: str = DEFAULT_TEXT
    without: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        unknown = {self.labels} - {*LABEL_SHEETS} | {self.envelopes} - {*ENVELOPES} | self.without - {*PAPERS}
        if unknown:
            raise ValueError(min(unknown))

    def makes(self, paper: str) -> bool:
        """Whether ``paper`` is wanted."""
        return paper not in self.without
