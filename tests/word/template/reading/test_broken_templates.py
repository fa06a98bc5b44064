"""Thirty templates with one slip each, as clerks make them: each is refused, or told, with the words around named."""

import pytest
from tests.word.open_xml import box, control, docx, field, note_mark, p, pieces, r, tbl, tc, tr

from congvan.errors import TemplateError
from congvan.word import WordTemplate

BROKEN = {
    "a brace too few to close": (
        docx("Kính gửi: {{ ho_ten }", "Nơi nhận:", "Số {{ so }}"),
        "field-braces",
        "mau.docx, ở «Kính gửi: {{ ho_ten }»",
    ),
    "a brace too few to open": (
        docx("Kính gửi: { ho_ten }}", "Nơi nhận:"),
        "field-braces",
        "mau.docx, ở «Kính gửi: { ho_ten }}»",
    ),
    "a tag over two paragraphs": (
        docx("Kính gửi: {{ ho_ten", "}} ở xã Đa Lộc"),
        "field-not-closed",
        "mau.docx, ở «Kính gửi: {{ ho_ten»",
    ),
    "a tag over two cells": (
        docx(tbl(2, tr("Tên", "{{ ten"), tr("}} và xã", "b"))),
        "field-not-closed",
        "mau.docx, bảng 1, hàng 1, cột 2, ở «{{ ten»",
    ),
    "a tag over two tables": (
        docx(tbl(1, tr("{{ ten }")), "giữa hai bảng", tbl(1, tr("x"), tr("{{ b }}"))),
        "field-braces",
        "mau.docx, bảng 1, hàng 1, cột 1, ở «{{ ten }»",
    ),
    "a tag in pieces, one brace lost": (
        docx(pieces("Kính gửi: {", "{ ho_ten", " }", " ở xã")),
        "field-braces",
        "mau.docx, ở «Kính gửi: {{ ho_ten } ở xã»",
    ),
    "a mark that closes nothing": (docx("Số ho_so }} năm"), "field-not-opened", "mau.docx, ở «Số ho_so }} năm»"),
    "a condition not closed in its paragraph": (
        docx("Kính gửi {% if co", "ba"),
        "field-not-closed",
        "mau.docx, ở «Kính gửi {% if co»",
    ),
    "a condition closed like a field": (
        docx("{% if co }} thêm {% endif %}"),
        "field-braces",
        "mau.docx, ở «{% if co }} thêm {% endif %}»",
    ),
    "the end of a condition alone": (docx("thêm if co %}"), "field-not-opened", "mau.docx, ở «thêm if co %}»"),
    "braces with spaces between": (docx("Ông { { ho_ten } }"), "field-braces", "mau.docx, ở «Ông { { ho_ten } }»"),
    "a brace too many": (docx("Ông {{ ho_ten }}}, xã"), "field-braces", "mau.docx, ở «Ông {{ ho_ten }}}, xã»"),
    "a name as in a sentence": (
        docx(tbl(1, tr("Ông {{ Họ và tên }}"))),
        "field-name",
        "mau.docx, bảng 1, hàng 1, cột 1, ở «Ông {{ Họ và tên }}»",
    ),
    "a slip in the header": (
        docx("x", header=p("Số {{ so }")),
        "field-braces",
        "mau.docx, đầu trang, ở «Số {{ so }»",
    ),
    "a slip in a table of the footer": (
        docx("x", footer=tbl(1, tr("Trang {{ so")) + p()),
        "field-not-closed",
        "mau.docx, chân trang, bảng 1, hàng 1, cột 1, ở «Trang {{ so»",
    ),
    "a slip in a footnote": (
        docx(p("x", note_mark()), footnotes=p("Theo { luat }} mới")),
        "field-braces",
        "mau.docx, chú thích cuối trang, ở «Theo { luat }} mới»",
    ),
    "a slip in a text box, told once": (
        docx(p("trước", box(p("Số {{ so }")), " sau")),
        "field-braces",
        "mau.docx, hộp chữ, ở «Số {{ so }»",
    ),
    "a slip in the properties": (
        docx("x", core="<dc:title>Về {{ viec }</dc:title>"),
        "field-braces",
        "mau.docx, thuộc tính tệp, ở «Về {{ viec }»",
    ),
    "a slip in a content control": (docx(control(p("Số {{ so }"))), "field-braces", "mau.docx, ở «Số {{ so }»"),
    "words beside a tag that takes a paragraph": (
        docx("{%p if co %}Kính gửi: Ông", "x", "{%p endif %}"),
        "template-words-swallowed",
        "mau.docx, ở «{%p if co %}Kính gửi: Ông»",
    ),
    "words beside the place of the body": (
        docx("Về việc {{p noi_dung }}"),
        "template-words-swallowed",
        "mau.docx, ở «Về việc {{p noi_dung }}»",
    ),
    "words beside a tag that takes a row": (
        docx(tbl(2, tr("{%tr for i in ds %}", "STT"), tr("{{ i }}", "2"), tr("{%tr endfor %}", ""))),
        "template-words-swallowed",
        "mau.docx, bảng 1, hàng 1, cột 2, ở «STT»",
    ),
    "words beside a tag that takes a cell": (
        docx(tbl(1, tr(tc("{%tc if co %}", "Ghi chú"), tc("x"), tc("{%tc endif %}")))),
        "template-words-swallowed",
        "mau.docx, bảng 1, hàng 1, cột 1, ở «Ghi chú»",
    ),
    "a loop over cells with plain tags": (
        docx(tbl(2, tr("{% for i in ds %}", "a"), tr("{{ i }}", "{% endfor %}"))),
        "template-block-torn",
        "mau.docx, bảng 1, hàng 1, cột 1, ở «{% for i in ds %}»",
    ),
    "a condition that begins in the text and ends in a table": (
        docx("{% if co %}", tbl(1, tr("x{% endif %}")), "cuối"),
        "template-block-torn",
        "mau.docx, ở «{% if co %}»",
    ),
    "a condition without an end": (
        docx("Kính gửi {% if co %} x", "ba"),
        "field-syntax",
        "mau.docx, ở «Kính gửi {% if co %} x»",
    ),
    "a row tag outside every table": (
        docx("{%tr for i in ds %}", "{{ i }}", "{%tr endfor %}"),
        "field-tag-unknown",
        "mau.docx, ở «{%tr for i in ds %}»",
    ),
    "a merge for labels": (
        docx(tbl(1, tr(p(field(" NEXT ", "«Next»"), field(" MERGEFIELD Ten ", "«Ten»"))))),
        "template-merge-other",
        "mau.docx, bảng 1, hàng 1, cột 1, ở ««Next»«Ten»»",
    ),
    "a correction nobody accepted": (
        docx(
            p("Gửi ", f'<w:ins w:id="1" w:author="B" w:date="2026-01-01T00:00:00Z">{r("ông")}</w:ins>', r(" {{ ten }}"))
        ),
        "template-changes",
        "mau.docx, ở «Gửi ông {{ ten }}»",
    ),
    "a remark over two paragraphs": (
        docx("Một {# ghi chú", "hai", "#} ba"),
        "field-not-closed",
        "mau.docx, ở «Một {# ghi chú»",
    ),
    "a tag within a tag": (
        docx("Ông {{ ho_ten, xã {{ xa }}"),
        "field-not-closed",
        "mau.docx, ở «Ông {{ ho_ten, xã {{ xa }}»",
    ),
}


