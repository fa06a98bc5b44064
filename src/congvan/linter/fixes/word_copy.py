"""A letter in Word opened to be changed: its lines as read, and the runs of the file that print them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from congvan.errors import FixError
from congvan.findings import Place, Report, finding
from congvan.inspect.components import Components, components
from congvan.inspect.document import facts as read_facts
from congvan.inspect.docx.regions import PARAGRAPH_ID
from congvan.inspect.model import DocumentFacts, Line
from congvan.support.docx_container import unpack
from congvan.support.ooxml import MC, W, qn
from congvan.word.intake.admission import admit
from congvan.word.package import pack_parts

if TYPE_CHECKING:
    from docx.document import Document

_GONE: Final = frozenset({f"{W}del", f"{W}moveFrom", f"{MC}Fallback"})
_SIGNS: Final = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_PDF_BEGINS_WITHIN: Final = 1024
_OURS: Final = 0x40000000
"""Identities of paragraphs are below 0x80000000 (MS-DOCX, 2.6.2.3); these are given to those that have none."""


@dataclass(frozen=True, slots=True)
class _Character:
    """A character of a paragraph: the run it is in, the element of the run, and its place in that."""

    sign: str
    run: Any
    element: Any
    index: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """The characters from ``start`` to ``end`` of a paragraph of the file."""

    paragraph: Any
    start: int
    end: int

    @property
    def text(self) -> str:
        return "".join(character.sign for character in _characters(self.paragraph)[self.start : self.end])

    def part(self, start: int, end: int) -> Stretch:
        """Some of its characters, counted from its own first one."""
        return Stretch(self.paragraph, self.start + start, self.start + end)

    def runs(self) -> list[Any]:
        """The runs that print it; a run that prints more is parted."""
        for place in (self.end, self.start):
            _part_runs(self.paragraph, place)
        inside = _characters(self.paragraph)[self.start : self.end]
        return list(dict.fromkeys(character.run for character in inside))

    def run_before(self) -> tuple[Any, bool]:
        """The run that ends where it begins, and True; at the start of a paragraph the first run, and False."""
        _part_runs(self.paragraph, self.start)
        characters = _characters(self.paragraph)
        return (characters[self.start - 1].run, True) if self.start else (characters[0].run, False)

    def replace(self, text: str) -> None:
        """Put ``text`` in its place, set as its first letter, or the one before, is set."""
        characters = _characters(self.paragraph)
        first = min(self.start, len(characters) - 1)
        if self.start == self.end and self.start:
            first = self.start - 1
        host = characters[first]
        for character in reversed(characters[self.start : self.end]):
            _cut(character)
        if text:
            _insert(host, text, after=first < self.start)


class WordCopy:
    """The copy of a .docx.

    ``facts`` and ``parts`` are the letter as it was read; ``document`` is what may be changed. Every paragraph has an
    identity while it is open, so that a line is found again however its paragraph was changed.

    Raises:
        UnreadableFileError: when it is no .docx, or damaged.
        TemplateError: when a .docx is refused for what it holds: macros, a password, traps.
    """

    def __init__(self, source: bytes, name: str) -> None:
        import docx

        admitted = admit(source, name)
        self.name = name
        self.cleaned = admitted.report
        self.document: Document = docx.Document(io.BytesIO(admitted.docx))
        self._given: list[Any] = []
        self._paragraphs = dict(self._identified())
        self.facts: DocumentFacts = read_facts(self.marked(), name)
        self.parts: Components = components(self.facts)

    def stories(self) -> Iterator[Any]:
        """The XML of the body and of every header and footer."""
        yield self.document.element.body
        for relation in self.document.part.rels.values():
            if relation.reltype.endswith(("/header", "/footer")) and not relation.is_external:
                yield relation.target_part.element

    def paragraph(self, line: Line) -> Any:
        """The paragraph of the file a line was read from."""
        return self._paragraphs[line.paragraph_id]

    def stretch(self, line: Line) -> Stretch | None:
        """Where a line stands in the file, without the number Word counts; None where it cannot be found."""
        if line.paragraph_id not in self._paragraphs:  # a note
            return None
        paragraph = self._paragraphs[line.paragraph_id]
        said = "".join(character.sign for character in _characters(paragraph))
        for text in _without_label(line.raw):
            if text and (start := said.find(text)) >= 0:
                return Stretch(paragraph, start, start + len(text))
        return None

    def runs(self, line: Line) -> list[Any]:
        """The runs that print a line; a run that prints more is parted. Empty where they cannot be found."""
        stretch = self.stretch(line)
        return [] if stretch is None else stretch.runs()

    def marked(self) -> bytes:
        """The copy as it stands, with the identities of its paragraphs."""
        target = io.BytesIO()
        self.document.save(target)
        return target.getvalue()

    def saved(self) -> bytes:
        """The copy without the identities given here; the same changes give the same bytes."""
        for paragraph in self._given:
            paragraph.attrib.pop(PARAGRAPH_ID, None)
        try:
            return pack_parts(unpack(self.marked(), self.name))
        finally:
            self._give_again()

    def _identified(self) -> Iterator[tuple[str, Any]]:
        seen: set[str] = set()
        for story in self.stories():
            for paragraph in story.iter(f"{W}p"):
                if next(paragraph.iterancestors(f"{MC}Fallback"), None) is not None:
                    continue
                identity = paragraph.get(PARAGRAPH_ID, "")
                if not identity or identity in seen:
                    identity = f"{_OURS + len(seen):08X}"
                    paragraph.set(PARAGRAPH_ID, identity)
                    self._given.append(paragraph)
                seen.add(identity)
                yield identity, paragraph

    def _give_again(self) -> None:
        given = {id(paragraph) for paragraph in self._given}
        for identity, paragraph in self._paragraphs.items():
            if id(paragraph) in given:
                paragraph.set(PARAGRAPH_ID, identity)


def open_copy(source: bytes, name: str) -> WordCopy:
    """A copy of a letter that may be changed.

    Raises:
        FixError: for a letter that is only read: signed, protected, or no .docx.
        UnreadableFileError: when it is damaged.
        TemplateError: when a .docx is refused for what it holds: macros, a password, traps.
    """
    if b"%PDF-" in source[:_PDF_BEGINS_WITHIN]:
        raise _only_read("fix-pdf", name)
    copy = WordCopy(source, name)
    if copy.facts.signed:
        raise _only_read("fix-signed", name)
    if copy.facts.protected:
        raise _only_read("fix-protected", name)
    return copy


def _only_read(code: str, name: str) -> FixError:
    return FixError(Report((finding(code, Place(file=name)),)))


def _characters(paragraph: Any) -> list[_Character]:
    return [character for run in _runs(paragraph) for character in _of_run(run)]


def _part_runs(paragraph: Any, place: int) -> None:
    """Part the run in which the character ``place`` stands, so that one begins with it."""
    characters = _characters(paragraph)
    if not 0 < place < len(characters) or characters[place].run is not characters[place - 1].run:
        return
    first = characters[place]
    second = deepcopy(first.run)
    first.run.addnext(second)
    at = first.run.index(first.element)
    for element in list(second)[:at]:
        if element.tag != f"{W}rPr":
            second.remove(element)
    for element in list(first.run)[at + 1 :]:
        first.run.remove(element)
    if first.index:
        half = next(element for element in second if element.tag != f"{W}rPr")
        _set_text(half, (half.text or "")[first.index :])
        _set_text(first.element, (first.element.text or "")[: first.index])
    else:
        first.run.remove(first.element)


def _without_label(raw: str) -> Iterable[str]:
    """A line's text as the file may hold it; before it may stand the number Word counts."""
    bare = raw.strip(" \u00a0")
    yield bare
    yield bare.partition(" ")[2].strip(" \u00a0")


