"""A bundle as the embedded engine gets it: checked, prepared, and with the primer in front.

What is prepared, because the engine would do otherwise than Word and LibreOffice: a ``/`` inside a word
(``3197/UBND-CN``) does not end a line, nor does a non-breaking hyphen; the number of pages is the letter's
own; a rule ends where its indents say (:mod:`congvan.pdf.rules`). Unused namespace declarations, which the
engine copies to every element, are dropped: it reads the rest twice as fast.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, Final

from lxml import etree

from congvan.errors import EngineError
from congvan.findings import Finding, Report, finding
from congvan.pdf.bulk import bulk_findings
from congvan.pdf.engine import Bundle
from congvan.pdf.fonts.coverage import coverage_findings, uncovered
from congvan.pdf.page_number import centre_page_numbers, line_styles
from congvan.pdf.primer import LETTERS, primer_xml
from congvan.pdf.rules import fit_rules, rule_styles
from congvan.text.width import text_width

if TYPE_CHECKING:
    from lxml.etree import _Element

ENGINE: Final = "rdocx"

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_IGNORABLE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
_DOCUMENT: Final = "word/document.xml"
_STORY: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_STYLES: Final = "word/styles.xml"
_NUMBERING: Final = "word/numbering.xml"

# The engine leaves these out of the page and says nothing.
_UNDRAWABLE: Final = {
    "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}wsp": "khung hoặc hình vẽ (DrawingML shape)",
    "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}wgp": "nhóm hình vẽ (DrawingML group)",
    "{http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas}wpc": "khung vẽ (DrawingML canvas)",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": "SmartArt",
    "{urn:schemas-microsoft-com:vml}*": "đường kẻ hoặc khung kiểu cũ (VML)",
}

_AFTER_NUMBERING: Final = frozenset(
    f"{_W}{name}"
    for name in ("cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid")
)  # where the schema wants w:pgNumType

_JOINER: Final = "\u200d"  # zero width, in the font, and no line may end before or after it
_NO_BREAK_HYPHEN: Final = "\u2011"
_NEUTRAL: Final = frozenset(" \n\r\t\u00ad\u200b\u200c\u200d\u200e\u200f")  # drawn as nothing, or as a space
_PRIMED: Final = frozenset(LETTERS) | _NEUTRAL
_OPEN_ENDS: Final = ("/", _NO_BREAK_HYPHEN)
_SLASH_IN_WORD: Final = re.compile(r"/(?=\S)")
_HYPHEN_IN_WORD: Final = re.compile(_NO_BREAK_HYPHEN + r"(?=\S)")
_WORD_WITH_SLASH: Final = re.compile(r"\S*/\S*")
_LONGEST_SYMBOL: Final = 40  # characters; a longer word is a web address, which may well end a line at a slash
_LONG_WORD: Final = re.compile(r"[^\s/?–—-]{31,}")
_TEXT_WIDTH: Final = 155 * 72 / 25.4  # points between margins of 35 and 20 mm
_BODY_SIZE: Final = 14


@dataclass(frozen=True, slots=True)
class Sheaf:
    """A .docx for one conversion: the primer, then some of the bundle's letters.

    ``letters`` are their places in the bundle, ``starts`` the places of their first blocks in the body.
    """

    docx: bytes
    letters: tuple[int, ...]
    starts: tuple[int, ...]


class Manuscript:
    """The parts of one bundle, prepared.

    Raises:
        EngineError: when the bundle is no Word document, or a letter in it is not a section of its own.
    """

    def __init__(self, bundle: Bundle) -> None:
        self._parts = _read(bundle.docx)
        self._stories = {name: _parsed(part) for name, part in self._parts.items() if _STORY.fullmatch(name)}
        if _DOCUMENT not in self._stories:
            raise EngineError(ENGINE, f"not a Word document: {_DOCUMENT} is missing")
        self._letters = _letters(self._stories[_DOCUMENT], bundle.starts)
        for letter in self._letters:
            _start_on_a_new_page(letter)
        self._several_sections = any(len(_sections(letter)) > 1 for letter in self._letters)
        styles = _parsed(self._parts[_STYLES]) if _STYLES in self._parts else etree.Element(f"{_W}styles")
        rules, lines = rule_styles(styles), line_styles(styles)
        for name, story in self._stories.items():
            _bind_words(story)
            fit_rules(story.iter(f"{_W}p"), rules)
            if name != _DOCUMENT:
                centre_page_numbers(story.iter(f"{_W}p"), lines)
        counting = [_count_own_pages(story) for story in self._stories.values()]
        self._totals_pages = any(counting)

    @cached_property
    def report(self) -> Report:
        """Everything in the bundle that the engine would not draw as Word does."""
        stories = self._stories.values()
        paragraphs = [_written_text(paragraph) for story in stories for paragraph in story.iter(f"{_W}p")]
        text = "\n".join(paragraphs)
        found = coverage_findings(text)
        found += [finding("pdf-undrawable", engine=ENGINE, what=what) for what in _undrawable(stories)]
        found += _long_words(text)
        found += bulk_findings(stories, paragraphs)
        if self._totals_pages and self._several_sections:
            found.append(finding("pdf-page-total"))
        return Report.of(found)

    def sheaves(self) -> Iterator[Sheaf]:
        """What to convert: all letters together, but each that uses a character outside the primer alone."""
        alone = self._unusual
        together = [index for index in range(len(self._letters)) if index not in alone]
        for group in [together, *([index] for index in sorted(alone))]:
            if group:
                yield self._sheaf(group)

    @property
    def _unusual(self) -> frozenset[int]:
        if _unprimed(_texts(self._stories[_DOCUMENT])) <= set(self._further):
            return frozenset()
        further = set(self._further)
        texts = (chain.from_iterable(map(_texts, letter)) for letter in self._letters)
        return frozenset(index for index, text in enumerate(texts) if _unprimed(text) - further)

    @cached_property
    def _further(self) -> list[str]:
        """Unusual characters of the template itself: they stand in every letter, so they join the primer."""
        texts = [_texts(story) for name, story in self._stories.items() if name != _DOCUMENT]
        if _NUMBERING in self._parts:
            levels = _parsed(self._parts[_NUMBERING]).iter(f"{_W}lvlText")
            texts.append(level.get(f"{_W}val", "") for level in levels)
        letters = _unprimed(chain.from_iterable(texts))
        return sorted(letters - uncovered("".join(letters)))

    def _sheaf(self, letters: Sequence[int]) -> Sheaf:
        root = _with_letters(self._stories[_DOCUMENT], [self._letters[index] for index in letters], len(self._letters))
        primer = list(_parsed(primer_xml(self._further).encode()))
        _body(root)[:0] = primer
        sizes = [len(self._letters[index]) for index in letters]
        starts = tuple(accumulate(sizes[:-1], initial=len(primer)))
        parts = self._parts | {name: _written(story) for name, story in self._stories.items() if name != _DOCUMENT}
        return Sheaf(_zipped(parts | {_DOCUMENT: _written(root)}), tuple(letters), starts)


def _read(docx: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise EngineError(ENGINE, f"not a Word document: {error}") from None


def _zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:  # read again at once: deflating is lost time
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return target.getvalue()


def _parsed(part: bytes) -> _Element:
    try:
        return etree.fromstring(part, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except etree.XMLSyntaxError as error:
        raise EngineError(ENGINE, f"not a Word document: {error}") from None


def _written(root: _Element) -> bytes:
    ignorable = root.attrib.pop(_IGNORABLE, "").split()
    etree.cleanup_namespaces(root, keep_ns_prefixes=["mc"])
    if known := [prefix for prefix in ignorable if prefix in root.nsmap]:
        root.set(_IGNORABLE, " ".join(known))
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return written


def _body(root: _Element) -> _Element:
    body = root.find(f"{_W}body")
    if body is None:
        raise EngineError(ENGINE, "not a Word document: it has no body")
    return body


def _letters(root: _Element, starts: Sequence[int]) -> list[list[_Element]]:
    """The blocks of each letter; the last one ends with the body's own section."""
    blocks = list(_body(root))
    letters = [blocks[start:end] for start, end in pairwise((*starts, len(blocks)))]
    for number, letter in enumerate(letters, start=1):
        if len(letters) > 1 and not (letter and _sections(letter[-1:])):
            raise EngineError(ENGINE, f"letter {number} of the bundle does not end with a section of its own")
    return letters


