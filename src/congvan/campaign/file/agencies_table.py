"""The table of issuing bodies, ``don-vi.csv``: one row for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from congvan.campaign.agencies import Agencies
from congvan.findings import Finding, Place, finding
from congvan.letter import Agency
from congvan.recipients import Listed, Row, read_table

_NEEDED: Final = ("ma", "co_quan", "ten_thuong", "ky_hieu", "dia_danh")
_KNOWN: Final = (*_NEEDED, "chu_quan", "pham_vi", "so_bat_dau", "lien_he")

_NUMBER: Final = re.compile(r"[1-9][0-9]{0,8}")
_OF_YEAR: Final = re.compile(r"((?:19|20)[0-9]{2})[:=]([1-9][0-9]{0,8})")
"""``2026:101``, or ``2026=101``, which Excel cannot take for a time of day."""

_EQUALS: Final = re.compile(r"\s*([:=])\s*")


def read_agencies(listed: Listed) -> tuple[Agencies, list[Finding]]:
    """The issuing bodies with sound rows, and everything wrong with the others.

    Raises:
        UnreadableFileError: when the table cannot be read at all.
    """
    table = read_table(listed, expected=_KNOWN)
    found = list(table.report)
    if missing := [name for name in _NEEDED if name not in table.headers]:
        return Agencies(), [*found, finding("campaign-agency-columns", table.place, columns=", ".join(missing))]
    agencies: list[Agency] = []
    places: dict[str, Place] = {}
    for row in table.rows:
        flaws = [*_flaws(row), *_repeated(row, places)]
        found += flaws
        if not flaws:
            agency = _agency(row.values)
            agencies.append(agency)
            places[agency.ma] = row.place
    return Agencies(agencies, places), found


def _flaws(row: Row) -> Iterator[Finding]:
    for name in _NEEDED:
        if name not in row.values:
            yield finding("campaign-agency-cell-empty", row.place_of(name), column=name)
    if re.search(r"[\s/\\]", row.values.get("ma", "")):
        yield finding("campaign-value-not-code", row.place_of("ma"), key="ma", value=row.values["ma"])
    if _start(written := row.values.get("so_bat_dau", "1")) is None:
        yield finding("campaign-agency-start", row.place_of("so_bat_dau"), value=written)


def _repeated(row: Row, places: Mapping[str, Place]) -> Iterator[Finding]:
    code = row.values.get("ma", "")
    if code in places:
        yield finding("campaign-agency-twice", row.place_of("ma"), ma=code, first=places[code])


def _agency(values: Mapping[str, str]) -> Agency:
    parts: dict[str, Any] = {name: values[name] for name in (*_NEEDED, "chu_quan") if name in values}
    return Agency(
        **parts,
        pham_vi=tuple(_units(values.get("pham_vi", ""))),
        so_bat_dau=_start(values.get("so_bat_dau", "1")) or 1,
        lien_he=tuple(values.get("lien_he", "").splitlines()),
        truong={name: value for name, value in values.items() if name not in _KNOWN},
    )


def _start(text: str) -> int | dict[int, int] | None:
    """``101``, or numbers by year as in ``2026:101; 2027:1``; None for anything else, or a year that stands twice."""
    if _NUMBER.fullmatch(text):
        return int(text)
    years = [_OF_YEAR.fullmatch(part) for part in re.split(r"[;,\s]+", _EQUALS.sub(r"\1", text).strip(" ;,"))]
    starts = {int(match[1]): int(match[2]) for match in years if match}
    return starts if len(starts) == len(years) else None


def _units(written: str) -> Iterator[str]:
    """Codes with spaces, commas or semicolons between them, or names, with commas, semicolons or lines."""
    for item in re.split(r"[;,\n]", written):
        words = item.split()
        if all(any(sign.isdigit() for sign in word) for word in words):
            yield from words
        else:
            yield " ".join(words)
