import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congvan.recipients.sources.sheet import _ORDINARY, read_cell
from congvan.text import unicode_form
from congvan.text.non_value import NON_VALUES


def codes(written):
    return [found.code for found in read_cell(written)[1]]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("  Nguyễn   Văn\tAn ", "Nguyễn Văn An"),
        ("Nguyễn\u00a0Văn An", "Nguyễn Văn An"),
        ("Nguyễn\u200b Văn An", "Nguyễn Văn An"),
        (unicodedata.normalize("NFD", "Nguyễn Văn Ngọ"), "Nguyễn Văn Ngọ"),
        (" dòng một \r\n dòng  hai\n", "dòng một\ndòng hai"),
        ("Lê Ðịnh", "Lê Ðịnh"),
        (" ", ""),
    ],
)
def test_a_text_is_composed_and_spaced_once_but_its_letters_stay(written, text):
    assert read_cell(written)[0] == text


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (unicodedata.normalize("NFD", "Ngọ"), "text-not-nfc"),
        ("Lê Ðịnh", "text-lookalike"),
        ("Lê\u200b Định", "text-invisible"),
        ("Lê\u00a0Định", "text-odd-space"),
        ("#N/A", "recipients-not-a-value"),
        (" None ", "recipients-not-a-value"),
        ("Nguy\ufffdn", "recipients-text-broken"),
        ("Lê\x07Định", "recipients-text-broken"),
    ],
)
def test_what_is_wrong_with_a_cell_is_said(written, code):
    assert codes(written) == [code]


@pytest.mark.parametrize("written", [*sorted(NON_VALUES), "a\ufffdb", "a\x00b"])
def test_what_is_no_value_is_not_read_as_one(written):
    assert read_cell(written)[0] == ""


@pytest.mark.parametrize("written", ["Nan", "Bản Na", "none", "0", "-", "Nguyễn Văn Null"])
def test_a_name_that_resembles_a_missing_value_is_a_value(written):
    assert read_cell(written) == (written, ())


@given(st.from_regex(_ORDINARY, fullmatch=True))
@settings(deadline=None)
def test_the_short_way_for_ordinary_text_is_right(written):
    assert unicode_form.findings(written.strip()) == ()
    assert unicode_form.is_nfc(written)


@given(st.text())
@settings(deadline=None)
def test_a_text_read_is_read_the_same_again(written):
    text, _ = read_cell(written)

    assert read_cell(text)[0] == text
    assert unicode_form.is_nfc(text)
