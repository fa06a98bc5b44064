import io

import pytest

from congvan.word import WordTemplate
from congvan.word.template.difference import TextChange, template_difference


@pytest.fixture
def difference(docx_with):
    def of(old, new, **new_parts):
        return template_difference(
            WordTemplate(io.BytesIO(docx_with(*old))), WordTemplate(io.BytesIO(docx_with(*new, **new_parts)))
        )

    return of


def test_fields_added_and_dropped_are_named(difference):
    found = difference(["Kính gửi {{ ho_ten }}, {{ thon }}"], ["Kính gửi {{ ho_ten }}, {{ xa }}"])

    assert (found.added, found.dropped) == (("xa",), ("thon",))


def test_changed_texts_stand_side_by_side_in_order(difference):
    found = difference(["Một", "Hai {{ ho_ten }}", "Ba"], ["Một", "Hai điểm {{ ho_ten }}", "Ba", "Bốn"])

    assert found.changes == (
        TextChange(("Hai {{ ho_ten }}",), ("Hai điểm {{ ho_ten }}",)),
        TextChange((), ("Bốn",)),
    )


def test_a_field_in_a_new_header_counts(difference):
    found = difference(["Một {{ ten }}"], ["Một {{ ten }}"], header="Phòng {{ phong }}")

    assert found.added == ("phong",)
    assert found.changes == (TextChange((), ("Phòng {{ phong }}",)),)


def test_the_same_template_twice_has_no_difference(difference):
    assert not difference(["Một {{ ten }}"], ["Một {{ ten }}"])
