import io
import re

import pytest
from docx import Document
from docx.shared import Pt

from congvan.decree.measures import COMPONENTS, PAGE, RULE_SHARE
from congvan.errors import TemplateError
from congvan.inspect.pdf.facts import read_facts
from congvan.pdf.convert import to_pdf
from congvan.text.width import text_width
from congvan.word import WordTemplate, render_docx, render_letter, template_for

TWIPS_PER_MM = 1440 / 25.4


def fold(text):
    return re.sub(r"\s+", " ", text).strip()


def lines(texts):
    return [fold(text) for text in texts]


def test_a_cong_van_has_its_parts_in_the_order_of_the_decree(letter, word_text):
    made = letter(kinh_gui=["UBND tỉnh", "Sở Công Thương"], can_cu=["Luật Điện lực", "Nghị định số 30/2020/NĐ-CP"])

    assert lines(word_text(render_docx(made))) == [
        "TỔNG CÔNG TY ĐIỆN LỰC MIỀN BẮC",
        "CÔNG TY ĐIỆN LỰC THANH HÓA",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 465/PCTH-KD",
        "V/v phối hợp tuyên truyền thanh toán tiền điện không dùng tiền mặt",
        "Thanh Hóa, ngày 05 tháng 4 năm 2021",
        "Kính gửi:",
        "- UBND tỉnh;",
        "- Sở Công Thương.",
        "Luật Điện lực;",
        "Nghị định số 30/2020/NĐ-CP.",
        "Công ty Điện lực Thanh Hóa trân trọng đề nghị quý cơ quan phối hợp./.",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT, KD.",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Lê Văn Mẫu",
    ]


def test_one_addressee_stands_on_the_line_of_kinh_gui(letter, word_text):
    assert "Kính gửi: UBND tỉnh Thanh Hóa" in lines(word_text(render_docx(letter())))


def test_an_issuer_without_a_parent_has_no_empty_line_above(letter, word_text):
    assert word_text(render_docx(letter(chu_quan=None)))[0].startswith("CÔNG TY")


def test_a_named_kind_says_its_name_and_has_no_v_v(letter, word_text):
    texts = lines(word_text(render_docx(letter(loai="thong-bao", kinh_gui=[], ky_hieu="TB-PCTH"))))

    assert "THÔNG BÁO" in texts
    assert not any(text.startswith(("V/v", "Kính gửi")) for text in texts)


def test_an_open_number_and_day_leave_room(letter, word_text):
    texts = word_text(render_docx(letter(so=None, ngay="2021-03")))

    assert any(re.fullmatch(r"Số:\s{6,}/PCTH-KD", text) for text in texts)
    assert any(re.fullmatch(r"Thanh Hóa, ngày\s{4,}tháng 3 năm 2021", text) for text in texts)


def test_hostile_signs_in_every_part_arrive_whole(letter, word_text):
    name = 'Nguyễn <Văn> & "Đào"'
    made = letter(
        kinh_gui=[name, "x"], trich_yeu=name, dia_danh=name, noi_nhan=[name, "Lưu: VT"], co_quan=name, can_cu=[name]
    )
    texts = "\n".join(lines(word_text(render_docx(made))))

    assert texts.count(name) == 5
    assert texts.count(name.upper()) == 1


def test_a_field_of_the_body_is_filled_from_the_letter(letter, word_text):
    made = letter(noi_dung="Kính báo {{ ho_ten }} biết.", truong={"ho_ten": "Trần <Thị> & Mẫu"})

    assert "Kính báo Trần <Thị> & Mẫu biết./." in lines(word_text(render_docx(made)))


def test_a_field_without_a_value_stops_the_letter(letter):
    with pytest.raises(TemplateError) as error:
        render_docx(letter(noi_dung="Kính báo {{ ho_ten }} biết."))

    assert error.value.report.findings[0].values["name"] == "ho_ten"


def test_a_part_the_template_does_not_print_is_refused_rather_than_lost(letter, docx_with):
    made = letter(do_khan="KHẨN", kinh_gui=["UBND"])

    with pytest.raises(TemplateError) as error:
        render_letter(made, template_for(made, docx_with("{{ kinh_gui[0] }}", "{{p noi_dung }}")))

    assert error.value.report.findings[0].code == "word-part-not-printed"


