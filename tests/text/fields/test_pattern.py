"""Texts with fields: how a value is printed, with markup around it and without."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from congvan.text.fields.pattern import MissingFieldError, environment

MARKUP = environment(autoescape=True)


def printed(value, source="{{ x }}"):
    return MARKUP.from_string(source).render({"x": value})


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.lists(st.text(max_size=3), max_size=3)))
def test_a_value_is_escaped(value):
    assert printed(value) == str(escape(value))


def test_a_value_with_markup_of_its_own_says_what_that_is():
    class Rich:
        def __html__(self):
            return "<b>đậm</b>"

    assert printed(Rich()) == "<b>đậm</b>"
    assert printed(Markup("<i/>")) == "<i/>"
    assert printed("<i/>") == "&lt;i/&gt;"


def test_a_kind_of_text_is_escaped_like_any_text():
    class Name(str):
        __slots__ = ()

    assert printed(Name("A & B")) == "A &amp; B"


def test_nothing_is_escaped_twice_on_its_way_through_blocks_macros_and_filters():
    source = (
        "{% set y %}<w>{{ x }}</w>{% endset %}{{ y }}{% macro m(a) %}<m>{{ a }}</m>{% endmacro %}{{ m(x) }}"
        "{% filter upper %}{{ x }}{% endfilter %}{{ x|upper }}{{ x ~ y }}"
    )

    assert printed("a&b", source) == ("<w>a&amp;b</w><m>a&amp;b</m>A&AMP;BA&amp;Ba&amp;b<w>a&amp;b</w>")


@pytest.mark.parametrize(
    "source", ["{{ x }}", "{% filter upper %}{{ x }}{% endfilter %}", "{% set y %}{{ x }}{% endset %}"]
)
@pytest.mark.parametrize("values", [{"x": None}, {}])
def test_what_is_missing_is_told_and_never_printed(source, values):
    with pytest.raises(MissingFieldError):
        MARKUP.from_string(source).render(values)


def test_a_text_without_markup_is_printed_as_it_is():
    assert environment().from_string("{{ x }} {{ 7 }}").render({"x": "<a & b>"}) == "<a & b> 7"
