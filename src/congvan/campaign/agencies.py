"""The issuing bodies of a campaign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from congvan.findings import Place
from congvan.letter import Agency
from congvan.recipients import Unit
from congvan.recipients.units.unit import name_key

_NOWHERE: Mapping[str, Place] = {}


class Agencies(Mapping[str, Agency]):
    """Issuing bodies by their code, and by the unit they serve; ``places`` are their rows in their table."""

    def __init__(self, agencies: Iterable[Agency] = (), places: Mapping[str, Place] = _NOWHERE) -> None:
        self._by_code = {agency.ma: agency for agency in agencies}
        self._places = dict(places)
        self._serving: dict[str, list[Agency]] = {}
        for agency in self._by_code.values():
            for unit in agency.pham_vi:
                self._serving.setdefault(_key(unit), []).append(agency)

    def serving(self, code: str, name: str = "") -> tuple[Agency, ...]:
        """The bodies whose ``pham_vi`` holds the unit, by code or name; exactly one where the table is right."""
        written = (code, name, Unit("", name, "").ten_rieng)
        found = next((self._serving[key] for one in written if (key := _key(one)) in self._serving), ())
        return tuple(dict.fromkeys(found))

    def place(self, code: str) -> Place:
        """The place of the body with this code."""
        return self._places.get(code) or Place(key=f"don_vi.{code}")

    def __getitem__(self, code: str) -> Agency:
        return self._by_code[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_code)

    def __len__(self) -> int:
        return len(self._by_code)


def _key(unit: str) -> str:
    """A unit's code as it is, for 001 and 00001 are two units; equal for two spellings of a name."""
    return unit if unit.isdecimal() else name_key(unit)
