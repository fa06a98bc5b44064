"""A letter made by an office's style is read back into that very style; what it lacks or breaks is said."""

import io
from dataclasses import replace

import pytest
from docx import Document
from docx.shared import Mm, Pt

import congvan
from congvan.inspect.learned_style import learn_style
from congvan.word.builtin.sample import sample

STYLES = [
    {},
    {"le_trai": 35.0, "le_phai": 15.0, "le_tren": 25.0, "le_duoi": 22.0},
    {"co_chu": 13.0, "thut_dong": 12.7, "gian_dong": 1.2, "cach_doan": 8.0},
]
DEFAULT = {
    "le_tren": 20.0,
    "le_duoi": 20.0,
    "le_trai": 30.0,
    "le_phai": 20.0,
    "co_chu": 14.0,
    "thut_dong": 10.0,
    "gian_dong": 1.0,
    "cach_doan": 6.0,
}


def letter(**style):
    made = sample("to-trinh")
    return congvan.render_docx(made.model_copy(update={"trinh_bay": made.trinh_bay.model_copy(update=style)}))


def learned(docx):
    return learn_style(congvan.facts(docx, "thu.docx"))


@pytest.mark.parametrize("style", STYLES, ids=["the default", "other margins", "smaller and wider"])
def test_a_style_is_read_back_from_a_letter_made_by_it(style):
    read = learned(letter(**style)).values

    assert {name: read[name] for name in DEFAULT} == DEFAULT | style
    assert read["dau_ket_thuc"] is True


def test_what_the_decree_does_not_allow_is_refused_and_not_learnt():
    document = Document(io.BytesIO(letter()))
    document.sections[0].left_margin = Mm(40)
    target = io.BytesIO()
    document.save(target)
    style = learned(target.getvalue())

    assert "le_trai" not in style.values
    assert [(one.code, one.values["part"], one.values["value"]) for one in style.refused] == [
        ("letter-style-out-of-range", "le_trai", "40")
    ]


def test_fixed_distances_of_lines_are_said_to_be_unread():
    document = Document(io.BytesIO(letter()))
    for paragraph in document.paragraphs:
        paragraph.paragraph_format.line_spacing = Pt(18)
    target = io.BytesIO()
    document.save(target)
    style = learned(target.getvalue())

    assert "gian_dong" not in style.values
    assert "style-line-spacing" in {one.code for one in style.unread}


def test_a_symbol_is_learnt_in_its_groups():
    assert learned(congvan.render_docx(sample("cong-van"))).values["ky_hieu"] == {
        "co_quan": ["PCTH"],
        "bo_phan": ["KD"],
    }
    assert learned(congvan.render_docx(sample("thong-bao"))).values["ky_hieu"] == {"co_quan": ["PCTH"]}


def without_names(text):
    """A line without the one word of it that has two spellings."""
    return text.replace("Hóa", "Mẫu")


@pytest.mark.parametrize(
    ("words", "style"), [("hòa, thủy, khỏe", "hòa"), ("hoà, thuỷ, khoẻ", "hoà"), ("hòa, hoà", None)]
)
def test_spelling_is_learnt_from_the_words_that_show_it(words, style):
    facts = congvan.facts(letter(), "thu.docx")
    last = next(line for line in reversed(facts.lines) if line.text.endswith("./."))
    lines = tuple(
        replace(line, text=f"{words}./." if line is last else without_names(line.text)) for line in facts.lines
    )

    assert learn_style(replace(facts, lines=lines)).values.get("dau_thanh") == style


def test_a_pdf_tells_no_paragraphs():
    codes = {one.code for one in learned(congvan.to_pdf(letter())).unread}

    assert {"style-margins", "style-first-line", "style-line-spacing", "style-paragraph-gap"} <= codes
