"""The markup that letters of a bundle share, separated from the texts of each.

Letters of one template differ in their texts and hardly in their markup. So the markup of a bundle is prepared once
for every skeleton it comes in, with slots for the texts, and a letter is written by filling its texts into
its skeleton.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from itertools import pairwise
from typing import Final

from congvan.pdf.engines.dxpdf.unbreakable_words import OPEN_ENDS, with_joiners
from congvan.pdf.engines.dxpdf.xml_parts import parse_part
from congvan.pdf.paragraphs import LetterText, Paragraph, match_key

_TEXT: Final = re.compile(r">(\s*+[^<\s][^<]*+)</w:t>")
_SLOT: Final = re.compile("\ue000([tT])([0-9]+)\ue001")  # with a capital T once its text is to be in capitals
_NUMBER, _NAME = "\ue002", "\ue003"  # of the bookmark a letter begins with
_RESERVED: Final = "\ue000\ue001\ue002\ue003"
_TEXT_ELEMENT: Final = re.compile("<w:t[ />]")
_PARAGRAPH_END, _SECTION_END = "</w:p>", "</w:sectPr></w:pPr>"
# What has text in it that is not a paragraph's own, or not between the marks of w:t.
_UNSUPPORTED: Final = ("<w:noBreakHyphen", "<w:txbxContent", "<![CDATA[", "<!--")


@dataclass(frozen=True, slots=True)
class LetterContent:
    """A letter of a bundle: its skeleton, its texts, and the id and name of the bookmark it begins with."""

    skeleton: int
    texts: tuple[str, ...]
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class FilledBundle:
    """The document of a bundle, and the texts of its letters, each once and in no order."""

    document: str
    text: str


@dataclass(frozen=True, slots=True)
class BundleMarkup:
    """A bundle's ``letters``, and a ``document`` with one of every skeleton, slots for its texts.

    ``bookmarks`` are those with which the letters of ``document`` begin, ``numbers`` the numbers of these.
    """

    document: str
    bookmarks: tuple[str, ...]
    numbers: tuple[str, ...]
    letters: tuple[LetterContent, ...]

    def filled(self, prepared: str) -> FilledBundle | None:
        """The whole bundle, from the prepared ``document``; None if its letters cannot be separated any more."""
        parts = _letters_in(prepared, self.bookmarks)
        if parts is None:
            return None
        skeletons = [_Skeleton(part, *marks) for part, marks in zip(parts, self._bookmark_pairs, strict=True)]
        texts: set[str] = set()
        document = "".join(skeletons[letter.skeleton].filled(letter, texts) for letter in self.letters)
        return FilledBundle(document, "".join(texts))

    def letter_texts(self, letter_texts: Sequence[LetterText]) -> tuple[LetterText, ...]:
        """The texts of all letters, from those of ``document``."""
        skeletons = list(map(_LetterTextSkeleton, letter_texts))
        return tuple(skeletons[letter.skeleton].filled(letter.texts) for letter in self.letters)

    @property
    def _bookmark_pairs(self) -> Iterator[tuple[str, str]]:
        return zip(self.numbers, self.bookmarks, strict=True)


def split_markup(document: str, bookmarks: Sequence[str]) -> BundleMarkup | None:
    """Split ``document``, whose letters begin at ``bookmarks``; None if its markup is none that can be split.

    The first letter brings along what stands before all of them, the last what stands behind.
    """
    if any(sign in document for sign in (*_RESERVED, *_UNSUPPORTED)):
        return None
    parts = _letters_in(document, bookmarks)
    if parts is None or not all(map(_begins_with, parts, bookmarks)):
        return None
    shown: dict[str, LetterContent] = {}
    letters: list[LetterContent] = []
    for part, name in zip(parts, bookmarks, strict=True):
        number = _number(part, name)
        pieces = _TEXT.split(_unmarked(part, number, name))
        source = "".join(_with_slots(pieces[::2]))
        first = shown.setdefault(source, LetterContent(len(shown), (), number, name))
        letters.append(LetterContent(first.skeleton, tuple(pieces[1::2]), number, name))
    document = "".join(_marked(source, first.number, first.name) for source, first in shown.items())
    names, numbers = zip(*((first.name, first.number) for first in shown.values()), strict=True)
    return BundleMarkup(document, names, numbers, tuple(letters))


def without_slots(text: str) -> str:
    """``text`` as far as it is no letter's own."""
    return _SLOT.sub("", text)


def _letters_in(document: str, bookmarks: Sequence[str]) -> list[str] | None:
    """The source of each letter: up to the end of the paragraph that ends its last section."""
    ends = [0]
    for name in bookmarks[1:]:
        mark = document.find(f'w:name="{name}"', ends[-1])
        section = document.rfind(_SECTION_END, ends[-1], mark) if mark >= 0 else -1
        if section < 0:
            return None
        ends.append(document.index(_PARAGRAPH_END, section) + len(_PARAGRAPH_END))
    return [document[start:end] for start, end in pairwise([*ends, len(document)])]