def _sections(blocks: Sequence[_Element]) -> list[_Element]:
    own = f"{_W}pPr/{_W}sectPr"
    return [section for block in blocks for section in ([block] if block.tag == f"{_W}sectPr" else block.findall(own))]


def _start_on_a_new_page(letter: Sequence[_Element]) -> None:
    """Drop the kind of section break before the first section: Word ignores it there, behind the primer it counts."""
    for section in _sections(letter)[:1]:
        for kind in section.findall(f"{_W}type"):
            section.remove(kind)
        _count_from_one(section)


def _count_from_one(section: _Element) -> None:
    """A letter's first page is page 1, whatever stands before it, unless its template says another number."""
    numbering = section.find(f"{_W}pgNumType")
    if numbering is None:
        numbering = section.makeelement(f"{_W}pgNumType", {})
        later = [index for index, child in enumerate(section) if child.tag in _AFTER_NUMBERING]
        section.insert(later[0] if later else len(section), numbering)
    if numbering.get(f"{_W}start") is None:
        numbering.set(f"{_W}start", "1")


def _with_letters(root: _Element, letters: Sequence[Sequence[_Element]], count: int) -> _Element:
    """``root`` itself for all its letters, or a copy that holds some of them."""
    if len(letters) == count:
        return root
    copied = etree.Element(root.tag, attrib=dict(root.attrib), nsmap=root.nsmap)
    body = etree.SubElement(copied, f"{_W}body")
    body.extend(deepcopy(block) for letter in letters for block in letter)
    if body[-1].tag != f"{_W}sectPr":  # the last letter was not the bundle's last: its section becomes the body's
        body.append(_sections(body[-1:])[0])
    return copied


