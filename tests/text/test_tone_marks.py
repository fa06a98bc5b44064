"""Where tone marks stand: hòa or hoà."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvan.text import fold
from congvan.text.tone_marks import ToneStyle, other_spellings, tone_style, with_tones

quick = settings(deadline=None)
OLD, NEW = ToneStyle
PAIRS = [
    ("hòa", "hoà"),
    ("Hóa", "Hoá"),
    ("HỎA TỐC", "HOẢ TỐC"),
    ("họa", "hoạ"),
    ("xõa", "xoã"),
    ("khỏe", "khoẻ"),
    ("lòe", "loè"),
    ("thủy", "thuỷ"),
    ("ủy ban", "uỷ ban"),
    ("Úy", "Uý"),
    ("THỤY", "THUỴ"),
    ("ngụy", "nguỵ"),
    ("đọa đày", "đoạ đày"),
    ("Ủy viên Thanh Hóa, kinh tế - hòa bình.", "Uỷ viên Thanh Hoá, kinh tế - hoà bình."),
]
ALIKE = [
    *("quý", "Quỳ", "QUÝ", "quả", "quà", "quẻ", "hoàn", "toán", "hoảng", "thuyền", "huỳnh", "khuỷu", "khoẻn", "ngoẻo"),
    *("của", "múa", "mưa", "lửa", "kìa", "bia", "huệ", "thuở", "hoa", "uy", "khoe", "ngoài", "loáy", "tuý2", "Kanoà"),
]
sentences = st.text("hkqtTgnđĐoOaAeEuUyYàÀòÒóáỏảùỳủỷúý \u0300\u0301\u0309-,._1", max_size=30)


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_open_syllables_in_oa_oe_uy_are_written_in_two_ways(old, new):
    assert (with_tones(new, OLD), with_tones(old, NEW)) == (old, new)
    assert (with_tones(old, OLD), with_tones(new, NEW)) == (old, new)
    assert (tone_style(old), tone_style(new)) == (OLD, NEW)


@pytest.mark.parametrize("word", ALIKE)
def test_all_other_words_are_written_alike(word):
    assert (with_tones(word, OLD), with_tones(word, NEW), tone_style(word)) == (word, word, None)


def test_a_text_in_both_ways_has_none():
    assert tone_style("hòa thuỷ") is None


def test_the_words_of_the_other_way_are_told_with_their_places():
    assert other_spellings("Ủy ban, Uỷ ban; hoà", OLD) == [(8, "Uỷ", "Ủy"), (16, "hoà", "hòa")]


def test_emphasis_in_markdown_is_no_part_of_a_word():
    assert with_tones("_hoà_ **thuỷ**", OLD) == "_hòa_ **thủy**"


@quick
@given(sentences, st.sampled_from(ToneStyle))
def test_a_text_in_one_way_stays_and_comes_back_from_the_other(text, style):
    other = NEW if style is OLD else OLD
    written = with_tones(text, style)

    assert with_tones(written, style) == written
    assert with_tones(with_tones(written, other), style) == written
    assert other_spellings(written, style) == []


@quick
@given(sentences, st.sampled_from(ToneStyle))
def test_composed_and_decomposed_texts_are_treated_alike(text, style):
    composed, apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))

    assert with_tones(composed, style) == with_tones(apart, style)


@quick
@given(sentences, st.sampled_from(ToneStyle))
def test_only_tone_marks_move(text, style):
    written = with_tones(text, style)
    composed = unicodedata.normalize("NFC", text)
    changed = other_spellings(text, style)

    assert fold(written) == fold(text)
    assert len(written) == len(composed)
    assert [character.isupper() for character in written] == [character.isupper() for character in composed]
    inside = {at + step for at, found, _ in changed for step in range(len(found))}
    assert all(written[at] == composed[at] for at in range(len(composed)) if at not in inside)


@quick
@given(st.text(max_size=40), st.sampled_from(ToneStyle))
def test_any_text_is_only_composed_where_nothing_differs(text, style):
    if not other_spellings(text, style):
        assert with_tones(text, style) == unicodedata.normalize("NFC", text)
