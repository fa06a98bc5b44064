"""Writes a letter's PDF directly: pages of text in the pinned faces, and pictures.

Almost every letter is that. Building it from a library's objects takes 10 times as long as rendering it; here the
parts that letters share, the subset faces above all, are cached as the bytes they are in the file. Letters with
drawings or other fonts go through :mod:`congvan.pdf.split.bundle_splitter`'s general way.
(ISO 32000-1, 7.5: file structure.)
"""

from __future__ import annotations

import hashlib
import re
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from types import MappingProxyType
from typing import Final, Protocol

from congvan.pdf.fonts.font_object import pinned_font
from congvan.pdf.fonts.glyph_set import GlyphSet, glyphs_in
from congvan.pdf.metadata import PdfMetadata
from congvan.pdf.paragraphs import CellPosition, Paragraph
from congvan.pdf.split.colour import srgb_profile
from congvan.pdf.split.structure_tree import structure_objects
from congvan.pdf.split.text_rewriting import RESOURCE_NAMES

_HEADER: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_FORM: Final = b"%congvan text letter\n"
_WITH_PICTURES: Final = b"%congvan letter with pictures\n"
_START: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_END_LENGTH: Final = 40  # bytes at the end of the file that say where its table is
_ROW: Final = 20  # bytes of an entry of the cross-reference table
CATALOG, PAGES, INFO, _METADATA = 1, 2, 3, 4
_PROFILE: Final = 5
_FREE: Final = b"0000000000 65535 f \n"
_EFFORT: Final = 4  # 50 % of the time of the usual 6, and 0.5 % larger
_FIRST_FONT: Final = 6
_FONT_OBJECTS: Final = 5  # the font, its descendant, descriptor, program, and map to Unicode
FIRST_PAGE: Final = _FIRST_FONT + len(RESOURCE_NAMES) * _FONT_OBJECTS


@dataclass(frozen=True, slots=True)
class TextPage:
    """A page: its content, its size in points as the PDF writes it, its other resources, and its links.

    ``marked`` is the paragraph each mark in the content stands for.
    """

    content: bytes
    box: bytes
    resources: bytes = b""
    links: tuple[bytes, ...] = ()
    marked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Objects as they stand in a file: their source, each one's number and where it begins there, and a digest."""

    source: bytes
    offsets: tuple[tuple[int, int], ...]
    digest: bytes

    @classmethod
    def of(cls, objects: Mapping[int, bytes]) -> Part:
        """The part that holds ``objects``, by number."""
        written = [b"%d 0 obj\n%s\nendobj\n" % numbered for numbered in objects.items()]
        source = b"".join(written)
        offsets = zip(objects, accumulate(map(len, written), initial=0), strict=False)
        return cls(source, tuple(offsets), hashlib.sha256(source).digest())


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object, deflated."""
    data = zlib.compress(content, _EFFORT)
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def _file(form: bytes, parts: Sequence[Part]) -> bytes:
    """The file of ``parts``; its identifier is a digest of what it holds."""
    start = _HEADER + form
    offsets, size = {}, len(start)
    for part in parts:
        for number, offset in part.offsets:
            offsets[number] = size + offset
        size += len(part.source)
    digest = hashlib.sha256(b"".join(part.digest for part in parts))
    return b"".join([start, *(part.source for part in parts), _end(offsets, size, digest.hexdigest())])


def _end(offsets: Mapping[int, int], size: int, digest: str) -> bytes:
    """The cross-reference table and trailer; ``size`` is that of all before, in bytes."""
    own = digest[:32].upper().encode()
    trailer = b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n"
    return _xref(offsets) + trailer % (max(offsets) + 1, CATALOG, INFO, own, own, size)


class Target(Protocol):
    """A file, or anything else that can be written to."""

    def write(self, content: bytes, /) -> object:
        """Add ``content`` at the end."""


class StreamedPdf:
    """A PDF written object by object; numbers from ``first`` on are given out by :meth:`add`."""

    def __init__(self, target: Target, first: int) -> None:
        self.next_number = first
        self._target = target
        self._digest = hashlib.sha256()
        self._offsets: dict[int, int] = {}
        self._size = 0
        self._write(_HEADER)

    def add(self, body: bytes) -> int:
        """Write an object under the next number, which is returned."""
        number = self.next_number
        self.put(number, body)
        return number

    def put(self, number: int, body: bytes) -> None:
        """Write an object under ``number``."""
        self._offsets[number] = self._size
        self.next_number = max(self.next_number, number + 1)
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    def close(self) -> None:
        """Write what tells where the objects are; the identifier is a digest of what stands before."""
        self._write(_end(self._offsets, self._size, self._digest.hexdigest()))

    def _write(self, content: bytes) -> None:
        self._digest.update(content)
        self._size += len(content)
        self._target.write(content)


def is_text_letter(pdf: bytes) -> bool:
    """True for a file :func:`text_letter` has made, with text alone."""
    return pdf.startswith(_HEADER + _FORM)


class LetterObjects(Mapping[int, bytes]):
    """The objects of a file :func:`text_letter` has made, by number; none of a file that is damaged, or another's."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        self._offsets, table = _table(pdf)
        self._bounds = [*sorted(self._offsets.values()), table]

    def __getitem__(self, number: int) -> bytes:
        offset = self._offsets[number]
        end = self._bounds[bisect_right(self._bounds, offset)]
        return self._pdf[self._pdf.index(b"\n", offset) + 1 : end - len(b"\nendobj\n")]

    def __iter__(self) -> Iterator[int]:
        return iter(self._offsets)

    def __len__(self) -> int:
        return len(self._offsets)


