"""The register's rules: what forbids a number or a change of state, or deserves a warning. Pure; gives findings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from congvan.decree.working_days import day_off, working_day_after, working_day_before
from congvan.findings import Finding, Place, finding
from congvan.register.entry import Entry, IssuedNumber, NumberRequest, Series, State, is_storable
from congvan.register.numbering import Dates, Numbering, Snapshot, by_key

Requests = tuple[NumberRequest, ...]
Dated = NumberRequest | IssuedNumber


def request_findings(requests: Requests, snapshot: Snapshot, numbering: Numbering) -> Iterator[Finding]:
    """Check ``requests``, numbered as ``numbering`` says, against every rule."""
    for rule in _RULES:
        yield from rule(requests, snapshot, numbering)


def issue_findings(keys: Iterable[str], known: Mapping[str, Entry]) -> Iterator[Finding]:
    """Report keys without a number and void numbers, which cannot be issued."""
    for khoa in keys:
        entry = known.get(khoa)
        if entry is None:
            yield finding("register-key-unknown", Place(key=khoa))
        elif entry.trang_thai is State.VOID:
            yield finding("register-void", Place(key=khoa), so=entry.so, reason=entry.void_reason)


def writer_findings(who: str, run: str) -> Iterator[Finding]:
    """Report a writer's name or a run that no database can hold."""
    for part, text in (("who", who), ("run", run)):
        if not is_storable(text):
            yield finding("register-part-unstorable", part=part)


def import_findings(issued: Sequence[IssuedNumber], snapshot: Snapshot) -> Iterator[Finding]:
    """Check letters that have their numbers from an earlier book, by series."""
    by_series: dict[Series, list[IssuedNumber]] = defaultdict(list)
    for line in issued:
        by_series[line.series].append(line)
    for series, lines in by_series.items():
        yield from _imported_series(lines, snapshot.dates.get(series, {}))


def take_over_findings(
    entries: Sequence[Entry], lines: Sequence[IssuedNumber], snapshot: Snapshot
) -> Iterator[Finding]:
    """Check entries of another register, also given as ``lines``; those that are here already pass."""
    new = []
    for entry, line in zip(entries, lines, strict=True):
        here = snapshot.known.get(entry.khoa)
        if here is None:
            new.append(line)
        elif (here.series, here.so) != (entry.series, entry.so):
            values = {"so": here.so, "series": here.series, "other": entry.so}
            yield finding("register-key-taken", line.place, **values)
    yield from import_findings(new, snapshot)


def void_findings(khoa: str, reason: str, entry: Entry | None) -> Iterator[Finding]:
    """Report a key without a number, a number already void, or a missing reason."""
    if not reason:
        yield finding("register-reason-missing", Place(key=khoa))
    yield from issue_findings((khoa,), {khoa: entry} if entry else {})


def _key_is_unique(requests: Requests, _snapshot: Snapshot, _numbering: Numbering) -> Iterator[Finding]:
    for khoa, times in Counter(request.khoa for request in requests).items():
        if times > 1:
            yield finding("register-key-twice", Place(key=khoa), times=times)


def _number_is_not_void(requests: Requests, snapshot: Snapshot, _numbering: Numbering) -> Iterator[Finding]:
    return issue_findings((khoa for khoa in by_key(requests) if khoa in snapshot.known), snapshot.known)


def _series_stays(requests: Requests, snapshot: Snapshot, _numbering: Numbering) -> Iterator[Finding]:
    """A number belongs to its body and year; it cannot move with its letter into another series."""
    moved = {
        khoa: request
        for khoa, request in by_key(requests).items()
        if (entry := snapshot.known.get(khoa)) and entry.series != request.series
    }
    copied = [khoa for khoa, request in moved.items() if snapshot.known[khoa].nam < request.nam]
    known = snapshot.known.keys() | snapshot.unchanged.keys()
    if copied and len(copied) == len(known):
        yield _copied(moved[copied[0]], snapshot.known[copied[0]], len(copied))
        return
    for khoa, request in moved.items():
        entry = snapshot.known[khoa]
        yield finding("register-series-changed", request.place, so=entry.so, before=entry.series, now=request.series)


def _copied(request: NumberRequest, entry: Entry, count: int) -> Finding:
    """Every letter that has a number has it in an earlier year: the campaign was copied, and kept its code."""
    ma, before, now = request.khoa.partition("/")[0], str(entry.nam), str(request.nam)
    new = ma.replace(before, now) if before in ma else f"{ma}-{now}"
    return finding("register-campaign-copied", request.place, ma=ma, nam=before, count=count, new=new)


def _year_is_that_of_the_series(requests: Requests, _snapshot: Snapshot, _numbering: Numbering) -> Iterator[Finding]:
    for request in by_key(requests).values():
        if request.ngay and request.ngay.year != request.nam:
            yield finding("register-year", request.place, date=_date_text(request.ngay), nam=request.nam)


def _dates_rise(_requests: Requests, snapshot: Snapshot, numbering: Numbering) -> Iterator[Finding]:
    """Within a series a higher number never has an earlier date; blank dates and void numbers are passed over."""
    dated: dict[Series, dict[int, NumberRequest]] = defaultdict(dict)
    for request in (*numbering.new, *numbering.changed):
        if _takes_its_date(request, snapshot.known.get(request.khoa)):
            dated[request.series][numbering.numbers[request.khoa]] = request
    for series, moving in dated.items():
        before = snapshot.dates.get(series, {})
        after = {**before, **{so: request.ngay for so, request in moving.items()}}
        moved = {so: request for so, request in moving.items() if request.ngay and request.ngay != before.get(so)}
        yield from _too_early(moved, after)
        yield from _too_late(moved, after)


