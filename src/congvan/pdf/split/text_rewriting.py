"""Rewrites the text of a page in the pinned faces' own glyph numbers, a line at a time.

The embedded engine draws every word as a text object of its own and numbers glyphs as the bundle happened to need
them. Here words of a line follow each other, and nothing in the text depends on the other letters of the bundle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from itertools import groupby
from operator import itemgetter, or_
from typing import ClassVar, Final, NamedTuple

from pikepdf import Name, Object

from congvan.pdf.fonts.font_object import read_unicodes
from congvan.pdf.fonts.glyph_numbers import face_index_of, numbers, texts, widths
from congvan.pdf.fonts.glyph_set import GlyphSet, glyph_set
from congvan.pdf.paragraphs import BODY_TEXT, TextCursor, match_key
from congvan.pdf.split.content_stream import neutral_names, rename_resources

RESOURCE_NAMES: Final = ("/F0", "/F1", "/F2", "/F3", "/F4")
"""The names of the regular, bold, italic and bold italic face on a page, and of that of the boxes to tick."""

_WORD: Final = re.compile(
    rb"BT\n/(\S++) (?!0 )([\d.]++) Tf\n([\d.]++) 0 0 -1 ([-\d.]++) ([-\d.]++) Tm\n<([0-9A-F]++)> Tj\nET\n?+"
)  # as the engine writes it, or :mod:`congvan.pdf.split.plain_words`
_WORD_GROUPS: Final = 7  # what lies between two words, and a word's font, size, scale, x, baseline and glyphs
_GLYPHS_OF_WORD: Final = _WORD_GROUPS - 1
_LINE: Final = re.compile(
    rb"(BT\n/[^\n]++\n[\d.]++ 0 0 -1 [^ ]++ ([^ ]++) Tm\n<[^\n]++\nET\n?+"
    rb"(?:BT\n/[^\n]++\n[\d.]++ 0 0 -1 [^ ]++ \2 Tm\n<[^\n]++\nET\n?+)*+)"
)  # what may be words on one baseline, and the baseline
_ANY_TEXT: Final = re.compile(rb"\bT[jJ]\b|\bBT\b")
_ENGINE_MARK: Final = re.compile(rb"^(?:/H\d <</MCID \d+ >>BDC|EMC)\n", re.MULTILINE)  # about headings, and only them
_GROUPS: Final = 3  # what lies between two lines, a line, its baseline
_HIDDEN: Final = "\u200d"  # put into words to hold them together; it has no width, and is no part of the letter
_UNMARKED: Final = -1
_MARKED_AS: Final = BODY_TEXT.encode()  # the structure tree says what it is
_MOST_WORDS: Final = 4096
"""A font keeps at a time: letters are written with fewer, but for their numbers."""
_TYPE: Final = itemgetter(0, 1, 2)  # font, size and scale of a word of a line
_EM: Final = 1000  # what widths are counted in
SUBSET: Final = re.compile(r"^/(?:[A-Z]{6}\+)?")
"""The tag of a subset before the name of a face."""


class Word(NamedTuple):
    """A string of glyphs: as the face itself writes it, which glyphs these are, what they say, and how wide they are.

    The text is as :func:`congvan.pdf.paragraphs.match_key` gives it, the width in thousandths of the type size.
    """

    written: bytes
    glyphs: GlyphSet
    text: str
    width: float


class BundleFont(dict[bytes, Word]):
    """One of the bundle's fonts that is a cut of a pinned face; ``face_index`` tells which.

    It holds strings of glyph numbers in hexadecimal with the words they are. These are made when first asked for:
    letters of a campaign share most of their words. A KeyError says that the font does not tell which character a
    glyph is, or that the face lacks it.
    """

    def __init__(self, face_index: int, glyphs: Mapping[bytes, int | None]) -> None:
        self.face_index = face_index
        self.resource = RESOURCE_NAMES[face_index].encode()
        self._glyphs = glyphs

    def __missing__(self, string: bytes) -> Word:
        found = (self._glyphs[string[start : start + 4]] for start in range(0, len(string), 4))
        own = [glyph for glyph in found if glyph is not None]
        own_texts, advances = texts(self.face_index), widths(self.face_index)
        if len(self) == _MOST_WORDS:
            self.clear()
        self[string] = Word(
            b"".join(b"%04X" % glyph for glyph in own),
            glyph_set(own),
            match_key("".join(own_texts[glyph] for glyph in own)),
            sum(float(advances[glyph]) for glyph in own),
        )
        return self[string]


class Line(NamedTuple):
    """Words on one baseline, written anew.

    ``text`` is as :func:`congvan.pdf.paragraphs.match_key` gives it, ``baseline`` in points from the top of the page,
    ``glyphs`` by the index of their face.
    """

    written: bytes
    text: str
    baseline: float
    glyphs: tuple[tuple[int, GlyphSet], ...]


class PlacedWord(NamedTuple):
    """A word of a line: what it says, from where to where it goes, its type size and colour.

    Positions are in points, from the left; the colour is as the engine wrote it, None where another line may have set
    it.
    """

    text: str
    left: float
    right: float
    size: float
    colour: bytes | None = None


class LineRewriter(dict[bytes, Line]):
    """EmbeddedLines by how an engine wrote them; a subclass makes each when first asked for.

    A KeyError says that a line cannot be written anew.
    """

    form: ClassVar[re.Pattern[bytes]]
    """Matches a line; its groups are the line, and its baseline."""
    opening: ClassVar[bytes] = b"BT\n"
    closing: ClassVar[bytes] = b"ET\n"

    def lines_in(self, content: bytes) -> Iterator[bytes]:
        """The lines of a page's content, as the engine wrote them."""
        return (line[1] for line in self.form.finditer(_ENGINE_MARK.sub(b"", content)))

    def words(self, source: bytes) -> Sequence[tuple[bytes, str]]:
        """The words of a line, each as a line by itself, and what it says; the line alone where none are known."""
        return ((source, self[source].text),)

    def placed(self, source: bytes) -> Sequence[PlacedWord]:
        """Where the words of a line stand."""
        raise NotImplementedError


