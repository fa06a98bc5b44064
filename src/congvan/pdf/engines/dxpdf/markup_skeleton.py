"""What the letters of a bundle have in common, told apart from what each says.

Letters of one template differ in their texts and hardly in their markup. So the markup of a bundle is prepared once
for every form it comes in, with holes where texts stand, and a letter is written by filling its texts into its form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final
from xml.sax.saxutils import escape

from congvan.pdf.engines.dxpdf.preparation import parsed
from congvan.pdf.engines.dxpdf.unbreakable_words import OPEN_ENDS, bound
from congvan.pdf.paragraphs import Block, Story, plain

_TEXT: Final = re.compile(r">(\s*+[^<\s][^<]*+)</w:t>")
_HOLE: Final = re.compile("\ue000([tT])([0-9]+)\ue001")  # with a capital T once its text is to be in capitals
_NUMBER, _NAME = "\ue002", "\ue003"  # of the bookmark a letter begins with
_OWN_SIGNS: Final = "\ue000\ue001\ue002\ue003"
_TEXT_ELEMENT: Final = re.compile("<w:t[ />]")
_PARAGRAPH_END, _SECTION_END = "</w:p>", "</w:sectPr></w:pPr>"
# What has text in it that is not a paragraph's own, or not between the marks of w:t.
_OF_ANOTHER_MAKE: Final = ("<w:noBreakHyphen", "<w:txbxContent", "<![CDATA[", "<!--")


@dataclass(frozen=True, slots=True)
class FormLetter:
    """A letter of a bundle: the form it has, what it says, and the number and name of the bookmark it begins with."""

    form: int
    texts: tuple[str, ...]
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Filled:
    """The document of a bundle, and what its letters say, in no order and what several say once."""

    document: str
    said: str


@dataclass(frozen=True, slots=True)
class Forms:
    """A bundle's ``letters``, and a ``document`` with one of every form, holes for its texts.

    ``bookmarks`` are those with which the letters of ``document`` begin, ``numbers`` the numbers of these.
    """

    document: str
    bookmarks: tuple[str, ...]
    numbers: tuple[str, ...]
    letters: tuple[FormLetter, ...]

    def filled(self, prepared: str) -> Filled | None:
        """The whole bundle, from ``document`` as it has been prepared; None if its letters cannot be told apart now."""
        parts = _letters_in(prepared, self.bookmarks)
        if parts is None:
            return None
        forms = [_Form(part, *marks) for part, marks in zip(parts, self._marks, strict=True)]
        said: set[str] = set()
        document = "".join(forms[letter.form].filled(letter, said) for letter in self.letters)
        return Filled(document, "".join(said))

    def stories(self, stories: Sequence[Story]) -> tuple[Story, ...]:
        """The letters' stories, from those of ``document``."""
        forms = list(map(_StoryForm, stories))
        return tuple(forms[letter.form].filled(letter.texts) for letter in self.letters)

    @property
    def _marks(self) -> Iterator[tuple[str, str]]:
        return zip(self.numbers, self.bookmarks, strict=True)


def forms_of(document: str, bookmarks: Sequence[str]) -> Forms | None:
    """The forms of ``document``, whose letters begin at ``bookmarks``; None if it is of another make than ours.

    The first letter brings along what stands before all of them, the last what stands behind.
    """
    if any(sign in document for sign in (*_OWN_SIGNS, *_OF_ANOTHER_MAKE)):
        return None
    parts = _letters_in(document, bookmarks)
    if parts is None or not all(map(_begins_with, parts, bookmarks)):
        return None
    shown: dict[str, FormLetter] = {}
    letters: list[FormLetter] = []
    for part, name in zip(parts, bookmarks, strict=True):
        number = _number(part, name)
        pieces = _TEXT.split(_unmarked(part, number, name))
        source = "".join(_with_holes(pieces[::2]))
        first = shown.setdefault(source, FormLetter(len(shown), (), number, name))
        letters.append(FormLetter(first.form, tuple(pieces[1::2]), number, name))
    document = "".join(_marked(source, first.number, first.name) for source, first in shown.items())
    names, numbers = zip(*((first.name, first.number) for first in shown.values()), strict=True)
    return Forms(document, names, numbers, tuple(letters))


