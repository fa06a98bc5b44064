"""Tags with a brace too few or too many are found before anything is filled; sound ones raise no alarm."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.text.fields.slips import MOST_SLIPS, read_tags, text_slips


@pytest.mark.parametrize(
    ("text", "code", "written"),
    [
        ("Kính gửi: {{ ho_ten }", "field-braces", "{{ ho_ten }"),
        ("Kính gửi: { ho_ten }}", "field-braces", "{ ho_ten }}"),
        ("{{ ho_ten %}", "field-braces", "{{ ho_ten %}"),
        ("{% if co }} x", "field-braces", "{% if co }}"),
        ("{%p if co }", "field-braces", "{%p if co }"),
        ("{{{ ho_ten }}", "field-braces", "{{{ ho_ten }}"),
        ("{{ ho_ten }}}", "field-braces", "{{ ho_ten }}}"),
        ("{ { ho_ten } }", "field-braces", "{ { ho_ten } }"),
        ("{% if co % }", "field-braces", "{% if co % }"),
        ("{{ ho_ten", "field-not-closed", "{{ ho_ten"),
        ("{{ ho_ten, xã {{ xa }}", "field-not-closed", "{{ ho_ten, xã"),
        ("Ông {% if co", "field-not-closed", "{% if co"),
        ("{# ghi chú", "field-not-closed", "{# ghi chú"),
        ("ho_ten }} ở", "field-not-opened", "ho_ten }}"),
        ("if co %} ở", "field-not-opened", "if co %}"),
        ("{{ Họ và tên }}", "field-name", "Họ và tên"),
        ("{ho_ten}", "field-single-braces", "{ho_ten}"),
        ("Gửi «Ho_va_ten»", "field-other-marks", "«Ho_va_ten»"),
        ("Gửi <<ten>>", "field-other-marks", "<<ten>>"),
        ("Gửi ${ten}", "field-other-marks", "${ten}"),
    ],
)
def test_a_slip_is_found_with_what_is_written(text, code, written):
    (slip,) = read_tags(text).slips

    assert (slip.code, slip.written) == (code, written)


@pytest.mark.parametrize(
    "text",
    [
        "{{ ho_ten }}, {{xa}} {%- if co -%} và {% endif %}{# ghi chú #}",
        "{{ {'a': {'b': 1}}['a'] }}",
        "{{ '}}' }} và {{ x|default(“{{”) }}",
        "{_{ ho_ten }_} và {_% if %_}",
        "tập hợp {1, 2}, {a}, 100%, #1, (a) [b] <<c>> «d»",
        "{{ a if co else b }} {{ a and b }} {{p noi_dung }} {{r chu }}",
        "{{ ho_ten' }}",
        "giá trị 5{ 6 }7",
        "gọi là «Thôn văn hóa», «thôn», a << b, a >> b, 5$",
    ],
)
def test_what_is_written_rightly_raises_no_alarm(text):
    assert read_tags(text).slips == ()


def test_a_text_names_line_and_column():
    ((line, column, slip),) = text_slips("Một {{ a }}.\n\nHai\nba {{ b }\n\nbốn }")

    assert (line, column, slip.written) == (4, 4, "{{ b }")


def test_a_tag_may_go_on_in_the_next_line_of_its_paragraph_but_not_beyond():
    assert list(text_slips("{% if a\n and b %} x {% endif %}")) == []
    assert [slip.code for *_, slip in text_slips("{{ a\n\nb }}")] == ["field-not-closed", "field-not-opened"]


@given(
    st.lists(st.sampled_from(["{{", "}}", "{%", "%}", "{", "}", "'", '"', " ", "a", "{#", "#}", "{_{"]), max_size=40)
)
def test_any_row_of_signs_is_read_to_its_end(signs):
    text = "".join(signs)
    tags, slips = read_tags(text)

    assert all(0 <= tag.start < tag.end <= len(text) for tag in tags)
    assert all(before.end <= after.start for before, after in pairwise(tags))
    assert all(slip.written.strip() for slip in slips)


def test_a_text_of_slips_alone_is_not_told_for_ever():
    assert len(read_tags("{{ a " * 20_000).slips) == MOST_SLIPS
