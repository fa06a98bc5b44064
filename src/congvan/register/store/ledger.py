"""Read and write the register's entries inside one transaction; all of its SQL is in this module."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from functools import cache
from itertools import islice
from operator import attrgetter, itemgetter
from typing import Any, Final, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, case, func, literal, select, tuple_

from congvan.register.entry import (
    BOOK_PARTS,
    HISTORY,
    Entry,
    IssuedNumber,
    NumberRequest,
    OpenedSeries,
    Series,
    State,
)
from congvan.register.legacy.entering import Held
from congvan.register.letter_chain import Chains
from congvan.register.lookup.search import Search
from congvan.register.numbering import Dates, Numbering, Snapshot, by_key
from congvan.register.store.book_identity import BookIdentity, read_identity
from congvan.register.store.bulk_statement import BulkStatement
from congvan.register.store.letter_ledger import LetterLedger
from congvan.register.store.schema import (
    BEFORE_RELEASE,
    VERSION,
    WITHOUT_RECEIPTS,
    WITHOUT_WORDS,
    entry_table,
    series_table,
    trail_table,
)
from congvan.register.store.search_query import conditions, conditions_without_words
from congvan.register.store.word_index import WordIndex
from congvan.register.trail import (
    Act,
    Change,
    Stamp,
    Step,
    TrailRow,
    cells_of,
    chained_rows,
    change_of,
    initial_change,
    subject_of,
)

T = TypeVar("T")

_VALUES_A_QUERY: Final = 10_000
"""Values in one query: below the 32,766 that SQLite takes."""

_ROWS_A_BATCH: Final = 1_000
"""Rows written together: more would take memory, and no less time."""

_ENTRY: Final = entry_table.columns
_SERIES: Final = (_ENTRY.don_vi, _ENTRY.nam, _ENTRY.chuoi)
_DAY: Final = case((_ENTRY.trang_thai != State.VOID, _ENTRY.ngay))
"""The date that others must not precede: none where it is open or the number is void."""

_OPENED: Final = (series_table.columns.don_vi, series_table.columns.nam, series_table.columns.chuoi)
_IN_IT: Final = and_(*(here == there for here, there in zip(_SERIES, _OPENED, strict=True)))
_ANY: Final = entry_table.alias()
_HIGHEST: Final = select(func.max(_ANY.columns.so)).where(*(_ANY.columns[name.name] == name for name in _OPENED))
_DATED: Final = _HIGHEST.where(_ANY.columns.trang_thai != State.VOID, _ANY.columns.ngay.is_not(None))
_ENDS: Final = select(
    *_OPENED,
    _HIGHEST.correlate(series_table).scalar_subquery().label("highest"),
    _ENTRY.so,
    _ENTRY.ngay,
    _ENTRY.khoa,
).outerjoin_from(series_table, entry_table, and_(_IN_IT, _ENTRY.so == _DATED.correlate(series_table).scalar_subquery()))
"""Of each series, its highest number, and the highest number that has a date, with the date."""

_PARTS: Final = tuple(part.name for part in fields(Entry))
_ENTRIES: Final[Select[Any]] = select(*(_ENTRY[name] for name in _PARTS))
_ENTRIES_BEFORE_RELEASE: Final[Select[Any]] = select(
    *(literal("").label(name) if name == "so_phu" else _ENTRY[name] for name in _PARTS)
)
"""The same of a book from before the first release, which knows whole numbers alone."""

_OPENING: Final = tuple(part.name for part in fields(OpenedSeries))
_TRAIL_ROWS: Final = select(*(trail_table.columns[name] for name in TrailRow._fields))

_SERIES_OF: Final = attrgetter(*Series._fields)
_COMPARED: Final = (*Series._fields, *BOOK_PARTS)
"""The parts that an entry and a request have in common."""

_COMPARED_OF_REQUEST: Final = attrgetter(*_COMPARED)
_COMPARED_OF_ROW: Final = itemgetter(*map(_PARTS.index, _COMPARED))
_NUMBER: Final = itemgetter(*map(_PARTS.index, ("khoa", "so", "trang_thai")))
_STATE: Final = itemgetter(*map(_PARTS.index, ("khoa", "trang_thai", "issued_at")))

_OF_KHOA: Final = "of_khoa"
_UPDATE: Final = entry_table.update().where(_ENTRY.khoa == bindparam(_OF_KHOA))


class Amendment(NamedTuple):
    """The change of the entry ``khoa``, and the new values of its changed parts in the same order."""

    khoa: str
    change: Change
    values: tuple[Any, ...]


class Ledger:
    """The entries, series and trail of the register, as one transaction sees and changes them."""

    def __init__(self, connection: Connection, version: int = VERSION) -> None:
        self._connection = connection
        self._before_release = before_release = version in BEFORE_RELEASE
        self._words = None if version in WITHOUT_WORDS else WordIndex(connection)
        self._entries = _ENTRIES_BEFORE_RELEASE if before_release else _ENTRIES
        self._by_number = (*_SERIES, _ENTRY.so) if before_release else (*_SERIES, _ENTRY.so, _ENTRY.so_phu)
        self.letters = LetterLedger(
            connection, self._write_trail, exists=not before_release, has_receipts=version not in WITHOUT_RECEIPTS
        )

    def snapshot(self, requests: Sequence[NumberRequest]) -> Snapshot:
        """The part of the register that matters for ``requests``: of a series they only add to, where it ends."""
        known, unchanged = self._compared(requests)
        redated = {
            request.series for request in requests if request.khoa in known and known[request.khoa].ngay != request.ngay
        }
        growing = {Series(*series) for series in {*map(_SERIES_OF, requests)}} - redated
        history: dict[Series, set[int]] = defaultdict(set)
        dates = {**self._ends(sorted(growing), history), **self._dates(sorted(redated), history)}
        return Snapshot(known, dates, unchanged, self._first_years(requests), history)

    def held(self, series: Iterable[Series]) -> Held:
        """Every number of these series, with its key and its date."""
        lines: dict[Series, dict[tuple[int, str], tuple[str, date | None]]] = {}
        for one in sorted({*series}):
            query = self._entries.where(*(column == part for column, part in zip(_SERIES, one, strict=True)))
            entries = [Entry(*row) for row in self._read(query)]
            lines[one] = {
                (line.so, line.so_phu): (line.khoa, None if line.trang_thai is State.VOID else line.ngay)
                for line in entries
            }
        return lines

    def known(self, keys: Sequence[str]) -> dict[str, Entry]:
        """The entries of those ``keys`` that have a number."""
        return {row.khoa: Entry(*row) for row in self._rows_of(keys)}

    def void_keys(self, dot: str) -> list[str]:
        """The keys of the campaign's void numbers."""
        # A range, which an index answers; "0" is the character after "/".
        mine = and_(_ENTRY.khoa >= f"{dot}/", _ENTRY.khoa < f"{dot}0", _ENTRY.trang_thai == State.VOID)
        return [*self._connection.scalars(select(_ENTRY.khoa).where(mine))]

    def entries(self, don_vi: str | None, nam: int | None) -> list[Entry]:
        """The entries of one body or all, of one year or all, by series and number."""
        query = self._entries.order_by(*self._by_number)
        if don_vi is not None:
            query = query.where(_ENTRY.don_vi == don_vi)
        if nam is not None:
            query = query.where(_ENTRY.nam == nam)
        return [Entry(*row) for row in self._read(query)]

    def identity(self) -> BookIdentity | None:
        """The id of this book; None for one that has none yet."""
        return None if self._before_release else read_identity(self._connection)

    def numbered(self, so: int) -> list[Entry]:
        """The entries with this number, of every series."""
        return [Entry(*row) for row in self._read(self._entries.where(_ENTRY.so == so).order_by(*self._by_number))]

    def found(self, search: Search) -> list[Entry]:
        """The entries that ``search`` finds, by series and number."""
        if self._words:
            found = conditions(search, self._words.rarest_first(search.words))
        else:
            found = conditions_without_words(search)
        entries = [Entry(*row) for row in self._read(self._entries.where(*found).order_by(*self._by_number))]
        entries = [entry for entry in entries if all(name.means(entry) for name in search.names)]
        return entries if self._words else [entry for entry in entries if search.has_words_in(entry)]

    def chains(self, entries: Sequence[Entry]) -> Chains:
        """The letters of these numbers, with those they follow and those that follow them."""
        letters = self.letters.of_numbers([entry.khoa for entry in entries])
        followers = self.letters.following([letter.khoa for letter in letters])
        before = self.letters.known(letter.lien_quan for letter in letters if letter.lien_quan)
        around = [*followers, *before.values()]
        numbers = {entry.khoa: entry for entry in entries}
        others = self.known([*{one.khoa_so for one in around} - numbers.keys()])
        return Chains.of(letters, around, numbers | others)

    def entries_of(self, dot: str) -> list[Entry]:
        """The entries whose keys begin with the campaign's code, by key."""
        return [Entry(*row) for row in self._read(self._entries.where(_is_of(dot)).order_by(_ENTRY.khoa))]

    def keys_of(self, dot: str, chuoi: str | None) -> list[str]:
        """The keys of the campaign whose numbers are not void, of series of one name or all."""
        mine = select(_ENTRY.khoa).where(_is_of(dot), _ENTRY.trang_thai != State.VOID)
        if chuoi is not None:
            mine = mine.where(_ENTRY.chuoi == chuoi)
        return [row.khoa for row in self._read(mine)]

    def series(self) -> list[OpenedSeries]:
        """Every series that was opened."""
        columns = [series_table.columns[part.name] for part in fields(OpenedSeries)]
        return [OpenedSeries(*row) for row in self._read(select(*columns))]

    def trail(self) -> list[TrailRow]:
        """The audit trail from its first row."""
        return [TrailRow(*row) for row in self._connection.execute(_TRAIL_ROWS.order_by(trail_table.columns.number))]

    def last_of_trail(self) -> TrailRow | None:
        """The latest row of the trail."""
        rows = self._read(_TRAIL_ROWS.order_by(trail_table.columns.number.desc()).limit(1))
        return TrailRow(*rows[0]) if rows else None

    def record(self, numbering: Numbering, known: Mapping[str, Entry], stamp: Stamp) -> None:
        """Write the new letters as reserved, and the changes of ``known`` entries."""
        new = (_new_entry(one, numbering.numbers[one.khoa], State.RESERVED, stamp.at) for one in numbering.new)
        changed = (_amendment(known[one.khoa], one.book_parts) for one in numbering.changed)
        self._open(numbering.opened, stamp)
        self._enter(Act.RESERVE, new, stamp)
        self._amend(Act.AMEND, changed, stamp)
        if self._words:
            reworded = ((known[one.khoa], replace(known[one.khoa], **one.book_parts)) for one in numbering.changed)
            self._words.change(reworded)

    def write_words(self) -> None:
        """Write the words of all entries anew."""
        words = WordIndex(self._connection)
        words.clear()
        some = self._entries.order_by(_ENTRY.khoa).limit(_ROWS_A_BATCH)
        rows = self._read(some)
        while rows:
            words.enter(Entry(*row) for row in rows)
            rows = self._read(some.where(_ENTRY.khoa > rows[-1].khoa))

    def import_issued(self, issued: Iterable[IssuedNumber], opened: Mapping[Series, int], stamp: Stamp) -> None:
        """Write letters of an earlier book as issued."""
        self._open(opened, stamp)
        entries = (_new_entry(one.letter, one.so, State.ISSUED, stamp.at, stamp.at, one.so_phu) for one in issued)
        self._enter(Act.IMPORT, entries, stamp)

    def import_entries(self, entries: Iterable[Entry], opened: Mapping[Series, int], stamp: Stamp) -> None:
        """Write entries of another register as they stand there."""
        self._open(opened, stamp)
        self._enter(Act.IMPORT, entries, stamp)

    def issue(self, keys: Iterable[str], stamp: Stamp) -> list[str]:
        """Issue the reserved numbers of ``keys``; return the keys that have none, or a void one."""
        impossible: list[str] = []
        for some in _chunks([*keys], _VALUES_A_QUERY):
            states = [_STATE(row) for row in self._rows_of(some)]
            possible = {khoa for khoa, state, _ in states if state is not State.VOID}
            impossible += (khoa for khoa in some if khoa not in possible)
            self._amend(Act.ISSUE, _issue_amendments(states, stamp.at), stamp)
        return impossible

    def unissue(self, keys: Iterable[str], stamp: Stamp) -> None:
        """Make issued numbers reserved again."""
        back = {"trang_thai": State.RESERVED, "issued_at": None}
        issued = [entry for entry in self.known([*keys]).values() if entry.trang_thai is State.ISSUED]
        self._amend(Act.AMEND, [_amendment(entry, back) for entry in issued], stamp)

    def void(self, entry: Entry, reason: str, stamp: Stamp) -> Entry:
        """Make the number of ``entry`` void."""
        void = {"trang_thai": State.VOID, "voided_at": stamp.at, "void_reason": reason}
        self._amend(Act.VOID, [_amendment(entry, void)], stamp)
        return replace(entry, **void)  # type: ignore[arg-type]  # the names of an Entry's parts

    def _open(self, opened: Mapping[Series, int], stamp: Stamp) -> None:
        series = [OpenedSeries(*name, bat_dau=start, opened_at=stamp.at) for name, start in opened.items()]
        BulkStatement(self._connection, series_table.insert(), _OPENING).execute(map(cells_of, series))
        self._write_trail((_first_step(Act.OPEN, one) for one in series), stamp)

    def _enter(self, act: Act, entries: Iterable[Entry], stamp: Stamp) -> None:
        """Write new entries."""
        insert = BulkStatement(self._connection, entry_table.insert(), _PARTS)
        for some in _batches(entries):
            insert.execute(map(cells_of, some))
            if self._words:
                self._words.enter(some)
            self._write_trail((_first_step(act, entry) for entry in some), stamp)

    def _amend(self, act: Act, amendments: Iterable[Amendment], stamp: Stamp) -> None:
        """Write changes of entries, those of the same parts together."""
        for some in _batches(amendments):
            alike: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
            for khoa, change, values in some:
                alike[tuple(change)].append((*values, khoa))
            for names, rows in alike.items():
                BulkStatement(self._connection, _UPDATE, (*names, _OF_KHOA)).execute(rows)
            self._write_trail((Step(act, khoa, change) for khoa, change, _ in some), stamp)

    def _write_trail(self, steps: Iterable[Step], stamp: Stamp) -> None:
        insert = BulkStatement(self._connection, trail_table.insert(), TrailRow._fields)
        insert.execute(chained_rows(steps, stamp, self.last_of_trail()))

    def _compared(self, requests: Sequence[NumberRequest]) -> tuple[dict[str, Entry], dict[str, int]]:
        """The entries of ``requests``; of those that already hold all a request does, only the number."""
        requested = by_key(requests)
        known: dict[str, Entry] = {}
        unchanged: dict[str, int] = {}
        for row in self._rows_of([*requested]):
            khoa, so, state = _NUMBER(row)
            request = requested[khoa]
            if state is not State.VOID and _COMPARED_OF_ROW(row) == _COMPARED_OF_REQUEST(request):
                unchanged[request.khoa] = so  # the request's own string: the row's would be held in memory beside it
            else:
                known[khoa] = Entry(*row)
        return known, unchanged

    def _ends(self, series: Sequence[Series], history: dict[Series, set[int]]) -> Mapping[Series, Dates]:
        """The highest number of each series, and the highest with a date: no lower one has a later date.

        Both are found from the end of the index, however long the series is.
        """
        ends: dict[Series, dict[int, date | None]] = {}
        for some in _chunks(series, _VALUES_A_QUERY // len(_SERIES)):
            for *name, last, dated, day, khoa in self._read(_ENDS.where(tuple_(*_OPENED).in_(some))):
                if last is not None:
                    one = Series(*name)
                    ends[one] = {last: None} | ({dated: day} if day else {})
                    if day and khoa.startswith(HISTORY):
                        history[one].add(dated)
        return ends

    def _dates(self, series: Sequence[Series], history: dict[Series, set[int]]) -> Mapping[Series, Dates]:
        dates: dict[Series, dict[int, date | None]] = defaultdict(dict)
        for some in _chunks(series, _VALUES_A_QUERY // len(_SERIES)):
            query = select(*_SERIES, _ENTRY.so, _DAY, _ENTRY.khoa).where(tuple_(*_SERIES).in_(some))
            for *name, so, day, khoa in self._read(query):
                one = Series(*name)
                dates[one][so] = day
                if khoa.startswith(HISTORY):
                    history[one].add(so)
        return dict(dates)

    def _first_years(self, requests: Iterable[NumberRequest]) -> Mapping[str, int]:
        """The first years with numbers of the bodies that ask for another first number than 1."""
        bodies = sorted({request.don_vi for request in requests if request.bat_dau_nam_dau and request.bat_dau > 1})
        years: dict[str, int] = {}
        body, year = series_table.columns.don_vi, series_table.columns.nam
        for some in _chunks(bodies, _VALUES_A_QUERY):
            years |= dict(self._read(select(body, func.min(year)).where(body.in_(some)).group_by(body)))
        return years

    def _rows_of(self, keys: Sequence[str]) -> Iterator[Any]:
        """The rows of those ``keys``, each with the parts of an entry."""
        for some in _chunks(keys, _VALUES_A_QUERY):
            yield from self._read(self._entries.where(_ENTRY.khoa.in_(some)))

    def _read(self, query: Select[Any]) -> Sequence[Any]:
        try:
            return self._connection.execute(query).all()
        except TypeError as error:  # SQLite stores a number where a date belongs, if somebody puts it there
            raise ValueError(str(error)) from error


def _is_of(dot: str) -> ColumnElement[bool]:
    """Whether a key begins with the campaign's code, as a range of the index, which a pattern would not use."""
    after = chr(ord("/") + 1)
    return and_(_ENTRY.khoa >= f"{dot}/", _ENTRY.khoa < f"{dot}{after}")


def _new_entry(
    letter: NumberRequest,
    so: int,
    state: State,
    reserved_at: datetime,
    issued_at: datetime | None = None,
    so_phu: str = "",
) -> Entry:
    return Entry(
        khoa=letter.khoa,
        so=so,
        don_vi=letter.don_vi,
        nam=letter.nam,
        chuoi=letter.chuoi,
        ngay=letter.ngay,
        ky_hieu=letter.ky_hieu,
        loai=letter.loai,
        trich_yeu=letter.trich_yeu,
        trang_thai=state,
        reserved_at=reserved_at,
        issued_at=issued_at,
        nguoi_ky=letter.nguoi_ky,
        noi_nhan=letter.noi_nhan,
        don_vi_luu=letter.don_vi_luu,
        so_ban=letter.so_ban,
        ghi_chu=letter.ghi_chu,
        so_phu=so_phu,
    )


def _issue_amendments(states: Iterable[tuple[str, State, datetime | None]], at: datetime) -> Iterator[Amendment]:
    """Issue the reserved numbers among ``states``; nearly all of them change in the same way."""

    @cache
    def issue_change(issued_at: datetime | None) -> tuple[Change, tuple[Any, ...]]:
        before = {"trang_thai": State.RESERVED, "issued_at": issued_at}
        return _changed(before, {"trang_thai": State.ISSUED, "issued_at": at})

    reserved = ((khoa, issued_at) for khoa, state, issued_at in states if state is State.RESERVED)
    return (Amendment(khoa, *issue_change(issued_at)) for khoa, issued_at in reserved)


def _amendment(entry: Entry, parts: Mapping[str, Any]) -> Amendment:
    return Amendment(entry.khoa, *_changed({name: getattr(entry, name) for name in parts}, parts))


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, tuple[Any, ...]]:
    change = change_of(before, after)
    return change, tuple(after[name] for name in change)


def _first_step(act: Act, line: Entry | OpenedSeries) -> Step:
    return Step(act, subject_of(line), initial_change(line))


def _batches(lines: Iterable[T]) -> Iterator[Sequence[T]]:
    rest = iter(lines)
    while some := tuple(islice(rest, _ROWS_A_BATCH)):
        yield some


def _chunks(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (values[start : start + size] for start in range(0, len(values), size))
