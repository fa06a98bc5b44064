"""The same recipient under another code: Excel made 1 of 01, or a name was changed. It is asked, never issued twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

from congvan.campaign.planning.number_requests import named_recipients
from congvan.campaign.planning.plan import Plan, PlannedLetter
from congvan.findings import Finding, finding
from congvan.recipients import Recipient
from congvan.recipients.units.unit import name_key
from congvan.text.unicode_form import fold, nfc

_ZEROS: Final = re.compile(r"(?<!\d)0+(?=\d)")
_SPACES: Final = re.compile(r"\s+")
_MOST_PAIRS: Final = 10
_FEWEST_OWN: Final = 2
"""Parts of an addressee besides its units, of which one may have changed: the person, the office with the hamlet."""


class RegisteredLetter(NamedTuple):
    """A letter of the register: its key, its number and symbol, and whom the book says it went to, where it says so."""

    khoa: str
    so_ky_hieu: str = ""
    noi_nhan: str = ""


class Recoded(NamedTuple):
    """A letter of the book, and the letter of a plan that seems to be for the same recipient under another code."""

    known: RegisteredLetter
    planned: PlannedLetter


def code_key(code: str) -> str:
    """Equal for codes that differ in leading zeros, case and spaces alone: ``01`` and ``1``, ``A-07`` and ``a-7``."""
    return _ZEROS.sub("", _SPACES.sub("", nfc(code)).casefold())


def meaning_key(recipient: Recipient) -> tuple[str, ...]:
    """Equal for two recipients of the same units, name and person, whatever their codes."""
    units = (recipient.truong.get(f"ma_{cap}") or name_key(recipient.truong.get(cap, "")) for cap in _UNITS)
    return (*units, name_key(recipient.ten), fold(recipient.ho_ten or ""))


_UNITS: Final = ("tinh", "huyen", "xa")


def recoded_letters(plan: Plan, known: Collection[RegisteredLetter]) -> tuple[Recoded, ...]:
    """The letters of ``plan`` the book does not know that look like one it knows and the plan lacks.

    They look alike when their codes differ by zeros, case or spaces alone, or when they have the same units and the
    same person or hamlet. ``known`` are the letters of the campaign in the book, void numbers left out.
    """
    book = {one.khoa for one in known}
    letters = [item for item in plan.whole if not item.letter.ban_sao]
    new = [item for item in letters if item.key not in book]
    planned = {item.key for item in plan.whole} | {item.number_key for item in plan.whole}
    gone = [one for one in known if one.khoa not in planned]
    if not new or not gone:
        return ()
    candidates = _Candidates(gone)
    pairs: dict[int, Recoded] = {}
    for likeness in (_codes, _addressees, _changed_addressees):  # the surest first, for all letters
        for item in new:
            if item.position not in pairs and (found := candidates.take(likeness(item))):
                pairs[item.position] = Recoded(found, item)
    return tuple(pairs[position] for position in sorted(pairs))


def recoded_finding(pairs: Sequence[Recoded]) -> Iterator[Finding]:
    """One question for all pairs; none without any."""
    if pairs:
        old, new = pairs[0].known.khoa, pairs[0].planned.key
        shown = [_pair_text(one) for one in pairs[:_MOST_PAIRS]] + (["…"] if len(pairs) > _MOST_PAIRS else [])
        place = pairs[0].planned.recipients[0].place
        yield finding("campaign-recipient-recoded", place, count=len(pairs), pairs="; ".join(shown), old=old, new=new)


def _pair_text(pair: Recoded) -> str:
    """``18/ĐLHL: 01 → 1``."""
    number = f"{pair.known.so_ky_hieu}: " if pair.known.so_ky_hieu else ""
    return f"{number}{_code(pair.known.khoa)} → {pair.planned.ma}"


def _tier(khoa: str) -> str:
    """``dot/thon`` of ``dot/thon/17``."""
    return "/".join(khoa.split("/", 2)[:2])


def _code(khoa: str) -> str:
    """``17`` of ``dot/thon/17``."""
    return khoa.removeprefix(f"{_tier(khoa)}/")


_Parts: TypeAlias = tuple[str | None, ...]
"""The parts of an addressee: person, office with the hamlet, units; None for one that may be any."""

_Likeness: TypeAlias = tuple[str, str | _Parts]
"""The tier of a letter, and its code or its addressee as they are compared."""


class _Candidates:
    """Letters of the book that the plan lacks, each to be taken once."""

    def __init__(self, letters: Sequence[RegisteredLetter]) -> None:
        self._alike: dict[_Likeness, list[RegisteredLetter]] = defaultdict(list)
        self._taken: set[str] = set()
        for one in letters:
            tier, parts = _tier(one.khoa), _parts(one.noi_nhan)
            self._alike[tier, code_key(_code(one.khoa))].append(one)
            for some in (parts, *(_without(parts, at) for at in range(len(parts)))):
                self._alike[tier, some].append(one)

    def take(self, likenesses: Iterable[_Likeness]) -> RegisteredLetter | None:
        """The first letter with one of these likenesses, which is not given again."""
        alike = (one for likeness in likenesses for one in self._alike.get(likeness, ()))
        found = next((one for one in alike if one.khoa not in self._taken), None)
        if found:
            self._taken.add(found.khoa)
        return found


def _parts(noi_nhan: str) -> _Parts:
    """``("ông lê văn mẫu", "trưởng thôn y ngô", "xã đại lộc", "huyện hậu lộc")``; of several addressees the first."""
    first = noi_nhan.partition(";")[0]
    return tuple(fold(part) for part in first.split(",")) if first else ()


def _without(parts: _Parts, at: int) -> _Parts:
    return (*parts[:at], None, *parts[at + 1 :])


def _codes(item: PlannedLetter) -> Iterator[_Likeness]:
    yield _tier(item.key), code_key(item.ma)


def _addressees(item: PlannedLetter) -> Iterator[_Likeness]:
    if parts := _addressee(item):
        yield _tier(item.key), parts


def _changed_addressees(item: PlannedLetter) -> Iterator[_Likeness]:
    """The addressee with one of several parts besides its units changed."""
    parts = _addressee(item)
    units = {fold(name) for name in item.units.values()}
    own = [at for at, part in enumerate(parts) if part not in units]
    if len(own) >= _FEWEST_OWN:
        yield from ((_tier(item.key), _without(parts, at)) for at in own)


def _addressee(item: PlannedLetter) -> _Parts:
    return _parts("; ".join(named_recipients(item.letter)))
