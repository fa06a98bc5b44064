from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.errors import TemplateError
from congvan.findings import Report
from congvan.text.fields.pattern import Values, environment, field_finding, fill
from congvan.text.fields.simple_text import SimpleText

NAMES = ("ten", "self", "range", "don_vi", "don_vi.ten", "don_vi.items", "don_vi.cha.ten", "None", "loop", "_kin")
TAGS = [f"{{{{{left}{name}{right}}}}}" for name in NAMES for left in (" ", "- ") for right in (" ", "|upper ", " -")]
PLAIN = ["Kính gửi ", "\n", "\r\n", "{ ", "}} ", "{# ẩn #}", "{% if ten %}có{% endif %}", ""]
VALUES = st.sampled_from(["Lê Văn A", "", "a\r\nb", 5, None, ["x"], "{{ ten }}"])


def of(source: str) -> SimpleText | None:
    return SimpleText.of(environment().parse(source))


@given(
    st.lists(st.sampled_from(PLAIN + TAGS), max_size=4).map("".join),
    st.dictionaries(st.sampled_from(["ten", "self", "range", "loop", "_kin", "items"]), VALUES),
    st.dictionaries(st.sampled_from(["ten", "items", "cha"]), VALUES),
)
def test_a_text_filled_without_its_template_is_what_the_template_makes_of_it(
    source: str, top: dict[str, object], inner: dict[str, object]
) -> None:
    values = {**top, "don_vi": Values("don_vi", inner)}

    assert _outcome(lambda: fill(source, values)) == _outcome(lambda: _by_template(source, values))


def _by_template(source: str, values: dict[str, object]) -> str:
    """As :func:`fill` does it where a tag does more than name a field."""
    try:
        return str(environment().from_string(source).render(values)) if "{" in source else source
    except Exception as error:
        raise TemplateError(Report((field_finding(error),))) from error


def _outcome(filling: Callable[[], str]) -> str | Report:
    try:
        return filling()
    except TemplateError as error:
        return error.report


def test_tags_that_name_fields_need_no_template() -> None:
    simple = of("UBND {{ xa }} của {{ don_vi.ten }}")
    assert simple
    assert simple.filled({"xa": "xã Hà Bắc", "don_vi": Values("don_vi", {"ten": "A"})}) == "UBND xã Hà Bắc của A"


@pytest.mark.parametrize("source", ["{{ ten|upper }}", "{{ ten ~ 'a' }}", "{% if ten %}a{% endif %}", "{{ ten['a'] }}"])
def test_a_tag_that_does_more_is_left_to_the_template(source: str) -> None:
    assert of(source) is None


@pytest.mark.parametrize("values", [{}, {"ten": None}, {"ten": 5}, {"ten": "a" * 32_000_001}])
def test_a_value_that_is_no_ordinary_text_is_left_to_the_template(values: dict[str, object]) -> None:
    simple = of("{{ ten }}")
    assert simple
    assert simple.filled(values) is None
