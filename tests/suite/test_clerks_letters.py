"""Letters congvan had no part in, as clerks type them: tabs and spaces for columns, text boxes, old fonts, loose marks.

Each is read from Word and, where LibreOffice is there to print it, from the PDF.
"""

import io
import shutil
import subprocess
import unicodedata
from functools import cache

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

import congvan

pytestmark = pytest.mark.xdist_group("clerks")


class Typed:
    """A letter in the making, with the margins of an office and no style but Normal."""

    def __init__(self, font="Times New Roman"):
        self.document = Document()
        self.section = self.document.sections[0]
        self.section.page_width, self.section.page_height = Mm(210), Mm(297)
        self.section.left_margin, self.section.right_margin = Mm(30), Mm(20)
        self.section.top_margin = self.section.bottom_margin = Mm(20)
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = font, Pt(14)
        normal.paragraph_format.space_after = Pt(0)

    def line(self, text, align=None, tab=None, into=None, **font):
        paragraph = (into or self.document).add_paragraph()
        if align:
            paragraph.alignment = WD_ALIGN_PARAGRAPH[align]
        if tab:
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(tab))
        run = paragraph.add_run(text)
        for name, value in font.items():
            setattr(run.font, name, Pt(value) if name == "size" else value)
        if "name" in font:
            run._r.rPr.rFonts.set(qn("w:hAnsi"), font["name"])
        return paragraph

    def saved(self):
        target = io.BytesIO()
        self.document.save(target)
        return target.getvalue()


def with_tabs_and_spaces(form="NFC"):
    letter = Typed()
    for text, tab, font in (
        ("UBND TỈNH THANH HÓA\tCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", 70, {"size": 12}),
        ("  SỞ CÔNG THƯƠNG\tĐộc lập - Tự do - Hạnh phúc", 80, {"size": 13, "bold": True}),
        ("  -------\t---------------", 80, {}),
        ("Số:        /SCT-QLNL                    Thanh Hóa, ngày      tháng 4 năm 2021", None, {"size": 13}),
        ("V/v tăng cường quản lý điện", None, {"size": 12}),
        ("", None, {}),
        ("\t\tKính gửi:   - UBND các huyện;", None, {}),
        ("\t\t\t\t- Công ty Điện lực.", None, {}),
        ("\tSở Công Thương đề nghị các đơn vị phối hợp quản lý điện trên toàn địa bàn tỉnh Thanh Hóa.", None, {}),
        ("", None, {}),
        ("Nơi nhận:                                                        KT. GIÁM ĐỐC", None, {"bold": True}),
        ("- Như trên;                                                   PHÓ GIÁM ĐỐC", None, {"size": 11}),
        ("- Lưu: VT, QLNL.", None, {"size": 11}),
        ("", None, {}),
        ("\t\t\t\t\t\t\tNguyễn Văn Mẫu", None, {"bold": True}),
    ):
        letter.line(unicodedata.normalize(form, text), tab=tab, **font)
    return letter.saved()


TYPED_PARTS = {
    "chu_quan": "UBND TỈNH THANH HÓA",
    "co_quan": "SỞ CÔNG THƯƠNG",
    "quoc_hieu": "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "tieu_ngu": "Độc lập - Tự do - Hạnh phúc",
    "so_ky_hieu": "Số: /SCT-QLNL",
    "dia_danh_ngay": "Thanh Hóa, ngày tháng 4 năm 2021",
    "trich_yeu_cong_van": "V/v tăng cường quản lý điện",
    "kinh_gui": "Kính gửi: - UBND các huyện; - Công ty Điện lực.",
    "noi_nhan_tieu_de": "Nơi nhận:",
    "noi_nhan": "- Như trên; - Lưu: VT, QLNL.",
    "quyen_han": "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC",
    "ho_ten": "Nguyễn Văn Mẫu",
}