def _runs(paragraph: Any) -> Iterator[Any]:
    """The runs of a paragraph, those in wrappers among them; not those of text boxes or of deleted text."""
    for run in paragraph.iter(f"{W}r"):
        above = list(_between(run, paragraph))
        if not any(each.tag in _GONE or each.tag == f"{W}p" for each in above):
            yield run


def _between(run: Any, paragraph: Any) -> Iterator[Any]:
    for above in run.iterancestors():
        if above is paragraph:
            return
        yield above


def _of_run(run: Any) -> Iterator[_Character]:
    for element in run:
        if element.tag == f"{W}t":
            yield from (_Character(sign, run, element, index) for index, sign in enumerate(element.text or ""))
        elif element.tag in _SIGNS:
            yield _Character(_SIGNS[element.tag], run, element, 0)
        elif element.tag == qn("w:sym"):
            yield _Character("\ufffc", run, element, 0)


def _cut(character: _Character) -> None:
    if character.element.tag == f"{W}t":
        text = character.element.text or ""
        _set_text(character.element, text[: character.index] + text[character.index + 1 :])
    else:
        character.run.remove(character.element)


def _insert(host: _Character, text: str, *, after: bool) -> None:
    """Put ``text`` at a character's place, or behind it."""
    place = host.index + (1 if after else 0)
    if host.element.tag == f"{W}t":
        said = host.element.text or ""
        _set_text(host.element, said[:place] + text + said[place:])
        return
    element = host.run.makeelement(f"{W}t", {})
    _set_text(element, text)
    host.element.addnext(element) if after else host.element.addprevious(element)


def _set_text(element: Any, text: str) -> None:
    element.text = text
    if text != text.strip():
        element.set(_SPACE, "preserve")
