"""What a text with fields says by itself."""

import pytest

from congvan.errors import TemplateError
from congvan.text.fields.pattern import fixed_text


def test_only_what_stands_outside_tags_is_fixed():
    assert fixed_text("Gửi {{ ten|default('hòa') }}, {# hòa #}xã {% if x %}A{% endif %}.") == (
        *((1, "Gửi "), (1, ", "), (1, "xã "), (1, "A"), (1, ".")),
    )


def test_each_piece_knows_its_line():
    assert [(line, piece.strip()) for line, piece in fixed_text("Một\n{{ x }}\nHai {{ y\n}} Ba\n")] == [
        *((1, "Một"), (2, "Hai"), (4, "Ba")),
    ]


def test_a_broken_tag_is_told():
    with pytest.raises(TemplateError):
        fixed_text("Gửi {{ ten) }}")
