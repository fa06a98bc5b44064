"""Pictures a document may bring: kinds that are drawn and not run, of a size that can be unpacked."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_PIXELS: Final = 64_000_000
"""A sheet of A4 scanned at 600 dots an inch has 35 million."""

_METAFILES: Final = (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00", b"\x02\x00\x09\x00", b"\x01\x00\x00\x00")  # WMF, EMF
_JPEG: Final = b"\xff\xd8\xff"
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the segments of a JPEG that tell its size
_ALONE: Final = frozenset({0x00, 0x01, *range(0xD0, 0xD9), 0xFF})  # markers without a segment, and filling
_ENDS: Final = frozenset({0xD9, 0xDA})  # of the picture, and of what describes it
_MARK: Final = b"\xff"
_SVG: Final = "{http://www.w3.org/2000/svg}"
_RUN: Final = frozenset({"script", "foreignObject", "iframe", "handler", "animate", "set"})


def picture_problem(content: bytes, root: _Element | None) -> str | None:
    """The reason to refuse a picture, None for a sound one; ``root`` is its XML, if it is one.

    PNG, JPEG, GIF, BMP and TIFF are measured, Windows metafiles are not, an SVG must be self-contained. PostScript is a
    program and no picture.
    """
    if root is not None:
        return None if root.tag == f"{_SVG}svg" and _is_self_contained(root) else "SVG"
    if content.startswith(_METAFILES):
        return None
    if content.startswith(_JPEG):
        return _size_problem(*_jpeg_size(content))
    from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
    from docx.image.image import Image

    try:
        picture = Image.from_blob(content)
        return _size_problem(picture.px_width, picture.px_height)
    except (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError):
        return content[:4].decode("latin-1").strip() if content[:4].isascii() and content[:4].isalnum() else "?"
    except Exception as error:  # noqa: BLE001 - a damaged header makes the reader stumble in many ways
        return type(error).__name__


def _size_problem(width: int, height: int) -> str | None:
    return None if 0 < width * height <= MAX_PIXELS else f"{width} × {height}"


def _jpeg_size(content: bytes) -> tuple[int, int]:
    """Width and height of a JPEG of any program, with whatever segments; zeros for a damaged one (ITU-T T.81, B.1)."""
    place = 0
    try:
        while True:
            place = content.index(_MARK, place) + 1
            marker = content[place]
            if marker in _FRAMES:
                height, width = struct.unpack_from(">HH", content, place + 4)
                return width, height
            if marker in _ENDS:
                return 0, 0
            if marker not in _ALONE:
                place += 1 + struct.unpack_from(">H", content, place + 1)[0]
    except (struct.error, IndexError, ValueError):
        return 0, 0


def _is_self_contained(root: _Element) -> bool:
    """True for an SVG without programs and without anything fetched from elsewhere."""
    for element in root.iter("*"):
        if element.tag.rpartition("}")[2] in _RUN:
            return False
        for name, value in element.items():
            plain = name.rpartition("}")[2].lower()
            inside = value.lstrip().startswith(("#", "data:image/"))
            if plain.startswith("on") or (plain in {"href", "src"} and not inside):
                return False
        styles = f"{element.text or ''} {element.get('style') or ''}" if element.text else element.get("style") or ""
        if "@import" in styles or "url(" in styles.replace("url(#", "").replace('url("#', ""):
            return False
    return True
