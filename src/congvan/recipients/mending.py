"""Mend what lists type carelessly: capitals, short forms, two telephones in a cell, a title that repeats the hamlet.

Only what can have one meaning is mended, and nobody's sex is guessed from a name. Each rule leaves alone what is in
order, so that a mended list has nothing to mend.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from congvan.findings import Finding, finding
from congvan.recipients.person import phones_in, read_phone
from congvan.recipients.units.hamlet import (
    HEADS,
    SHORT_KINDS,
    hamlet,
    kind_of_title,
    opposed_kinds,
    title_of_head,
    with_whole_kinds,
)
from congvan.recipients.units.unit import CODE_WIDTHS, Unit, split_name

EITHER: Final = "Ông (Bà)"
"""How a letter addresses a person whose sex the list does not say."""

_HONORIFICS: Final = {
    **dict.fromkeys(("ô", "ông", "o", "ong", "nam"), "Ông"),
    **dict.fromkeys(("b", "bà", "ba", "nữ", "nu"), "Bà"),
    **dict.fromkeys(("ông/bà", "ông (bà)", "ông, bà", "ông bà", "ô/b", "ô (b)"), EITHER),
}
_HONORIFIC_BEFORE: Final = re.compile(r"(ông|bà)\.? +(?=\w+ +\w)", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+")
_ROMAN: Final = re.compile(r"[IVX]+")
_OWN_KIND: Final = re.compile(
    rf"(?P<kind>{'|'.join(sorted((*HEADS, *SHORT_KINDS), key=len, reverse=True))})(?:\.? +|\.?(?=\d))(?P<name>.+)",
    re.IGNORECASE,
)
_SEVERAL_WORDS: Final = 3


class Change(NamedTuple):
    """A value of a row as it is typed, and as it should be; ``old`` is empty for a cell left blank."""

    column: str
    old: str
    new: str

    def finding(self, *, is_made: bool) -> Finding:
        """What is reported of it, still without a place; ``is_made`` when the value was changed."""
        if is_made:
            return finding("recipients-mended", value=self.old or "–", read=self.new)
        if not self.old:
            return finding("recipients-honorific-missing")
        code = "honorific-short" if self.column == "ong_ba" and len(self.old.strip(".")) == 1 else "untidy"
        return finding(f"recipients-{code}", value=self.old, read=self.new)


def changes(values: Mapping[str, str], units: Mapping[str, str], *, is_person: bool) -> tuple[Change, ...]:
    """What should be changed in a row, of a person or of a body, by column; ``units`` are those a list confirms."""
    if is_person and _is_tidy(values, units):
        return ()  # as nearly all rows of a long list
    mended = {**values, **units}
    for column, rule in _RULES.items():
        if column not in units and (written := values.get(column)):
            mended[column] = rule(written)
    if is_person:
        _mend_honorific(mended)
        _mend_title(mended)
    else:
        _mend_body(mended)
    return tuple(
        Change(name, values.get(name, ""), new)
        for name, new in mended.items()
        if name not in units and new != values.get(name)
    )


def _is_tidy(values: Mapping[str, str], units: Mapping[str, str]) -> bool:
    """Whether a person's row has certainly nothing to mend; its post is looked at once for all rows of that kind."""
    get = values.get
    return (
        get("ho_ten", "A").istitle()
        and get("dien_thoai", "0").isdigit()
        and _is_tidy_post(get("thon"), get("loai"), get("ong_ba"), get("chuc_danh"))
        and _units_are_tidy(values, units)
    )


def _units_are_tidy(values: Mapping[str, str], units: Mapping[str, str]) -> bool:
    for name in CODE_WIDTHS:
        if name not in units and (written := values.get(name)) and unit_name(written) != written:
            return False
    return True


@lru_cache(maxsize=16384)
def _is_tidy_post(*written: str | None) -> bool:
    """Whether nothing is to be changed in the columns of a post, whoever holds it."""
    values = {name: text for name, text in zip(_OF_A_POST, written, strict=True) if text}
    if "ong_ba" not in values or any(_RULES[name](text) != text for name, text in values.items()):
        return False
    mended = dict(values)
    _mend_title(mended)
    return mended == values


def honorific(written: str) -> str:
    """``Ông`` from "Ô", "ông"; another form of address stays as it is."""
    return _HONORIFICS.get(" ".join(written.lower().split()).strip(". "), written)


def person_name(written: str) -> str:
    """A name with a capital for each word: ``Nguyễn Văn Thử`` from "NGUYỄN VĂN THỬ"."""
    if written.istitle() or any(sign.isdigit() for sign in written):
        return written
    is_careless = written.isupper() or written.islower()
    return " ".join(
        _in_title_case(word)
        if word.islower() or (word.isupper() and (is_careless or not _ROMAN.fullmatch(word)))
        else word
        for word in written.split()
    )


@lru_cache(maxsize=4096)
def head_title(written: str) -> str:
    """A title with a capital at its beginning, kinds of hamlets written out: ``Tổ trưởng tổ dân phố``."""
    words = with_whole_kinds(written)
    if words.isupper() and " " in words:
        words = words.lower()
    return words[:1].upper() + words[1:]


