import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.support.lengths import Mm, Pt, Twips


def test_a_margin_of_twenty_millimetres_is_what_word_writes_for_it():
    assert Mm(20).twips == 1134


def test_an_inch_is_seventy_two_points():
    assert Mm(25.4).pt == pytest.approx(72)


def test_a_point_is_twenty_twips():
    assert Pt(14).twips == 280


@given(st.floats(0, 2000))
def test_a_length_goes_to_points_and_back(value):
    assert Mm(value).pt.mm == pytest.approx(value)


@given(st.integers(0, 31_680))
def test_no_twip_is_lost_on_the_way_through_points(value):
    assert Twips(value).pt.twips == value
