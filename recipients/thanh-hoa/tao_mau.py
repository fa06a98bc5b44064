"""Makes the sample lists of Thanh Hóa: real units of 2021, bodies by their office, made-up hamlet heads.

Run ``python recipients/thanh-hoa/tao_mau.py``: it writes ``tinh.csv``, ``huyen.csv``, ``xa.csv`` and
``thon.csv`` beside this file, the same bytes every time. What a commune's hamlets and heads are depends on the
commune's code alone, so that a change to one commune changes no other.

Hamlets and persons are put together from the ordinary names in ``nguon.toml``; whoever they resemble is
not meant. Telephone numbers begin with 095, a prefix no network uses any more.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from congvan.recipients import Unit, UnitList, era_of, unit_list
from congvan.recipients.units.hamlet import HEADS
from congvan.text.collation import collation_key

T = TypeVar("T")
Row = Sequence[str]

HERE = Path(__file__).parent
SOURCE: dict[str, Any] = tomllib.loads((HERE / "nguon.toml").read_text(encoding="utf-8"))
PROVINCE = "38"
SEED = "congvan 2021"

# Shares of all heads or communes.
NUMBERED_HAMLETS = 0.6
WOMEN = 0.17
PARTY_SECRETARIES = 0.06
WITHOUT_TELEPHONE = 0.02
WITH_NOTE = 0.01
MOUNTAIN_NAMES = 0.6
HMONG_NAMES = 0.5
TWO_WORDS, TWO_WORDS_IN_MOUNTAINS = 0.02, 0.12

HAMLETS = {"xã": (5, 10), "phường": (7, 13), "thị trấn": (7, 13)}
"""The fewest and the most hamlets a commune of each kind has."""

HEAD_COLUMNS = ("ho_ten", "ong_ba", "chuc_danh", "dien_thoai", "so_ho", "ghi_chu")


def words(text: str) -> list[str]:
    """The items of a list written with commas."""
    return [item.strip() for item in text.split(",")]


def weighted(text: str) -> list[str]:
    """The items of "Nguyễn 26, Lê 24", each as often as its number says."""
    pairs = (item.rsplit(" ", 1) for item in words(text))
    return [name for name, count in pairs for _ in range(int(count))]


SURNAMES = {region: weighted(names) for region, names in SOURCE["ho"].items()}
MIDDLE_NAMES = {sex: weighted(names) for sex, names in SOURCE["dem"].items()}
GIVEN_NAMES = {kind: words(names) for kind, names in SOURCE["ten"].items()}
HAMLET_NAMES = {region: words(names) for region, names in SOURCE["ten_thon"].items()}
NOT_TO_USE = set(words(SOURCE["tranh"]["ho_ten"]))
REGIONS: dict[str, list[str]] = SOURCE["vung"]
HAMLET_KINDS: dict[str, list[str]] = SOURCE["loai_thon"]
WARD_KINDS: dict[str, str] = SOURCE["loai_thon_phuong"]


@dataclass(frozen=True)
class Chance:
    """Draws that come out the same on every Python: only ``Random.random()`` itself is promised to."""

    source: Random

    def happens(self, share: float) -> bool:
        """True in this share of all cases."""
        return self.source.random() < share

    def below(self, limit: int) -> int:
        """A number from 0 to ``limit`` - 1."""
        return int(self.source.random() * limit)

    def one_of(self, items: Sequence[T]) -> T:
        """One of ``items``."""
        return items[self.below(len(items))]

    def some_of(self, items: Sequence[T], count: int) -> list[T]:
        """``count`` different ones of ``items``."""
        left = list(items)
        return [left.pop(self.below(len(left))) for _ in range(count)]


def province_bodies() -> Iterator[Row]:
    """The rows of ``tinh.csv``: the bodies documents 000 and 004 name."""
    yield "ma", "ma_tinh", "tinh", "ten"
    for code, name in SOURCE["co_quan_tinh"].items():
        yield code, PROVINCE, "tỉnh Thanh Hóa", name


def district_bodies(units: UnitList) -> Iterator[Row]:
    """The rows of ``huyen.csv``: for every district the bodies document 000 names."""
    yield "ma", "ma_huyen", "huyen", "ten"
    for district in units.districts(PROVINCE):
        kind, name = district.loai, district.in_sentence
        parts = {"don_vi": name, "ten_rieng": district.ten_rieng, "cap_uy": SOURCE["cap_uy"][kind]}
        for body in SOURCE["co_quan_huyen"]:
            if kind in body.get("o", [kind]):
                yield f"{district.ma}-{body['ma']}", district.ma, name, body["ten"].format(**parts)


def commune_committees(units: UnitList) -> Iterator[Row]:
    """The rows of ``xa.csv``: the people's committee of every commune."""
    yield "ma", "ma_huyen", "huyen", "ma_xa", "xa", "ten"
    for district in units.districts(PROVINCE):
        for commune in units.communes(PROVINCE, district.ma):
            name = commune.in_sentence
            body = f"Ủy ban nhân dân {name}"
            yield f"{commune.ma}-ubnd", district.ma, district.in_sentence, commune.ma, name, body


