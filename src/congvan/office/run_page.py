"""The run's page: every letter of an output folder in one file that needs no network, with search, filters and sorting.

The page holds dates; what depends on the day it is looked at, the days left, is worked out in the browser. So the same
run gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment
from pydantic_core import to_json

from congvan.findings import Report, Severity
from congvan.office.consignment import sheets_of
from congvan.recipients.tiers import Tier
from congvan.text import short_date_of

_LETTERS: Final = "<!--van-ban-->"
"""Where the letters stand in the page, which they are written into piece by piece; no escaped text looks like it."""

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class PageLetter:
    """A letter on the page.

    ``ngay`` is its date as ISO 8601, shorter where the day or the month is open. ``nguoi_nhan`` is the number of its
    recipients, each of whom gets a copy; ``khuyet`` tells whether one of them is a vacant post. ``trang_thai`` is its
    state, ``loi`` for one that could not be made.
    """

    thu_tu: int
    cap: str
    dot_gui: str
    don_vi: str
    huyen: str
    xa: str
    so_ky_hieu: str
    ngay: str
    trich_yeu: str
    kinh_gui: str
    nguoi_nhan: int
    khuyet: bool
    trang: int
    trang_thai: str
    ghi_chu: str
    docx: str
    pdf: str

    @property
    def sheets(self) -> int:
        """Sheets of all its copies, printed on both sides."""
        return self.nguoi_nhan * sheets_of(self.trang, duplex=True)


@dataclass(frozen=True, slots=True)
class PageDeadline:
    """The days by which the letters of a tier's round should be dated; either may be None."""

    cap: str
    dot_gui: str
    soft: date | None
    hard: date | None


@dataclass(frozen=True, slots=True)
class PrintLinks:
    """Paths of print files by the words of their links: those of a whole round, and those of its single bodies."""

    whole: Mapping[str, str] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunPage:
    """What stands on the page.

    ``states`` are the states in words; ``print_files`` the print files of each tier and round; ``hidden`` letters are
    counted alone.
    """

    title: str
    letters: Sequence[PageLetter]
    states: Mapping[str, str]
    deadlines: Sequence[PageDeadline]
    print_files: Mapping[tuple[str, str], PrintLinks]
    report: Report
    hidden: int = 0

    def pieces(self) -> Iterator[bytes]:
        """The page as HTML, piece by piece; every text in it is escaped."""
        before, _, after = self._frame().partition(_LETTERS)
        yield before.encode()
        yield from self._letters()
        yield after.encode()

    def _frame(self) -> str:
        shown = [found for found in self.report if found.severity is not Severity.INFO]
        page = _template().render(
            ten=self.title,
            cap=list(self._tiers()),
            trang_thai=self._state_counts(),
            tong=sum((_counts(one) for one in self.letters), _Counts()),
            bao_cao=shown,
            mat=self.hidden,
            khuyet=sum(one.khuyet for one in self.letters),
        )
        return str(page)

    def _tiers(self) -> Iterator[dict[str, Any]]:
        """A line for each tier and round, in order."""
        by_round: dict[tuple[str, str], _Counts] = {}
        for one in self.letters:
            of = one.cap, one.dot_gui
            by_round[of] = by_round.get(of, _Counts()) + _counts(one)
        limits = {(one.cap, one.dot_gui): one for one in self.deadlines}
        for of, counts in by_round.items():
            limit, links = limits.get(of), self.print_files.get(of, PrintLinks())
            yield {
                "ten": _tier_name(*of),
                "dem": counts,
                "han": [day for day in ((limit.soft, limit.hard) if limit else ()) if day],
                "ban_in": links.whole,
                "tung_noi": links.bodies,
            }

    def _state_counts(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for one in self.letters:
            words = self.states.get(one.trang_thai, one.trang_thai)
            counts[words] = counts.get(words, 0) + 1
        return counts

    def _letters(self) -> Iterator[bytes]:
        """The letters as JSON: texts that many share stand once, and a row names them by their place."""
        shared = _SharedTexts()
        rows = [self._row(one, shared) for one in self.letters]
        yield b'{"chu":%b,"dong":[' % _json(shared.texts)
        for start in range(0, len(rows), _AT_ONCE):
            some = b",".join(_json(row) for row in rows[start : start + _AT_ONCE])
            yield b"%b%b" % (b",\n" if start else b"", some)
        yield b"]}"

    def _row(self, one: PageLetter, shared: _SharedTexts) -> list[Any]:
        state = self.states.get(one.trang_thai, one.trang_thai)
        words = (_tier_name(one.cap, one.dot_gui), one.don_vi, one.huyen, one.xa, one.trich_yeu, state, one.ghi_chu)
        of_letter = (one.thu_tu, one.so_ky_hieu, one.ngay, one.kinh_gui, one.nguoi_nhan, int(one.khuyet), one.trang)
        return [*of_letter, one.sheets, one.docx, one.pdf, *map(shared.place, words)]


@dataclass(frozen=True, slots=True)
class _Counts:
    """Letters, copies, pages and sheets; the parcels they go out in give the envelopes."""

    letters: int = 0
    copies: int = 0
    pages: int = 0
    sheets: int = 0
    parcels: frozenset[tuple[str, str, str]] = frozenset()
    failed: int = 0

    def __add__(self, other: _Counts) -> _Counts:
        return _Counts(
            self.letters + other.letters,
            self.copies + other.copies,
            self.pages + other.pages,
            self.sheets + other.sheets,
            self.parcels if other.parcels <= self.parcels else self.parcels | other.parcels,
            self.failed + other.failed,
        )

    @property
    def envelopes(self) -> int:
        """One for each body and commune."""
        return len(self.parcels)


def _counts(one: PageLetter) -> _Counts:
    parcels = frozenset({(one.don_vi, one.huyen, one.xa)}) if Tier.of(one.cap).is_hamlet else frozenset()
    return _Counts(1, one.nguoi_nhan, one.trang, one.sheets, parcels, int(one.trang_thai == "loi"))


@dataclass(slots=True)
class _SharedTexts:
    """Texts in the order they came, each once."""

    texts: list[str] = field(default_factory=list)
    _places: dict[str, int] = field(default_factory=dict)

    def place(self, text: str) -> int:
        """Where ``text`` stands."""
        if text not in self._places:
            self._places[text] = len(self.texts)
            self.texts.append(text)
        return self._places[text]


def _json(value: Any) -> bytes:
    """JSON that may stand in a page: no sign in it begins a tag."""
    return to_json(value).replace(b"<", b"\\u003c")


def _tier_name(cap: str, dot_gui: str) -> str:
    tier = f"Cấp {Tier.of(cap).ten}" if cap else "Văn bản"
    return f"{tier}, đợt gửi {dot_gui}" if dot_gui else tier


@cache
def _template() -> Any:
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["ngay"] = short_date_of
    return environment.from_string(files("congvan.office").joinpath("run_page.html").read_text(encoding="utf-8"))