@pytest.mark.parametrize("loai", ["cong-van", "thong-bao"])
def test_marks_stand_below_the_number_in_the_left_column(letter, word_text, loai):
    made = letter(do_mat="MẬT", do_khan="HỎA TỐC", loai=loai, kinh_gui=["UBND"] if loai == "cong-van" else [])
    texts = word_text(render_docx(made))

    assert texts.index(f"Số: {made.so_ky_hieu}") < texts.index("MẬT") < texts.index("HỎA TỐC")
    assert texts.index("HỎA TỐC") < texts.index("Thanh Hóa, ngày 05 tháng 4 năm 2021")


@pytest.mark.parametrize(("mark", "width"), [("HỎA TỐC", 30), ("THƯỢNG KHẨN", 40), ("KHẨN", 20)])
def test_the_box_of_an_urgency_mark_has_the_decrees_width(letter, part, mark, width):
    docx = render_docx(letter(do_khan=mark))
    indent = re.search(r'"DauChiDoKhan"/>.*?<w:ind[^>]*w:left="(\d+)" w:right="(\d+)"', part(docx, "word/document.xml"))
    column = Document(io.BytesIO(docx)).tables[0].rows[1].cells[0].width.pt

    border = 0.75
    assert column - 2 * int(indent[1]) / 20 + 2 * border == pytest.approx(width / 25.4 * 72, abs=0.1)


def test_drafter_and_copies_follow_the_luu_line(letter, word_text):
    assert "- Lưu: VT, KD. PL.(300)" in word_text(render_docx(letter(nguoi_soan="PL", so_ban=300)))
    assert "- Lưu: VT, KD. PL." in word_text(render_docx(letter(nguoi_soan="PL")))
    assert "- Lưu: VT, KD." in word_text(render_docx(letter()))


def story(docx, name):
    section = Document(io.BytesIO(docx)).sections[0]
    return [paragraph.text for paragraph in getattr(section, name).paragraphs if paragraph.text]


def test_the_contact_line_stands_at_the_foot_of_the_first_page_only(letter):
    lines_ = ("Địa chỉ: số 1 <Đại lộ> & phố, thành phố Thanh Hóa", "Điện thoại: 0237 3000 000")
    docx = render_docx(letter(lien_he=lines_))

    assert story(docx, "first_page_footer") == ["\n".join(lines_)]
    assert story(docx, "footer") == []


def test_circulation_stands_in_the_top_margin_of_the_first_page(letter):
    docx = render_docx(letter(luu_hanh="LƯU HÀNH NỘI BỘ"))

    assert story(docx, "first_page_header") == ["LƯU HÀNH NỘI BỘ"]


def test_a_letter_without_contact_line_has_an_empty_foot(letter):
    docx = render_docx(letter())

    assert story(docx, "first_page_footer") == story(docx, "first_page_header") == []


def test_letters_with_a_contact_line_can_still_be_bundled(letter):
    assert render_letter(letter(lien_he=["Điện thoại: 0237 3000 000"])).content is not None


def annex(title, text):
    return {"tieu_de": title, "noi_dung": text}


def test_an_annex_follows_with_its_title_and_the_letter_it_belongs_to(letter, word_text):
    made = letter(phu_luc=[annex("Danh sách điểm thu", "Gồm {{ n }} điểm.")], truong={"n": "<5>"})
    texts = lines(word_text(render_docx(made)))

    assert texts[texts.index("Lê Văn Mẫu") + 1 :] == [
        "Phụ lục",
        "DANH SÁCH ĐIỂM THU",
        "(Kèm theo Văn bản số 465/PCTH-KD ngày 05 tháng 4 năm 2021 của Công ty Điện lực Thanh Hóa)",
        "Gồm <5> điểm./.",
    ]


def test_several_annexes_are_numbered_in_roman_and_count_their_pages_anew(letter, word_text, part):
    docx = render_docx(letter(phu_luc=[annex("A", "Một."), annex("B", "Hai."), annex("C", "Ba.")]))
    texts = word_text(docx)
    xml = part(docx, "word/document.xml")

    assert [text for text in texts if text.startswith("Phụ lục")] == ["Phụ lục I", "Phụ lục II", "Phụ lục III"]
    assert [text for text in texts if text in {"Một./.", "Hai./.", "Ba./."}] == ["Một./.", "Hai./.", "Ba./."]
    assert xml.count("<w:sectPr") == xml.count('<w:pgNumType w:start="1"/>') == 4


def test_a_field_missing_in_an_annex_stops_the_letter(letter):
    with pytest.raises(TemplateError) as error:
        render_docx(letter(phu_luc=[annex("A", "{{ khong_co }}")]))

    assert error.value.report.findings[0].values["name"] == "khong_co"


