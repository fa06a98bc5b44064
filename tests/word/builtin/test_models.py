"""What each of the decree's models prints beside the parts all letters have (Decree 30/2020, Annex III)."""

import io
import re

import pytest
from docx import Document

from congvan.errors import TemplateError
from congvan.letter import KINDS
from congvan.word import render_docx, render_letter, template_for
from congvan.word.builtin.sample import SAMPLES, sample
from congvan.word.builtin.templates import TEMPLATES, built_in_template


@pytest.fixture
def printed(word_text):
    """The lines of a sample, with some parts replaced."""

    def read(name, **parts):
        return [" ".join(text.split()) for text in word_text(render_docx(sample(name, **parts)))]

    return read


def after(lines, first, count):
    place = lines.index(first)
    return lines[place + 1 : place + 1 + count]


def test_a_resolution_names_its_authority_its_bases_and_what_is_resolved(printed):
    lines = printed("nghi-quyet", can_cu=["Căn cứ A", "Căn cứ B"])

    assert after(lines, "Về chương trình nghiên cứu giảm tổn thất điện năng năm 2027", 5) == [
        "HỘI ĐỒNG KHOA HỌC CÔNG TY ĐIỆN LỰC THANH HÓA",
        "Căn cứ A;",
        "Căn cứ B.",
        "QUYẾT NGHỊ:",
        "Điều 1. Thông qua chương trình nghiên cứu giảm tổn thất điện năng năm 2027 gồm 04 đề tài.",
    ]


def test_the_proposal_is_the_last_basis_of_a_decision(printed):
    lines = printed("quyet-dinh")

    assert lines[lines.index("QUYẾT ĐỊNH:") - 1] == "Theo đề nghị của Trưởng phòng Tổ chức và Nhân sự."
    assert lines[lines.index("QUYẾT ĐỊNH:") - 4] == "GIÁM ĐỐC CÔNG TY ĐIỆN LỰC THANH HÓA"


def test_the_text_a_decision_issues_has_a_head_of_its_own_on_a_new_page(printed):
    lines = printed("quyet-dinh-ban-hanh")
    start = lines.index("QUY CHẾ")

    assert lines[start + 1 : start + 5] == [
        "Công tác văn thư của Công ty Điện lực Thanh Hóa",
        "(Ban hành kèm theo Quyết định số 813/QĐ-PCTH ngày 05 tháng 11 năm 2026 của Công ty Điện lực Thanh Hóa)",
        "Chương I",
        "QUY ĐỊNH CHUNG",
    ]
    assert lines[start - 2 : start] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert [len(Document(io.BytesIO(render_docx(sample("quyet-dinh-ban-hanh")))).sections)] == [2]


def test_what_names_number_and_date_stays_open_in_an_electronic_document(printed):
    assert "(Kèm theo Văn bản số …/… ngày … tháng … năm … của …)" in printed("cong-van-dien-tu")
    assert "(Ban hành kèm theo Quyết định số …/… ngày … tháng … năm … của …)" in printed(
        "quyet-dinh-ban-hanh", ban_dien_tu=True
    )


def test_an_urgent_telegram_lists_those_it_goes_to(printed):
    assert after(printed("cong-dien"), "Chủ tịch Ủy ban nhân dân tỉnh Mẫu điện:", 3) == [
        "- Giám đốc các sở;",
        "- Chủ tịch Ủy ban nhân dân các xã, phường ven biển;",
        "- Giám đốc Công ty Điện lực Mẫu.",
    ]


def test_an_invitation_says_to_what_by_whom_when_and_where(printed):
    invited = "Công ty Điện lực Thanh Hóa trân trọng kính mời: Ông Nguyễn Văn Thử, Giám đốc Công ty cổ phần Mẫu."
    labels = [line.split(":")[0] for line in after(printed("giay-moi"), invited, 4)]

    assert labels == ["Tới dự hội nghị khách hàng sử dụng điện năm 2026.", "Chủ trì", "Thời gian", "Địa điểm"]


def test_several_invited_stand_in_a_list(printed):
    lines = printed("giay-moi", kinh_gui=["Ông A", "Bà B"])

    assert after(lines, "Công ty Điện lực Thanh Hóa trân trọng kính mời:", 2) == ["- Ông A;", "- Bà B."]


def test_an_introduction_ends_with_the_day_it_holds_until(printed):
    lines = printed("giay-gioi-thieu")

    assert lines[lines.index("Nơi nhận:") - 1] == "Giấy này có giá trị đến hết ngày 30 tháng 11 năm 2026./."
    assert sum(line.endswith("./.") for line in lines) == 1
    assert "Giới thiệu cán bộ đến liên hệ công tác" not in lines


def test_minutes_have_no_place_and_date_in_their_head_and_two_signers(printed):
    lines = printed("bien-ban")

    assert not any(line.startswith("Thanh Hóa, ngày") for line in lines)
    assert lines[lines.index("THƯ KÝ") :] == [
        *("THƯ KÝ", "CHỦ TỌA", "Trần Thị Mẫu", "Lê Văn Mẫu"),
        *("Nơi nhận:", "- Ban Giám đốc;", "- Các phòng, đội;", "- Lưu: VT, Hồ sơ."),
    ]
    assert "Cuộc họp kết thúc vào 10 giờ 30, ngày 05 tháng 11 năm 2026./." in lines


def test_leave_can_be_confirmed_where_it_is_spent(printed):
    words = "Xác nhận của cơ quan (tổ chức) hoặc chính quyền địa phương nơi nghỉ phép"
    leave = sample("giay-nghi-phep").giay_nghi_phep.model_copy(update={"xac_nhan": False})

    assert words in printed("giay-nghi-phep")
    assert words not in printed("giay-nghi-phep", giay_nghi_phep=leave)


