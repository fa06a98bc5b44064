"""The print files of a campaign: one a tier, and where a tier has several rounds or bodies, one of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from congvan.campaign import Plan
from congvan.campaign.model import FIRST_ROUND, round_name
from congvan.run.output.manifest import ManifestRow
from congvan.run.output.paths import tier_folders
from congvan.text.unicode_form import slug


class _Tier(NamedTuple):
    """What a tier's print files follow from: its folder, whether it has rounds, and its bodies if it has several."""

    folder: str
    has_rounds: bool
    bodies: Mapping[str, str]


class PrintPaths:
    """The print files of ``plan``.

    ``in/3-thon.pdf`` has all letters of the tier, ``in/3-thon.<dot_gui>.pdf`` those of one round (``lan-dau`` is the
    first) and ``in/3-thon/<don_vi>.pdf`` those of one issuing body.
    """

    def __init__(self, plan: Plan) -> None:
        self._body_of = {item.key: item.don_vi.ma for item in plan.whole}
        with_rounds = {tier.cap for tier in plan.campaign.cap if tier.dot_gui}
        bodies: dict[str, dict[str, None]] = {}
        for item in plan.whole:
            bodies.setdefault(item.cap, {})[item.don_vi.ma] = None
        self._tiers = {
            cap: _Tier(folder, cap in with_rounds, _file_names([*bodies.get(cap, ())]))
            for cap, folder in tier_folders(plan).items()
        }

    def of(self, row: ManifestRow) -> dict[str, str]:
        """The print files the letter is in, the whole tier's first: their paths by what they are called."""
        return dict(self._of(row))

    def _of(self, row: ManifestRow) -> Iterator[tuple[str, str]]:
        tier = self._tiers[row.cap]
        yield row.cap, f"in/{tier.folder}.pdf"
        if tier.has_rounds:
            name = row.dot_gui or FIRST_ROUND
            yield round_name(row.cap, name), f"in/{tier.folder}.{slug(name)}.pdf"
        body = self._body_of.get(row.khoa, "")
        if body in tier.bodies:
            yield f"{row.cap}/{body}", f"in/{tier.folder}/{tier.bodies[body]}.pdf"


def _file_names(bodies: list[str]) -> Mapping[str, str]:
    """A file name for each of several bodies; none where one body has them all."""
    names: dict[str, str] = {}
    for body in bodies if len(bodies) > 1 else ():
        name = slug(body)
        names[body] = name if name not in names.values() else f"{name}-{len(names) + 1}"
    return names
