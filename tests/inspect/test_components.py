"""Letters as a few lines on a sheet of paper 210 mm wide with text from 30 to 190 mm, typed by the test."""

import json
from itertools import count

import pytest

from congvan.inspect.components import components
from congvan.inspect.model import DocumentFacts, Font, Line, Margins, Rule, Sheet, Span

SHEET = Sheet(1, 210, 297, Margins(30, 20, 20, 20))
MOTTO = [
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 98, 186, {"bold": True}),
    ("Độc lập - Tự do - Hạnh phúc", 114, 170, {"bold": True}),
    ("Số: 12/ĐLM-KT", 45, 75),
]


def on_paper(*typed, rules=()):
    """Lines below each other, 6 mm apart from 30 mm down: text, left, right and how it looks."""
    heights, lines = count(30, 6), []
    for number, (text, left, right, *font) in enumerate(typed, 1):
        base = next(heights)
        shown = Font("Times New Roman", **{"size": 14, **(font[0] if font else {})})
        lines.append(Line(text, text, (Span(text, shown),), 1, number, left, right, base - 4, base, base + 1))
    return DocumentFacts("pdf", "thu.pdf", (SHEET,), tuple(lines), tuple(rules))


def texts(facts):
    return {found.name: found.text for found in components(facts)}


def test_a_motto_that_wrapped_is_put_together():
    parts = components(on_paper(("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT", 110, 180), ("NAM", 140, 150)))

    assert [line.text for line in parts["quoc_hieu"].lines] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT", "NAM"]


def test_a_motto_with_words_missing_is_one_but_not_for_sure():
    parts = components(on_paper(("CỘNG HÒA XÃ HỘI CHỦ NGHĨA V NAM", 110, 180)))

    assert not parts["quoc_hieu"].sure


def test_a_sentence_about_the_republic_is_no_motto():
    sentence = (
        "Nước Cộng hòa xã hội chủ nghĩa Việt Nam là một nước độc lập, có chủ quyền, thống nhất và toàn vẹn lãnh thổ."
    )

    assert "quoc_hieu" not in components(on_paper((sentence, 40, 190)))


BASES = [("Căn cứ Luật Điện lực;", 40, 90), ("Căn cứ Nghị định số 30/2020/NĐ-CP.", 40, 120)]


def test_bases_may_be_upright_where_they_are_listed():
    assert texts(on_paper(*MOTTO, *BASES))["can_cu"] == "Căn cứ Luật Điện lực; Căn cứ Nghị định số 30/2020/NĐ-CP."


def test_a_sentence_that_begins_with_can_cu_is_text():
    sentence = ("Căn cứ tình hình thực tế, Sở đề nghị các đơn vị phối hợp thực hiện.", 40, 190)

    assert texts(on_paper(*MOTTO, sentence))["noi_dung"] == sentence[0]


def test_about_what_in_the_text_is_no_subject_of_a_cong_van():
    parts = texts(on_paper(*MOTTO, ("GIẤY GIỚI THIỆU", 90, 130), ("Về việc: nhận hồ sơ", 40, 80)))

    assert parts["noi_dung"] == "Về việc: nhận hồ sơ"
    assert "trich_yeu_cong_van" not in parts


def test_the_title_names_the_kind():
    facts = on_paper(*MOTTO, ("TỜ TRÌNH", 95, 125), ("Về việc mua sắm máy tính", 80, 140))
    parts = components(facts)

    assert parts.loai == "to-trinh"
    assert parts["trich_yeu"].text == "Về việc mua sắm máy tính"


def test_the_subject_ends_with_its_rule():
    rule = Rule(1, 95, 125, 55.5, 55.7, 0.75)
    facts = on_paper(
        *MOTTO, ("BÁO CÁO", 95, 125), ("Kết quả quý I", 90, 130), ("(Tài liệu họp)", 90, 130), rules=[rule]
    )
    parts = components(facts)

    assert (parts["trich_yeu"].text, parts["trich_yeu"].rule) == ("Kết quả quý I", rule)


CLOSING = [
    ("Trân trọng./.", 40, 65),
    ("Nơi nhận:", 30, 48),
    ("- Như trên;", 30, 47),
    ("- Lưu: VT, KD. LVM.(05)", 30, 70),
]


def test_recipients_end_the_letter_with_the_code_of_its_drafter():
    parts = texts(on_paper(*MOTTO, *CLOSING))

    assert parts["noi_nhan"] == "- Như trên; - Lưu: VT, KD. LVM.(05)"
    assert parts["nguoi_soan"] == "- Lưu: VT, KD. LVM.(05)"
    assert parts["noi_dung"] == "Trân trọng./."


def test_a_name_may_carry_a_title_and_what_is_bracketed_is_none():
    signed = [("GIÁM ĐỐC", 130, 160), ("(Đã ký)", 135, 150), ("ThS. Lê Văn Mẫu", 128, 162)]
    parts = texts(on_paper(*MOTTO, CLOSING[0], *signed))

    assert (parts["quyen_han"], parts["ho_ten"], parts["khac"]) == ("GIÁM ĐỐC", "ThS. Lê Văn Mẫu", "(Đã ký)")


def test_a_heading_before_the_signature_is_nobodys_post():
    bold = {"bold": True}
    typed = [("III. TỔ CHỨC THỰC HIỆN", 40, 95, bold), ("GIÁM ĐỐC", 130, 160, bold), ("Lê Văn Mẫu", 130, 160, bold)]
    parts = texts(on_paper(*MOTTO, *typed))

    assert parts["de_muc"] == "III. TỔ CHỨC THỰC HIỆN"
    assert "ky_trai" not in parts


def test_an_address_at_the_foot_is_the_contact_line():
    filler = [(f"Câu thứ {number} của văn bản dài này viết tới lề phải.", 30, 190) for number in range(40)]
    parts = texts(on_paper(*MOTTO, *filler, ("Số 1 đại lộ Mẫu; điện thoại: 0237 3000 000", 30, 120, {"size": 11})))

    assert parts["lien_he"] == "Số 1 đại lộ Mẫu; điện thoại: 0237 3000 000"


def test_an_annex_is_told_from_the_letter():
    annex = [
        ("Phụ lục II", 95, 125),
        ("DANH SÁCH", 90, 130),
        ("(Kèm theo Công văn số 12/ĐLM)", 80, 140),
        ("1. Một", 40, 60),
    ]
    parts = texts(on_paper(*MOTTO, ("Nội dung.", 40, 190), *annex))

    assert [parts[ten] for ten in ("phu_luc", "tieu_de_phu_luc", "kem_theo", "noi_dung_phu_luc")] == [
        row[0] for row in annex
    ]
    assert parts["noi_dung"] == "Nội dung."


@pytest.mark.parametrize(
    ("mark", "ten"), [("HỎA TỐC", "do_khan"), ("TUYỆT MẬT", "do_mat"), ("LƯU HÀNH NỘI BỘ", "luu_hanh")]
)
def test_marks_are_known_by_their_words(mark, ten):
    assert texts(on_paper(*MOTTO, (mark, 40, 70)))[ten] == mark


def test_an_empty_sheet_has_no_parts():
    assert list(components(on_paper())) == []


def test_parts_are_asked_for_by_name():
    parts = components(on_paper(*MOTTO))

    assert "quoc_hieu" in parts
    assert parts.get("kinh_gui") is None
    assert json.loads(parts.to_json())["thanh_phan"]["tieu_ngu"]["chac_chan"] is True