def without_holes(text: str) -> str:
    """``text`` as far as it is no letter's own."""
    return _HOLE.sub("", text)


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


def _with_holes(markup: Sequence[str]) -> Iterator[str]:
    yield markup[0]
    for hole, following in enumerate(markup[1:]):
        yield f">\ue000t{hole}\ue001</w:t>{following}"


class _Form:
    """The prepared markup of letters of one form; texts are put into it as they are put into a letter alone."""

    def __init__(self, source: str, number: str, name: str) -> None:
        pieces = _HOLE.split(_unmarked(source, number, name))
        self._lead = pieces[0]
        self._holes = [
            (int(hole), capital == "T", _joins(before), after)
            for before, capital, hole, after in zip(pieces[::3], pieces[1::3], pieces[2::3], pieces[3::3], strict=False)
        ]

    def filled(self, letter: FormLetter, said: set[str]) -> str:
        """The source of ``letter``; what it says is added to ``said``."""
        written, open_end = [self._lead], False
        for hole, in_capitals, joins, after in self._holes:
            text = _put(letter.texts[hole], in_capitals=in_capitals, after_open_end=joins and open_end)
            open_end = text.open_end
            written += (text.source, after)
            said.add(text.said)
        return _marked("".join(written), letter.number, letter.name)


def _joins(markup: str) -> bool:
    """Whether a text after ``markup`` goes on where the one before it ended: nothing but their runs between them."""
    return _PARAGRAPH_END not in markup and len(_TEXT_ELEMENT.findall(markup)) <= 1


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as a prepared document has it, what it says, and whether its end holds on to what follows."""

    source: str
    said: str
    open_end: bool


@lru_cache(maxsize=1024)
def _put(source: str, *, in_capitals: bool, after_open_end: bool) -> _Text:
    """A letter's text to put into a hole; letters share most of theirs."""
    said = _read(source).upper() if in_capitals else _read(source)
    return _Text(escape(bound(said, after_open_end=after_open_end)), said, said.endswith(OPEN_ENDS))


def _read(source: str) -> str:
    """What a text says.

    Raises:
        EngineError: when it is no text of an XML document.
    """
    return _resolved(source) if "&" in source else source


@lru_cache(maxsize=256)
def _resolved(source: str) -> str:
    return parsed(f"<t>{source}</t>".encode()).text or ""


class _StoryForm:
    """The story of letters of one form."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._blocks = [_BlockForm(block) for block in story.blocks]

    def filled(self, texts: Sequence[str]) -> Story:
        return Story(tuple([block.filled(texts) for block in self._blocks]), self._story.top, self._story.bottom)


class _BlockForm:
    """A paragraph of letters of one form, and those it came to be: letters of a bundle share most of theirs."""

    def __init__(self, block: Block) -> None:
        self._pieces = _HOLE.split(block.text)
        self._holes = [int(hole) for hole in self._pieces[2::3]]
        self._block = block
        self._filled: dict[tuple[str, ...], Block] = {(): block}

    def filled(self, texts: Sequence[str]) -> Block:
        own = tuple([texts[hole] for hole in self._holes])
        if own not in self._filled:
            self._filled[own] = replace(self._block, text=_said(self._pieces, own))
        return self._filled[own]


def _said(pieces: Sequence[str], texts: Sequence[str]) -> str:
    """What the paragraph in ``pieces`` says with ``texts`` in its holes."""
    said = [pieces[0]]
    for text, after in zip(texts, pieces[3::3], strict=True):
        said += (_read(text), after)
    return plain("".join(said))
