"""The reasons why letters of a tier cannot be made: one finding for a flaw of them all, else one a recipient."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from congvan.campaign.agencies import Agencies
from congvan.campaign.did_you_mean import did_you_mean
from congvan.campaign.model import CampaignTier
from congvan.campaign.planning.addressees import Addressees
from congvan.campaign.planning.citations import NoCitation
from congvan.campaign.planning.grouping import Group
from congvan.campaign.planning.letter_inputs import LetterInputs
from congvan.findings import Finding, Place, Severity, finding
from congvan.recipients import Recipient

_FEW: Final = 20
_NO_CITATION: Final = {NoCitation.AMBIGUOUS: "campaign-cited-ambiguous", NoCitation.OUTSIDE: "campaign-cited-outside"}


@dataclass(frozen=True, slots=True)
class _Case:
    """A letter with a flaw, and the recipient it concerns; with ``is_named`` the line that names the recipient."""

    inputs: LetterInputs
    recipient: Recipient
    is_named: bool = False


def _called(inputs: LetterInputs) -> str:
    """A letter as a person knows it: by its code, or by its first recipient where the code was made of names."""
    first = inputs.recipients[0]
    if inputs.ma.isascii():
        return inputs.ma
    return ", ".join(dict.fromkeys(part for part in (first.ten, first.xa, first.huyen) if part))


class Diagnostics:
    """Collects the flaws of one tier's letters and groups equal ones."""

    def __init__(self, tier: CampaignTier) -> None:
        self._tier = tier
        self._missing: dict[tuple[str, str], list[_Case]] = {}
        self._refused: dict[tuple[str, str, str], tuple[Finding, list[_Case]]] = {}
        self._failed: dict[tuple[str, str], list[tuple[Finding, _Case]]] = {}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, key: str, flaw: str | Finding, inputs: LetterInputs, recipient: Recipient) -> None:
        """The text under ``key`` lacks a field (its dotted name) or has another flaw (a finding)."""
        self._count += 1
        if isinstance(flaw, str):
            self._missing.setdefault((key, flaw), []).append(_Case(inputs, recipient))
        else:
            self._failed.setdefault((key, flaw.code), []).append((flaw, _Case(inputs, recipient)))

    def add_findings(self, inputs: LetterInputs, flaws: Iterable[Finding], addressees: Addressees) -> None:
        """The letter is refused for ``flaws``."""
        refused = tuple(flaws)
        self._count += len(refused)
        self.add_cautions(inputs, refused, addressees)

    def add_cautions(self, inputs: LetterInputs, flaws: Iterable[Finding], addressees: Addressees) -> None:
        """The letter is made, and its writer should look at ``flaws``."""
        for flaw in flaws:
            part = flaw.place.key or ""
            _, cases = self._refused.setdefault((flaw.code, part, str(flaw.values)), (flaw, []))
            named = addressees.recipient_of(part)
            cases.append(_Case(inputs, named or inputs.recipients[0], named is not None))

    def findings(self, groups: Sequence[Group], caps: Sequence[str], agencies: Agencies) -> Iterator[Finding]:
        """All findings; ``groups`` are all letters of the tier, ``caps`` all tiers of the campaign."""
        for (key, _), failures in self._failed.items():
            yield from self._failed_findings(key, failures, groups)
        for (key, name), cases in self._missing.items():
            yield from self._missing_findings(key, name, cases, groups, caps, agencies)
        for flaw, cases in self._refused.values():
            yield from self._refused_findings(flaw, cases, len(groups))

    def refusals(self, key: str) -> Iterator[Finding]:
        """The findings about the only letter that was built, which is known by ``key``."""
        failed = (flaw for failures in self._failed.values() for flaw, _ in failures)
        for flaw in (*failed, *(flaw for flaw, _ in self._refused.values())):
            yield replace(flaw, place=replace(flaw.place, key=f"{key}: {flaw.place.key or ''}"))

    def _failed_findings(
        self, key: str, failures: Sequence[tuple[Finding, _Case]], groups: Sequence[Group]
    ) -> Iterator[Finding]:
        """A text that fails for every letter is wrong itself; else it is the values of some recipients."""
        if len(failures) >= self._tries(key, groups):
            yield replace(failures[0][0], place=self._place(key))
            return
        for flaw, case in failures:
            yield replace(flaw, place=replace(case.recipient.place, key=f"{self._tier.cap}.{key}"))

    def _missing_findings(
        self,
        key: str,
        name: str,
        cases: Sequence[_Case],
        groups: Sequence[Group],
        caps: Sequence[str],
        agencies: Agencies,
    ) -> Iterator[Finding]:
        group, _, column = name.partition(".")
        if group == "truoc" and (uncited := list(self._citation_findings(key, column.partition(".")[0], cases, caps))):
            yield from uncited
        elif group == "don_vi" and column:
            for ma in dict.fromkeys(case.inputs.don_vi.ma for case in cases):
                place = replace(agencies.place(ma), column=column)
                yield finding("campaign-agency-field-empty", place, ma=ma, name=column, **self._where(key))
        elif column or (len(cases) >= self._tries(key, groups) and not _few_empty_cells(name, cases)):
            known = (one for one in _field_names(cases[0].inputs.values) if ("." in one) == bool(column))
            values = {"name": name, **did_you_mean(name, sorted(known)), **self._where(key)}
            yield finding("campaign-field-unknown", self._place(key, name), **values)
        else:
            for case in cases:
                place = case.recipient.place_of(name)
                yield finding("campaign-field-empty", place, name=name, **self._where(key))

    def _citation_findings(
        self, key: str, cited: str, cases: Sequence[_Case], caps: Sequence[str]
    ) -> Iterator[Finding]:
        """The reason why ``truoc.<cited>`` is missing; none when it exists, but lacks the field the text asks for."""
        place = self._place(key, f"truoc.{cited}")
        earlier = caps[: caps.index(self._tier.cap)]
        values = {"cap": self._tier.cap, "truoc": cited}
        if cited not in earlier:
            code = "campaign-cited-later" if cited in caps else "campaign-cited-unknown"
            yield finding(code, place, **values, **did_you_mean(cited, earlier))
            return
        for why, code in _NO_CITATION.items():
            if letters := [case.inputs for case in cases if case.inputs.cited[cited] is why]:
                yield finding(code, place, **values, count=len(letters), ma=_called(letters[0]))

    def _refused_findings(self, flaw: Finding, cases: Sequence[_Case], letters: int) -> Iterator[Finding]:
        part = flaw.place.key or ""
        key = re.split(r"[.\[]", part)[0]
        is_of_all = len(cases) == letters and (self._tier.kinh_gui or not cases[0].is_named)
        if is_of_all or flaw.severity is Severity.WARNING:  # a caution is said once, however many letters have it
            yield replace(flaw, place=replace(self._tier.place_of(key), key=f"{self._tier.cap}.{part}"))
        else:
            for case in cases:
                yield replace(flaw, place=replace(case.recipient.place, key=f"{self._tier.cap}.{part}"))

    def _tries(self, key: str, groups: Sequence[Group]) -> int:
        """The number of times the text was filled in: for each recipient in "Kính gửi", else for each letter."""
        return sum(len(group.recipients) for group in groups) if key == "kinh_gui" else len(groups)

    def _where(self, key: str) -> dict[str, str]:
        return {"where": key, "cap": self._tier.cap}

    def _place(self, key: str, name: str = "") -> Place:
        """The place of a text; of a body the line in its file that first needs ``name``."""
        tier = self._tier
        if key != "noi_dung" or tier.noi_dung_place is None:
            return tier.place_of(key)
        lines = tier.noi_dung.splitlines()
        line = next((number for number, text in enumerate(lines, start=1) if name and name in text), None)
        return replace(tier.noi_dung_place, line=line)


def _few_empty_cells(name: str, cases: Sequence[_Case]) -> bool:
    """Whether the list has the column, and few enough rows leave it empty to report each."""
    empty = all(name in case.recipient.headers and name not in case.recipient.truong for case in cases)
    return empty and len(cases) <= _FEW


def _field_names(values: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    """Every field by its dotted name."""
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _field_names(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"