@lru_cache(maxsize=4096)
def hamlet_name(written: str) -> str:
    """A hamlet's name, its kind written out and once, its own name with capitals: ``Tổ dân phố 3`` from "TDP 3"."""
    match = _OWN_KIND.fullmatch(written)
    if match is None:
        return _proper_name(written)
    kind, name = SHORT_KINDS.get(match["kind"].lower(), match["kind"].lower()), match["name"]
    again = _OWN_KIND.fullmatch(name)
    if again and SHORT_KINDS.get(again["kind"].lower(), again["kind"].lower()) == kind:
        name = again["name"]
    if kind == match["kind"].lower() and name == _proper_name(name) == match["name"] and not written.isupper():
        return written
    before = kind.capitalize() if name[0].isdigit() or written[0].isupper() else kind
    return f"{before} {_proper_name(name)}"


@lru_cache(maxsize=4096)
def unit_name(written: str) -> str:
    """A unit that no list of units confirms: its kind written out, its own name with capitals."""
    kind, name = split_name(written)
    if not kind:
        return _proper_name(written)
    if name == _proper_name(name) and not _SHORT_BEFORE.match(written):
        return written
    return Unit("", f"{kind} {_proper_name(name)}", "").in_sentence


def phones(written: str) -> str:
    """Several numbers in a cell with ``; `` between them; a cell with anything else stays as it is."""
    numbers = phones_in(written)
    if len(numbers) > 1 and not any(one.code == "recipients-phone-unclear" for one in read_phone(written)[1]):
        return "; ".join(numbers)
    return written


_SHORT_BEFORE: Final = re.compile(r"(?:t|tp|tx|tt|đk|q|h|p|x)(?:\.| |\d)", re.IGNORECASE)
_RULES: Final[dict[str, Callable[[str], str]]] = {
    "tinh": unit_name,
    "huyen": unit_name,
    "xa": unit_name,
    "thon": hamlet_name,
    "loai": lambda written: SHORT_KINDS.get(written.lower().rstrip("."), written),
    "ho_ten": person_name,
    "ong_ba": honorific,
    "chuc_danh": head_title,
    "dien_thoai": phones,
}
_OF_A_POST: Final = ("thon", "loai", "ong_ba", "chuc_danh")


def _mend_honorific(values: dict[str, str]) -> None:
    """Move a form of address from the name to its column, or fill that in where it is blank."""
    name = values.get("ho_ten")
    if not name or values.get("ong_ba"):
        return
    if match := _HONORIFIC_BEFORE.match(name):
        values["ho_ten"] = person_name(name[match.end() :])
        values["ong_ba"] = match[1].capitalize()
    else:
        values["ong_ba"] = EITHER


def _mend_title(values: dict[str, str]) -> None:
    """Take the hamlet's name out of a title, and give the title the hamlet's own kind: Trưởng bản, not Trưởng thôn."""
    title, name = values.get("chuc_danh"), values.get("thon")
    if not title or not name or opposed_kinds(name, values.get("loai")):
        return
    home = hamlet(name, values.get("loai"))
    title = title_of_head(title, home)
    if home.loai in HEADS and (found := kind_of_title(title)) and found[1] != home.loai:
        before, usual = found[0], HEADS[home.loai]
        title = f"{before}{usual}" if not before or before[-2:-1].islower() else usual
    values["chuc_danh"] = title


def _mend_body(values: dict[str, str]) -> None:
    """Write the unit at the end of a body's name as the row's own unit: "UBND P. Bỉm Sơn"."""
    if not (body := values.get("ten")):
        return
    for level in ("xa", "huyen", "tinh"):
        unit = values.get(level)
        if not unit or not body.lower().endswith(split_name(unit)[1].lower()):
            continue
        name = Unit("", unit, "").in_sentence
        if body.endswith(name):
            return
        if tail := _unit_at_end(unit).search(body):
            if tail["unit"][1:] != name[1:]:
                values["ten"] = f"{body[: tail.start('unit')]}{name}"
            return


@lru_cache(maxsize=4096)
def _unit_at_end(unit: str) -> re.Pattern[str]:
    kind, name = split_name(unit)
    short = "|".join(re.escape(one) for one in {kind, *_SHORT_OF.get(kind, ())} if one) or "(?!)"
    return re.compile(rf"\s(?P<unit>(?:{short})\.?\s*{re.escape(name)})$", re.IGNORECASE)


_SHORT_OF: Final = {
    "tỉnh": ("t",),
    "thành phố": ("tp",),
    "thị xã": ("tx",),
    "thị trấn": ("tt",),
    "quận": ("q",),
    "huyện": ("h",),
    "phường": ("p",),
    "xã": ("x",),
    "đặc khu": ("đk",),
}


def _proper_name(name: str) -> str:
    """A place's name with capitals, where it has none or nothing else; "Thôn 3 cũ" stays as it is."""
    if name[0].isdigit() or not (name.islower() or name.isupper()):
        return name
    return " ".join(_in_title_case(word) if _is_name_word(word) else word for word in name.split())


def _is_name_word(word: str) -> bool:
    return len(word) > 1 and not _ROMAN.fullmatch(word) and word != "số" and not any(sign.isdigit() for sign in word)


def _in_title_case(word: str) -> str:
    """``H'Hen`` from "H'HEN"."""
    return _WORD.sub(lambda match: match[0][0].upper() + match[0][1:].lower(), word)


def in_capitals(body: str) -> bool:
    """Whether a body's name is written in capitals only, which no rule can undo: "UBND TỈNH THANH HÓA"."""
    return body.isupper() and len(body.split()) >= _SEVERAL_WORDS