def _imported_series(lines: Sequence[IssuedNumber], before: Dates) -> Iterator[Finding]:
    first: dict[int, IssuedNumber] = {}
    for line in lines:
        if line.so in before:
            yield finding("register-number-taken", line.place, so=line.so, series=line.series)
        elif line.so in first:
            yield finding("register-number-twice", line.place, so=line.so, first=first[line.so].place)
        else:
            first[line.so] = line
        if line.ngay and line.ngay.year != line.series.nam:
            yield finding("register-year", line.place, date=_date_text(line.ngay), nam=line.series.nam)
    in_year = {so: line for so, line in first.items() if line.ngay and line.ngay.year == line.series.nam}
    after = {**before, **{so: line.ngay for so, line in in_year.items()}}
    yield from _too_early(in_year, after)
    yield from _too_late(in_year, after)
    yield from _missing_numbers(first, before)


def _missing_numbers(entered: Mapping[int, IssuedNumber], before: Dates) -> Iterator[Finding]:
    """Report gaps beside a number that is entered: lost numbers, or those of a book still to be entered."""
    for low, high in pairwise([0, *sorted({*before, *entered})]):
        beside = entered.get(high) or entered.get(low)
        if beside and high > low + 1:
            place = beside.place
            yield finding("register-numbers-missing", place, first=low + 1, last=high - 1, count=high - low - 1)


def _takes_its_date(request: NumberRequest, entry: Entry | None) -> bool:
    """False where another rule already refuses the request, so that one mistake is reported once."""
    if request.ngay and request.ngay.year != request.nam:
        return False
    return entry is None or (entry.series == request.series and entry.trang_thai is not State.VOID)


def _too_early(moved: Mapping[int, Dated], dates: Dates) -> Iterator[Finding]:
    latest: tuple[date, int] | None = None
    for so, day in sorted(dates.items()):
        if day is None:
            continue
        if latest and day < latest[0] and so in moved:
            yield _out_of_order("register-date-early", moved[so], so, latest, dates)
        elif latest is None or day > latest[0]:
            latest = (day, so)


def _too_late(moved: Mapping[int, Dated], dates: Dates) -> Iterator[Finding]:
    """Compare with the letters that stay; between two that move, the later number is the one too early."""
    earliest: tuple[date, int] | None = None
    for so, day in sorted(dates.items(), reverse=True):
        if day is None:
            continue
        if so in moved:
            if earliest and day > earliest[0]:
                yield _out_of_order("register-date-late", moved[so], so, earliest, dates)
        elif earliest is None or day < earliest[0]:
            earliest = (day, so)


def _out_of_order(code: str, request: Dated, so: int, neighbour: tuple[date, int], dates: Dates) -> Finding:
    assert request.ngay is not None
    allowed, other = neighbour
    values = {
        "date": _date_text(request.ngay),
        "allowed": _date_text(allowed),
        "right": _date_text(_nearest_right(so, allowed, dates, later=code == "register-date-early")),
    }
    return finding(code, request.place, so=so, other=other, series=request.series, **values)


def _nearest_right(so: int, allowed: date, dates: Dates, *, later: bool) -> date:
    """The working day nearest to ``allowed`` that number ``so`` can carry; ``allowed`` itself where there is none."""
    day = allowed
    if day_off(allowed):
        day = (working_day_after(allowed) if later else working_day_before(allowed)) or allowed
    beyond = [one for number, one in dates.items() if one and (number > so if later else number < so)]
    passes = any(day > one if later else day < one for one in beyond)
    return allowed if passes or day.year != allowed.year else day


def _start_counts(_requests: Requests, snapshot: Snapshot, numbering: Numbering) -> Iterator[Finding]:
    """Tell, once a series, that a first number is ignored: the series goes on, or the number was for another year."""
    starts: dict[Series, NumberRequest] = {}
    for request in numbering.new:
        starts.setdefault(request.series, request)
    for series, request in starts.items():
        last, start = snapshot.last(series), numbering.opened.get(series, request.bat_dau)
        first = snapshot.first_years.get(request.don_vi, request.nam)
        if last is not None and request.bat_dau > last + 1 and not (request.bat_dau_nam_dau and first != request.nam):
            yield finding("register-start-ignored", request.place, start=request.bat_dau, series=series, next=last + 1)
        elif start != request.bat_dau:
            values = {"start": request.bat_dau, "series": series, "nam": request.nam}
            yield finding("register-start-of-first-year", request.place, **values)


def _entry_changes(_requests: Requests, snapshot: Snapshot, numbering: Numbering) -> Iterator[Finding]:
    """Warn of a changed date or symbol; filling in a blank date is no change, a draft becomes a letter that way."""
    for request in numbering.changed:
        entry = snapshot.known[request.khoa]
        if entry.ngay and entry.ngay != request.ngay:
            now = _date_text(request.ngay) if request.ngay else "…"
            yield finding("register-date-changed", request.place, so=entry.so, before=_date_text(entry.ngay), now=now)
        if entry.ky_hieu != request.ky_hieu:
            yield finding(
                "register-symbol-changed", request.place, so=entry.so, before=entry.ky_hieu, now=request.ky_hieu
            )


def _date_text(day: date) -> str:
    return f"{day:%d/%m/%Y}"


_RULES: Final[tuple[Callable[[Requests, Snapshot, Numbering], Iterator[Finding]], ...]] = (
    _key_is_unique,
    _number_is_not_void,
    _series_stays,
    _year_is_that_of_the_series,
    _dates_rise,
    _start_counts,
    _entry_changes,
)
