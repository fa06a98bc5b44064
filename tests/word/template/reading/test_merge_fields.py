"""Word's own mail merge is read as fields; what it has beyond that is explained."""

import pytest
from tests.word.open_xml import docx, field, p, r, simple_field, tbl, tr

from congvan.errors import TemplateError
from congvan.word import WordTemplate

MARK = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
CONDITION = (
    f"{MARK('begin')}<w:r><w:instrText> IF </w:instrText></w:r>{field(' MERGEFIELD Gioi ', 'Nam')}"
    f'<w:r><w:instrText> = "Nam" "Ông" "Bà" </w:instrText></w:r>{MARK("separate")}{r("Ông")}{MARK("end")}'
)
VALUES = {"ho_va_ten": "Lê Văn Mẫu", "so_tien": 1250000, "ngay_sinh": "1990-03-05", "ten": "an", "trong": ""}


@pytest.mark.parametrize(
    ("merge_field", "fields", "printed"),
    [
        (simple_field(" MERGEFIELD Ho_va_ten ", "«Ho_va_ten»"), {"ho_va_ten"}, "Lê Văn Mẫu"),
        (simple_field(' MERGEFIELD "Họ và tên" \\* MERGEFORMAT ', "«Họ và tên»"), {"ho_va_ten"}, "Lê Văn Mẫu"),
        (field(" MERGEFIELD Ho_va_ten \\* MERGEFORMAT ", "«Ho_va_ten»"), {"ho_va_ten"}, "Lê Văn Mẫu"),
        (field(" MERGEFIELD Ho_va_ten \\* Upper ", "«Ho»", cut=9), {"ho_va_ten"}, "LÊ VĂN MẪU"),
        (field(" mergefield HO_VA_TEN \\* lower ", "«Ho»"), {"ho_va_ten"}, "lê văn mẫu"),
        (field(" MERGEFIELD Ten \\* FirstCap ", "«Ten»"), {"ten"}, "An"),
        (field(" MERGEFIELD Ten \\* Caps \\* MERGEFORMAT ", "«Ten»"), {"ten"}, "An"),
        (field(' MERGEFIELD So_tien \\# "#.##0" ', "«So»"), {"so_tien"}, "1.250.000"),
        (field(" MERGEFIELD So_tien \\# 0 ", "«So»"), {"so_tien"}, "1250000"),
        (field(' MERGEFIELD Ngay_sinh \\@ "dd/MM/yyyy" ', "«N»"), {"ngay_sinh"}, "05/3/1990"),
        (
            field(" MERGEFIELD Ngay_sinh \\@ \"'ngày' dd 'tháng' MM 'năm' yyyy\" ", "«N»"),
            {"ngay_sinh"},
            "ngày 05 tháng 3 năm 1990",
        ),
        (field(' MERGEFIELD Ten \\b "bà " \\f "," ', "«Ten»"), {"ten"}, "bà an,"),
        (field(' MERGEFIELD Trong \\b "bà " ', "«T»"), {"trong"}, ""),
    ],
)
def test_a_merge_field_prints_what_word_would(merge_field, fields, printed, word_text):
    template = WordTemplate(docx(p("Gửi: ", merge_field, r(" (bản chính)"))))

    assert template.fields == fields
    assert word_text(template.render(VALUES)) == [f"Gửi: {printed} (bản chính)"]


@pytest.mark.parametrize(
    "place",
    [
        {"header": p(field(" MERGEFIELD Ten ", "«Ten»"))},
        {"footer": tbl(1, tr(p(simple_field(" MERGEFIELD Ten ", "«Ten»")))) + p()},
        {"footnotes": p(simple_field(" MERGEFIELD Ten ", "«Ten»"))},
    ],
)
def test_merge_fields_outside_the_text_are_fields_too(place):
    assert WordTemplate(docx("x", **place)).fields == {"ten"}


def test_a_merge_field_keeps_the_form_of_what_it_shows(part):
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>«Ten»</w:t></w:r>"
    code = "<w:r><w:instrText> MERGEFIELD Ten </w:instrText></w:r>"
    made = WordTemplate(docx(p(MARK("begin"), code, MARK("separate"), bold, MARK("end")))).render({"ten": "An"})

    assert '<w:rPr><w:b/></w:rPr><w:t xml:space="preserve">An</w:t>' in part(made, "word/document.xml")
    assert "fldChar" not in part(made, "word/document.xml")


@pytest.mark.parametrize(
    ("merge_field", "code", "name"),
    [
        (field(" NEXT ", "«Next Record»"), "template-merge-other", "NEXT"),
        (field(" NEXTIF 1 = 1 ", "«Next»"), "template-merge-other", "NEXTIF"),
        (field(" SKIPIF 1 = 1 ", "«Skip»"), "template-merge-other", "SKIPIF"),
        (simple_field(' ASK ten "Tên?" ', ""), "template-merge-other", "ASK"),
        (simple_field(' FILLIN "Tên?" ', "x"), "template-merge-other", "FILLIN"),
        (field(" ADDRESSBLOCK \\f ", "«AddressBlock»"), "template-merge-other", "ADDRESSBLOCK"),
        (field(" MERGESEQ ", "1"), "template-merge-other", "MERGESEQ"),
        (
            CONDITION,
            "template-merge-other",
            "IF",
        ),
    ],
)
def test_other_fields_of_a_merge_are_explained_with_the_words_around(merge_field, code, name):
    with pytest.raises(TemplateError) as error:
        WordTemplate(docx(tbl(1, tr(p("Kính gửi: ", merge_field)))))

    (found,) = error.value.report.errors
    assert (found.code, found.values["name"]) == (code, name)
    assert found.place.text("vi").startswith("mau.docx, bảng 1, hàng 1, cột 1, ở «Kính gửi:")


def test_a_format_that_no_tag_can_give_is_refused_with_its_instruction():
    with pytest.raises(TemplateError) as error:
        WordTemplate(docx(p("Tiền: ", field(' MERGEFIELD So_tien \\# "0,0 đồng" ', "«So»"))))

    (found,) = error.value.report.errors
    assert (found.code, found.values["instruction"]) == ("template-merge-switch", 'MERGEFIELD So_tien \\# "0,0 đồng"')


def test_fields_of_word_that_belong_to_no_merge_stay(part):
    made = WordTemplate(docx(p("Trang ", field(" PAGE ", "1"), r(" {{ ten }}")))).render({"ten": "An"})

    assert "PAGE" in part(made, "word/document.xml")
