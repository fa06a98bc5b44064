import html
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.errors import TemplateError
from congvan.support.lengths import Pt
from congvan.text.width import text_width
from congvan.word import styles
from congvan.word.body.markdown import TextArea, body_xml
from congvan.word.template.environment import word_environment

KNOWN = {value for value in vars(styles).values() if isinstance(value, str)} | set(styles.TIEU_DE.values())


def blocks(source: str, **options: object) -> list[tuple[str, str]]:
    """(style, text) of each paragraph."""
    xml = body_xml(source, known_styles=KNOWN, base_style=styles.NOI_DUNG, **options)
    paragraphs = re.findall(r"<w:p>(.*?)</w:p>", xml)
    return [(re.search(r'w:pStyle w:val="(\w*)"', each)[1], re.sub(r"<[^>]+>", "", each)) for each in paragraphs]


def test_paragraphs_keep_their_text():
    assert blocks("Một đoạn\ntiếp theo.\n\nĐoạn hai.") == [("NoiDung", "Một đoạn tiếp theo."), ("NoiDung", "Đoạn hai.")]


def test_numbered_items_are_khoan_and_keep_the_numbers_they_were_given():
    source = "1. Các sở.\n\n2. UBND các huyện:\n\n- Tạo điều kiện;\n\n3. Công ty."

    assert [text for _, text in blocks(source)] == [
        "1. Các sở.",
        "2. UBND các huyện:",
        "- Tạo điều kiện;",
        "3. Công ty.",
    ]


def test_items_inside_a_khoan_keep_the_labels_they_were_given():
    source = "1. Khoản\n\n   1. một\n   a) hai\n   đ) ba\n   - bốn\n     + năm"

    assert blocks(source) == [
        *(("Khoan", "1. Khoản"), ("Khoan", "1. một"), ("Diem", "a) hai"), ("Diem", "đ) ba")),
        *(("GachDauDong", "- bốn"), ("GachDauDong", "+ năm")),
    ]


def test_the_number_of_a_titled_khoan_is_bold_with_its_title():
    xml = body_xml("1. **Nội dung thực hiện**\n\n2. **Việc** khác", known_styles=KNOWN, base_style="NoiDung")

    assert '<w:rPr><w:b/></w:rPr><w:t xml:space="preserve">1. Nội dung thực hiện</w:t>' in xml
    assert '<w:r><w:t xml:space="preserve">2. </w:t>' in xml


def test_dashes_inside_dashes_stay_dashes():
    assert [text for _, text in blocks("- một\n  - hai")] == ["- một", "- hai"]


def test_bold_and_italic_are_set():
    xml = body_xml("**đậm** và *nghiêng*", known_styles=KNOWN, base_style="NoiDung")

    assert "<w:b/></w:rPr><w:t" in xml
    assert "<w:i/></w:rPr><w:t" in xml


def test_fields_stay_as_they_are_even_with_signs_markdown_knows():
    xml = body_xml("Ông {{ ho_ten|default('*a* _b_ < c') }} ở {{ x }}", known_styles=KNOWN, base_style="NoiDung")

    assert "{{ ho_ten|default('*a* _b_ < c') }}" in xml
    assert "{{ x }}" in xml


def test_signs_of_xml_in_the_text_are_only_text():
    assert blocks("a < b > c &amp; R&D \\<b\\>") == [("NoiDung", "a &lt; b &gt; c &amp; R&amp;D &lt;b&gt;")]


def test_a_line_of_nothing_but_a_control_tag_leaves_no_paragraph():
    xml = body_xml("{% if x %}\n\nCó.\n\n{% endif %}", known_styles=KNOWN, base_style="NoiDung")

    assert "%}{% if x %}<w:p>" in xml
    assert "</w:p>{% endif %}{%" in xml


def test_a_table_has_borders_and_repeats_its_head():
    xml = body_xml("| STT | Tên |\n|---|---:|\n| 1 | Đào |", known_styles=KNOWN, base_style="NoiDung")

    assert xml.count("<w:tr>") == 2
    assert xml.count("<w:tblHeader/>") == 1
    assert '<w:insideV w:val="single"' in xml
    assert '<w:jc w:val="right"/>' in xml


def test_columns_are_as_wide_as_the_dashes_below_their_heads():
    source = "| STT | Tên |\n|---|---------|\n| 1 | Đào |"
    xml = body_xml(source, known_styles=KNOWN, base_style="NoiDung", area=TextArea(Pt(400)))

    assert re.findall(r'<w:gridCol w:w="(\d+)"', xml) == ["2000", "6000"]
    assert re.findall(r'<w:tcW w:w="(\d+)" w:type="dxa"', xml) == ["2000", "6000"] * 2


def kept(xml):
    return ["keepNext" in each for each in xml.split("</w:p>")[:-1]]