def test_a_template_without_room_for_annexes_refuses_them(letter, docx_with):
    with pytest.raises(TemplateError) as error:
        template_for(letter(phu_luc=[annex("A", "x")]), docx_with("{{p noi_dung }}"))

    assert error.value.report.findings[0].code == "word-part-not-printed"


def test_a_character_the_font_lacks_is_refused_rather_than_drawn_in_another(letter):
    with pytest.raises(TemplateError) as error:
        render_docx(letter(kinh_gui=["UBND 漢"]))

    (found,) = error.value.report
    assert found.code == "word-letters-missing-in-font"
    assert "漢" in found.values["signs"]


def test_a_letter_without_the_parts_of_its_kind_is_told_all_of_them(letter):
    with pytest.raises(TemplateError) as error:
        render_docx(letter(loai="bien-ban", kinh_gui=[]))

    found = error.value.report.findings
    assert [(each.code, each.values["part"]) for each in found] == [
        ("letter-kind-part-missing", "bien_ban"),
        ("letter-kind-part-missing", "ky_trai"),
    ]


def test_the_users_own_template_is_filled_with_the_letters_parts(letter, docx_with, word_text):
    source = docx_with(
        "{{ co_quan }} - {{ so_ky_hieu }}", "{{ kinh_gui|join(', ') }}", "{{p noi_dung }}", "{{ ky.ho_ten }}"
    )
    made = letter()

    assert lines(word_text(render_letter(made, template_for(made, source)).docx)) == [
        "CÔNG TY ĐIỆN LỰC THANH HÓA - 465/PCTH-KD",
        "UBND tỉnh Thanh Hóa",
        "Công ty Điện lực Thanh Hóa trân trọng đề nghị quý cơ quan phối hợp./.",
        "Lê Văn Mẫu",
    ]


def test_the_page_is_a4_with_the_decrees_margins(letter):
    section = Document(io.BytesIO(render_docx(letter()))).sections[0]

    assert (round(section.page_width.mm, 1), round(section.page_height.mm, 1)) == (210, 297)
    margins = {side: round(getattr(section, f"{side}_margin").mm) for side in ("top", "bottom", "left", "right")}
    assert margins == {"top": 20, "bottom": 20, "left": 30, "right": 20}


@pytest.mark.parametrize(
    ("style", "component"),
    [
        ("Quốc hiệu", "quoc_hieu"),
        ("Tiêu ngữ", "tieu_ngu"),
        ("Cơ quan chủ quản", "chu_quan"),
        ("Cơ quan ban hành", "co_quan"),
        ("Số, ký hiệu", "so_ky_hieu"),
        ("Địa danh, ngày tháng", "dia_danh_ngay"),
        ("Trích yếu công văn", "trich_yeu_cong_van"),
        ("Kính gửi", "kinh_gui"),
        ("Nội dung", "noi_dung"),
        ("Nơi nhận - tiêu đề", "noi_nhan_tieu_de"),
        ("Nơi nhận", "noi_nhan"),
        ("Quyền hạn, chức vụ", "quyen_han"),
        ("Họ tên người ký", "ho_ten"),
    ],
)
def test_each_component_has_the_size_and_weight_of_the_decree(letter, style, component):
    font = Document(io.BytesIO(render_docx(letter()))).styles[style].font
    expected = COMPONENTS[component]

    assert font.size == Pt(expected.size)
    assert expected.size in expected.allowed
    assert (bool(font.bold), bool(font.italic)) == (expected.bold, expected.italic)


def test_every_paragraph_has_a_style_with_a_vietnamese_name(letter):
    document = Document(io.BytesIO(render_docx(letter())))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(each for cell in cells for each in cell.paragraphs)]

    assert all(each.style.name != "Normal" for each in paragraphs)


