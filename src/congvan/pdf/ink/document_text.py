"""The words of a .docx in the order in which a reader meets them.

They form flows (:mod:`congvan.pdf.ink.story`): the text between two tables, each cell, a note, a text box, a header.
Within a flow words have one order. Letters of one template share their markup, so that it is read once for all letters
that have it, and a letter is its texts filled in.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from typing import TYPE_CHECKING, Final, NamedTuple

from congvan.pdf.ink.allowed import DRAWING_FILES, MARKS, PAGE, WRITES_WORDS
from congvan.pdf.ink.story import ANYWHERE, Flow, HiddenStyles, Story, section_margins
from congvan.pdf.paragraphs import match_key
from congvan.support.ooxml import W
from congvan.support.untrusted_files import ARCHIVE_ERRORS

if TYPE_CHECKING:
    from lxml.etree import _Element

DOCUMENT: Final = "word/document.xml"
_RELATIONS: Final = "word/_rels/document.xml.rels"
_SHOWN_TEXT: Final = re.compile(r">([^<]+)</w:t>")
_SLOT: Final = re.compile("\ue010([0-9]+)\ue011")
_RESERVED: Final = re.compile("[\ue010\ue011]")
_DECLARED: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_MOST_SKELETONS: Final = 64
_MOST_FILLED: Final = 4096
_NOTE_PARTS: Final = {f"{W}footnoteReference": ("word/footnotes.xml", f"{W}footnote")} | {
    f"{W}endnoteReference": ("word/endnotes.xml", f"{W}endnote")
}


class MarginText(NamedTuple):
    """The flows of a header or footer; ``on`` is the page kind it belongs to: ``first``, ``even`` or ``default``."""

    on: str
    flows: tuple[Flow, ...]

    @property
    def text(self) -> str:
        """All of it, as words are compared."""
        return "".join(match_key(paragraph) for flow in self.flows for paragraph in flow.paragraphs)


@dataclass(frozen=True, slots=True)
class Margins:
    """Headers and footers; they are ``certain`` in a letter of one section: then each page must show its own."""

    texts: tuple[MarginText, ...] = ()
    is_certain: bool = True
    first_differs: bool = False
    even_differs: bool = False

    def on_page(self, number: int) -> tuple[MarginText, ...]:
        """Those of a page, by its number from 1; those it may have where that is not certain."""
        if not self.is_certain:
            return self.texts
        kind = "first" if self.first_differs and number == 1 else "default"
        if self.even_differs and number % 2 == 0:
            kind = "even"
        return tuple(text for text in self.texts if text.on == kind)


class LetterWords:
    """The words of one letter's .docx; its flows are made when they are asked for, since most letters match at once.

    ``writes_more``: something in it may put words on the page that its text does not have.
    """

    def __init__(self, skeleton: _Skeleton, texts: Sequence[str]) -> None:
        self._skeleton, self._texts = skeleton, texts
        self.margins: Margins = skeleton.margins
        self.writes_more: bool = skeleton.writes_more

    @cached_property
    def body(self) -> str:
        """All its running text, as words are compared."""
        return "".join([key for _, keys in self._filled for _, key in keys])

    @property
    def is_plain(self) -> bool:
        """True when all of it stands in one order, and is known: no notes, boxes, fields, labels."""
        return self._skeleton.is_plain and MARKS.search(self.body) is None

    @cached_property
    def flows(self) -> tuple[Flow, ...]:
        """The flows, their texts filled in."""
        return tuple(
            Flow(tuple(raw for raw, _ in paragraphs), flow.group, flow.row, flow.is_head)
            for flow, paragraphs in self._filled
        )

    @property
    def text(self) -> str:
        """All words with spaces, paragraph by paragraph."""
        return "\n".join(paragraph for flow in self.flows for paragraph in flow.paragraphs)

    @cached_property
    def _filled(self) -> list[tuple[Flow, list[tuple[str, str]]]]:
        texts = self._texts
        return [(flow, [one.filled(texts) for one in paragraphs]) for flow, paragraphs in self._skeleton.paragraphs]


class DocumentReader:
    """Reads letters that have all parts of the .docx in common but ``word/document.xml``."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = {name: part for name, part in parts.items() if name != DOCUMENT}
        self._skeletons: dict[str, _Skeleton] = {}
        self._styles: HiddenStyles | None = None

    def read(self, document: str) -> LetterWords:
        """The words of the letter whose document part this is.

        Raises:
            ValueError: when it is no XML.
        """
        if _RESERVED.search(document):
            return LetterWords(self._skeleton(document), ())
        pieces = _SHOWN_TEXT.split(document)
        markup = pieces[0] + "".join([f">\ue010{index}\ue011</w:t>{after}" for index, after in enumerate(pieces[2::2])])
        skeleton = self._skeletons.get(markup)
        if skeleton is None:
            if len(self._skeletons) >= _MOST_SKELETONS:
                self._skeletons.clear()
            skeleton = self._skeletons[markup] = self._skeleton(markup)
        return LetterWords(skeleton, pieces[1::2])

    def _skeleton(self, document: str) -> _Skeleton:
        root = _parsed(_DECLARED.sub("", document.removeprefix("\ufeff")).encode())
        body = root.find(f"{W}body")
        if body is None:
            raise ValueError("no body")
        story = Story(self._hidden_styles)
        flows = [*story.flows(body), *self._notes(story)]
        return _Skeleton(flows, self._margins(body, story.styles), writes_more=self._writes_more(root))

    @property
    def _hidden_styles(self) -> HiddenStyles:
        if self._styles is None:
            self._styles = HiddenStyles.of(self._tree("word/styles.xml"))
        return self._styles

    def _tree(self, part: str) -> _Element | None:
        return _parsed(self._parts[part]) if part in self._parts else None

    def _notes(self, story: Story) -> Iterator[Flow]:
        """The notes the body refers to; a note of a header or of another note there is not."""
        for reference, numbers in list(story.notes.items()):
            part, tag = _NOTE_PARTS[reference]
            root = self._tree(part)
            for note in root.iter(tag) if root is not None else ():
                if note.get(f"{W}id") in numbers:
                    yield from Story(story.styles).flows(note, anywhere=True)

    def _margins(self, body: _Element, styles: HiddenStyles) -> Margins:
        sections = section_margins(list(body.iter(f"{W}sectPr")))
        targets = self._relations()
        texts = [
            MarginText(kind, Story(styles).flows(root, anywhere=True))
            for _, own in sections
            for (_, kind), relation in own.items()
            if (root := self._tree(targets.get(relation, ""))) is not None
        ]
        settings = self._parts.get("word/settings.xml", b"")
        even = b"<w:evenAndOddHeaders" in settings
        first = bool(sections) and sections[0][0]
        return Margins(tuple(texts), len(sections) == 1, first, even)

    def _relations(self) -> dict[str, str]:
        root = self._tree(_RELATIONS)
        if root is None:
            return {}
        return {
            str(one.get("Id")): posixpath.normpath(posixpath.join("word", str(one.get("Target", "")).lstrip("/")))
            if not str(one.get("Target", "")).startswith("/")
            else str(one.get("Target", "")).lstrip("/")
            for one in root
        }

    def _writes_more(self, root: _Element) -> bool:
        trees = [root, *(tree for name in self._margin_names if (tree := self._tree(name)) is not None)]
        if any(name.lower().endswith(DRAWING_FILES) for name in self._parts):
            return True
        return any(_local(element) in WRITES_WORDS for tree in trees for element in tree.iter())

    @property
    def _margin_names(self) -> list[str]:
        return [name for name in self._parts if re.fullmatch(r"word/(header|footer|footnotes|endnotes)\d*\.xml", name)]


