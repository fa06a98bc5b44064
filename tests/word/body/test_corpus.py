"""Every way of writing a text, and what it prints: the table that is also the reference page."""

import base64
import importlib.util
import struct
import zlib
from pathlib import Path

import pytest
from tests.word.body.printed import printed

from congvan.errors import TemplateError

FOLDER = Path(__file__).parents[3] / "docs" / "reference"


def page_script():
    spec = importlib.util.spec_from_file_location("noi_dung_page", FOLDER / "noi_dung_page.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width, height):
    rows = (b"\0" + b"\x20\x60\xa0" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


PICTURE = f"data:image/png;base64,{base64.b64encode(png(4, 2)).decode()}"
PIECES = [piece for group in page_script().groups() for piece in group["mau"]]


def outcome(written):
    """The lines that are printed, or the findings with line and column."""
    try:
        return printed(written.replace("HINH", PICTURE))
    except TemplateError as error:
        return [f"{found.code} {found.place.line}:{found.place.column or '-'}" for found in error.report]


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece["viet"][:40])
def test_a_text_prints_what_the_reference_page_says(piece):
    assert outcome(piece["viet"]) == piece.get("in", piece.get("loi"))


def test_the_reference_has_at_least_120_pieces():
    assert len(PIECES) >= 120


def test_the_reference_page_is_made_from_the_table():
    script = page_script()

    assert script.PAGE.read_text(encoding="utf-8") == script.page(), "run: python docs/reference/noi_dung_page.py"