def test_the_last_two_lines_stay_with_the_signature():
    two_lines = "Đề nghị quý cơ quan phối hợp tuyên truyền tới cán bộ, công chức và người lao động trong toàn ngành."

    assert kept(body_xml(f"Một.\n\n{two_lines}", known_styles=KNOWN, base_style="NoiDung")) == [False, True]
    assert kept(body_xml(f"Không.\n\n{two_lines}\n\nHai.", known_styles=KNOWN, base_style="NoiDung")) == [
        *(False, True, True),
    ]


def test_lines_of_a_body_with_fields_are_counted_when_it_is_filled():
    source = body_xml("Một {{ x }}.\n\nHai {{ x }}.", known_styles=KNOWN, base_style="NoiDung")
    template = word_environment().from_string(source)

    assert kept(template.render(x="dòng")) == [True, True]
    assert kept(template.render(x="dòng " * 20)) == [False, True]


def test_a_table_before_a_short_last_line_keeps_its_last_row_with_it():
    xml = body_xml("| a |\n|---|\n| b |\n| c |", known_styles=KNOWN, base_style="NoiDung", ending="./.")

    assert kept(xml) == [False, False, True, True]


def test_a_table_that_ends_the_text_keeps_its_last_row_with_the_signature():
    source = "Một.\n\n| a |\n|---|\n| b |\n| c |"

    assert kept(body_xml(source, known_styles=KNOWN, base_style="NoiDung")) == [False, False, False, True]
    assert not any(kept(body_xml(source, known_styles=KNOWN, base_style="NoiDung", signed=False)))


def test_a_style_the_template_lacks_gives_way_to_its_own():
    xml = body_xml("1. Khoản", known_styles={"RiengToi"}, base_style="RiengToi")

    assert 'w:pStyle w:val="RiengToi"' in xml
    assert "Khoan" not in xml


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("![ảnh](a.png)", "word-picture-not-embedded"),
        ("# Mục ![ảnh](a.png)", "word-picture-not-embedded"),
        ("Điều 1. ![ảnh](a.png)", "word-picture-not-embedded"),
        ("```\nmã\n```", "word-block-unknown"),
        ("***\n", "word-block-unknown"),
    ],
)
def test_what_a_letter_cannot_print_is_refused(source, code):
    with pytest.raises(TemplateError) as error:
        body_xml(f"Đoạn.\n\n{source}", known_styles=KNOWN, base_style="NoiDung")

    assert [(found.code, found.place.line) for found in error.value.report] == [(code, 3)]


@pytest.mark.parametrize(
    ("source", "closed"),
    [
        ("Đề nghị thực hiện.", "Đề nghị thực hiện./."),
        ("Đề nghị thực hiện", "Đề nghị thực hiện./."),
        ("Đề nghị thực hiện./.", "Đề nghị thực hiện./."),
        ("Đề nghị thực hiện;\n", "Đề nghị thực hiện./."),
        ("**Đề nghị thực hiện.**", "Đề nghị thực hiện./."),
        ("Đề nghị {{ x }}.", "Đề nghị {{ x }}./."),
        ("Đề nghị.[^1]\n\n[^1]: Theo luật.", "Đề nghị./."),
        ("- một;\n- hai;", "- hai./."),
        ("# Đề mục", "Đề mục./."),
        ("| a |\n|---|\n| b |", "./."),
        ("{% if x %}\n\nCó.\n\n{% endif %}", "./."),
    ],
)
def test_the_text_ends_with_the_closing_mark_once(source, closed):
    assert blocks(source, ending="./.", signed=False)[-1][1] == closed


