"""Slips in the tags of a template, and words that its tags would swallow; found before anything is filled.

docxtpl looks for the end of a tag by searching on, over the ends of paragraphs, cells and tables: what stands between
is gone from every letter, and the letter looks right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING, Final

from jinja2 import TemplateSyntaxError

from congvan.findings import Finding, Severity, finding
from congvan.text.fields.pattern import environment
from congvan.text.fields.slips import Tag, read_tags, slip_finding
from congvan.word.template.reading.paragraphs import Paragraph, StoryWords, Words, read_story
from congvan.word.template.tags import has_tags, jinja_source

if TYPE_CHECKING:
    from lxml.etree import _Element

_MARKUP: Final = re.compile(r"<[^>]*>")
_SPACES: Final = re.compile(r"\s+")
_NO_TAG: Final = re.compile("[^\0]+")
_LONGEST: Final = 80

MOST_SLIPS: Final = 20
"""Slips of one part that are reported."""


def tag_slips(root: _Element, part: str, file: str) -> Iterator[Finding]:
    """The slips of one part of a template, each with the words around it; else the first words a tag swallows."""
    story = read_story(root, part, file)
    masked: dict[Paragraph, str] = {}
    found: list[Finding] = []
    for paragraph in story.paragraphs:
        read = read_tags(paragraph.text)
        masked[paragraph] = _masked(paragraph.text, read.tags)
        for slip in read.slips:
            end = slip.start + len(slip.written)
            found.append(slip_finding(slip, paragraph.near(slip.start, end)))
        if len(found) > MOST_SLIPS:
            break
    yield from found
    if not any(one.severity is Severity.ERROR for one in found):
        yield from _swallowed_words(root, story, masked)


def _swallowed_words(root: _Element, story: StoryWords, masked: dict[Paragraph, str]) -> Iterator[Finding]:
    """The first words that stand in the file and not in what docxtpl reads of it."""
    from lxml import etree

    if not has_tags(etree.tostring(root, encoding="unicode")):
        return
    kept = _fixed_words(jinja_source(root))
    if kept is None:
        return
    position = 0
    for one in story.words:
        for start, words in _outside(one, masked[one.paragraph]):
            at = kept.find(words, position)
            if at < 0:
                text = one.paragraph.text[start : start + _LONGEST].strip()
                yield finding("template-words-swallowed", one.paragraph.near(start), words=text)
                return
            position = at + len(words)


def _masked(text: str, tags: tuple[Tag, ...]) -> str:
    """``text`` with NUL for every sign of a tag."""
    pieces, position = [], 0
    for tag in tags:
        pieces += [text[position : tag.start], "\0" * (tag.end - tag.start)]
        position = tag.end
    return "".join([*pieces, text[position:]])


def _outside(words: Words, masked: str) -> Iterator[tuple[int, str]]:
    """The words outside tags, without their spaces, each with the place it begins at in its paragraph."""
    for found in _NO_TAG.finditer(masked, words.start, words.start + len(words.text)):
        if bare := _SPACES.sub("", found[0]):
            yield found.start(), bare


def _fixed_words(source: str) -> str | None:
    """The words of a Jinja source outside its tags, without spaces; None for one that is no Jinja."""
    try:
        data = [piece for _, kind, piece in environment().lex(source) if kind == "data"]
    except TemplateSyntaxError:
        return None  # reported with its place when the template is compiled
    return _SPACES.sub("", unescape("".join(_MARKUP.sub("", piece) for piece in data)))
