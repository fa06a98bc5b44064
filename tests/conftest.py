"""Builders shared by the tests: a valid letter, and one that differs in a single part."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from congvan.letter import Letter

A_LETTER: dict[str, Any] = {
    "chu_quan": "TỔNG CÔNG TY ĐIỆN LỰC MIỀN BẮC",
    "co_quan": "CÔNG TY ĐIỆN LỰC THANH HÓA",
    "so": 465,
    "ky_hieu": "PCTH-KD",
    "dia_danh": "Thanh Hóa",
    "ngay": "2021-04-05",
    "loai": "cong-van",
    "trich_yeu": "phối hợp tuyên truyền thanh toán tiền điện không dùng tiền mặt",
    "kinh_gui": ["UBND tỉnh Thanh Hóa"],
    "noi_dung": "Công ty Điện lực Thanh Hóa trân trọng đề nghị quý cơ quan phối hợp.",
    "noi_nhan": ["Như trên", "Lưu: VT, KD"],
    "ky": {"quyen_han": ["KT. GIÁM ĐỐC"], "chuc_vu": "PHÓ GIÁM ĐỐC", "ho_ten": "Lê Văn Mẫu"},
}


@pytest.fixture
def letter() -> Callable[..., Letter]:
    """A valid letter, except for the parts given."""

    def make(**parts: Any) -> Letter:
        return Letter(**{**A_LETTER, **parts})

    return make


@pytest.fixture
def word_text() -> Callable[[bytes], list[str]]:
    """The paragraphs of a .docx as python-docx reads them, tables in their place, empty ones left out."""

    def read(docx: bytes) -> list[str]:
        from docx import Document

        body = Document(io.BytesIO(docx)).element.body
        paragraphs = ("".join(_text(node)) for node in body.iter(f"{{{body.nsmap['w']}}}p"))
        return [text for text in paragraphs if text.strip()]

    def _text(paragraph: Any) -> list[str]:
        wanted = {"t": lambda node: node.text or "", "br": lambda _: "\n"}
        return [wanted[name](node) for node in paragraph.iter() if (name := node.tag.rpartition("}")[2]) in wanted]

    return read


@pytest.fixture
def part() -> Callable[[bytes, str], str]:
    """One part of a .docx as text."""

    def read(docx: bytes, name: str) -> str:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            return archive.read(name).decode("utf-8")

    return read


@pytest.fixture
def docx_with() -> Callable[..., bytes]:
    """A small .docx with the given paragraphs, for templates of a user's own."""

    def make(*paragraphs: str, header: str = "", title: str = "") -> bytes:
        from docx import Document

        document = Document()
        document.styles["Normal"].font.name = "Times New Roman"
        for text in paragraphs:
            document.add_paragraph(text)
        if header:
            document.sections[0].header.paragraphs[0].text = header
        document.core_properties.title = title
        target = io.BytesIO()
        document.save(target)
        return target.getvalue()

    return make


def folded(text: str) -> str:
    """White space folded, as a reader sees a line."""
    return re.sub(r"\s+", " ", text).strip()