def test_members_of_a_group_stand_below_its_heading(printed):
    assert after(printed("cong-van-nhieu-noi"), "Kính gửi:", 9) == [
        *("- Các sở:", "+ Sở Công Thương;", "+ Sở Xây dựng;", "+ Sở Nông nghiệp và Môi trường;"),
        "- Công an tỉnh Thanh Hóa;",
        *("- Ủy ban nhân dân các xã:", "+ Hoằng Hóa;", "+ Hậu Lộc;", "+ Nga Sơn."),
    ]


def test_a_copy_stands_below_a_rule_under_the_last_part_of_its_source(printed):
    lines = printed("ban-sao")

    assert lines[lines.index("Phạm Thị Mẫu") + 1 :] == [
        *("TỔNG CÔNG TY ĐIỆN LỰC MIỀN BẮC", "CÔNG TY ĐIỆN LỰC THANH HÓA", "SAO Y"),
        *("Số: 05/SY-PCTH", "Thanh Hóa, ngày 05 tháng 11 năm 2026"),
        *("Nơi nhận:", "- Các phòng, đội;", "- Lưu: VT, AT.", "TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Vũ Văn Mẫu"),
    ]


def test_the_rule_of_a_copy_is_measured_by_the_copying_body(part):
    xml = part(render_docx(sample("ban-sao")), "word/document.xml")
    margins = re.findall(r'"KeDuoiCoQuan"/>.*?<w:ind[^>]*w:left="(\d+)"', xml)

    assert len(set(margins)) == 2


def test_the_contact_line_is_not_repeated_on_an_annex(part):
    annex = [{"tieu_de": "Danh sách", "noi_dung": "Một."}, {"tieu_de": "Tiến độ", "noi_dung": "Hai."}]
    docx = render_docx(sample("cong-van", phu_luc=annex))
    footers = [
        " ".join(each.text for each in section.first_page_footer.paragraphs)
        for section in Document(io.BytesIO(docx)).sections
    ]

    assert [bool(text.strip()) for text in footers] == [True, False, False]


@pytest.mark.parametrize("loai", KINDS)
def test_a_letter_laid_out_by_the_template_a_clerk_took_is_the_built_in_one(loai):
    """``congvan template new`` writes this file; with ``mau:`` it gives the same letter."""
    letter = sample(loai)

    assert render_letter(letter, template_for(letter, built_in_template(loai), TEMPLATES[loai])).docx == render_docx(
        letter
    )


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_is_laid_out_by_tabs_spaces_or_boxes(name, part):
    xml = part(render_docx(sample(name)), "word/document.xml")

    assert not re.search(r"<w:tab/>|<w:framePr|<w:drawing|<w:pict|wps:|v:textbox", xml)
    assert not re.search(r"<w:t[^>]*>[^<]*  [^<]*</w:t>", xml)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_paragraph_has_a_style_named_in_vietnamese(name):
    document = Document(io.BytesIO(render_docx(sample(name))))
    styles = {each.style_id: each.name for each in document.styles}
    used = set(re.findall(r'w:pStyle w:val="(\w+)"', document.element.xml))

    assert used <= styles.keys()
    assert "Normal" not in used
    assert document.element.xml.count("<w:p>") + document.element.xml.count("<w:p ") == document.element.xml.count(
        "<w:pStyle "
    )


def test_headings_are_found_by_the_navigation_pane():
    document = Document(io.BytesIO(render_docx(sample("quyet-dinh-ban-hanh"))))
    levels = {style.style_id: style.element.xpath("w:pPr/w:outlineLvl/@w:val") for style in document.styles}

    assert [levels[name] for name in ("Phan", "Chuong", "Muc", "TieuMuc", "Dieu")] == [
        ["0"],
        ["1"],
        ["2"],
        ["3"],
        ["4"],
    ]


def test_a_telegram_and_an_invitation_need_to_know_whom_they_go_to():
    for loai in ("cong-dien", "giay-moi"):
        with pytest.raises(TemplateError) as error:
            render_docx(sample(loai, kinh_gui=[]))

        assert [found.values["part"] for found in error.value.report] == ["kinh_gui"]


@pytest.mark.parametrize("loai", KINDS)
def test_marks_and_the_drafters_code_stand_on_every_kind(loai, printed):
    lines = printed(
        loai, do_mat="MẬT", do_khan="KHẨN", luu_hanh="LƯU HÀNH NỘI BỘ", nguoi_soan="NTH", so_ban=5, phu_luc=[]
    )

    assert lines.index("MẬT") < lines.index("KHẨN") < lines.index("Nơi nhận:")
    assert any(re.fullmatch(r"- Lưu: .*\. NTH\.\(5\)", line) for line in lines)


def test_a_template_a_clerk_has_edited_prints_the_clerks_words_and_all_the_rest(word_text):
    document = Document(io.BytesIO(built_in_template("bien-ban")))
    (line,) = (each for each in document.paragraphs if each.text == "Nội dung:")
    line.runs[0].text = "Diễn biến cuộc họp:"
    saved = io.BytesIO()
    document.save(saved)
    letter = sample("bien-ban")

    edited = word_text(render_letter(letter, template_for(letter, saved.getvalue(), "bien-ban.docx")).docx)
    assert [text.replace("Diễn biến cuộc họp:", "Nội dung:") for text in edited] == word_text(render_docx(letter))
    assert "Diễn biến cuộc họp:" in edited
