"""Pictures a document may bring: kinds that are drawn and not run, of a size that can be unpacked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_PIXELS: Final = 64_000_000
"""A sheet of A4 scanned at 600 dots an inch has 35 million."""

_METAFILES: Final = (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00", b"\x02\x00\x09\x00", b"\x01\x00\x00\x00")  # WMF, EMF
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
    from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
    from docx.image.image import Image

    try:
        picture = Image.from_blob(content)
        pixels = picture.px_width * picture.px_height
    except (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError):
        return content[:4].decode("latin-1").strip() if content[:4].isascii() and content[:4].isalnum() else "?"
    except Exception as error:  # noqa: BLE001 - a damaged header makes the reader stumble in many ways
        return type(error).__name__
    return f"{picture.px_width} × {picture.px_height}" if pixels > MAX_PIXELS else None


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
