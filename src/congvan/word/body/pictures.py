"""A picture of a body as a drawing in the line: its size in mm, never wider or higher than the text."""

from __future__ import annotations

from html import escape
from typing import Final, NamedTuple

from congvan.support.lengths import Mm
from congvan.support.ooxml import NAMESPACES
from congvan.support.untrusted_files import MEGABYTE
from congvan.word.body.reading.model import Picture
from congvan.word.intake.pictures import picture_problem

PICTURE_LIMIT: Final = 5 * MEGABYTE
"""Bytes of one picture."""

TALLEST: Final = Mm(230)
"""What a page of the decree leaves between head and foot."""

_EMU: Final = 36_000  # in a millimetre
_KINDS: Final = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg"}
_INCH: Final = 25.4
_SCREEN: Final = 96  # dots an inch of a file that does not say


class Size(NamedTuple):
    """Width and height in mm."""

    width: float
    height: float


def kind_of(content: bytes) -> str | None:
    """``png`` or ``jpg``, by the first bytes; None for anything else, which the engines would not all draw."""
    return next((kind for start, kind in _KINDS.items() if content.startswith(start)), None)


def problem_of(picture: Picture) -> str | None:
    """Why a picture is refused; None for a sound one."""
    if len(picture.content) > PICTURE_LIMIT:
        return f"{len(picture.content) / MEGABYTE:.1f} MB > {PICTURE_LIMIT // MEGABYTE} MB"
    if kind_of(picture.content) is None:
        return "không phải PNG, JPEG"
    return picture_problem(picture.content, None)


def size_of(picture: Picture) -> Size:
    """Its size in mm: as given, the other side in proportion; of its own where nothing is given."""
    from docx.image.image import Image

    image = Image.from_blob(picture.content)
    across = image.px_width / (image.horz_dpi or _SCREEN) * _INCH
    down = image.px_height / (image.vert_dpi or _SCREEN) * _INCH
    if picture.width and picture.height:
        return Size(picture.width, picture.height)
    if picture.width:
        return Size(picture.width, picture.width * down / across)
    if picture.height:
        return Size(picture.height * across / down, picture.height)
    return Size(across, down)


def drawing_xml(relation: str, caption: str, size: Size) -> str:
    """The run that holds the drawing."""
    across, down = (round(side * _EMU) for side in size)
    wp, a, pic, r = (NAMESPACES[prefix] for prefix in ("wp", "a", "pic", "r"))
    described = escape(caption, quote=True)
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{wp}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{across}" cy="{down}"/><wp:docPr id="1" name="Hình" descr="{described}"/>'
        f'<a:graphic xmlns:a="{a}"><a:graphicData uri="{pic}"><pic:pic xmlns:pic="{pic}">'
        f'<pic:nvPicPr><pic:cNvPr id="0" name="Hình"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip xmlns:r="{r}" r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        f"</wp:inline></w:drawing></w:r>"
    )