def _table(pdf: bytes) -> tuple[dict[int, int], int]:
    """The offsets of the objects by number, and that of the cross-reference table."""
    start = _START.search(pdf, len(pdf) - _END_LENGTH) if is_text_letter(pdf) else None
    if start is None:
        return {}, 0
    table = int(start[1])
    try:
        rows = pdf[table : pdf.rindex(b"trailer")].split(b"\n", 2)[2]
        offsets = [int(rows[row : row + 10]) for row in range(0, len(rows), _ROW)]
    except (ValueError, IndexError):
        return {}, 0
    return {number: offset for number, offset in enumerate(offsets) if offset}, table


def text_letter(
    pages: Sequence[TextPage],
    glyphs: Mapping[int, GlyphSet],
    metadata: PdfMetadata,
    paragraphs: Sequence[Paragraph] = (),
    pictures: Mapping[int, bytes] = MappingProxyType({}),
) -> bytes:
    """A letter of ``pages`` that show ``glyphs`` of the faces, by index; it keeps to PDF/A-2b (ISO 19005-2).

    It is tagged if its pages are marked; then ``paragraphs`` are what the marks stand for. ``pictures`` are objects
    that the resources of pages name, numbered from :func:`first_picture` on.
    """
    fonts = b"".join(
        b"%s %d 0 R" % (RESOURCE_NAMES[face_index].encode(), font_number(face_index)) for face_index in glyphs
    )
    root = first_picture(len(pages)) + len(pictures)
    about, tree = _about(metadata), _structure(root, pages, paragraphs)
    about[CATALOG] = _catalog(metadata, b"/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R" % root if tree else b"")
    shared = [_profile(), *(_font_part(face_index, shown) for face_index, shown in glyphs.items()), *tree]
    own = Part.of(about | dict(_pages(pages, fonts)))
    return _file(_WITH_PICTURES, [*shared, Part.of(pictures), own]) if pictures else _file(_FORM, [*shared, own])


def first_picture(pages: int) -> int:
    """The number of the first object for pictures in a letter of so many ``pages``."""
    return FIRST_PAGE + 2 * pages


def _structure(root: int, pages: Sequence[TextPage], paragraphs: Sequence[Paragraph]) -> tuple[Part, ...]:
    """The structure tree, numbered from its ``root`` on, if the pages are marked."""
    if not any(page.marked for page in pages):
        return ()
    marked = tuple((FIRST_PAGE + 2 * index, page.marked) for index, page in enumerate(pages))
    return (_structure_part(root, tuple((paragraph.kind, paragraph.cell) for paragraph in paragraphs), marked),)


