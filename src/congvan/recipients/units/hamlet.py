"""Hamlets: not administrative units, but self-governing groups below the commune, with a head each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from congvan.text.unicode_form import nfc

HEADS: Final = {
    "thôn": "Trưởng thôn",
    "làng": "Trưởng làng",
    "bản": "Trưởng bản",
    "xóm": "Trưởng xóm",
    "ấp": "Trưởng ấp",
    "buôn": "Trưởng buôn",
    "bon": "Trưởng bon",
    "phum": "Trưởng phum",
    "sóc": "Trưởng sóc",
    "tổ dân phố": "Tổ trưởng tổ dân phố",
    "tổ": "Tổ trưởng",
    "khu phố": "Trưởng khu phố",
    "khối phố": "Trưởng khối phố",
    "phố": "Trưởng phố",
    "khu dân cư": "Trưởng khu dân cư",
    "tiểu khu": "Trưởng tiểu khu",
    "khu": "Trưởng khu",
    "khóm": "Trưởng khóm",
    "khối": "Trưởng khối",
}
"""The kinds of hamlet and what their head is called where a list does not say otherwise."""

SHORT_KINDS: Final = {"tdp": "tổ dân phố", "kp": "khu phố", "kdc": "khu dân cư", "tk": "tiểu khu"}
_KIND_BEFORE: Final = re.compile(
    rf"(?P<kind>{'|'.join(sorted((*HEADS, *SHORT_KINDS), key=len, reverse=True))})\.? (?P<name>.+)", re.IGNORECASE
)

_SHORT_WORD: Final = re.compile(rf"(?<!\w)({'|'.join(SHORT_KINDS)})(?!\w)\.?", re.IGNORECASE)
_TITLE: Final = re.compile(
    rf"(?P<before>(?:.*?\s)??)(?:tổ )?trưởng (?P<kind>{'|'.join(sorted(HEADS, key=len, reverse=True))})", re.IGNORECASE
)
_BETWEEN: Final = re.compile(r"\s*[,;+&]\s*|\s+và\s+", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d+[a-zđ]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hamlet:
    """A hamlet's name in its parts.

    ``ten`` is the whole name ("Thôn 1", "thôn Đông Hải"), ``loai`` its kind as a word in a sentence, None
    where nothing says it, ``ten_rieng`` the name without the kind ("1", "Đông Hải").
    """

    ten: str
    loai: str | None
    ten_rieng: str

    @property
    def chuc_danh(self) -> str | None:
        """The title of its head by default: Trưởng thôn, Tổ trưởng tổ dân phố …; None for an unknown kind."""
        return HEADS.get(self.loai) if self.loai else None


@lru_cache(maxsize=4096)  # most communes number their hamlets, and a list names the same again and again
def hamlet(name: str, kind: str | None = None) -> Hamlet:
    """The hamlet a list calls ``name``, with the kind from a column of its own if there is one.

    A kind word before the name counts unless the column says another: thôn "Phố Mới" is no phố. A kind
    before a number is written with a capital, as in names of units (Decree 30/2020, Annex II).
    """
    spoken = _spoken_kind(kind) if kind else None
    if (match := _KIND_BEFORE.fullmatch(nfc(name))) and spoken in {None, _spoken_kind(match["kind"])}:
        return Hamlet(name, _spoken_kind(match["kind"]), match["name"])
    if spoken is None:
        return Hamlet(name, None, name)
    before = spoken.capitalize() if name[0].isdigit() else spoken
    return Hamlet(f"{before} {name}", spoken, name)


@lru_cache(maxsize=4096)
def hamlets_in(name: str) -> tuple[str, ...]:
    """The hamlets a cell names: both of "Thôn 1 và Thôn 2" and of "Thôn 1, 2", else the cell as it is.

    It names several only where each part begins with a kind word or is a number; "Thôn Thượng và Hạ" may be
    one.
    """
    parts = _BETWEEN.split(nfc(name))
    first = _KIND_BEFORE.fullmatch(parts[0])
    numbered = _NUMBER.fullmatch(first["name"] if first else parts[0])
    if numbered and all(map(_NUMBER.fullmatch, parts[1:])):
        kind = f"{first['kind']} " if first else ""
        return (parts[0], *(f"{kind}{number}" for number in parts[1:]))
    return tuple(parts) if all(map(_KIND_BEFORE.fullmatch, parts)) else (name,)


def _spoken_kind(kind: str) -> str:
    plain = nfc(kind).lower().rstrip(".")
    return SHORT_KINDS.get(plain, plain)


@lru_cache(maxsize=4096)
def title_of_head(title: str, home: Hamlet) -> str:
    """The title alone: ``Tổ trưởng tổ dân phố`` from "Tổ trưởng TDP 3", where the hamlet is called 3."""
    whole = _without_end(with_whole_kinds(title), home.ten_rieng)
    shorter = _without_end(whole, home.loai or "")
    return shorter if kind_of_title(shorter) else whole


def _without_end(text: str, end: str) -> str:
    return text[: -len(end)].rstrip() if end and text.lower().endswith(f" {end.lower()}") else text


def with_whole_kinds(text: str) -> str:
    """``text`` with kinds of hamlets written out: ``Tổ trưởng tổ dân phố`` from "Tổ trưởng TDP"."""
    return _SHORT_WORD.sub(lambda match: SHORT_KINDS[match[1].lower()], text)


def kind_of_title(title: str) -> tuple[str, str] | None:
    """What stands before the kind of hamlet a title ends in, and the kind: ``("Bí thư kiêm ", "thôn")``."""
    match = _TITLE.fullmatch(title)
    return (match["before"], match["kind"].lower()) if match else None


@lru_cache(maxsize=4096)
def opposed_kinds(name: str, kind: str | None) -> tuple[str, str] | None:
    """The kind in the name of a numbered hamlet and another one beside it: "Khu phố 3" and "TDP" cannot both be.

    A hamlet with a name of its own may be called after another kind: thôn "Phố Mới".
    """
    match = _KIND_BEFORE.fullmatch(nfc(name))
    if match is None or not kind or not match["name"][0].isdigit():
        return None
    own, other = _spoken_kind(match["kind"]), _spoken_kind(kind)
    return (own, other) if other in HEADS and own != other else None