def read_letter_words(docx: bytes) -> LetterWords | None:
    """The words of a .docx; None if it cannot be read: the engine that converts it says what is wrong with it."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        return DocumentReader(parts).read(_decoded(parts[DOCUMENT]))
    except (*ARCHIVE_ERRORS, KeyError, ValueError):
        return None


def _decoded(part: bytes) -> str:
    """A part as text; one in another encoding than UTF-8 is read by the parser."""
    try:
        return part.decode("utf-8-sig")
    except UnicodeDecodeError:
        from lxml import etree

        return str(etree.tostring(_parsed(part), encoding="unicode"))


def _parsed(part: bytes) -> _Element:
    from lxml import etree

    try:
        return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from None


def _local(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


class _Skeleton:
    """The flows of letters of one markup, with slots for their texts."""

    def __init__(self, flows: Sequence[Flow], margins: Margins, *, writes_more: bool) -> None:
        self.paragraphs = [(flow, [_Paragraph(text) for text in flow.paragraphs]) for flow in flows]
        self.margins, self.writes_more = margins, writes_more
        self.is_plain = not writes_more and all(flow.group != ANYWHERE for flow in flows)


class _Paragraph:
    """A paragraph with slots; filled ones are cached, since letters of a template share most of them."""

    def __init__(self, text: str) -> None:
        self._pieces = _SLOT.split(text)
        self._slots = [int(slot) for slot in self._pieces[1::2]]
        self._filled: dict[tuple[str, ...], tuple[str, str]] = {}

    def filled(self, texts: Sequence[str]) -> tuple[str, str]:
        """The paragraph as it is written, and as words are compared."""
        own = tuple([texts[slot] for slot in self._slots])
        found = self._filled.get(own)
        if found is None:
            if len(self._filled) >= _MOST_FILLED:
                self._filled.clear()
            found = self._filled[own] = self._fill(own)
        return found

    def _fill(self, own: tuple[str, ...]) -> tuple[str, str]:
        written = [self._pieces[0]]
        for text, after in zip(own, self._pieces[2::2], strict=True):
            written += (unescape(text) if "&" in text else text, after)
        raw = "".join(written)
        return raw, match_key(raw)


def page_text(text: MarginText, number: int) -> str:
    """What a header or footer says on the page of this number."""
    return text.text.replace(PAGE, str(number))