def hamlet_heads(units: UnitList) -> Iterator[Row]:
    """The rows of ``thon.csv``: the head of every hamlet of every commune."""
    yield "stt", "ma", "ma_huyen", "huyen", "ma_xa", "xa", "thon", "loai", *HEAD_COLUMNS
    number = 0
    for district in units.districts(PROVINCE):
        for commune in units.communes(PROVINCE, district.ma):
            chance = Chance(Random(f"{SEED} {commune.ma}"))
            kind = hamlet_kind(chance, commune)
            for index, hamlet in enumerate(hamlet_names(chance, commune, kind), start=1):
                number += 1
                places = (district.ma, district.in_sentence, commune.ma, commune.in_sentence, hamlet, kind)
                yield f"{number}", f"{commune.ma}-{index:02}", *places, *head(chance, commune, kind, index)


def hamlet_kind(chance: Chance, commune: Unit) -> str:
    """What the hamlets of a commune are called, all of them the same."""
    if commune.loai == "phường":
        return WARD_KINDS[commune.parent or ""]
    if commune.loai == "thị trấn":
        return chance.one_of(HAMLET_KINDS["thi_tran"])
    regions = (region for region in ("vung_cao", "mien_nui") if commune.parent in REGIONS[region])
    return chance.one_of(HAMLET_KINDS[next(regions, "dong_bang")])


def hamlet_names(chance: Chance, commune: Unit, kind: str) -> list[str]:
    """The hamlets of a commune, numbered or named, in the order of a list.

    The kind word is written as in a sentence: "Thôn 1", "thôn Đông Hải" (Decree 30/2020, Annex II).
    """
    fewest, most = HAMLETS[commune.loai]
    count = fewest + chance.below(most - fewest + 1)
    if kind != "bản" and chance.happens(NUMBERED_HAMLETS):
        return [f"{kind.capitalize()} {number}" for number in range(1, count + 1)]
    names = chance.some_of(HAMLET_NAMES["ban" if kind == "bản" else "dong_bang"], count)
    return sorted((f"{kind} {name}" for name in names), key=collation_key)


def head(chance: Chance, commune: Unit, kind: str, index: int) -> Row:
    """A hamlet's head, in the order of ``HEAD_COLUMNS``; the title is left out where it is the usual one."""
    is_woman = chance.happens(WOMEN)
    name = person(chance, commune, is_woman=is_woman)
    title = f"Bí thư Chi bộ kiêm {HEADS[kind]}" if chance.happens(PARTY_SECRETARIES) else ""
    phone = "" if chance.happens(WITHOUT_TELEPHONE) else f"095{commune.ma}{index:02}"
    note = "mới nhận nhiệm vụ" if chance.happens(WITH_NOTE) else ""
    return name, "Bà" if is_woman else "Ông", title, phone, f"{60 + chance.below(190)}", note


def person(chance: Chance, commune: Unit, *, is_woman: bool) -> str:
    """A person's name, drawn again while it repeats a word or belongs to somebody well known."""
    while True:
        is_of_the_mountains = commune.parent in REGIONS["mien_nui"] and chance.happens(MOUNTAIN_NAMES)
        draw = mountain_name if is_of_the_mountains else plain_name
        name = " ".join(draw(chance, commune, is_woman=is_woman))
        if name not in NOT_TO_USE and len(set(name.split())) == len(name.split()):
            return name


def plain_name(chance: Chance, _commune: Unit, *, is_woman: bool) -> Iterable[str]:
    """Surname, middle name and given name, as most people of the province have them."""
    sex = "nu" if is_woman else "nam"
    yield chance.one_of(SURNAMES["dong_bang"])
    if is_woman or not chance.happens(TWO_WORDS):
        yield chance.one_of(MIDDLE_NAMES[sex])
    yield chance.one_of(GIVEN_NAMES[sex])


def mountain_name(chance: Chance, commune: Unit, *, is_woman: bool) -> Iterable[str]:
    """A name of the Mường, Thái or Mông, often of two words: "Lò Ón"."""
    is_hmong = commune.parent in REGIONS["nguoi_mong"] and chance.happens(HMONG_NAMES)
    yield chance.one_of(SURNAMES["nguoi_mong" if is_hmong else "mien_nui"])
    if not chance.happens(TWO_WORDS_IN_MOUNTAINS):
        yield "Thị" if is_woman else chance.one_of(["A", "Văn"] if is_hmong else ["Văn"])
    yield chance.one_of(GIVEN_NAMES["mien_nui"])


def as_csv(rows: Iterable[Row]) -> bytes:
    """The rows as a file that Excel opens with its accents right: UTF-8 with a byte order mark."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def files() -> dict[str, bytes]:
    """Every list by its name."""
    units = unit_list(era_of(date(2021, 4, 1)))
    return {
        "tinh.csv": as_csv(province_bodies()),
        "huyen.csv": as_csv(district_bodies(units)),
        "xa.csv": as_csv(commune_committees(units)),
        "thon.csv": as_csv(hamlet_heads(units)),
    }


if __name__ == "__main__":
    for name, content in files().items():
        (HERE / name).write_bytes(content)
        print(name)
