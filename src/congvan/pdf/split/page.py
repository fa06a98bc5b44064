"""The content, boxes and web links of a PDF's page; and a PDF saved reproducibly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, BinaryIO, Final

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Page, Pdf, Stream

from congvan.pdf.split.content_stream import decoded

_PRINTED: Final = 1 << 2  # flag of an annotation
_A4: Final = (595.28, 841.89)  # points
_A4_BOX: Final = b"[ 0 0 595.28 841.89 ]"
_BOXES: Final = ("/MediaBox", "/CropBox", "/Rotate")


def page_content(page: Page) -> bytes:
    """The page's content stream, the parts of it joined."""
    content = page.obj.get("/Contents", Array())
    parts = [content] if isinstance(content, Stream) else list(content)
    return b"\n".join(map(decoded, parts))


def page_boxes(page: Page) -> Iterator[tuple[str, Any]]:
    """Size and rotation, which a page may inherit (ISO 32000-1, 7.7.3.4)."""
    for key in _BOXES:
        if (value := _inherited(page, key)) is not None:
            yield key, Object.parse(_exact(value.unparse())) if key == "/MediaBox" else value


def page_size(page: Page) -> bytes:
    """The page's /MediaBox, as a PDF writes it."""
    box = _inherited(page, "/MediaBox")
    return _exact(_A4_BOX if box is None else box.unparse())


def page_height(page: Page) -> float:
    """In points, before it is rotated."""
    _, bottom, _, top = map(float, page_size(page).strip(b"[] ").split())
    return top - bottom


def _inherited(page: Page, key: str) -> Object | None:
    node: Object = page.obj
    while key not in node and "/Parent" in node:
        node = node.Parent
    return node.get(key)


@lru_cache(maxsize=64)  # pages mostly are of one size
def _exact(box: bytes) -> bytes:
    """A sheet of A4 whose sides an engine has rounded to whole points, at its own size; its top stays where it is."""
    left, bottom, right, top = (float(side) for side in box.strip(b"[] ").split())
    for width, height in (_A4, _A4[::-1]):
        if (left, bottom) == (0, 0) and abs(right - width) < 1 and abs(top - height) < 1:
            return b"[ 0 %.2f %.2f %.2f ]" % (top - height, width, top)
    return box


def web_links(page: Page) -> list[Dictionary]:
    """The page's links to the web, made anew; links to other pages are left out."""
    if "/Annots" not in page.obj:
        return []
    annotations: Iterable[Object] = page.obj.Annots
    return [_link(annotation) for annotation in annotations if _leads_to_the_web(annotation)]


def save_pdf(pdf: Pdf, target: BinaryIO) -> None:
    """Write ``pdf``, small, and the same bytes for the same content: its identifier is a digest of it."""
    pdf.save(target, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate, fix_metadata_version=False)


def _leads_to_the_web(annotation: Object) -> bool:
    return bool(annotation.get("/Subtype") == Name.Link and annotation.get("/A", Dictionary()).get("/S") == Name.URI)


def _link(annotation: Object) -> Dictionary:
    action = Dictionary(S=Name.URI, URI=_own(annotation.A.URI))
    return Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=_own(annotation.Rect), Border=Array([0, 0, 0]), F=_PRINTED, A=action
    )


def _own(value: Object) -> Object:
    """A value without objects in it, such as a rectangle, free of the PDF it stands in."""
    return Object.parse(value.unparse(resolved=True))
