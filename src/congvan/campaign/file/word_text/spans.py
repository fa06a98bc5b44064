"""Pieces of a paragraph from Word as Markdown: text with its form, tags kept whole, everything else escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_PARAGRAPH_TAG: Final = re.compile(r"\{(%|\{)(?:p|tr|tc|r)\s")
_QUOTES: Final = {"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'"}
_SIGNS: Final = re.compile(r"[\\`*_<>&\[\]^~$|{}+=!]")
_AT_START: Final = re.compile(r"^\s*(#|>|-{3})")
_FORMS: Final = ("b", "i", "u", "sup", "sub")


@dataclass(frozen=True, slots=True)
class Span:
    """Text of one form; ``forms`` are names of HTML tags. What ``is_raw`` is Markdown already: a picture, a break."""

    text: str
    forms: frozenset[str] = frozenset()
    link: str = ""
    is_raw: bool = False


def markdown_of(spans: Sequence[Span]) -> str:
    """The Markdown of a paragraph of ``spans``."""
    pieces = _with_whole_tags(spans)
    written: list[str] = []
    index = 0
    while index < len(pieces):
        end = index
        while end < len(pieces) and (pieces[end].forms, pieces[end].link) == (pieces[index].forms, pieces[index].link):
            end += 1
        inner = "".join(piece.text if piece.is_raw else _escaped(piece.text) for piece in pieces[index:end])
        written.append(_formed(inner, pieces[index]))
        index = end
    return _AT_START.sub(lambda found: found.group().replace(found[1], f"\\{found[1]}"), "".join(written), count=1)


def _formed(inner: str, span: Span) -> str:
    """``inner`` between the tags of its form; spaces have none."""
    if not inner.strip():
        return inner
    if span.link:
        inner = f"[{inner}](<{span.link}>)"
    names = [name for name in _FORMS if name in span.forms]
    return "".join(f"<{name}>" for name in names) + inner + "".join(f"</{name}>" for name in reversed(names))


def _with_whole_tags(spans: Sequence[Span]) -> list[Span]:
    """The same spans; a tag that Word cut into several is one again, with the form of its first letter."""
    text = "".join(span.text for span in spans)
    cuts: list[Span] = []
    end = 0
    for found in _TAG.finditer(text):
        if any(span.is_raw for span in _between(spans, found.start(), found.end())):
            continue
        cuts += _between(spans, end, found.start())
        first = _between(spans, found.start(), found.start() + 1)[0]
        cuts.append(Span(_plain_tag(found.group()), first.forms, first.link, is_raw=True))
        end = found.end()
    return [*cuts, *_between(spans, end, len(text))]


def _between(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    found: list[Span] = []
    at = 0
    for span in spans:
        piece = span.text[max(start - at, 0) : max(end - at, 0)]
        if piece:
            found.append(Span(piece, span.forms, span.link, span.is_raw))
        at += len(span.text)
    return found


def _plain_tag(tag: str) -> str:
    """A tag with the quotes that Word made round as they are typed; what it is for (``{%p``) goes without saying."""
    for curly, plain in _QUOTES.items():
        tag = tag.replace(curly, plain)
    return _PARAGRAPH_TAG.sub(lambda found: f"{{{found[1]} ", tag)


def _escaped(text: str) -> str:
    return _SIGNS.sub(lambda found: f"\\{found.group()}", text)


def quoted(text: str) -> str:
    """What a finding quotes of a text."""
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:59]}…"  # noqa: PLR2004
