"""A letter's PDF written directly: pages of text in the pinned faces, and nothing that needs copying.

Almost every letter is that. Building it from a library's objects takes ten times as long as laying it out; here the
parts that letters share, the cut faces above all, are kept as the bytes they are in the file. Letters with
pictures or other fonts go through :mod:`congvan.pdf.cut`'s general way. (ISO 32000-1, 7.5: file structure.)
"""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import BinaryIO, Final

from congvan.pdf.colour import srgb_profile
from congvan.pdf.font_object import pinned_font
from congvan.pdf.lettering import RESOURCE_NAMES
from congvan.pdf.marks import Marks
from congvan.pdf.story import Block
from congvan.pdf.structure import structure_objects

_HEADER: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_FORM: Final = b"%congvan text letter\n"
_START: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_ROW: Final = 20  # bytes of an entry of the cross-reference table
CATALOG, PAGES, INFO, _METADATA = 1, 2, 3, 4
_PROFILE: Final = 5
_FREE: Final = b"0000000000 65535 f \n"
_FIRST_FONT: Final = 6
_FONT_OBJECTS: Final = 5  # the font, its descendant, descriptor, program, and map to Unicode
FIRST_PAGE: Final = _FIRST_FONT + len(RESOURCE_NAMES) * _FONT_OBJECTS


@dataclass(frozen=True, slots=True)
class TextPage:
    """A page: its content, its size in points as the PDF writes it, its other resources, and its links.

    ``marked`` is the block each mark in the content stands for.
    """

    content: bytes
    box: bytes
    resources: bytes = b""
    links: tuple[bytes, ...] = ()
    marked: tuple[int, ...] = ()


@dataclass(slots=True)
class PdfFile:
    """A PDF while it is written: objects by number."""

    objects: dict[int, bytes] = field(default_factory=dict)

    def stream(self, number: int, content: bytes, entries: bytes = b"") -> None:
        """Add a stream, deflated."""
        data = zlib.compress(content)
        self.objects[number] = b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)

    def written(self) -> bytes:
        """The file; its identifier is a digest of what it holds."""
        target = io.BytesIO()
        pdf = StreamedPdf(target, 0, _FORM)
        for number, body in sorted(self.objects.items()):
            pdf.put(number, body)
        pdf.close()
        return target.getvalue()


class StreamedPdf:
    """A PDF written object by object; numbers from ``first`` on are given out by :meth:`add`."""

    def __init__(self, target: BinaryIO, first: int, comment: bytes = b"") -> None:
        self.next_number = first
        self._target = target
        self._digest = hashlib.sha256()
        self._places: dict[int, int] = {}
        self._size = 0
        self._write(_HEADER + comment)

    def add(self, body: bytes) -> int:
        """Write an object under the next number, which is returned."""
        number = self.next_number
        self.put(number, body)
        return number

    def put(self, number: int, body: bytes) -> None:
        """Write an object under ``number``."""
        self._places[number] = self._size
        self.next_number = max(self.next_number, number + 1)
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    def close(self) -> None:
        """Write what tells where the objects are; the identifier is a digest of what stands before."""
        own = self._digest.hexdigest()[:32].upper().encode()
        count = max(self._places) + 1
        trailer = b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n"
        self._write(_xref(self._places) + trailer % (count, CATALOG, INFO, own, own, self._size))

    def _write(self, content: bytes) -> None:
        self._digest.update(content)
        self._size += len(content)
        self._target.write(content)


def is_text_letter(pdf: bytes) -> bool:
    """True for a file :func:`text_letter` has made."""
    return pdf.startswith(_HEADER + _FORM)


def objects_in(pdf: bytes) -> dict[int, bytes]:
    """The objects of such a file by number."""
    start = _START.search(pdf, len(pdf) - 40)
    if start is None:
        return {}
    table = pdf[int(start[1]) : pdf.rindex(b"trailer")].split(b"\n", 2)[2]
    rows = (table[place : place + _ROW] for place in range(0, len(table), _ROW))
    places = {number: int(row[:10]) for number, row in enumerate(rows) if row[17:18] == b"n"}
    ends = [*sorted(places.values())[1:], int(start[1])]
    return {
        number: pdf[pdf.index(b"\n", place) + 1 : end - len(b"\nendobj\n")]
        for (number, place), end in zip(sorted(places.items(), key=lambda item: item[1]), ends, strict=True)
    }


def text_letter(
    pages: Sequence[TextPage], glyphs: Mapping[int, frozenset[int]], marks: Marks, blocks: Sequence[Block] = ()
) -> bytes:
    """A letter of ``pages`` that show ``glyphs`` of the faces, by place; it keeps to PDF/A-2b (ISO 19005-2).

    It is tagged if its pages are marked; then ``blocks`` are what the marks stand for.
    """
    file = PdfFile()
    _write_pages(file, pages, glyphs)
    _write_marks(file, marks, _write_structure(file, pages, blocks))
    return file.written()


