"""Reads what a campaign file declares for its rules: ``lich``, ``tin_nhan``, ``da_xong``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from congvan.campaign.file.entry_reader import read_entry
from congvan.campaign.file.schema import Days, Entry, Filled, Patterns
from congvan.campaign.file.yaml_source import Source
from congvan.campaign.regulation.day_words import DayWords
from congvan.campaign.regulation.declared import Activity, Flag, Message, days_between
from congvan.findings import Finding, Place, finding
from congvan.letter import IssueDate

_LONGEST: Final = 366
"""Days that one activity may run for."""


def _plan_day(value: object) -> date | DayWords:
    """A day of the calendar, or one counted from T."""
    try:
        if day := IssueDate.of(value).day:
            return day
    except ValueError:
        pass
    try:
        return DayWords.read(str(value))
    except ValueError:
        raise PydanticCustomError("campaign-value-not-day", "campaign-value-not-day") from None


def _several(value: object) -> object:
    return tuple(value) if isinstance(value, list | tuple) else (value,)


PlanDay = Annotated[date | DayWords, BeforeValidator(_plan_day)]
Count = Annotated[int, Field(ge=1)]


class ActivityEntry(Entry):
    """One item of ``lich``: single days, or a series from ``tu`` to ``den`` or over ``so_ngay`` days."""

    ngay: Annotated[tuple[PlanDay, ...], BeforeValidator(_several)] = ()
    tu: PlanDay | None = None
    den: PlanDay | None = None
    so_ngay: Count | None = None
    moi_ngay: Count = 1
    gio: Patterns = ()


class MessageEntry(Entry):
    """One item of ``tin_nhan``."""

    ngay: PlanDay
    noi_dung: Filled


class FlagEntry(Entry):
    """One item of ``da_xong``: since when, or only that it is."""

    ngay: Days = ()


class WorksReader:
    """Reads these keys of ``source``; ``first_day`` is T. ``findings`` are about them."""

    def __init__(self, source: Source, first_day: date | None) -> None:
        self.findings: list[Finding] = []
        self._source = source
        self._first_day = first_day

    def activities(self, values: Mapping[str, Any]) -> tuple[Activity, ...]:
        """The works of ``lich`` that are sound."""
        read = (self._activity(name, value) for name, value in values.items())
        return tuple(one for one in read if one)

    def messages(self, count: int) -> tuple[Message, ...]:
        """The first ``count`` items of ``tin_nhan``, those that are sound."""
        found: list[Message] = []
        for index in range(count):
            entry, wrong = read_entry(MessageEntry, self._source, "tin_nhan", index)
            self.findings += wrong
            place = self._source.place("tin_nhan", index)
            day = None if wrong else self._day(entry.ngay, place)
            if day:
                found.append(Message(day, entry.noi_dung, place))
        return tuple(found)

    def flags(self, values: Mapping[str, Any]) -> tuple[Flag, ...]:
        """What is done; ``false`` and ``null`` say that it is not yet."""
        found: list[Flag] = []
        for name, value in values.items():
            place = self._source.place("da_xong", name)
            if value is True:
                found.append(Flag(name, None, place))
            elif value is not None and value is not False:
                entry, wrong = self._entry(FlagEntry, "da_xong", name, {"ngay": [value]})
                self.findings += wrong
                found += [Flag(name, day, place) for day in entry.ngay]
        return tuple(found)

    def _activity(self, name: str, value: Any) -> Activity | None:
        entry, wrong = self._entry(
            ActivityEntry, "lich", name, value if isinstance(value, Mapping) else {"ngay": value}
        )
        self.findings += wrong
        if wrong:
            return None
        place = self._source.place("lich", name)
        days = self._days(name, entry, place)
        return Activity(name, days, entry.moi_ngay, entry.gio, place) if days else None

    def _days(self, name: str, entry: ActivityEntry, place: Place) -> tuple[date, ...]:
        """Its days in order; none, and a finding, where the file names none."""
        before = len(self.findings)
        given = [day for one in entry.ngay if (day := self._day(one, place))]
        first = self._day(entry.tu, place) if entry.tu else None
        last = self._day(entry.den, place) if entry.den else None
        if first and entry.so_ngay and last is None:
            last = first + timedelta(days=entry.so_ngay - 1)
        if first and last and not 0 <= (last - first).days < _LONGEST:
            self.findings.append(finding("rule-activity-too-long", place, viec=name, count=(last - first).days + 1))
            return ()
        given += days_between(first, last or first) if first else ()
        if not given and len(self.findings) == before:
            self.findings.append(finding("rule-activity-days", place, viec=name))
        return tuple(sorted(set(given)))

    def _day(self, given: date | DayWords, place: Place) -> date | None:
        if isinstance(given, date):
            return given
        if not given.is_of_campaign:
            self.findings.append(finding("rule-day-of-column", place, text=given))
        elif self._first_day is None:
            self.findings.append(finding("rule-day-without-month", place, text=given))
        else:
            return given.day(self._first_day)
        return None

    def _entry(self, model: type[Any], key: str, name: str, value: Any) -> tuple[Any, list[Finding]]:
        """An item that may be written short, read as if it were written out."""
        source = replace(self._source, values={key: {name: value}})
        return read_entry(model, source, key, name)