class EmbeddedLines(LineRewriter):
    """EmbeddedLines by how the embedded engine wrote them, in ``fonts`` by the names they have there.

    They are made when first asked for: most of a letter's lines stand in the others of its bundle as well. A KeyError
    says that a line is in another font or of another form, or that a font does not tell which character a glyph is.
    """

    form: ClassVar = _LINE

    def __init__(self, fonts: Mapping[bytes, BundleFont]) -> None:
        self._fonts = fonts
        self._parted: dict[bytes, Sequence[tuple[bytes, str]]] = {}

    def __missing__(self, source: bytes) -> Line:
        pieces = _WORD.split(source)
        between, names, sizes, scales, xs, baselines, strings = (
            pieces[group::_WORD_GROUPS] for group in range(_WORD_GROUPS)
        )
        if any(between):
            raise KeyError(source)
        baseline, words = float(baselines[0]), list(map(self._word, names, strings))
        runs = [
            (self._fonts[name], size, scale, [(x, word) for *_, x, word in run])
            for (name, size, scale), run in groupby(
                zip(names, sizes, scales, map(float, xs), words, strict=True), _TYPE
            )
        ]
        self[source] = Line(
            b"".join(_show_words(*run, baseline) for run in runs),
            "".join([word.text for word in words]),
            baseline,
            tuple((font.face_index, reduce(or_, [word.glyphs for _, word in run])) for font, _, _, run in runs),
        )
        return self[source]

    def words(self, source: bytes) -> Sequence[tuple[bytes, str]]:
        if source not in self._parted:
            found = list(_WORD.finditer(source))
            self._parted[source] = [(word[0], self._word(word[1], word[_GLYPHS_OF_WORD]).text) for word in found]
        return self._parted[source]

    def placed(self, source: bytes) -> Sequence[PlacedWord]:
        found = []
        for name, size, scale, x, _, string in _WORD.findall(source):
            word, left, em = self._word(name, string), float(x), float(size)
            found.append(PlacedWord(word.text, left, left + word.width * em * float(scale) / _EM, em))
        return found

    def _word(self, name: bytes, string: bytes) -> Word:
        return self._fonts[name][string]


def _show_words(
    font: BundleFont, size: bytes, scale: bytes, words: Sequence[tuple[float, Word]], baseline: float
) -> bytes:
    """Words in one font, size and scale, each from where it stands."""
    start = font.resource, size, scale, words[0][0], baseline
    shown = _show_string(words, _EM / (float(size) * float(scale)))
    return b"%s %s Tf\n%s 0 0 -1 %.2f %.2f Tm [<%s>] TJ\n" % (*start, shown)


def _show_string(words: Sequence[tuple[float, Word]], scale: float) -> bytes:
    """The string that shows ``words``, each moved to its x where those before it do not end there.

    The x of a word is in points, of which ``scale`` makes thousandths of the type size.
    """
    written: list[bytes] = []
    pen = words[0][0]
    for x, word in words:
        back = round((pen - x) * scale)
        written.append(b">%d<%s" % (back, word.written) if back else word.written)
        pen += (word.width - back) / scale
    return b"".join(written)


@dataclass(frozen=True, slots=True)
class RewrittenPage:
    """A page's content, what of it is not text, and the glyphs it shows by the index of their face.

    ``graphics`` are as the engine wrote them, ``names`` what the content calls their pictures and states instead.
    ``marked`` has for each mark in the content the index of its paragraph in the letter's text; empty if nothing is
    marked. ``lines`` and what stands ``between`` them are as the engine wrote them.
    """

    content: bytes
    graphics: bytes
    glyphs: Mapping[int, GlyphSet]
    names: Mapping[str, str]
    marked: tuple[int, ...] = ()
    lines: tuple[bytes, ...] = field(default=(), compare=False)
    between: tuple[bytes, ...] = field(default=(), compare=False)


