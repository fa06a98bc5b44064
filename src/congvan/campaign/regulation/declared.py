"""What a campaign file declares about its works that are no letters: their days, messages, and what is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from congvan.findings import Place


@dataclass(frozen=True, slots=True)
class Activity:
    """A work with days (``lich``): broadcasts, a meeting, a posting; ``moi_ngay`` is how often on each of its days.

    ``gio`` are its hours as texts print them.
    """

    ma: str
    ngay: tuple[date, ...]
    moi_ngay: int = 1
    gio: tuple[str, ...] = ()
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that is done (``da_xong``), since ``ngay`` where the file says when."""

    ma: str
    ngay: date | None = None
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Message:
    """A message to customers (``tin_nhan``) and its day; ``noi_dung`` may have fields."""

    ngay: date
    noi_dung: str
    place: Place = field(default=Place(), compare=False)


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from ``first`` to ``last``, both included."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
