"""Small letters for the tests of congvan.pdf, made with python-docx: alone, or as sections of one bundle."""

from __future__ import annotations

import copy
import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass

import pikepdf
import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from congvan.pdf.engine import Bundle
from congvan.pdf.engines.available import engine

BODY = (
    "Thực hiện chỉ đạo của Phó Chủ tịch UBND tỉnh tại Công văn số 3197/UBND-CN ngày 15/3/2021 về việc đẩy mạnh công "
    "tác tuyên truyền việc thanh toán tiền điện không sử dụng tiền mặt, Công ty đề nghị quý cơ quan phối hợp."
)


@dataclass(frozen=True)
class ShortLetter:
    """What a test varies: the addressee, how much text there is, and what else is in it.

    ``texts`` are paragraphs, ``pieces`` the runs of one paragraph, ``xml`` elements put into paragraphs,
    ``rule`` the indents of a line across the page, in twips.
    """

    name: str = "UBND huyện Đông Sơn"
    paragraphs: int = 2
    texts: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()
    font: str | None = None
    picture: bytes | None = None
    link: str | None = None
    rule: tuple[int, int] | None = None
    xml: tuple[str, ...] = ()
    head: bool = True

    def write(self, document):
        if self.head:
            _write_head(document)
        document.add_paragraph(f"Kính gửi: {self.name}")
        for number in range(self.paragraphs):
            paragraph = document.add_paragraph(f"{number + 1}. {BODY}")
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            paragraph.paragraph_format.first_line_indent = Mm(10)
        for text in self.texts:
            run = document.add_paragraph().add_run(text)
            run.font.name = self.font
        runs = document.add_paragraph()
        for piece in self.pieces:
            runs.add_run(piece)
        if self.picture:
            document.add_picture(io.BytesIO(self.picture), width=Mm(30))
        if self.link:
            document.add_paragraph()._p.append(_link(document, self.link))
        if self.rule:
            _write_rule(document, *self.rule)
        for xml in self.xml:
            document.add_paragraph()._p.append(parse_xml(xml))


def _write_head(document):
    table = document.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    left.paragraphs[0].add_run("CÔNG TY ĐIỆN LỰC THANH HÓA").bold = True
    label = left.add_paragraph().add_run("Nơi nhận:")
    label.bold = label.italic = True
    right.paragraphs[0].add_run("Độc lập - Tự do - Hạnh phúc").bold = True
    rule = '<w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
    right.add_paragraph()._p.get_or_add_pPr().append(parse_xml(f"<w:pBdr {nsdecls('w')}>{rule}</w:pBdr>"))
    right.add_paragraph().add_run("Thanh Hóa, ngày 05 tháng 4 năm 2021").italic = True


def _write_rule(document, left, right):
    properties = document.add_paragraph()._p.get_or_add_pPr()
    top = '<w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
    properties.append(parse_xml(f"<w:pBdr {nsdecls('w')}>{top}</w:pBdr>"))
    properties.append(parse_xml(f'<w:ind {nsdecls("w")} w:left="{left}" w:right="{right}"/>'))


def _link(document, url):
    relation = document.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    run = "<w:r><w:t>trang thanh toán</w:t></w:r>"
    return parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}">{run}</w:hyperlink>')


def _blank(*, counting=True):
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    normal.element.rPr.rFonts.set(qn("w:cs"), "Times New Roman")
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(35), Mm(20)
    section.top_margin, section.bottom_margin = Mm(25), Mm(20)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    simple = OxmlElement("w:fldSimple")
    simple.set(qn("w:instr"), " PAGE ")
    number._p.append(simple)
    if counting:
        section._sectPr.append(parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>'))
    return document


def _saved(document):
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _mark(first_block, number):
    mark = parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{900 + number}" w:name="letter_{number}"/>')
    end = parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{900 + number}"/>')
    paragraph = next(first_block.iter(qn("w:p")))
    for element in (end, mark):
        paragraph.insert(1 if paragraph.pPr is not None else 0, element)


@pytest.fixture
def letter():
    """The letter a test varies: ``letter(name=…, paragraphs=…)``."""
    return ShortLetter


@pytest.fixture
def docx_of():
    """One letter as a .docx."""

    def build(one, *, counting=True):
        document = _blank(counting=counting)
        one.write(document)
        return _saved(document)

    return build


@pytest.fixture
def bundle_of():
    """Letters as one bundle, a section each."""

    def build(letters):
        document = _blank()
        body = document.element.body
        section = body[-1]
        for number, one in enumerate(letters):
            start = len(body) - 1
            one.write(document)
            _mark(body[start], number)
            if number < len(letters) - 1:
                closing = document.add_paragraph()._p
                closing.get_or_add_pPr().append(copy.deepcopy(section))
        names = tuple(f"letter_{number}" for number in range(len(letters)))
        return Bundle(_saved(document), names)

    return build


@pytest.fixture
def changed():
    """A .docx with a pattern of its document (or another part) replaced; the pattern must be there."""

    def change(docx, pattern, new, part="word/document.xml"):
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            parts = {name: archive.read(name).decode("latin-1") for name in archive.namelist()}
        parts[part], count = re.subn(pattern, new, parts[part], flags=re.DOTALL)
        assert count
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content.encode("latin-1"))
        return target.getvalue()

    return change


@pytest.fixture
def picture_of():
    """A small PNG of one colour."""

    def build(red, green, blue, size=40):
        def chunk(kind, content):
            return struct.pack(">L", len(content)) + kind + content + struct.pack(">L", zlib.crc32(kind + content))

        rows = (b"\0" + bytes([red, green, blue]) * size) * size
        header = struct.pack(">2L5B", size, size, 8, 2, 0, 0, 0)
        return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")

    return build


@pytest.fixture(scope="session")
def embedded():
    return engine("dxpdf")


@pytest.fixture
def everything_in():
    """All bytes a PDF could give away: every stream unpacked, every string, name and number."""

    def read(pdf):
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            parts = [pdf, repr(opened.trailer.Info).encode()]
            for found in opened.objects:
                parts.append(found.unparse(resolved=True))
                if isinstance(found, pikepdf.Stream):
                    parts += [found.read_raw_bytes(), _unpacked(found)]
                parts += _strings(found)
            return b"\n".join(parts)

    return read


def _unpacked(stream):
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return zlib.decompress(stream.read_raw_bytes())


def _strings(found):
    match found:
        case pikepdf.Dictionary() | pikepdf.Stream():
            return [text for value in found.values() for text in _strings_of(value)]
        case pikepdf.Array():
            return [text for value in found for text in _strings_of(value)]
    return _strings_of(found)


def _strings_of(value):
    if isinstance(value, pikepdf.String):
        return [bytes(value), str(value).encode(), str(value).encode("utf-16-be")]
    direct = isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect
    return _strings(value) if direct else []
