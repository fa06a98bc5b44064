"""An old Excel file is read as it is shown too; no library here writes one, so that the test puts its bytes together."""

import struct

import pytest

from congvan.recipients.sources.workbook import read_workbook
from congvan.support.cells.xls_cells import xls_cells

SECTOR = 512
FORMATS = {164: "000000000000", 165: "0.0%", 166: "mm/yyyy"}


def record(kind, content=b""):
    return struct.pack("<HH", kind, len(content)) + content


def text(written, wide=False):
    return struct.pack("<HB", len(written), int(wide)) + written.encode("utf-16-le" if wide else "latin-1")


def number(row, column, style, value):
    return record(0x203, struct.pack("<HHHd", row, column, style, value))


def formula_error(row, column, code):
    value = bytes([2, 0, code, 0, 0, 0, 0xFF, 0xFF])
    return record(0x06, struct.pack("<HHH", row, column, 0) + value + struct.pack("<HIH", 0, 0, 0))


CELLS = (
    number(0, 0, 1, 38012345678)
    + number(0, 1, 2, 0.155)
    + number(0, 2, 3, 44440)
    + number(0, 3, 0, 120)
    + formula_error(1, 0, 42)
    + record(0x205, struct.pack("<HHHBB", 1, 1, 0, 23, 1))
    + record(0xBD, struct.pack("<HHHIHIH", 2, 0, 1, (7 << 2) | 2, 0, (8 << 2) | 2, 1))
)


def workbook(sheet="Trưởng thôn"):
    """The stream of a workbook with one sheet."""
    start = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    formats = b"".join(record(0x41E, struct.pack("<H", key) + text(code)) for key, code in FORMATS.items())
    styles = b"".join(record(0xE0, struct.pack("<HH", 0, key) + b"\0" * 16) for key in (0, *FORMATS))
    name = sheet.encode("utf-16-le")
    bound = 4 + 8 + len(name)
    at = len(start) + len(formats) + len(styles) + bound + 4
    sheets = record(0x85, struct.pack("<IBBBB", at, 0, 0, len(sheet), 1) + name)
    part = record(0x809, struct.pack("<HHHHII", 0x600, 16, 0, 0, 0, 0)) + CELLS + record(0x0A)
    return start + formats + styles + sheets + record(0x0A) + part


def compound(stream):
    """A file with the stream ``Workbook``, padded so that it needs no small sectors."""
    stream = stream.ljust(4096, b"\0")
    count = -(-len(stream) // SECTOR)
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(SECTOR, b"\xff")

    def entry(name, kind, start, size, child):
        written = name.encode("utf-16-le") + b"\0\0"
        body = written.ljust(64, b"\0") + struct.pack("<HBBIII", len(written), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return body.ljust(116, b"\0") + struct.pack("<III", start, size, 0)

    directory = entry("Root Entry", 5, 0xFFFFFFFE, 0, 1) + entry("Workbook", 2, 2, len(stream), 0xFFFFFFFF)
    header = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header + fat + directory.ljust(SECTOR, b"\0") + stream.ljust(count * SECTOR, b"\0")


def test_an_old_workbook_is_read_as_its_cells_show_it(tmp_path):
    path = tmp_path / "ds.xls"
    path.write_bytes(compound(workbook()))

    (sheet,) = read_workbook(path)

    assert sheet.place.sheet == "Trưởng thôn"
    assert [list(row.cells) for row in sheet.rows] == [
        ["038012345678", "15,5%", "09/2021", "120"],
        ["#N/A", "#REF!", "", ""],
        ["000000000007", "8", "", ""],
    ]


def test_the_cells_of_another_sheet_are_not_taken():
    assert list(xls_cells(compound(workbook()), "Khác")) == []


@pytest.mark.parametrize("at", [0, 30, 44, 48, 76, 600, 1100, 1600, 2000])
def test_a_damaged_file_neither_fails_nor_hangs(at):
    data = bytearray(compound(workbook()))
    data[at : at + 4] = b"\xfe\x00\x00\x00"

    assert all(cell.row < 65536 for cell in xls_cells(bytes(data), "Trưởng thôn"))
    assert all(cell.row < 65536 for cell in xls_cells(bytes(data[: at + 1]), "Trưởng thôn"))