def read_bundle_font(font: Object) -> BundleFont | None:
    """The font behind a PDF's font object, or None if it is not a pinned face with numbered glyphs."""
    face_index = face_index_of(SUBSET.sub("", str(font.get("/BaseFont", ""))))
    if face_index is None or font.get("/Encoding") != Name("/Identity-H") or "/ToUnicode" not in font:
        return None
    return _bundle_font(face_index, font.ToUnicode.read_bytes())


@lru_cache(maxsize=16)  # bundles of one campaign mostly need the same glyphs in the same order
def _bundle_font(face_index: int, unicode_map: bytes) -> BundleFont:
    own = numbers(face_index)
    unicodes = read_unicodes(unicode_map)
    texts = {glyph: bytes.fromhex(code.decode()).decode("utf-16-be") for glyph, code in unicodes.items()}
    known = {
        glyph: None if text == _HIDDEN else own[text] for glyph, text in texts.items() if text == _HIDDEN or text in own
    }
    return BundleFont(face_index, {b"%04X" % glyph: number for glyph, number in known.items()})


def rewrite_text(content: bytes, lines: LineRewriter, cursor: TextCursor | None = None) -> RewrittenPage | None:
    """``content`` written anew, or None if it holds text of another form or in another font.

    With a ``cursor`` every word is marked with the paragraph it belongs to, and all else as no part of the text.
    """
    if b"BDC" in content:
        content = _ENGINE_MARK.sub(b"", content)
    pieces = lines.form.split(content)
    between = pieces[::_GROUPS]
    if any(_ANY_TEXT.search(graphics) for graphics in between if graphics):
        return None
    graphics = b"\n".join(between)
    page = _Page(lines, cursor, names := neutral_names(graphics))
    try:
        for drawn, source in zip(between, pieces[1::_GROUPS], strict=False):
            if drawn:
                page.graphics(drawn)
            page.line(source)
    except KeyError:
        return None
    page.graphics(between[-1])
    return RewrittenPage(
        b"".join(page.written),
        graphics,
        dict(sorted(page.glyphs.items())),
        names,
        tuple(page.marked),
        tuple(pieces[1::_GROUPS]),
        tuple(filter(None, between)),
    )


class _Page:
    """Writes the content of one page."""

    def __init__(self, lines: LineRewriter, cursor: TextCursor | None, names: Mapping[str, str]) -> None:
        self.written: list[bytes] = []
        self.marked: list[int] = []
        self.glyphs: dict[int, GlyphSet] = {}
        self._lines = lines
        self._cursor = cursor
        self._names = names
        self._in_text = False
        self._mark: int | None = _UNMARKED

    def line(self, source: bytes) -> None:
        """A line; where it is not all of one paragraph, as in the row of a table, in parts."""
        line = self._lines[source]
        if self._cursor is None or not line.text:
            self._show(line, self._mark)
        elif (paragraph := self._cursor.paragraph_of(line.text, line.baseline)) is not None:
            self._show(line, paragraph)
        else:
            for paragraph, part in self._parts(source, line.baseline, self._cursor):
                self._show(self._lines[part], paragraph)

    def _parts(self, source: bytes, baseline: float, cursor: TextCursor) -> list[tuple[int | None, bytes]]:
        """The words of a line, as many at once as belong to one paragraph, each with its paragraph."""
        parts = [(self._mark, b"")]
        for word, text in self._lines.words(source):
            last, before = parts[-1]
            paragraph = cursor.paragraph_of(text, baseline) if text else last
            if paragraph == last:
                parts[-1] = last, before + word
            else:
                parts.append((paragraph, word))
        return parts if parts[0][1] else parts[1:]

    def _show(self, line: Line, paragraph: int | None) -> None:
        if not self._in_text:
            self.written.append(self._lines.opening)
            self._in_text = True
        if paragraph != self._mark:
            self._mark_as(paragraph)
        self.written.append(line.written)
        for face_index, glyphs in line.glyphs:
            self.glyphs[face_index] = self.glyphs.get(face_index, 0) | glyphs

    def graphics(self, graphics: bytes) -> None:
        """Add what is drawn between lines: it ends the text object."""
        if self._in_text:
            self._unmark()
            self.written.append(self._lines.closing)
            self._in_text = False
        drawn = rename_resources(graphics, self._names)
        marked = drawn.strip() and self._cursor is not None
        self.written.append(b"/Artifact BMC\n%s\nEMC\n" % drawn if marked else drawn)

    def _mark_as(self, paragraph: int | None) -> None:
        self._unmark()
        self._mark = paragraph
        if paragraph is None:
            self.written.append(b"/Artifact BMC\n")
        else:
            self.written.append(b"/%s<</MCID %d>>BDC\n" % (_MARKED_AS, len(self.marked)))
            self.marked.append(paragraph)

    def _unmark(self) -> None:
        if self._mark != _UNMARKED:
            self.written.append(b"EMC\n")
        self._mark = _UNMARKED
