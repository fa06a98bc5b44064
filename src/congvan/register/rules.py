"""The register's rules: what forbids a number or a change of state, or deserves a warning. Pure; gives findings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from congvan.decree.working_days import day_off, working_day_after, working_day_before
from congvan.findings import Finding, Place, Severity, finding
from congvan.register.entry import Entry, NumberRequest, Series, State, is_storable
from congvan.register.letter_record import LetterRecord
from congvan.register.numbering import Dates, Numbering, Snapshot, by_key

Requests = tuple[NumberRequest, ...]

_FORBIDS_MOVING: Final = frozenset({"register-number-taken", "register-number-twice"})
"""Warnings about a line of a book kept before; of a book moved whole they are errors."""


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


def take_over_findings(
    entries: Iterable[Entry], known: Mapping[str, Entry], odd: Iterable[Finding]
) -> Iterator[Finding]:
    """Report entries of another register whose key is ``known`` here with another number, and what is ``odd`` in it.

    A book kept before is entered without the lines that do not fit; a book moved whole is not moved then.
    """
    for entry in entries:
        here = known.get(entry.khoa)
        if here and (here.series, here.number) != (entry.series, entry.number):
            values = {"so": here.number, "series": here.series, "other": entry.number}
            yield finding("register-key-taken", Place(key=entry.khoa), **values)
    for found in odd:
        yield replace(found, severity=Severity.ERROR) if found.code in _FORBIDS_MOVING else found


def void_findings(
    keys: Sequence[str], reason: str, known: Mapping[str, Entry], sealed: Mapping[str, str]
) -> Iterator[Finding]:
    """Report keys without a number, numbers already void or of a ``sealed`` letter, and a missing reason."""
    if not reason:
        yield finding("register-reason-missing", Place(key=keys[0] if keys else None))
    yield from issue_findings(keys, known)
    for khoa in keys:
        if khoa in sealed:
            yield finding("register-void-issued", Place(key=sealed[khoa]), so=known[khoa].so_ky_hieu)


def shared_number_findings(named: Collection[str], letters: Iterable[LetterRecord]) -> Iterator[Finding]:
    """Report numbers of which some letters were ``named`` and others not."""
    wanted = {*named}
    left = [letter for letter in letters if letter.khoa not in wanted]
    for khoa in dict.fromkeys(letter.khoa_so for letter in left):
        others = [letter.khoa for letter in left if letter.khoa_so == khoa]
        yield finding("register-number-shared", Place(key=khoa), count=len(others), others=", ".join(others[:3]))


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
        history = snapshot.history.get(series, ())
        yield from _too_early(moved, after, history)
        yield from _too_late(moved, after, history)


def _takes_its_date(request: NumberRequest, entry: Entry | None) -> bool:
    """False where another rule already refuses the request, so that one mistake is reported once."""
    if request.ngay and request.ngay.year != request.nam:
        return False
    return entry is None or (entry.series == request.series and entry.trang_thai is not State.VOID)


def _too_early(moved: Mapping[int, NumberRequest], dates: Dates, history: Collection[int]) -> Iterator[Finding]:
    latest: tuple[date, int] | None = None
    for so, day in sorted(dates.items()):
        if day is None:
            continue
        if latest and day < latest[0] and so in moved:
            yield _out_of_order("register-date-early", moved[so], so, latest, dates, history)
        elif latest is None or day > latest[0]:
            latest = (day, so)


def _too_late(moved: Mapping[int, NumberRequest], dates: Dates, history: Collection[int]) -> Iterator[Finding]:
    """Compare with the letters that stay; between two that move, the later number is the one too early."""
    earliest: tuple[date, int] | None = None
    for so, day in sorted(dates.items(), reverse=True):
        if day is None:
            continue
        if so in moved:
            if earliest and day > earliest[0]:
                yield _out_of_order("register-date-late", moved[so], so, earliest, dates, history)
        elif earliest is None or day < earliest[0]:
            earliest = (day, so)


def _out_of_order(
    code: str, request: NumberRequest, so: int, neighbour: tuple[date, int], dates: Dates, history: Collection[int]
) -> Finding:
    """An error; beside a number of a book kept before a warning, since a slip in that book must not stop the office."""
    assert request.ngay is not None
    allowed, other = neighbour
    values = {"so": so, "date": _date_text(request.ngay), "allowed": _date_text(allowed), "other": other}
    if other in history:
        return finding("register-history-order", request.place, **values)
    right = _nearest_right(so, allowed, dates, later=code == "register-date-early")
    return finding(code, request.place, **values, right=_date_text(right), series=request.series)


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
