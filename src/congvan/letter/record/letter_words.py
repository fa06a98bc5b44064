"""The words a letter prints, part by part, and how those of two letters differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from congvan.errors import TemplateError
from congvan.letter.frozen_fields import plain_fields
from congvan.letter.letter import Letter
from congvan.letter.part_values import part_values
from congvan.text.fields.pattern import fill
from congvan.text.word_difference import differing_words

BODIES: Final = frozenset({"noi_dung", "phu_luc", "van_ban_kem_theo"})
"""The parts that hold a text of their own: a change of it is a change of content."""

_NOT_PRINTED: Final = frozenset({"loai", "ten_loai", "ban_dien_tu", "in_dia_chi"})


class PartChange(NamedTuple):
    """A part whose words differ: its text before and after, cut to the words around."""

    part: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.part}: «{self.before}» → «{self.after}»"


def letter_words(letter: Letter) -> dict[str, str]:
    """The text of every part the letter has, its bodies filled in."""
    values = {**plain_fields(letter.truong), **part_values(letter)}
    words = {}
    for name, part in part_values(letter).items():
        text = "\n".join(_texts(part, values))
        if text and name not in _NOT_PRINTED:
            words[name] = text
    return words


def changed_parts(before: Letter, after: Letter, *, fields: bool = False) -> tuple[PartChange, ...]:
    """The parts whose words differ; with ``fields`` also the fields a template of the office's own may print."""
    old, new = letter_words(before), letter_words(after)
    if fields:
        old |= _field_words(before)
        new |= _field_words(after)
    names = [name for name in {**old, **new} if old.get(name, "") != new.get(name, "")]
    names = [name for name in names if not _is_derived(name, names)]
    return tuple(PartChange(name, *_around(old.get(name, ""), new.get(name, ""))) for name in names)


def _is_derived(name: str, changed: list[str]) -> bool:
    """Whether the words follow from another changed part: number and symbol from the symbol, and so on."""
    derived = {"so_ky_hieu": ("so", "ky_hieu"), "ngay_ngan": ("ngay",), "co_quan_ban_hanh": ("co_quan", "chu_quan")}
    return any(source in changed for source in derived.get(name, ()))


def _texts(part: Any, values: Mapping[str, Any]) -> Iterator[str]:
    match part:
        case None | bool():
            return
        case str():
            yield _filled(part, values)
        case Mapping():
            for inner in part.values():
                yield from _texts(inner, values)
        case list() | tuple():
            for inner in part:
                yield from _texts(inner, values)
        case _:
            yield str(part)


def _filled(text: str, values: Mapping[str, Any]) -> str:
    try:
        return fill(text, values)
    except TemplateError:  # rendering says what is wrong with it
        return text


def _field_words(letter: Letter) -> dict[str, str]:
    return {
        f"truong.{name}": value
        for name, value in plain_fields(letter.truong).items()
        if isinstance(value, str) and value
    }


def _around(before: str, after: str) -> tuple[str, str]:
    """The differing words of both texts with a few on each side; the texts themselves where only spaces differ."""
    return differing_words(before.split(), after.split()) or (before, after)
