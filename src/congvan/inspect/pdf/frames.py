"""Boxes of a page: two level lines of one length, joined by an upright line at both ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from congvan.inspect.model import Frame, Rule

_MEET: Final = 0.8  # mm: how far the ends of lines may lie apart and still meet


def frames(rules: Iterable[Rule]) -> Iterator[Frame]:
    """The boxes ``rules`` of one page form, each cell of a ruled table among them, from the top."""
    drawn = list(rules)
    level = sorted((rule for rule in drawn if rule.level), key=_top)
    upright = [rule for rule in drawn if not rule.level]
    for place, above in enumerate(level):
        below = next((rule for rule in level[place + 1 :] if _matches(above, rule)), None)
        sides = _sides(above, below, upright) if below is not None else None
        if below is not None and sides is not None:
            left, right = min(above.left, sides[0].left), max(above.right, sides[1].right)
            yield Frame(above.page, left, right, (below.bottom or 0) - _top(above), _top(above), colour=above.colour)


def _top(rule: Rule) -> float:
    return rule.top or 0.0


def _matches(above: Rule, below: Rule) -> bool:
    same = abs(above.left - below.left) < _MEET and abs(above.right - below.right) < _MEET
    return same and _top(below) > (above.bottom or 0) + _MEET


def _sides(above: Rule, below: Rule, upright: Sequence[Rule]) -> tuple[Rule, Rule] | None:
    """The upright rules at both ends of two level ones, None where one is missing."""
    left, right = (
        next((rule for rule in upright if _joins(rule, end, above, below)), None) for end in (above.left, above.right)
    )
    return (left, right) if left is not None and right is not None else None


def _joins(rule: Rule, end: float, above: Rule, below: Rule) -> bool:
    meets = rule.left - _MEET < end < rule.right + _MEET
    return meets and _top(rule) < (above.bottom or 0) + _MEET and (rule.bottom or 0) > _top(below) - _MEET