def test_the_closing_mark_can_be_switched_off():
    assert blocks("Trân trọng.", ending="") == [("NoiDung", "Trân trọng.")]


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60))
def test_any_text_whose_signs_are_escaped_is_printed_whole(words):
    """No character of a paragraph is lost or becomes markup, whatever it is."""
    source = "Đoạn " + words
    xml = body_xml(re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", source), known_styles=KNOWN, base_style=styles.NOI_DUNG)
    text = html.unescape(re.sub(r"<[^>]+>", "", word_environment().from_string(xml).render()))

    kept: Callable[[str], str] = lambda value: re.sub(r"\s|[\ue000-\uf8ff]", "", value)  # noqa: E731
    assert kept(text) == kept(source)


@given(st.text(alphabet="a1 .)(-+*_^~`<>[]!|#{}$=\\/:x\n", max_size=40))
def test_any_text_is_either_refused_with_its_place_or_keeps_its_letters(words):
    try:
        xml = body_xml(f"Đoạn\n{words}", known_styles=KNOWN, base_style=styles.NOI_DUNG, signed=False)
    except TemplateError as error:
        xml = words.replace("<", "&lt;")
        places = [found.place for found in error.report]
    else:
        places = []
    assert all(place.line and place.column for place in places)
    text = html.unescape(re.sub(r"<[^>]+>", "", xml)).replace("{{ '{' }}", "{").replace("{{ '}' }}", "}")
    letters: Callable[[str], str] = lambda value: re.sub(r"[^a1x]", "", value)  # noqa: E731
    assert letters(re.sub(r"\{% (?:end)?filter .*?%\}|\{% endfilter %\}", "", text)) == letters(words)


def test_the_number_of_an_article_is_bold_also_where_nobody_marked_it():
    xml = body_xml("Điều 1. Thành lập Tổ\n{{ ten }}.\n\nĐiều 2. Hiệu lực.", known_styles=KNOWN, base_style="NoiDung")

    assert '<w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Điều 1.</w:t>' in xml
    assert '<w:r><w:t xml:space="preserve"> Hiệu lực.</w:t>' in xml


def test_an_article_that_is_bold_all_over_is_a_heading():
    assert blocks("**Điều 1. Phạm vi**\n\n**Điều 2.** Quy định này áp dụng.", ending="") == [
        ("Dieu", "Điều 1. Phạm vi"),
        ("DieuLienNoiDung", "Điều 2. Quy định này áp dụng."),
    ]


def test_a_chapter_and_its_title_stand_on_two_lines():
    assert blocks("## Chương I. Quy định {{ x }}\n\nĐoạn.")[:2] == [
        ("Chuong", "Chương I"),
        ("TenPhanChuongMuc", "QUY ĐỊNH {{ x }}"),
    ]


def test_a_short_paragraph_is_not_parted_by_the_end_of_a_page():
    three_lines, five_lines = "chữ " * 40, "chữ " * 80
    xml = body_xml(f"Một.\n\n{three_lines}\n\n{five_lines}", known_styles=KNOWN, base_style="NoiDung", signed=False)

    assert [("keepLines" in each) for each in xml.split("</w:p>")[:-1]] == [False, True, False]


TABLE = "| STT | Mã khách hàng | Tên |\n|-|---|---------------------------------|\n| 1 | {{ ma }} | {{ ten }} |"


def columns(xml):
    return [int(width) for width in re.findall(r'<w:gridCol w:w="(\d+)"', xml)]


def test_columns_are_as_wide_as_the_values_of_fields_need():
    source = body_xml(TABLE, known_styles=KNOWN, base_style="NoiDung", area=TextArea(Pt(450)), ending="./.")
    template = word_environment().from_string(source)
    short, long = (template.render(ma=ma, ten="Lê & Đào") for ma in ("PK1", "PK0100012345678ABC"))

    assert columns(short)[0] == columns(long)[0] == 731
    assert columns(short)[1] < columns(long)[1] == round((text_width("PK0100012345678ABC", 13, bold=True) + 12) * 20)
    assert sum(columns(long)) == 9000
    widths = [int(width) for width in re.findall(r'<w:tcW w:w="(\d+)"', long)]
    assert widths == columns(long) * 2
    assert "Lê &amp; Đào" in long


def test_tables_with_fields_are_kept_apart_like_any_other():
    xml = body_xml(f"Một:\n\n{TABLE}\n\n{TABLE}", known_styles=KNOWN, base_style="NoiDung")
    rendered = word_environment().from_string(xml).render(ma="1", ten="2")

    assert re.findall(r"<w:tbl>|(?<=</w:tbl>)<w:p>", rendered) == ["<w:tbl>", "<w:p>", "<w:tbl>"]
    assert re.search(r'w:after="120"/></w:pPr><w:r><w:t xml:space="preserve">Một', rendered)


WORDS = st.lists(
    st.sampled_from(["nghị", "định", "(số", "30/2020/NĐ-CP),", "trách", "nhiệm", "W" * 30]), max_size=60
).map(" ".join)


@given(
    st.lists(st.tuples(WORDS, st.sampled_from(["", "{{ a }}", "x{{ b }}, ", "{{ a }}{{ b }}"])), max_size=5),
    WORDS,
    WORDS,
)
def test_a_text_filled_and_then_laid_out_is_the_same_as_one_laid_out_and_then_filled(pieces, first, second):
    """Blocks that are settled before the fields are filled must be settled as they would be afterwards."""
    source = "Mở đầu.\n\n" + "\n\n".join(f"Một {words} {tag}." for words, tag in pieces) + "\n\nHai {{ b }} kết thúc."
    filled = source.replace("{{ a }}", first).replace("{{ b }}", second)

    laid_out = word_environment().from_string(laid(source)).render({"a": first, "b": second})

    assert laid_out == laid(filled)


def test_a_paragraph_too_long_to_be_kept_whole_is_not_looked_at_again():
    assert "giu_doan" not in laid("{{ a }} " + "chữ " * 100 + "\n\nHai.\n\nBa.")
    assert "giu_doan" in laid("{{- a }} " + "chữ " * 100 + "\n\nHai.\n\nBa.")
    assert "giu_doan" in laid("{% if a %}" + "chữ " * 100 + "{% endif %}\n\nHai.\n\nBa.")
    assert "giu_doan" in laid("{{ a }} " + "chữ " * 20 + "\n\nHai.\n\nBa.")


def laid(source: str) -> str:
    return body_xml(source, known_styles=KNOWN, base_style=styles.NOI_DUNG)
