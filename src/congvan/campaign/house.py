"""The office's own file (``nha``): how its letters are set and spelled, and how their symbols are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from congvan.campaign.entry import HouseEntry
from congvan.campaign.entry_reading import read_entry
from congvan.campaign.source import read_source
from congvan.campaign.symbol_rule import SymbolRule
from congvan.findings import Finding
from congvan.letter import TrinhBay
from congvan.letter.office_style import style_findings
from congvan.text.tone_marks import ToneStyle


@dataclass(frozen=True, slots=True)
class House:
    """What an office settles for all its letters.

    ``parts`` are given to each of them, under the parts' names. ``dau_thanh`` is where its texts place tone marks and
    ``ky_hieu`` what its symbols are made of; None where it leaves that open.
    """

    parts: Mapping[str, Any] = field(default_factory=dict)
    dau_thanh: ToneStyle | None = None
    ky_hieu: SymbolRule | None = None


AS_CONGVAN: Final = House()


def read_house(path: Path) -> tuple[House, list[Finding]]:
    """What the file at ``path`` settles, and everything that is wrong with it.

    Raises:
        UnreadableFileError: when the file is locked or not UTF-8 text.
    """
    source, found = read_source(path)
    if found:
        return AS_CONGVAN, found
    entry, found = read_entry(HouseEntry, source)
    style = TrinhBay(**{name: getattr(entry, name) for name in TrinhBay.model_fields})
    found += style_findings(style, source.place)
    return (AS_CONGVAN if found else _house(entry, style)), found


def _house(entry: HouseEntry, style: TrinhBay) -> House:
    ending = {} if entry.dau_ket_thuc else {"ket_thuc": ""}
    rule = SymbolRule(entry.ky_hieu.co_quan, entry.ky_hieu.bo_phan) if entry.ky_hieu else None
    return House({"trinh_bay": style, **ending}, entry.dau_thanh, rule)
