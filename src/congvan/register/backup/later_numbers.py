"""The numbers a backup lacks: those the present book holds, and those of letters in output folders.

Pure but for :func:`listed_letters`, which reads manifests.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from congvan.findings import Finding, Place, finding
from congvan.register.entry import Entry, IssuedNumber, NumberRequest, Series, State
from congvan.register.letter_record import LetterRecord
from congvan.support.untrusted_files import LIST_LIMIT, read_untrusted
from congvan.text import fold

MANIFEST: Final = "manifest.json"

_SHOWN: Final = 12
"""Numbers that a finding names."""


@dataclass(frozen=True, slots=True)
class ListedLetter:
    """A letter with a number, as the manifest of an output folder lists it."""

    khoa: str
    so: int
    ky_hieu: str
    nam: int
    ngay: date | None
    loai: str
    trich_yeu: str
    noi_nhan: str
    place: Place

    @property
    def so_ky_hieu(self) -> str:
        """Number and symbol as on paper."""
        return f"{self.so:02}/{self.ky_hieu}"


def output_folders(letters: Iterable[LetterRecord], folder: Path | None) -> tuple[Path, ...]:
    """The output folders of these letters; ``folder`` is what relative ones start from."""
    names = dict.fromkeys(letter.thu_muc for letter in letters if letter.thu_muc)
    return tuple((folder or Path()) / name for name in names)


def listed_letters(folders: Iterable[Path]) -> Iterator[ListedLetter]:
    """The letters with a number in the manifests of these folders; a manifest that cannot be read lists none."""
    for folder in folders:
        path = folder / MANIFEST
        try:
            rows = json.loads(read_untrusted(path, LIST_LIMIT))["van_ban"]
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            continue
        place = Place(file=str(path))
        yield from (letter for row in rows if (letter := _listed(row, place)))


def _listed(row: Any, place: Place) -> ListedLetter | None:
    try:
        so, day = row["so"], str(row["ngay"])
        if not isinstance(so, int) or so < 1:
            return None
        whole = date.fromisoformat(day) if len(day) == len("2026-01-05") else None
        texts = [str(row[name]) for name in ("khoa", "ky_hieu", "loai", "trich_yeu")]
        khoa, ky_hieu, loai, trich_yeu = texts
        return ListedLetter(
            khoa, so, ky_hieu, int(day[:4]), whole, loai, trich_yeu, "; ".join(map(str, row["kinh_gui"])), place
        )
    except (ValueError, KeyError, TypeError):
        return None


def entries_lacking(present: Iterable[Entry], backup: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries of the ``present`` book whose numbers the ``backup`` lacks."""
    kept = {(entry.series, entry.number) for entry in backup}
    return tuple(entry for entry in present if (entry.series, entry.number) not in kept)


def entries_further(present: Iterable[Entry], backup: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries of the ``present`` book that were issued or made void since the ``backup``."""
    before = {(entry.khoa, entry.number): entry.trang_thai for entry in backup}
    states = ((entry, before.get((entry.khoa, entry.number))) for entry in present)
    return tuple(
        entry
        for entry, state in states
        if state is not None and state is not entry.trang_thai and entry.trang_thai is not State.RESERVED
    )


def letters_lacking(listed: Iterable[ListedLetter], held: Iterable[Entry]) -> tuple[ListedLetter, ...]:
    """Those of the ``listed`` letters whose number no entry ``held`` has."""
    numbers = {(entry.so, fold(entry.ky_hieu), entry.nam) for entry in held}
    return tuple(one for one in listed if (one.so, fold(one.ky_hieu), one.nam) not in numbers)


def loses_findings(
    entries: Sequence[Entry], further: Sequence[Entry], listed: Sequence[ListedLetter]
) -> Iterator[Finding]:
    """What would be lost by restoring: numbers of the present book, their states, and numbers in output folders."""
    if entries:
        yield finding(
            "register-restore-loses", count=len(entries), numbers=_some(entry.so_ky_hieu for entry in entries)
        )
    if further:
        numbers = _some(entry.so_ky_hieu for entry in further)
        yield finding("register-restore-loses-states", count=len(further), numbers=numbers)
    by_file: dict[Place, list[ListedLetter]] = defaultdict(list)
    for letter in listed:
        by_file[letter.place].append(letter)
    for place, letters in by_file.items():
        numbers = _some(letter.so_ky_hieu for letter in letters)
        yield finding("register-restore-loses-letters", place, count=len(letters), numbers=numbers)


def as_history(
    listed: Sequence[ListedLetter], held: Iterable[Entry]
) -> tuple[tuple[IssuedNumber, ...], tuple[Finding, ...]]:
    """The ``listed`` letters as lines to be entered, in the series their symbol has among the entries ``held``.

    Letters that share a number are one line, under the key that number has in a campaign. A symbol that is of no
    series, or of several, is a finding.
    """
    series = _series_by_symbol(held)
    by_number: dict[tuple[str, int, int], list[ListedLetter]] = defaultdict(list)
    for letter in listed:
        by_number[fold(letter.ky_hieu), letter.nam, letter.so].append(letter)
    lines: list[IssuedNumber] = []
    unknown: list[Finding] = []
    for (symbol, nam, so), letters in sorted(by_number.items()):
        first = letters[0]
        bodies = series.get(symbol, set())
        if len(bodies) != 1:
            unknown.append(finding("register-restore-series-unknown", first.place, number=first.so_ky_hieu))
            continue
        don_vi, chuoi = next(iter(bodies))
        khoa = first.khoa if len(letters) == 1 else f"{first.khoa.rpartition('/')[0]}/{don_vi}"
        request = NumberRequest(
            khoa,
            *Series(don_vi, nam)[:2],
            first.ngay,
            first.ky_hieu,
            first.loai,
            first.trich_yeu,
            chuoi,
            noi_nhan="; ".join(dict.fromkeys(one.noi_nhan for one in letters)),
        )
        lines.append(IssuedNumber(so, request, first.place))
    return tuple(lines), tuple(unknown)


def _series_by_symbol(held: Iterable[Entry]) -> Mapping[str, set[tuple[str, str]]]:
    series: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for entry in held:
        series[fold(entry.ky_hieu)].add((entry.don_vi, entry.chuoi))
    return series


def _some(numbers: Iterable[str]) -> str:
    shown = [*numbers]
    return ", ".join(shown[:_SHOWN]) + (" …" if len(shown) > _SHOWN else "")
