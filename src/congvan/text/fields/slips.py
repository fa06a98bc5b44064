"""Slips in the tags of a text: a brace too few or too many, a tag that is not closed. Nothing is filled here.

A reader of tags would search on from a brace that has no partner, through all the words that follow, and swallow them.
So a text is looked at one paragraph at a time, since a tag never goes beyond its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from congvan.findings import Finding, Place, finding
from congvan.text.unicode_form import slug

_ESCAPE: Final = re.compile(r"\{_[{%]|[}%]_\}")
_MARK: Final = re.compile(rf"{_ESCAPE.pattern}|\{{[{{%#]|[}}%#]\}}")
_INSIDE: Final = re.compile(r"""["“”][^"“”]*["“”]|['‘’][^'‘’]*['‘’]|\{[{%#]|[%#]\}|[{}]""")
_CLOSER: Final = {"{{": "}}", "{%": "%}", "{#": "#}"}
_WRONG: Final = re.compile(r"\{[{%#]+[^{}]{0,80}\}+")
_APART: Final = re.compile(r"\{\s+\{[^{}]*\}\s*\}|\{\s+%[^{}%]*%\s*\}")
_BEFORE: Final = re.compile(r"\{[^{}]{0,80}\Z")
_SINGLE: Final = re.compile(r"(?<![{\w])\{\s*([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\s*\}(?!\})")
_OTHER_MARKS: Final = re.compile(r"«\s*[A-Za-z]\w*_\w+\s*»|<<\s*[A-Za-z]\w+\s*>>|\$\{\s*[A-Za-z]\w*\s*\}")
_SPACED_NAME: Final = re.compile(r"\{\{(?!(?:tr|tc|p|r)\s)\s*((?:[^\W\d_]\w*)(?:\s+\w+)+)\s*\}\}")
_OPERATORS: Final = frozenset({"if", "else", "and", "or", "not", "in", "is"})
_PARAGRAPH: Final = re.compile(r"(?:(?!\n[ \t]*\n).)+", re.DOTALL)
_LONGEST: Final = 60

MOST_SLIPS: Final = 20
"""Slips of one paragraph that are reported."""


class Slip(NamedTuple):
    """One slip: the code of its finding, where it begins in the text, and what is written there."""

    code: str
    start: int
    written: str


class Tag(NamedTuple):
    """A whole tag, from its first brace to behind its last."""

    start: int
    end: int


class TagsOf(NamedTuple):
    """The whole tags of a text, and its slips."""

    tags: tuple[Tag, ...]
    slips: tuple[Slip, ...]


def read_tags(paragraph: str) -> TagsOf:
    """The tags and slips of one paragraph, in order; escaped braces (``{_{``) count as tags."""
    tags: list[Tag] = []
    slips: list[Slip] = []
    if not any(sign in paragraph for sign in "{}«<"):
        return TagsOf((), ())
    position = 0
    while len(slips) < MOST_SLIPS and (mark := _MARK.search(paragraph, position)):
        position = mark.end()
        if _ESCAPE.fullmatch(mark[0]):
            tags.append(Tag(*mark.span()))
        elif mark[0] not in _CLOSER:
            slips.append(_not_opened(paragraph, mark, tags[-1].end if tags else 0))
        elif end := _end(paragraph, position, _CLOSER[mark[0]]):
            tags.append(Tag(mark.start(), end))
            slips += [*_too_many(paragraph, tags[-1]), *_name(paragraph, tags[-1])]
            position = end
        else:
            slips.append(_not_closed(paragraph, mark))
            position = mark.start() + len(slips[-1].written)
    slips += [Slip("field-other-marks", one.start(), one[0]) for one in _OTHER_MARKS.finditer(paragraph)]
    every = _without([*slips, *_single(paragraph, tags)], _apart(paragraph))
    return TagsOf(tuple(tags), tuple(sorted(every, key=lambda slip: slip.start)))


def text_slips(text: str) -> Iterator[tuple[int, int, Slip]]:
    """The slips of a text of several paragraphs, an empty line between them: line and column, counted from 1."""
    for paragraph in _PARAGRAPH.finditer(text):
        for slip in read_tags(paragraph[0]).slips:
            before = text[: paragraph.start() + slip.start]
            yield before.count("\n") + 1, len(before) - before.rfind("\n"), slip


