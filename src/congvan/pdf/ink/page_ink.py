"""The words of a page that can be seen, in the order in which they are drawn, and those that cannot, with the reason.

A letter is seen when the core of its ink lies on the paper and within what clips it, in a colour that stands out from
what lies behind, in a size that can be read, and when nothing painted later hides it: no shape, no picture, no other
word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, Literal, NamedTuple, TypeAlias

from congvan.pdf.ink.painted_page import EVERYWHERE, Box, Colour, Fill, Letter, PaintedPage, Shown
from congvan.pdf.paragraphs import match_key

Flaw: TypeAlias = Literal["off-page", "clipped", "invisible", "tiny", "covered", "overprinted"]

_WHITE: Final[Colour] = (1.0, 1.0, 1.0)
_LEAST_CONTRAST: Final = 0.1
"""Between the colour of a letter and what lies behind, from 0 to 1."""
_LEAST_SHARE: Final = 0.7
"""Of a letter's core on the paper: less is a letter that is cut."""
_OVERPRINT: Final = 0.4
"""Of a letter's core under another letter."""
_THIN: Final = 1.5
"""Points: a rule, which hides nothing."""
_SHADOW: Final = 0.15
"""Of the type size: the same text drawn twice as near as this is one word in bold."""
SMALLEST_SIZE: Final = 2.0
"""Points of type size; smaller letters cannot be read."""


class UnseenText(NamedTuple):
    """A piece of text nobody sees, and why."""

    text: str
    flaw: Flaw


@dataclass(frozen=True, slots=True)
class PageInk:
    """The pieces of text of a page, as :func:`congvan.pdf.paragraphs.match_key` gives them, none of them empty."""

    seen: tuple[str, ...]
    unseen: tuple[UnseenText, ...] = field(default=())


def page_ink(page: PaintedPage) -> PageInk:
    """What can be seen of ``page``."""
    shown = list(_without_shadows(page.texts))
    overprinted = _overprinted(shown)
    fills = [fill for fill in page.fills if min(fill.box.right - fill.box.left, fill.box.top - fill.box.bottom) > _THIN]
    seen: list[str] = []
    unseen: list[UnseenText] = []
    for index, text in enumerate(shown):
        judged = _judged(text, page.paper, fills, overprinted.get(index, frozenset()))
        for flaw, letters in groupby(judged, key=lambda pair: pair[0]):
            if key := match_key("".join(letter.text for _, letter in letters)):
                if flaw is None:
                    seen.append(key)
                else:
                    unseen.append(UnseenText(key, flaw))
    return PageInk(tuple(seen), tuple(unseen))


def _judged(
    text: Shown, paper: Box, fills: Sequence[Fill], overprinted: frozenset[int]
) -> Iterator[tuple[Flaw | None, Letter]]:
    """Each letter and why it is not seen; a space goes with the letter before it."""
    box = _around(text.letters) if _has_ink(text) else EVERYWHERE
    near = [fill for fill in fills if fill.box.meets(box).area]
    over = [fill for fill in near if fill.order > text.order and fill.hides]
    under = [fill for fill in near if fill.order < text.order]
    last: Flaw | None = None
    for index, letter in enumerate(text.letters):
        if letter.text.strip():
            last = "overprinted" if index in overprinted else _flaw(text, letter.core, paper, over, under)
        yield last, letter


def _flaw(text: Shown, core: Box, paper: Box, over: Sequence[Fill], under: Sequence[Fill]) -> Flaw | None:
    if not text.is_painted:
        return "invisible"
    if text.size < SMALLEST_SIZE:
        return "tiny"
    if core.share_in(paper) < _LEAST_SHARE:
        return "off-page"
    if core.share_in(text.clip) < _LEAST_SHARE:
        return "clipped"
    if any(fill.covers(core) for fill in over):
        return "covered"
    return None if _stands_out(text, core, under) else "invisible"


def _stands_out(text: Shown, core: Box, under: Sequence[Fill]) -> bool:
    """A pattern or a picture is taken to differ: what it shows is not looked at."""
    behind = next((fill for fill in reversed(under) if fill.covers(core)), None)
    ground = _WHITE if behind is None else behind.colour
    if text.colour is None or ground is None:
        return True
    contrast = max(abs(own - other) for own, other in zip(text.colour, ground, strict=True))
    return contrast * text.alpha >= _LEAST_CONTRAST


def _without_shadows(texts: Iterable[Shown]) -> Iterator[Shown]:
    """Texts less those drawn again where they stand already, as some programs draw bold."""
    drawn: dict[str, list[Box]] = {}
    for text in texts:
        said = "".join(letter.text for letter in text.letters)
        first, near = text.letters[0].core, text.size * _SHADOW
        before = drawn.setdefault(said, [])
        if any(abs(first.left - core.left) < near and abs(first.bottom - core.bottom) < near for core in before):
            continue
        before.append(first)
        yield text


def _overprinted(texts: Sequence[Shown]) -> dict[int, frozenset[int]]:
    """The letters of each text that another text lies on, by the index of the text."""
    boxes = [(_around(text.letters), index) for index, text in enumerate(texts) if _has_ink(text)]
    boxes.sort(key=lambda pair: pair[0].bottom)
    found: dict[int, set[int]] = {}
    for at, (box, index) in enumerate(boxes):
        for other_box, other in boxes[at + 1 :]:
            if other_box.bottom >= box.top:
                break
            if box.meets(other_box).area:
                for one, two in ((index, other), (other, index)):
                    found.setdefault(one, set()).update(_letters_under(texts[one], texts[two]))
    return {index: frozenset(letters) for index, letters in found.items()}


def _has_ink(text: Shown) -> bool:
    return text.is_level and text.is_painted and any(letter.text.strip() for letter in text.letters)


def _letters_under(text: Shown, other: Shown) -> Iterator[int]:
    for index, letter in enumerate(text.letters):
        if letter.text.strip() and letter.core.area:
            cores = (one.core for one in other.letters if one.text.strip())
            if sum(letter.core.share_in(core) for core in cores) >= _OVERPRINT:
                yield index


def _around(letters: Sequence[Letter]) -> Box:
    cores = [letter.core for letter in letters if letter.text.strip()]
    return Box(
        min(core.left for core in cores),
        min(core.bottom for core in cores),
        max(core.right for core in cores),
        max(core.top for core in cores),
    )