def _begins_with(letter: str, name: str) -> bool:
    return f'" w:name="{name}"' in letter


def _number(letter: str, name: str) -> str:
    """The number of the bookmark called ``name``; it stands before the name."""
    return letter[: letter.index(f'" w:name="{name}"')].rpartition('"')[2]


def _unmarked(letter: str, number: str, name: str) -> str:
    return letter.replace(f'w:id="{number}"', f'w:id="{_NUMBER}"').replace(f'w:name="{name}"', f'w:name="{_NAME}"')


def _marked(letter: str, number: str, name: str) -> str:
    return letter.replace(_NUMBER, number).replace(_NAME, name)


def _with_slots(markup: Sequence[str]) -> Iterator[str]:
    yield markup[0]
    for slot, following in enumerate(markup[1:]):
        yield f">\ue000t{slot}\ue001</w:t>{following}"


class _Skeleton:
    """Prepared markup with slots; a text fills a slot as it would be prepared in a letter alone."""

    def __init__(self, source: str, number: str, name: str) -> None:
        pieces = _SLOT.split(_unmarked(source, number, name))
        self._lead = pieces[0]
        self._slots = [
            (int(slot), capital == "T", _joins(before), after)
            for before, capital, slot, after in zip(pieces[::3], pieces[1::3], pieces[2::3], pieces[3::3], strict=False)
        ]

    def filled(self, letter: LetterContent, texts: set[str]) -> str:
        """The source of ``letter``; what it says is added to ``texts``."""
        written, open_end = [self._lead], False
        for slot, in_capitals, joins, after in self._slots:
            text = _slot_text(letter.texts[slot], in_capitals=in_capitals, after_open_end=joins and open_end)
            open_end = text.open_end
            written += (text.source, after)
            texts.add(text.text)
        return _marked("".join(written), letter.number, letter.name)


def _joins(markup: str) -> bool:
    """True if a text after ``markup`` continues the one before it: nothing but the border of runs lies between."""
    return _PARAGRAPH_END not in markup and len(_TEXT_ELEMENT.findall(markup)) <= 1


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as a prepared document has it, what it says, and whether its end holds on to what follows."""

    source: str
    text: str
    open_end: bool


@lru_cache(maxsize=1024)
def _slot_text(source: str, *, in_capitals: bool, after_open_end: bool) -> _Text:
    """A letter's text to put into a slot; letters share most of theirs."""
    text = _read(source).upper() if in_capitals else _read(source)
    return _Text(escape(with_joiners(text, after_open_end=after_open_end), quote=False), text, text.endswith(OPEN_ENDS))


def _read(source: str) -> str:
    """The text that XML source stands for.

    Raises:
        EngineError: when it is no text of an XML document.
    """
    return _resolved(source) if "&" in source else source


@lru_cache(maxsize=256)
def _resolved(source: str) -> str:
    return parse_part(f"<t>{source}</t>".encode()).text or ""


class _LetterTextSkeleton:
    """The text of letters of one skeleton."""

    def __init__(self, letter_text: LetterText) -> None:
        self._letter_text = letter_text
        self._paragraphs = [_ParagraphSkeleton(paragraph) for paragraph in letter_text.paragraphs]

    def filled(self, texts: Sequence[str]) -> LetterText:
        return LetterText(
            tuple([paragraph.filled(texts) for paragraph in self._paragraphs]),
            self._letter_text.top,
            self._letter_text.bottom,
        )


class _ParagraphSkeleton:
    """A paragraph with slots; filled ones are cached, since letters of a bundle share most of them."""

    def __init__(self, paragraph: Paragraph) -> None:
        self._pieces = _SLOT.split(paragraph.text)
        self._slots = [int(slot) for slot in self._pieces[2::3]]
        self._paragraph = paragraph
        self._filled: dict[tuple[str, ...], Paragraph] = {(): paragraph}

    def filled(self, texts: Sequence[str]) -> Paragraph:
        own = tuple([texts[slot] for slot in self._slots])
        if own not in self._filled:
            self._filled[own] = replace(self._paragraph, text=_filled_text(self._pieces, own))
        return self._filled[own]


def _filled_text(pieces: Sequence[str], texts: Sequence[str]) -> str:
    """The text of the paragraph in ``pieces`` with ``texts`` in its slots."""
    filled = [pieces[0]]
    for text, after in zip(texts, pieces[3::3], strict=True):
        filled += (_read(text), after)
    return match_key("".join(filled))