def slip_finding(slip: Slip, place: Place) -> Finding:
    """A slip as a finding; it proposes a name for a field whose own cannot be one."""
    return finding(slip.code, place, tag=slip.written, name=usable_name(slip.written))


def _end(text: str, start: int, closer: str) -> int | None:
    """Where the tag opened before ``start`` ends; None if another one begins before, or the paragraph ends.

    Braces inside quotes and those of a mapping close nothing.
    """
    if closer == "#}":
        found = text.find(closer, start)
        return found + 2 if found >= 0 else None
    open_braces, position = 0, start
    while sign := _INSIDE.search(text, position):
        position = sign.end()
        if sign[0] in _CLOSER:
            return None
        if sign[0] == "{":
            open_braces += 1
        elif sign[0] == "}" and open_braces:
            open_braces -= 1
        elif sign[0] == "}" and closer == "}}" and text.startswith("}}", sign.start()):
            return sign.start() + 2
        elif sign[0] in {"}", "%}", "#}"}:
            return position if sign[0] == closer else None
    return None


def _not_closed(text: str, mark: re.Match[str]) -> Slip:
    """The tag that opens at ``mark``: closed with one brace, or with another kind, or not at all."""
    if wrong := _WRONG.match(text, mark.start()):
        return Slip("field-braces", mark.start(), wrong[0])
    next_one = _MARK.search(text, mark.end())
    end = next_one.start() if next_one else len(text)
    return Slip("field-not-closed", mark.start(), text[mark.start() : end].rstrip()[:_LONGEST])


def _not_opened(text: str, mark: re.Match[str], after: int) -> Slip:
    """The tag that closes at ``mark``: opened with one brace behind ``after``, or not at all."""
    after = max(after, mark.start() - 2 * _LONGEST)
    if one := _BEFORE.search(text[after : mark.start()]):
        start = after + one.start()
        return Slip("field-braces", start, text[start : mark.end()])
    start = max(after, mark.start() - _LONGEST // 2)
    return Slip("field-not-opened", mark.start(), text[start : mark.end()].lstrip())


def _too_many(text: str, tag: Tag) -> Iterator[Slip]:
    """A third brace before or behind a tag: it would be printed."""
    before = text[tag.start - 1 : tag.start] == "{" or text[tag.start : tag.start + 3] == "{{{"
    behind = text[tag.end : tag.end + 1] == "}"
    if text[tag.start : tag.start + 2] == "{{" and (before or behind):
        start = tag.start - (text[tag.start - 1 : tag.start] == "{")
        yield Slip("field-braces", start, text[start : tag.end + behind])


def _name(text: str, tag: Tag) -> Iterator[Slip]:
    """The name of a field written as in a sentence, with spaces: ``{{ Họ và tên }}``."""
    named = _SPACED_NAME.fullmatch(text, tag.start, tag.end)
    if named and not _OPERATORS.intersection(named[1].split()):
        yield Slip("field-name", tag.start, named[1])


def usable_name(name: str) -> str:
    """``name`` as the name of a field: lower-case ASCII words joined by ``_``."""
    return slug(name).replace("-", "_")


def _apart(text: str) -> list[Slip]:
    """Braces of one tag with spaces between them: ``{ { ho_ten } }``."""
    return [Slip("field-braces", one.start(), one[0]) for one in _APART.finditer(text)]


def _without(slips: list[Slip], better: list[Slip]) -> list[Slip]:
    """``better`` and those of ``slips`` that they do not explain."""
    spans = [(one.start, one.start + len(one.written)) for one in better]
    rest = [slip for slip in slips if not any(start <= slip.start < end for start, end in spans)]
    return [*better, *rest]


def _single(text: str, tags: list[Tag]) -> Iterator[Slip]:
    """Single braces around what can only be the name of a field."""
    for one in _SINGLE.finditer(text):
        if not any(tag.start <= one.start() < tag.end for tag in tags):
            yield Slip("field-single-braces", one.start(), one[0])
