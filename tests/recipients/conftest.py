"""Builders for lists of recipients: a few lines of text, or rows in a workbook."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
import xlsxwriter

from congvan.recipients import UnitList, era_of, unit_list

Rows = Sequence[Sequence[Any]]

_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    '<manifest:file-entry manifest:full-path="/"'
    ' manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)


@pytest.fixture(scope="session")
def units_of_2021() -> UnitList:
    return unit_list(era_of(date(2021, 4, 1)))


@pytest.fixture
def text_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file of text; its name says the format."""

    def write(name: str, text: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Writes an .xlsx; one list of rows for each sheet."""

    def write(hidden: Sequence[str] = (), **sheets: Rows) -> Path:
        path = tmp_path / "danh-sach.xlsx"
        with xlsxwriter.Workbook(path) as book:
            for name, rows in sheets.items():
                sheet = book.add_worksheet(name)
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
                if name in hidden:
                    sheet.hide()
                else:
                    sheet.activate()
        return path

    return write


@pytest.fixture
def ods(tmp_path: Path) -> Callable[..., Path]:
    """Writes a small OpenDocument spreadsheet of texts, with ``further`` rows as they are in its XML."""

    def write(rows: Rows, further: str = "") -> Path:
        path = tmp_path / "danh-sach.ods"
        table = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows) + further
        content = (
            '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.3"'
            ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
            ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
            ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
            f'<table:table table:name="DS">{table}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>"
        )
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            package.writestr("META-INF/manifest.xml", _MANIFEST)
            package.writestr("content.xml", content)
        return path

    return write


def _ods_cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
