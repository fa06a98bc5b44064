"""The issuing bodies of a campaign: a table with one row for each, ``don-vi.csv``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from congvan.findings import Finding, Place, finding
from congvan.letter import Agency
from congvan.recipients import Row, read_table

_NEEDED: Final = ("ma", "co_quan", "ten_thuong", "ky_hieu", "dia_danh")
_KNOWN: Final = (*_NEEDED, "chu_quan", "pham_vi", "so_bat_dau", "lien_he")


class Agencies(Mapping[str, Agency]):
    """Issuing bodies by their code, asked also by the unit they serve."""

    def __init__(self, rows: Iterable[tuple[Agency, Place]] = ()) -> None:
        self._by_code: dict[str, Agency] = {}
        self._places: dict[str, Place] = {}
        self._serving: dict[str, list[Agency]] = {}
        for agency, place in rows:
            self._by_code[agency.ma] = agency
            self._places[agency.ma] = place
            for unit in agency.pham_vi:
                self._serving.setdefault(unit, []).append(agency)

    def serving(self, unit: str) -> tuple[Agency, ...]:
        """The bodies whose ``pham_vi`` holds the unit with this code; one, if all is well."""
        return tuple(self._serving.get(unit, ()))

    def place(self, code: str) -> Place:
        """Where the body with this code stands in its table."""
        return self._places[code]

    def __getitem__(self, code: str) -> Agency:
        return self._by_code[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_code)

    def __len__(self) -> int:
        return len(self._by_code)


def read_agencies(path: Path) -> tuple[Agencies, list[Finding]]:
    """The issuing bodies in the table at ``path``, those with sound rows, and everything wrong with the others.

    Raises:
        UnreadableFileError: when the file cannot be read at all.
    """
    table = read_table(path, expected=_KNOWN)
    found = list(table.report)
    if missing := [name for name in _NEEDED if name not in table.headers]:
        return Agencies(), [*found, finding("campaign-agency-columns", table.place, columns=", ".join(missing))]
    sound: dict[str, tuple[Agency, Place]] = {}
    for row in table.rows:
        flaws = [*_flaws(row), *_repeated(row, sound)]
        found += flaws
        if not flaws:
            sound[row.values["ma"]] = (_agency(row.values), row.place)
    return Agencies(sound.values()), found


def _flaws(row: Row) -> Iterator[Finding]:
    for name in _NEEDED:
        if name not in row.values:
            yield finding("campaign-agency-cell-empty", row.place_of(name), column=name)
    if re.search(r"[\s/\\]", row.values.get("ma", "")):
        yield finding("campaign-value-not-code", row.place_of("ma"), key="ma", value=row.values["ma"])
    if not re.fullmatch(r"[1-9][0-9]{0,8}", start := row.values.get("so_bat_dau", "1")):
        yield finding("campaign-agency-start", row.place_of("so_bat_dau"), value=start)


def _repeated(row: Row, sound: Mapping[str, tuple[Agency, Place]]) -> Iterator[Finding]:
    code = row.values.get("ma", "")
    if code in sound:
        yield finding("campaign-agency-twice", row.place_of("ma"), ma=code, first=sound[code][1])


def _agency(values: Mapping[str, str]) -> Agency:
    parts: dict[str, Any] = {name: values[name] for name in (*_NEEDED, "chu_quan") if name in values}
    return Agency(
        **parts,
        pham_vi=tuple(re.findall(r"[^\s;,]+", values.get("pham_vi", ""))),
        so_bat_dau=int(values.get("so_bat_dau", "1")),
        lien_he=tuple(values.get("lien_he", "").splitlines()),
        truong={name: value for name, value in values.items() if name not in _KNOWN},
    )
