import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.pdf.engines.dxpdf.unbreakable_words import with_joiners

JOINER = "\u200d"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("số 3197/UBND-CN", f"số 3197/{JOINER}UBND-CN"),
        ("ngày 15/3/2021", f"ngày 15/{JOINER}3/{JOINER}2021"),
        ("và / hoặc", "và / hoặc"),
        ("hết ./.", f"hết ./{JOINER}."),
        ("PCTH\u2011KD", f"PCTH-{JOINER}KD"),
        ("PCTH\u2011 KD", "PCTH- KD"),
        ("kết thúc/", "kết thúc/"),
    ],
)
def test_a_word_with_a_slash_is_bound_together(text, expected):
    assert with_joiners(text) == expected


def test_a_run_that_continues_a_word_is_bound_to_it():
    assert with_joiners("UBND", after_open_end=True) == f"{JOINER}UBND"
    assert with_joiners(" UBND", after_open_end=True) == " UBND"
    assert with_joiners("", after_open_end=True) == ""


def test_a_web_address_may_end_a_line_at_a_slash():
    address = "https://dichvucong.example/thu-tuc/thanh-toan-tien-dien"

    assert with_joiners(address) == address


@given(st.text(alphabet="ab /-\u2011ế"), st.booleans())
def test_binding_adds_nothing_but_joiners_between_characters(text, after_open_end):
    written = with_joiners(text, after_open_end=after_open_end)

    assert written.replace(JOINER, "") == text.replace("\u2011", "-")
    assert not written.endswith(JOINER)
    assert not re.search(f"{JOINER}\\s", written)