def _texts(story: _Element) -> Iterator[str]:
    return (text.text or "" for text in story.iter(f"{_W}t"))


def _written_text(paragraph: _Element) -> str:
    """A paragraph's text, with a space where a tab or a line break ends a word."""
    pieces = paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr")
    return "".join((piece.text or "") if piece.tag == f"{_W}t" else " " for piece in pieces)


def _unprimed(texts: Iterable[str]) -> set[str]:
    return set().union(*texts) - _PRIMED


def _bind_words(story: _Element) -> None:
    for hyphen in story.iter(f"{_W}noBreakHyphen"):
        hyphen.tag, hyphen.text = f"{_W}t", _NO_BREAK_HYPHEN
    for paragraph in story.iter(f"{_W}p"):
        open_end = False
        for text in paragraph.iter(f"{_W}t"):
            written = text.text or ""
            text.text = _bound(written, after_open_end=open_end)
            open_end = written.endswith(_OPEN_ENDS)


def _bound(text: str, *, after_open_end: bool) -> str:
    """``text`` with joiners where the engine would end a line and Word does not.

    A joiner is put only before a character of the same run: at the end it could not be told from a space.
    """
    if after_open_end and text[:1].strip():
        text = _JOINER + text
    if _NO_BREAK_HYPHEN in text:
        text = _HYPHEN_IN_WORD.sub("-" + _JOINER, text).replace(_NO_BREAK_HYPHEN, "-")
    return _WORD_WITH_SLASH.sub(_joined, text) if "/" in text else text


def _joined(word: re.Match[str]) -> str:
    found = word.group()
    return found if len(found) > _LONGEST_SYMBOL else _SLASH_IN_WORD.sub("/" + _JOINER, found)


def _count_own_pages(story: _Element) -> bool:
    """Make fields for the number of pages count the letter's own; true if there are any."""
    fields = [code for code in story.iter(f"{_W}instrText") if "NUMPAGES" in (code.text or "")]
    simple = [field for field in story.iter(f"{_W}fldSimple") if "NUMPAGES" in field.get(f"{_W}instr", "")]
    for code in fields:
        code.text = (code.text or "").replace("NUMPAGES", "SECTIONPAGES")
    for field in simple:
        field.set(f"{_W}instr", field.get(f"{_W}instr", "").replace("NUMPAGES", "SECTIONPAGES"))
    return bool(fields or simple)


def _undrawable(stories: Iterable[_Element]) -> list[str]:
    trees = list(stories)
    return [what for tag, what in _UNDRAWABLE.items() if any(next(tree.iter(tag), None) is not None for tree in trees)]


def _long_words(text: str) -> list[Finding]:
    words = {word for word in _LONG_WORD.findall(text) if text_width(word, _BODY_SIZE) > _TEXT_WIDTH}
    return [finding("pdf-long-word", word=f"{word[:30]}…") for word in sorted(words)]
