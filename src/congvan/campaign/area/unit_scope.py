"""The units a recipient belongs to, and the scope (``pham_vi``) that limits a campaign to some units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple, Self

from congvan.campaign.did_you_mean import did_you_mean
from congvan.findings import Finding, Place, finding
from congvan.recipients import Recipient, Unit
from congvan.text.unicode_form import fold

LEVELS: Final = ("tinh", "huyen", "xa")
"""The levels of units, from the widest."""

_COLUMNS: Final = tuple(column for cap in LEVELS for column in (f"ma_{cap}", cap))


class UnitRef(NamedTuple):
    """A unit by its level and its code; in a list without codes by its names."""

    cap: str
    ma: str


EVERYWHERE: Final = UnitRef("", "")
"""The unit of a letter that is about no unit in particular."""


def unit_refs(recipient: Recipient) -> tuple[UnitRef, ...]:
    """The units of the recipient, the most exact first: commune, district, province."""
    return _refs(*map(recipient.truong.get, _COLUMNS))


@lru_cache(maxsize=1024)  # recipients of one commune follow one another
def _refs(*units: str | None) -> tuple[UnitRef, ...]:
    """The units of these codes and names, in the order of the columns."""
    refs: list[UnitRef] = []
    above = ""
    for cap, ma, name in zip(LEVELS, units[::2], units[1::2], strict=True):
        if code := ma or (name and f"{above}{'-'.join(fold(name).split())}"):
            refs.append(UnitRef(cap, code))
            above = f"{code}."
    return tuple(reversed(refs))


@dataclass(frozen=True, slots=True)
class UnitCatalogue:
    """Every district and commune the lists of a campaign name."""

    names: Mapping[UnitRef, str]
    chains: frozenset[tuple[UnitRef, ...]]

    @classmethod
    def of(cls, recipients: Iterable[Recipient]) -> Self:
        """The units of these recipients."""
        names: dict[UnitRef, str] = {}
        chains: set[tuple[UnitRef, ...]] = set()
        for recipient in recipients:
            chain = unit_refs(recipient)
            if chain not in chains:
                chains.add(chain)
                names |= {ref: recipient.truong.get(ref.cap, ref.ma) for ref in chain if ref not in names}
        return cls(names, frozenset(chains))

    def scope(self, items: Sequence[str], place: Place) -> tuple[UnitScope, list[Finding]]:
        """The scope that ``items`` (codes or names) describe, and those that name no unit or several."""
        spelled = self._spelled() if items else {}
        chosen: set[UnitRef] = set()
        found: list[Finding] = []
        for item in items:
            refs = spelled.get(item) or spelled.get(fold(item), set())
            if len(refs) == 1:
                chosen |= refs
            else:
                found.append(self._unit_finding(item, refs, place))
        above = {ref for chain in self.chains if chosen & set(chain) for ref in _above(chain, chosen)}
        return UnitScope(frozenset(chosen), frozenset(above)), found

    def _spelled(self) -> Mapping[str, set[UnitRef]]:
        """Units by everything they may be called: code, name, name without the kind word."""
        spelled: dict[str, set[UnitRef]] = {}
        for ref, name in self.names.items():
            for text in {ref.ma, fold(name), fold(Unit("", name, "").ten_rieng)}:
                spelled.setdefault(text, set()).add(ref)
        return spelled

    def _unit_finding(self, item: str, refs: set[UnitRef], place: Place) -> Finding:
        if refs:
            known = sorted(self._distinguished(ref) for ref in refs)
            return finding("campaign-scope-ambiguous", place, unit=item, known=", ".join(known))
        known = [text for ref, name in self.names.items() for text in (name, *([ref.ma] if ref.ma.isdecimal() else []))]
        return finding("campaign-scope-unknown", place, unit=item, near=did_you_mean(item, known)["near"])

    def _distinguished(self, ref: UnitRef) -> str:
        """A unit as a person distinguishes it from others of its name: by its code, else by the units it lies in."""
        if ref.ma.isdecimal():
            return f"{self.names[ref]} ({ref.ma})"
        chain = next(chain for chain in self.chains if ref in chain)
        return ", ".join(self.names[one] for one in chain[chain.index(ref) :])


@dataclass(frozen=True, slots=True)
class UnitScope:
    """The units a tier's letters are limited to, ``above`` being the units these lie in."""

    chosen: frozenset[UnitRef] = field(default_factory=frozenset)
    above: frozenset[UnitRef] = field(default_factory=frozenset)

    def holds(self, recipient: Recipient) -> bool:
        """Whether the recipient gets a letter: it is in a chosen unit, or a chosen unit is in its own.

        A body of the province, and one of no unit, is above every district and commune.
        """
        if not self.chosen:
            return True
        refs = unit_refs(recipient)
        if not refs or refs[0].cap == "tinh":
            return True
        return refs[0] in self.above or not self.chosen.isdisjoint(refs)


def _above(chain: Sequence[UnitRef], chosen: set[UnitRef]) -> Iterator[UnitRef]:
    """The units of a chain that hold its first chosen one."""
    at = next(index for index, ref in enumerate(chain) if ref in chosen)
    yield from chain[at + 1 :]