def with_text_boxes():
    def box(left, width, *lines):
        inside = "".join(
            f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr>{"<w:b/>" * bold}<w:sz w:val="{size * 2}"/></w:rPr>'
            f"<w:t>{text}</w:t></w:r></w:p>"
            for text, bold, size in lines
        )
        style = f"position:absolute;margin-left:{left}pt;margin-top:0;width:{width}pt;height:60pt"
        return (
            f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape style="{style}" stroked="f">'
            f"<v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )

    letter = Typed()
    anchor = letter.line("")._p
    anchor.append(parse_xml(box(0, 170, ("TỔNG CÔNG TY ĐIỆN LỰC", 0, 12), ("CÔNG TY ĐIỆN LỰC MẪU", 1, 12))))
    motto = (("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 1, 12), ("Độc lập – Tự do – Hạnh phúc", 1, 13))
    anchor.append(parse_xml(box(180, 270, *motto)))
    line = '<v:line style="position:absolute" from="235pt,50pt" to="395pt,50pt"/>'
    anchor.append(
        parse_xml(f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>{line}</w:pict></w:r>')
    )
    for _ in range(4):
        letter.line("")
    letter.line("Số: 12/TB-ĐLM\t\t\tMẫu, ngày 5 tháng 04 năm 2021")
    letter.line("THÔNG BÁO", "CENTER", bold=True)
    letter.line("Về việc nghỉ lễ", "CENTER", bold=True)
    letter.line("Toàn thể cán bộ, công nhân viên được nghỉ lễ hai ngày theo quy định của pháp luật.", "JUSTIFY")
    for text in ("GIÁM ĐỐC", "(Đã ký)", "TRẦN THỊ MẪU"):
        letter.line(text, "RIGHT", bold=True)
    letter.line("Nơi nhận:", bold=True, italic=True, size=12)
    letter.line("- Các phòng;", size=11)
    letter.line("- Lưu VT.", size=11)
    return letter.saved()


BOXED_PARTS = {
    "chu_quan": "TỔNG CÔNG TY ĐIỆN LỰC",
    "co_quan": "CÔNG TY ĐIỆN LỰC MẪU",
    "quoc_hieu": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "tieu_ngu": "Độc lập – Tự do – Hạnh phúc",
    "so_ky_hieu": "Số: 12/TB-ĐLM",
    "dia_danh_ngay": "Mẫu, ngày 5 tháng 04 năm 2021",
    "ten_loai": "THÔNG BÁO",
    "trich_yeu": "Về việc nghỉ lễ",
    "quyen_han": "GIÁM ĐỐC",
    "ho_ten": "TRẦN THỊ MẪU",
    "noi_nhan": "- Các phòng; - Lưu VT.",
}


def with_wrong_spelling():
    letter = Typed()
    letter.line("CÔNG TY ĐIỆN LỰC MẪU", bold=True)
    letter.line("CỘNG HÒA XÃ HỘI CHỦ NGHỈA VIỆT NAM", "RIGHT", bold=True, size=14)
    letter.line("Độc lập - Tự do - Hạnh Phúc", "RIGHT", bold=True)
    letter.line("Số 07-CV/ĐLM")
    letter.line("mẫu, ngày 7-4-2021", "RIGHT")
    letter.line("Kính gởi: Ủy ban nhân dân xã")
    letter.line("Đề nghị Ủy ban nhân dân xã phối hợp tuyên truyền an toàn điện tới từng hộ gia đình trong xã.")
    letter.line("TM. BAN GIÁM ĐỐC", "RIGHT", bold=True)
    letter.line("Lê Thị Mẫu", "RIGHT", bold=True)
    return letter.saved()


MISSPELT_PARTS = {
    "quoc_hieu": "CỘNG HÒA XÃ HỘI CHỦ NGHỈA VIỆT NAM",
    "tieu_ngu": "Độc lập - Tự do - Hạnh Phúc",
    "so_ky_hieu": "Số 07-CV/ĐLM",
    "co_quan": "CÔNG TY ĐIỆN LỰC MẪU",
    "kinh_gui": "Kính gởi: Ủy ban nhân dân xã",
    "quyen_han": "TM. BAN GIÁM ĐỐC",
    "ho_ten": "Lê Thị Mẫu",
}

LETTERS = {
    "tabs and spaces": (with_tabs_and_spaces, TYPED_PARTS),
    "loose marks": (lambda: with_tabs_and_spaces("NFD"), TYPED_PARTS),
    "text boxes": (with_text_boxes, BOXED_PARTS),
    "wrong spelling": (with_wrong_spelling, MISSPELT_PARTS),
}


@pytest.fixture(scope="session")
def printed(tmp_path_factory):
    """Each letter as LibreOffice prints it, all in one go."""
    folder = tmp_path_factory.mktemp("clerks")
    for number, (make, _) in enumerate(LETTERS.values()):
        (folder / f"{number}.docx").write_bytes(make())
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [str(path) for path in sorted(folder.glob("*.docx"))]
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True)
    return cache(lambda name: congvan.facts(folder / f"{[*LETTERS].index(name)}.pdf"))


def texts(parts):
    return {found.name: found.text for found in parts}


@pytest.mark.parametrize("name", LETTERS)
def test_the_parts_of_a_clerks_letter_are_told_apart_in_word(name):
    make, wanted = LETTERS[name]
    found = texts(congvan.components(congvan.facts(make())))

    assert {part: found.get(part) for part in wanted} == wanted


@pytest.mark.slow
@pytest.mark.skipif(
    not shutil.which("soffice"), reason="LibreOffice, which prints these letters, is not installed here"
)
@pytest.mark.parametrize("name", LETTERS)
def test_the_parts_of_a_clerks_letter_are_told_apart_on_paper(name, printed):
    wanted = LETTERS[name][1]
    found = texts(congvan.components(printed(name)))

    assert {part: found.get(part) for part in wanted} == wanted


def test_what_is_wrong_with_a_part_can_be_measured():
    parts = congvan.components(congvan.facts(with_wrong_spelling()))
    motto = parts["quoc_hieu"]

    assert (motto.lines[0].font.size, motto.lines[0].font.bold) == (14, True)
    assert motto.text.split()[5] == "NGHỈA"
    assert "dia_danh_ngay" not in parts


def test_a_name_in_capitals_is_taken_for_a_name_but_not_for_sure():
    parts = congvan.components(congvan.facts(with_text_boxes()))

    assert not parts["ho_ten"].sure
    assert parts["quyen_han"].sure


def test_hyphens_typed_as_a_line_are_a_rule():
    parts = congvan.components(congvan.facts(with_tabs_and_spaces()))

    assert {part: parts[part].rule.kind for part in ("co_quan", "tieu_ngu")} == {
        "co_quan": "typed",
        "tieu_ngu": "typed",
    }


def test_a_line_drawn_beside_the_text_boxes_is_the_rule_of_the_motto():
    facts = congvan.facts(with_text_boxes())
    motto = congvan.components(facts)["tieu_ngu"]

    assert facts.text_boxes == 2
    assert motto.lines[0].region == "text-box"
    assert (motto.rule.kind, round(motto.rule.length)) == ("drawn", 56)


def test_what_was_typed_stays_to_be_seen_beside_what_is_read():
    line = next(line for line in congvan.facts(with_tabs_and_spaces("NFD")).lines if line.text.startswith("Số:"))

    assert line.text == "Số: /SCT-QLNL"
    assert not unicodedata.is_normalized("NFC", line.raw)
    assert "        " in line.raw


TCVN3 = {
    "Sở công thương": "Së c«ng th\u00ad¬ng",
    "Cộng hòa xã hội chủ nghĩa việt nam": "Céng hßa x· héi chñ nghÜa viÖt nam",
    "Độc lập - Tự do - Hạnh phúc": "§éc lËp - Tù do - H¹nh phóc",
}


def test_a_letter_in_fonts_from_before_unicode_is_read_as_it_looks():
    letter = Typed(".VnTime")
    table = letter.document.add_table(1, 2)
    (left, right), typed = table.rows[0].cells, [*TCVN3.values()]
    letter.line(typed[0], "CENTER", into=left, bold=True, name=".VnTimeH", size=12)
    letter.line(typed[1], "CENTER", into=right, bold=True, name=".VnTimeH", size=12)
    letter.line(typed[2], "CENTER", into=right, bold=True, name=".VnTime", size=13)
    letter.line("Sè: 15/SCT-VP", name=".VnTime")
    facts = congvan.facts(letter.saved())
    found = texts(congvan.components(facts))

    assert found["co_quan"] == "SỞ CÔNG THƯƠNG"
    assert found["quoc_hieu"] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert found["tieu_ngu"] == "Độc lập - Tự do - Hạnh phúc"
    assert found["so_ky_hieu"] == "Số: 15/SCT-VP"
    assert [font.name for font in facts.fonts] == [".VnTime", ".VnTimeH"]
    assert facts.lines[0].raw == typed[0]


def test_a_text_that_is_no_letter_has_only_a_body():
    letter = Typed()
    letter.line("Kính thưa quý vị, đây là một bức thư không có thể thức nào cả.")

    assert {found.name for found in congvan.components(congvan.facts(letter.saved()))} == {"noi_dung"}
