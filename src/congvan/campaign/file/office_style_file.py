"""Reads the office's own file (``nha``): measures, spelling and the symbols of its letters."""

from __future__ import annotations

from pathlib import Path

from congvan.campaign.file.entry_reader import read_entry
from congvan.campaign.file.schema import OfficeStyleEntry
from congvan.campaign.file.yaml_source import Source, read_source
from congvan.campaign.model import DEFAULT_STYLE, OfficeStyle, SymbolRule
from congvan.findings import Finding
from congvan.letter import TrinhBay
from congvan.letter.office_style import style_findings


def read_office_style(path: Path) -> tuple[OfficeStyle, list[Finding]]:
    """The style in the file at ``path``, and everything that is wrong with it.

    Raises:
        UnreadableFileError: when the file is locked or not UTF-8 text.
    """
    source, found = read_source(path)
    return (DEFAULT_STYLE, found) if found else office_style(source)


def office_style(source: Source, *path: str) -> tuple[OfficeStyle, list[Finding]]:
    """The style the mapping at ``path`` describes, and everything that is wrong with it."""
    entry, found = read_entry(OfficeStyleEntry, source, *path)
    style = TrinhBay(**{name: getattr(entry, name) for name in TrinhBay.model_fields})
    found += style_findings(style, lambda name: source.place(*path, name))
    if found:
        return DEFAULT_STYLE, found
    ending = {} if entry.dau_ket_thuc else {"ket_thuc": ""}
    rule = SymbolRule(entry.ky_hieu.co_quan, entry.ky_hieu.bo_phan) if entry.ky_hieu else None
    return OfficeStyle({"trinh_bay": style, **ending}, entry.dau_thanh, rule), found
