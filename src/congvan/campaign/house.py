"""The office's own file (``nha``): margins, sizes and distances of its letters, and whether they end with "./."."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from congvan.campaign.entry import HouseEntry, read_entry
from congvan.campaign.source import read_source
from congvan.findings import Finding
from congvan.letter import TrinhBay
from congvan.letter.house_style import style_findings

House = Mapping[str, Any]
"""The parts an office's style gives each of its letters, under their names."""

AS_CONGVAN: Final[House] = MappingProxyType({})


def read_house(path: Path) -> tuple[House, list[Finding]]:
    """The parts the file at ``path`` gives every letter, and everything that is wrong with it.

    Raises:
        UnreadableFileError: when the file is locked or not UTF-8 text.
    """
    source, found = read_source(path)
    if found:
        return AS_CONGVAN, found
    entry, found = read_entry(HouseEntry, source)
    style = TrinhBay(**{name: getattr(entry, name) for name in TrinhBay.model_fields})
    found += style_findings(style, source.place)
    ending = {} if entry.dau_ket_thuc else {"ket_thuc": ""}
    return (AS_CONGVAN if found else MappingProxyType({"trinh_bay": style, **ending})), found
