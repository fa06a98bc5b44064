"""Which rules a letter follows: the decree's, or those of another regime, which this linter does not judge.

Every regime has its cues; confidence is the number of them that agree. One cue alone decides nothing, but for the title
of the Party or the Youth Union where the quốc hiệu should stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from congvan.decree import phrases
from congvan.inspect.components import Components
from congvan.inspect.model import DocumentFacts

_HEAD: Final = 25
"""Lines of page 1 a heading has at most."""
_ENOUGH: Final = 2
"""Cues that must agree."""
_OF_OFFICES: Final = frozenset({"so_ky_hieu", "noi_nhan_tieu_de"})
"""Cues without which a paper is no office's: applications of citizens and private contracts have a quốc hiệu too."""
_PARTY: Final = "ĐẢNG CỘNG SẢN VIỆT NAM"
_UNION: Final = ("ĐOÀN TNCS HỒ CHÍ MINH", "ĐOÀN THANH NIÊN CỘNG SẢN HỒ CHÍ MINH")
_FRONT: Final = re.compile(r"mat tran to quoc")
_FRONT_SYMBOL: Final = re.compile(r"\bMTTQ\b")
_KIND_BEFORE_BODY: Final = re.compile(r"số\s*:?\s*[\d.…]*\s*-\s*[A-ZĐa-z]{2,4}/[A-ZĐ]", re.IGNORECASE)
_UNION_SYMBOL: Final = re.compile(r"/\s*\S*(ĐTN|TĐTN|ĐOÀN)\b")
_YEAR_IN_NUMBER: Final = re.compile(r"[\d.…\s]*/\s*(19|20)\d\d/\s*(QĐ|NQ|TT|TTLT|NĐ|CT|L|PL|UBTVQH|QH)[\w-]*")
_NORMATIVE: Final = ("LUẬT", "BỘ LUẬT", "PHÁP LỆNH", "NGHỊ ĐỊNH", "THÔNG TƯ", "THÔNG TƯ LIÊN TỊCH")
_MAY_BE_NORMATIVE: Final = frozenset({"nghi-quyet", "quyet-dinh"})
_SLASHED_AUTHORITY: Final = re.compile(r"(T/M|K/T|T/L)\b")
_FORM_NUMBER: Final = re.compile(r"mau (so|bieu)?\s*:?\s*\S*\d+")
_FORM_SOURCE: Final = re.compile(r"\(?\s*(ban hanh )?kem theo (thong tu|nghi dinh|luat)\b")


class Regime(StrEnum):
    """A body of layout rules."""

    ADMINISTRATIVE = "hanh-chinh"
    NORMATIVE = "quy-pham"
    PARTY = "dang"
    YOUTH_UNION = "doan"
    FRONT = "mat-tran"
    SPECIAL_FORM = "bieu-mau"
    UNKNOWN = "khong-ro"


@dataclass(frozen=True, slots=True)
class RegimeFound:
    """The regime of a letter and the cues that speak for it, by name."""

    regime: Regime
    cues: tuple[str, ...]

    @property
    def confidence(self) -> int:
        """The number of cues that agree."""
        return len(self.cues)


def recognise_regime(facts: DocumentFacts, parts: Components) -> RegimeFound:
    """The regime of the letter ``parts`` were found in."""
    head = [line.text for line in facts.on_page(1)][:_HEAD]
    number = parts["so_ky_hieu"].text if "so_ky_hieu" in parts else next(filter(_KIND_BEFORE_BODY.match, head), "")
    found = {
        Regime.PARTY: tuple(_party_cues(head, number, facts, parts)),
        Regime.YOUTH_UNION: tuple(_union_cues(head, number)),
        Regime.NORMATIVE: tuple(_normative_cues(head, number, parts)),
        Regime.FRONT: tuple(_front_cues(head, number)),
        Regime.SPECIAL_FORM: tuple(_form_cues(head)),
    }
    for regime, cues in found.items():
        if len(cues) >= _ENOUGH or (cues[:1] == ("title",) and "quoc_hieu" not in parts):
            return RegimeFound(regime, cues)
    cues = tuple(_administrative_cues(number, parts))
    is_letter = len(cues) >= _ENOUGH and not _OF_OFFICES.isdisjoint(cues)
    return RegimeFound(Regime.ADMINISTRATIVE if is_letter else Regime.UNKNOWN, cues)


def _party_cues(head: list[str], number: str, facts: DocumentFacts, parts: Components) -> Iterator[str]:
    if phrases.nearest(_PARTY, head)[1] > phrases.NEARLY:
        yield "title"
    if _KIND_BEFORE_BODY.match(number) and not _UNION_SYMBOL.search(number):
        yield "number"
    if "*" in head:
        yield "star"
    if any(_SLASHED_AUTHORITY.match(line.text) for line in facts.lines) and "quoc_hieu" not in parts:
        yield "authority"


def _union_cues(head: list[str], number: str) -> Iterator[str]:
    if any(phrases.nearest(title, head)[1] > phrases.NEARLY for title in _UNION):
        yield "title"
    if _KIND_BEFORE_BODY.match(number) and _UNION_SYMBOL.search(number):
        yield "number"


def _normative_cues(head: list[str], number: str, parts: Components) -> Iterator[str]:
    if _YEAR_IN_NUMBER.search(number):
        yield "year"
    if parts.loai in _MAY_BE_NORMATIVE or any(text in _NORMATIVE for text in head):
        yield "kind"


def _front_cues(head: list[str], number: str) -> Iterator[str]:
    if any(_FRONT.search(phrases.plain(text)) and phrases.is_capitals(text) for text in head):
        yield "issuer"
    if _FRONT_SYMBOL.search(number):
        yield "symbol"


def _form_cues(head: list[str]) -> Iterator[str]:
    if any(_FORM_NUMBER.match(phrases.plain(text)) for text in head):
        yield "form-number"
    if any(_FORM_SOURCE.match(phrases.plain(text)) for text in head):
        yield "form-source"


def _administrative_cues(number: str, parts: Components) -> Iterator[str]:
    for name in ("quoc_hieu", "tieu_ngu", "dia_danh_ngay", "noi_nhan_tieu_de"):
        if name in parts:
            yield name
    if "/" in number:
        yield "so_ky_hieu"
    if "quyen_han" in parts and "ho_ten" in parts:
        yield "ky"