@pytest.mark.parametrize("size", [12, 13])
def test_the_quoc_hieu_fits_its_column_at_both_sizes(letter, size):
    document = Document(io.BytesIO(render_docx(letter())))
    column = document.tables[0].rows[0].cells[1].width.pt

    assert text_width("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size, bold=True) < column


@pytest.mark.parametrize("name", ["SỞ CÔNG THƯƠNG", "CÔNG TY ĐIỆN LỰC THANH HÓA", "ĐIỆN LỰC THÀNH PHỐ THANH HÓA"])
def test_the_rule_under_the_issuer_is_a_third_to_a_half_of_its_line(letter, part, name):
    docx = render_docx(letter(co_quan=name))
    indent = re.search(r'"KeDuoiCoQuan"/>.*?<w:ind[^>]*w:left="(\d+)" w:right="(\d+)"', part(docx, "word/document.xml"))
    column = Document(io.BytesIO(docx)).tables[0].rows[0].cells[0].width.pt
    issuer = next(
        each
        for each in Document(io.BytesIO(docx)).tables[0].rows[0].cells[0].paragraphs
        if "Cơ quan ban" in each.style.name
    )
    longest = max(text_width(line, 12, bold=True) for line in issuer.text.split("\n"))
    rule = column - (int(indent[1]) + int(indent[2])) / 20

    assert indent[1] == indent[2]
    assert RULE_SHARE.low <= rule / longest <= RULE_SHARE.high


def test_a_long_issuer_is_broken_by_its_sense(letter, word_text):
    texts = word_text(render_docx(letter(co_quan="ĐIỆN LỰC THÀNH PHỐ THANH HÓA")))

    assert "ĐIỆN LỰC\nTHÀNH PHỐ THANH HÓA" in texts


def test_the_rule_under_the_motto_is_as_long_as_the_motto(letter, part):
    styles = part(render_docx(letter()), "word/styles.xml")
    indent = int(re.search(r'w:styleId="KeDuoiTieuNgu".*?<w:ind w:left="(\d+)"', styles)[1])
    rule = PAGE.text_width - (PAGE.text_width - 96.5) - 2 * indent / TWIPS_PER_MM

    assert rule == pytest.approx(text_width("Độc lập - Tự do - Hạnh phúc", 13, bold=True) / 72 * 25.4, abs=0.1)


def test_the_properties_say_what_the_letter_is(letter):
    made = letter(trich_yeu="a < b & c")
    properties = Document(io.BytesIO(render_docx(made))).core_properties

    assert properties.title == "a < b & c"
    assert properties.subject == "công văn 465/PCTH-KD"
    assert properties.author == "CÔNG TY ĐIỆN LỰC THANH HÓA"
    assert properties.language == "vi-VN"


def test_vietnamese_is_the_language_of_the_speller(letter, part):
    assert '<w:lang w:val="vi-VN"' in part(render_docx(letter()), "word/styles.xml")


def test_the_same_letter_is_the_same_bytes(letter):
    assert render_docx(letter()) == render_docx(letter())


def test_an_offices_own_style_sets_page_and_text(letter):
    style = {
        "le_tren": 25,
        "le_trai": 35,
        "le_phai": 15,
        "co_chu": 13,
        "thut_dong": 12.7,
        "gian_dong": 1.15,
        "cach_doan": 8,
    }
    document = Document(io.BytesIO(render_docx(letter(trinh_bay=style))))
    section, body = document.sections[0], document.styles["Nội dung"]

    assert (round(section.top_margin.mm), round(section.left_margin.mm), round(section.right_margin.mm)) == (25, 35, 15)
    assert (body.font.size, body.paragraph_format.space_before) == (Pt(13), Pt(8))
    assert body.paragraph_format.first_line_indent.mm == pytest.approx(12.7, abs=0.1)
    assert body.paragraph_format.line_spacing == pytest.approx(1.15)
    assert document.styles["Số, ký hiệu"].font.size == Pt(13)
    assert document.styles["Nơi nhận"].font.size == Pt(11)
    assert document.styles["Phụ lục"].font.size == Pt(14)


def test_a_letter_that_runs_a_few_lines_over_is_brought_back_to_its_page(letter):
    sentence = "Công ty đề nghị quý cơ quan phối hợp tuyên truyền tới cán bộ, công chức, người lao động. "
    body = "\n\n".join([*[sentence * 4] * 5, "Trân trọng.", "Trân trọng cảm ơn."])
    letters = (letter(noi_dung=body, siet_trang=tight) for tight in (False, True))

    assert [len(read_facts(to_pdf(render_docx(each))).pages) for each in letters] == [2, 1]


def test_properties_are_the_letters_own_unless_the_template_has_fields_in_them(letter, docx_with):
    parts = ("{{ kinh_gui[0] }}",)
    own = WordTemplate(docx_with(*parts, title="Gửi {{ kinh_gui[0] }}"))._template.compiled
    plain = WordTemplate(docx_with(*parts, title="Mẫu"))._template.compiled
    made = {template: render_letter(letter(), template).docx for template in (own, plain)}
    titles = {template: Document(io.BytesIO(docx)).core_properties.title for template, docx in made.items()}

    assert titles[own] == "Gửi UBND tỉnh Thanh Hóa"
    assert titles[plain].startswith("phối hợp tuyên truyền")