@pytest.mark.parametrize("slip", BROKEN)
def test_a_slip_is_refused_with_the_words_around_it(slip):
    source, code, place = BROKEN[slip]

    with pytest.raises(TemplateError) as error:
        WordTemplate(source)

    told = error.value.report.errors
    assert (told[0].code, told[0].place.text("vi")) == (code, place)
    assert len([found for found in told if found.place.text("vi") == place]) == 1


def test_single_braces_are_told_and_stay():
    (found,) = WordTemplate(docx("Kính gửi {ho_ten} ở xã")).report

    assert (found.code, found.severity, found.place.near) == (
        "field-single-braces",
        "warning",
        "Kính gửi {ho_ten} ở xã",
    )


def test_the_place_of_a_missing_value_is_that_of_the_template_not_of_the_letter():
    rows = tbl(1, tr("{%tr for i in ds %}"), tr("Hộ {{ i }}"), tr("{%tr endfor %}"), tr("Cộng {{ cong }}"))
    template = WordTemplate(docx("{{p noi_dung }}", rows))

    with pytest.raises(TemplateError) as error:
        template.render({"noi_dung": "Một.\n\nHai.\n\nBa.", "ds": ["a", "b", "c"]})

    (found,) = error.value.report
    assert found.place.text("vi") == "mau.docx, bảng 1, hàng 4, cột 1, ở «Cộng {{ cong }}»"