def _write_structure(file: PdfFile, pages: Sequence[TextPage], blocks: Sequence[Block]) -> bytes:
    """Add the structure tree, if the pages are marked; returns what the catalogue says of it."""
    if not any(page.marked for page in pages):
        return b""
    root = FIRST_PAGE + 2 * len(pages)
    marked = [(FIRST_PAGE + 2 * index, page.marked) for index, page in enumerate(pages)]
    file.objects.update(structure_objects(root, blocks, marked))
    return b"/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R" % root


def _write_marks(file: PdfFile, marks: Marks, structure: bytes) -> None:
    file.objects[INFO] = marks.info()
    packet = marks.xmp(archival=True).encode()  # not deflated: programs that know nothing of PDF shall find it
    file.objects[_METADATA] = b"<</Type/Metadata/Subtype/XML/Length %d>>stream\n%s\nendstream" % (len(packet), packet)
    file.objects[_PROFILE] = _profile()
    intent = b"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/DestOutputProfile %d 0 R>>" % _PROFILE
    file.objects[CATALOG] = (
        b"<</Type/Catalog/Pages %d 0 R/Lang(%s)/ViewerPreferences<</DisplayDocTitle true>>/Metadata %d 0 R"
        b"/OutputIntents[%s]%s>>" % (PAGES, marks.language.encode(), _METADATA, intent, structure)
    )


@cache
def _profile() -> bytes:
    file = PdfFile()
    file.stream(_PROFILE, srgb_profile(), b"/N 3")
    return file.objects[_PROFILE]


def _write_pages(file: PdfFile, pages: Sequence[TextPage], glyphs: Mapping[int, frozenset[int]]) -> None:
    """Add ``pages`` and the faces they show ``glyphs`` of, by place."""
    for place, shown in glyphs.items():
        file.objects.update(font_objects(place, shown))
    fonts = b"".join(b"%s %d 0 R" % (RESOURCE_NAMES[place].encode(), font_number(place)) for place in glyphs)
    numbers = [FIRST_PAGE + 2 * index for index in range(len(pages))]
    for place, (number, page) in enumerate(zip(numbers, pages, strict=True)):
        file.stream(number + 1, page.content)
        file.objects[number] = _page(page, number + 1, fonts, place)
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    file.objects[PAGES] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids)


def _page(page: TextPage, content: int, fonts: bytes, place: int) -> bytes:
    """The page's dictionary; ``content`` is the object that is its content, ``place`` its place in the letter."""
    links = b"/Annots[%s]" % b" ".join(page.links) if page.links else b""
    parents = b"/StructParents %d" % place if page.marked else b""
    resources = b"<<%s%s>>" % (b"/Font<<%s>>" % fonts if fonts else b"", page.resources)
    return b"<</Type/Page/Parent %d 0 R/MediaBox%s/Contents %d 0 R/Resources%s%s%s>>" % (
        *(PAGES, page.box, content, resources, links, parents),
    )


def font_number(place: int) -> int:
    """The object that is the face at ``place``."""
    return _FIRST_FONT + place * _FONT_OBJECTS


@lru_cache(maxsize=1024)
def font_objects(place: int, glyphs: frozenset[int]) -> dict[int, bytes]:
    """The objects of a cut face; letters of one campaign mostly show the same glyphs, so they are kept."""
    file = PdfFile()
    font, first = pinned_font(place, glyphs), font_number(place)
    name = b"/%s" % font.tagged_name.encode()
    file.objects[first] = (
        b"<</Type/Font/Subtype/Type0/BaseFont%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
        % (name, first + 1, first + 4)
    )
    file.objects[first + 1] = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont%s/CIDSystemInfo"
        b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/CIDToGIDMap/Identity/DW 0/FontDescriptor %d 0 R/W%s>>" % (name, first + 2, font.width_array)
    )
    entries = b"/FontName%s/FontFile2 %d 0 R>>" % (name, first + 3)
    file.objects[first + 2] = font.descriptor.removesuffix(b">>") + entries
    file.stream(first + 3, font.face.program, b"/Length1 %d" % len(font.face.program))
    file.stream(first + 4, font.unicode_map)
    return file.objects


def _xref(offsets: Mapping[int, int]) -> bytes:
    """One section for all numbers, as a file has that was never changed; those left out are free for good."""
    count = max(offsets) + 1
    rows = (b"%010d 00000 n \n" % offsets[number] if number in offsets else _FREE for number in range(count))
    return b"xref\n0 %d\n%s" % (count, b"".join(rows))