@lru_cache(maxsize=256)
def _structure_part(
    root: int, leaves: tuple[tuple[str, CellPosition | None], ...], marked: tuple[tuple[int, tuple[int, ...]], ...]
) -> Part:
    """Letters of one campaign mostly have the same structure, so it is kept."""
    return Part.of(structure_objects(root, leaves, marked))


def _about(metadata: PdfMetadata) -> dict[int, bytes]:
    packet = metadata.xmp(archival=True).encode()  # not deflated: programs that know nothing of PDF shall find it
    stream_object = b"<</Type/Metadata/Subtype/XML/Length %d>>stream\n%s\nendstream" % (len(packet), packet)
    return {INFO: metadata.info(), _METADATA: stream_object}


def _catalog(metadata: PdfMetadata, structure: bytes) -> bytes:
    intent = b"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/DestOutputProfile %d 0 R>>" % _PROFILE
    return (
        b"<</Type/Catalog/Pages %d 0 R/Lang(%s)/ViewerPreferences<</DisplayDocTitle true>>/Metadata %d 0 R"
        b"/OutputIntents[%s]%s>>" % (PAGES, metadata.language.encode(), _METADATA, intent, structure)
    )


@cache
def _profile() -> Part:
    return Part.of({_PROFILE: stream(srgb_profile(), b"/N 3")})


def _pages(pages: Sequence[TextPage], fonts: bytes) -> Iterator[tuple[int, bytes]]:
    """The objects of ``pages``, which use ``fonts``."""
    numbers = [FIRST_PAGE + 2 * index for index in range(len(pages))]
    for index, (number, page) in enumerate(zip(numbers, pages, strict=True)):
        yield number, _page(page, number + 1, fonts, index)
        yield number + 1, stream(page.content)
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    yield PAGES, b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids)


def _page(page: TextPage, content: int, fonts: bytes, index: int) -> bytes:
    """The page's dictionary; ``content`` is the object that is its content, ``index`` its index in the letter."""
    links = b"/Annots[%s]" % b" ".join(page.links) if page.links else b""
    parents = b"/StructParents %d" % index if page.marked else b""
    resources = b"<<%s%s>>" % (b"/Font<<%s>>" % fonts if fonts else b"", page.resources)
    return b"<</Type/Page/Parent %d 0 R/MediaBox%s/Contents %d 0 R/Resources%s%s%s>>" % (
        *(PAGES, page.box, content, resources, links, parents),
    )


def font_number(face_index: int) -> int:
    """The object that is the face at ``face_index``."""
    return _FIRST_FONT + face_index * _FONT_OBJECTS


@lru_cache(maxsize=256)  # some ten kilobytes each
def _font_part(face_index: int, glyphs: GlyphSet) -> Part:
    """Letters of one campaign often show the same glyphs, so cut faces are kept."""
    return Part.of(font_objects(face_index, glyphs))


def font_objects(face_index: int, glyphs: GlyphSet) -> dict[int, bytes]:
    """The objects of a face cut to ``glyphs``."""
    font, first = pinned_font(face_index, glyphs_in(glyphs)), font_number(face_index)
    name = b"/%s" % font.tagged_name.encode()
    entries = b"/FontName%s/FontFile2 %d 0 R>>" % (name, first + 3)
    return {
        first: b"<</Type/Font/Subtype/Type0/BaseFont%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
        % (name, first + 1, first + 4),
        first + 1: b"<</Type/Font/Subtype/CIDFontType2/BaseFont%s/CIDSystemInfo"
        b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/CIDToGIDMap/Identity/DW 0/FontDescriptor %d 0 R/W%s>>" % (name, first + 2, font.width_array),
        first + 2: font.descriptor.removesuffix(b">>") + entries,
        first + 3: stream(font.face.program, b"/Length1 %d" % len(font.face.program)),
        first + 4: stream(font.unicode_map),
    }


def _xref(offsets: Mapping[int, int]) -> bytes:
    """One section for all numbers, as a file has that was never changed; those left out are free for good."""
    rows = [_FREE] * (max(offsets) + 1)
    for number, offset in offsets.items():
        rows[number] = b"%010d 00000 n \n" % offset
    return b"xref\n0 %d\n%s" % (len(rows), b"".join(rows))
