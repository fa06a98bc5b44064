"""Boxes to tick, ☐ ☑ ☒, in a font of congvan's own that travels inside the document: the pinned font lacks them.

Word, LibreOffice and the embedded engine then draw the same box, and it stays a letter that can be searched and copied.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final
from uuid import UUID

__all__ = ["BOXES", "FAMILY", "KEY", "font", "font_file", "without_boxes"]

BOXES: Final = "☐☑☒"
FAMILY: Final = "Congvan Symbols"
KEY: Final = "{00000000-0000-0000-0000-00000000C0DE}"
_RUN: Final = re.compile(f'<w:rFonts w:ascii="{FAMILY}"[^>]*/>(?:<w:[^>]*/>)*</w:rPr><w:t>[{BOXES}]</w:t>')
_OBFUSCATED: Final = 32  # bytes at the start of the file (ISO/IEC 29500-1, 17.8.1)


@cache
def font() -> bytes:
    """The font as a TrueType program."""
    return (files("congvan.word.body") / "CongvanSymbols.ttf").read_bytes()


@cache
def font_file() -> bytes:
    """The font, obfuscated as a .docx holds it, under :data:`KEY`."""
    program, mask = font(), UUID(KEY).bytes[::-1]
    head = bytes(byte ^ mask[index % len(mask)] for index, byte in enumerate(program[:_OBFUSCATED]))
    return head + program[_OBFUSCATED:]


def without_boxes(xml: str) -> str:
    """``xml`` without the boxes that are set in this font."""
    return _RUN.sub("", xml)
