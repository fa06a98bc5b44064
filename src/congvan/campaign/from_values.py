"""A campaign from Python dicts and lists, without any file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeAlias

from congvan.campaign.agencies import Agencies
from congvan.campaign.file.agencies_table import read_agencies
from congvan.campaign.file.named_files import NamedFiles
from congvan.campaign.file.office_style_file import office_style
from congvan.campaign.file.yaml_source import Source
from congvan.campaign.load import CampaignReader, lists_by_tier
from congvan.campaign.model import Campaign, OfficeStyle, round_name
from congvan.errors import CampaignError
from congvan.findings import Finding, Place, Report
from congvan.recipients import AllowedDatabases, Listed, RecipientSource, rows_source
from congvan.text.unicode_form import nfc

Rows: TypeAlias = Iterable[Mapping[str, Any]] | Listed
"""A table as dicts, one a row, with the columns of a file; or a path, an address or a source."""

_PLACEHOLDER: Final = "—"
"""Stands in a key that names a table, where the table is an argument."""


def campaign_from(
    values: Mapping[str, Any],
    *,
    agencies: Rows,
    recipients: Mapping[str, Rows] | Rows,
    folder: Path | str | None = None,
    today: date | None = None,
) -> Campaign:
    """The campaign with these ``values``: the keys of a campaign file, without any file.

    ``noi_dung`` (of a tier, of its ``phu_luc``, ``ban_sao`` and ``van_ban_kem_theo``) is the Markdown itself, and
    ``mau_trinh_bay`` (or ``nha``) a dict of the office's style. ``agencies`` are the issuing bodies and ``recipients``
    the lists by tier (one list for a campaign of one tier), each a dict a row or whatever
    :func:`congvan.load_campaign` takes; the keys ``don_vi`` and ``nguoi_nhan`` that would name their files may be
    missing. ``mau``, a Word template, is a path from ``folder``, or from the current folder. ``today`` is the date of
    ``ngay: hom-nay``, as for a file.

    Raises:
        CampaignError: with every finding, as of a file; the keys are the places: ``cap[1].trich_yeu``.
    """
    lists = _lists(recipients)
    source = Source("", _with_tables(_plain(values), lists), {})
    style, found = _style(source)
    files = _Values(Path(folder or "."), agencies)
    reader = CampaignReader(source, files, style, today)
    by_tier, misplaced = lists_by_tier(lists, reader.caps, reader.rounds, Place())
    campaign = reader.campaign(by_tier)
    report = Report.of([*found, *misplaced, *reader.findings()])
    report.raise_errors(CampaignError)
    return replace(campaign, report=report)


class _Values(NamedFiles):
    """Texts and agencies that are values themselves; templates are still files."""

    def __init__(self, folder: Path, agencies: Rows) -> None:
        super().__init__(folder, AllowedDatabases.of((), folder))
        self._rows = agencies

    def text_place(self, name: str, place: Place) -> Place:  # noqa: ARG002
        """The key: a text that is a value has no file."""
        return place

    def agencies(self, name: str, place: Place) -> tuple[Agencies, bool]:  # noqa: ARG002
        """The issuing bodies, and whether they are all there."""
        agencies, found = read_agencies(_listed(self._rows, "don_vi"))
        self.findings += found
        return agencies, not any(one.severity == "error" for one in found)

    def _text(self, name: str, place: Place) -> str | None:  # noqa: ARG002
        return nfc(name)


def _listed(rows: Rows, name: str) -> Listed:
    return rows if isinstance(rows, str | Path | RecipientSource) else rows_source(_plain_rows(rows), name)


def _plain_rows(rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Rows of an ORM are mappings of their own kind."""
    for row in rows:
        yield dict(row)


def _lists(recipients: Mapping[str, Rows] | Rows) -> Mapping[str, Listed] | Listed:
    if isinstance(recipients, Mapping):
        return {cap: _listed(rows, f"nguoi_nhan[{cap}]") for cap, rows in recipients.items()}
    return _listed(recipients, "nguoi_nhan")


def _plain(value: Any) -> Any:
    """``value`` with dicts and lists for mappings and tuples, as a file has them."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def _with_tables(values: dict[str, Any], lists: Mapping[str, Listed] | Listed) -> dict[str, Any]:
    """``values`` with the keys that would name the tables; a tier without a list still misses its key."""
    tiers = values.get("cap")
    documents = values.get("van_ban")
    for one in documents if isinstance(documents, list) else ():
        if isinstance(one, dict) and (not isinstance(lists, Mapping) or one.get("ma") in lists):
            one["nguoi_nhan"] = _PLACEHOLDER
    for tier in tiers if isinstance(tiers, list) else ():
        if isinstance(tier, dict) and (not isinstance(lists, Mapping) or tier.get("cap") in lists):
            tier["nguoi_nhan"] = _PLACEHOLDER
        rounds = tier.get("dot_gui") if isinstance(tier, dict) else None
        for one in rounds if isinstance(rounds, list) else ():
            if isinstance(one, dict) and isinstance(lists, Mapping) and _name_of(tier, one) in lists:
                one["nguoi_nhan"] = _PLACEHOLDER
    return {**values, "don_vi": _PLACEHOLDER}


def _name_of(tier: Mapping[str, Any], of_tier: Mapping[str, Any]) -> str:
    return round_name(str(tier.get("cap")), str(of_tier.get("ma")))


def _style(source: Source) -> tuple[OfficeStyle | None, list[Finding]]:
    """The style under its key, which is taken out of the values: there it would name a file."""
    for key in ("mau_trinh_bay", "nha"):
        if isinstance(source.values.get(key), Mapping):
            style = office_style(source, key)
            del source.values[key]
            return style
    return None, []
