"""The facts of a finished letter, whatever program made it: measured in Word or PDF.

Lengths are millimetres, counted from the left and the upper edge of the page; type sizes and the space
between paragraphs are points; pages, paragraphs and cells count from 1. Paragraphs of a .docx count through the
body, those in tables and text boxes included, then through headers and footers; those of a PDF on each page.

A .docx has no printed lines: there a line is a paragraph, or the part of one between two line ends or wide gaps;
its place across the page is worked out from its format and the widths of Times New Roman, and its height on the
page is unknown (None).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Final, Literal, TypeAlias

Source: TypeAlias = Literal["docx", "pdf"]
Align: TypeAlias = Literal["left", "center", "right", "both"]
MarkKind: TypeAlias = Literal["comment", "insertion", "deletion", "highlight", "hidden", "merge-field", "prompt"]
Region: TypeAlias = Literal["body", "header", "footer", "text-box", "footnote", "stamp"]
"""``stamp`` is what a PDF shows for a digital signature or a stamp, which lie over the page."""

BLACK: Final = "000000"


@dataclass(frozen=True, slots=True)
class Font:
    """The font of a text: ``size`` in points, ``colour`` as RRGGBB; ``family`` as people name the font."""

    family: str
    size: float
    bold: bool = False
    italic: bool = False
    underline: bool = False
    colour: str = BLACK


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one font."""

    text: str
    font: Font


@dataclass(frozen=True, slots=True)
class Cell:
    """The table cell of a line of a .docx; tables are counted through the document."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """The format of a paragraph of a .docx, every style resolved.

    ``left``, ``right`` and ``first_line`` are indents in mm, ``before`` and ``after`` points. ``spacing`` is
    the distance of lines in multiples of a single one, ``exact`` in points where it is fixed; one of them is
    None. ``outline`` is the level Word's navigation shows the paragraph at, from 1.
    """

    style: str
    align: Align = "left"
    left: float = 0
    right: float = 0
    first_line: float = 0
    before: float = 0
    after: float = 0
    spacing: float | None = 1
    exact: float | None = None
    keep_next: bool = False
    outline: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is read.

    ``text`` is what a reader sees: NFC, letters of a font from before Unicode decoded, capitals where the font
    shows capitals, white space folded. ``raw`` is what the file holds. ``left`` to ``right`` is the ink;
    ``top`` and ``bottom`` are the line's box in a Times face, 0.891 sizes above ``base`` (the line letters stand
    on) and 0.216 below. ``page`` is the page of a PDF, the section of a .docx. ``fields`` are Word's (``PAGE``),
    ``paragraph_id`` the identity Word gives the paragraph (w14:paraId), if it does.
    """

    text: str
    raw: str
    spans: tuple[Span, ...]
    page: int
    paragraph: int
    left: float
    right: float
    top: float | None = None
    base: float | None = None
    bottom: float | None = None
    region: Region = "body"
    cell: Cell | None = None
    paragraph_format: ParagraphFormat | None = None
    fields: tuple[str, ...] = ()
    paragraph_id: str = ""

    @property
    def font(self) -> Font:
        """The font of most of its letters."""
        counted: Counter[Font] = Counter()
        for span in self.spans:
            counted[span.font] += len(span.text.strip()) or 0
        return counted.most_common(1)[0][0]

    @property
    def sizes(self) -> frozenset[float]:
        """Every type size that prints something on the line, in points."""
        return frozenset(span.font.size for span in self.spans if span.text.strip())

    @property
    def middle(self) -> float:
        """Half-way between its left and right end, in mm."""
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        """Width of the ink in mm."""
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, level or upright.

    ``kind`` says how it is made: drawn, the border of a paragraph, hyphens typed as a line, or an underline.
    ``paragraph`` is the one of a .docx that carries it, ``above`` whether it stands above that one's text;
    heights are None there. ``thickness`` is in points.
    """

    page: int
    left: float
    right: float
    top: float | None
    bottom: float | None
    thickness: float
    kind: Literal["drawn", "border", "typed", "underline"] = "drawn"
    paragraph: int | None = None
    above: bool = False
    colour: str = BLACK

    @property
    def level(self) -> bool:
        """True for a line across the page, False for an upright one."""
        return self.top is None or self.bottom is None or self.right - self.left > self.bottom - self.top

    @property
    def length(self) -> float:
        """Length in mm, of a level one."""
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Frame:
    """A box of four lines around something, measured from outer edge to outer edge."""

    page: int
    left: float
    right: float
    height: float
    top: float | None = None
    paragraph: int | None = None
    colour: str = BLACK

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Margins:
    """The four margins in mm; in a PDF, the distance of the text (page numbers left out) from the paper's edge."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a PDF, or one section of a .docx: its paper and margins.

    ``margins`` is None for a page without text. ``header`` is the distance of the header from the paper's
    edge, ``first_number`` the page number the section starts with; both only from a .docx. ``assumed`` is true where
    a .docx says nothing of its paper or margins: they are then what Word takes here, and no choice of the writer's. A
    ``continuous`` section of a .docx begins on the page the one before ends on.
    """

    number: int
    width: float
    height: float
    margins: Margins | None
    header: float | None = None
    first_number: int | None = None
    number_on_first: bool | None = None
    assumed: bool = False
    continuous: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture; its place is unknown in a .docx where the text carries it along."""

    page: int
    width: float
    height: float
    left: float | None = None
    top: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a .docx; ``widths`` of its columns in mm, ``bordered`` when any line of it prints."""

    number: int
    page: int
    rows: int
    widths: tuple[float, ...]
    left: float
    bordered: bool


@dataclass(frozen=True, slots=True)
class FontFacts:
    """A font: its name without the tag of a subset, and whether its program is in the file."""

    name: str
    embedded: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """What somebody left in a .docx beside its words: ``words`` it is on, in a paragraph that says ``around``.

    ``prompt`` is the text of a content control nobody filled in, ``merge-field`` a field of a mail merge.
    """

    kind: MarkKind
    words: str
    around: str


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """A letter as an independent reader sees it. Lines are in reading order; empty strings mean "not said".

    ``scanned`` is true for pictures of paper: pages with a picture over most of them and no text that is
    printed as text. ``signed`` is true for a file with a digital signature, which any change would break, ``protected``
    for one whose maker has forbidden changes. ``styles`` are the names of the paragraph styles in use, in order of
    first use.
    """

    source: Source
    name: str
    sheets: tuple[Sheet, ...]
    lines: tuple[Line, ...]
    rules: tuple[Rule, ...] = ()
    frames: tuple[Frame, ...] = ()
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()
    fonts: tuple[FontFacts, ...] = ()
    styles: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    text_boxes: int = 0
    scanned: bool = False
    signed: bool = False
    protected: bool = False
    language: str = ""
    title: str = ""
    subject: str = ""
    author: str = ""

    @property
    def text(self) -> str:
        """Everything that is read, a line a line."""
        return "\n".join(line.text for line in self.lines)

    def on_page(self, page: int) -> Iterator[Line]:
        """The lines of one page, or of one section of a .docx."""
        return (line for line in self.lines if line.page == page)

    def to_json(self) -> str:
        """All of it as one JSON object, with the names used here."""
        return json.dumps(asdict(self), ensure_ascii=False)
