"""The print files of a campaign: one a tier, and where a tier has several rounds or bodies, one of each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import count
from typing import NamedTuple

from congvan.campaign import Plan
from congvan.campaign.model import FIRST_ROUND, round_name
from congvan.run.output.manifest import ManifestRow
from congvan.run.output.paths import tier_folders
from congvan.text.unicode_form import slug


class _Tier(NamedTuple):
    """The folder of a tier, and the file names of its rounds and of its bodies, where it has several."""

    folder: str
    rounds: Mapping[str, str]
    bodies: Mapping[str, str]


class PrintPaths:
    """The print files of ``plan``.

    ``in/3-thon.pdf`` has all letters of the tier, ``in/3-thon.<dot_gui>.pdf`` those of one round (``lan-dau`` is the
    first) and ``in/3-thon/<don_vi>.pdf`` those of one issuing body.
    """

    def __init__(self, plan: Plan) -> None:
        self._body_of = {item.key: item.don_vi.ma for item in plan.whole}
        rounds: dict[str, dict[str, None]] = {}
        bodies: dict[str, dict[str, None]] = {}
        for tier in plan.campaign.cap:
            rounds.setdefault(tier.cap, {})[tier.dot_gui or FIRST_ROUND] = None
        for item in plan.whole:
            bodies.setdefault(item.cap, {})[item.don_vi.ma] = None
        self._tiers = {
            cap: _Tier(folder, _file_names(rounds[cap]), _file_names(bodies.get(cap, ())))
            for cap, folder in tier_folders(plan).items()
        }

    def of(self, row: ManifestRow) -> dict[str, str]:
        """The print files the letter is in, the whole tier's first: their paths by what they are called."""
        return dict(self._of(row))

    def _of(self, row: ManifestRow) -> Iterator[tuple[str, str]]:
        tier = self._tiers.get(row.cap) or _Tier(slug(row.cap), {}, {})  # one the campaign no longer has
        yield row.cap, f"in/{tier.folder}.pdf"
        name = row.dot_gui or FIRST_ROUND
        if name in tier.rounds:
            yield round_name(row.cap, name), f"in/{tier.folder}.{tier.rounds[name]}.pdf"
        body = self._body_of.get(row.khoa, "")
        if body in tier.bodies:
            yield f"{row.cap}/{body}", f"in/{tier.folder}/{tier.bodies[body]}.pdf"


def _file_names(codes: Collection[str]) -> Mapping[str, str]:
    """A file name for each of several codes, no two the same; none where there is one code alone."""
    names: dict[str, str] = {}
    for code in codes if len(codes) > 1 else ():
        name = slug(code)
        taken = {*names.values()}
        numbered = (f"{name}-{number}" for number in count(2))
        names[code] = name if name not in taken else next(one for one in numbered if one not in taken)
    return names
