import io

import pytest

from congvan.errors import TemplateError, UnreadableFileError
from congvan.word import Shared, WordTemplate

HOSTILE = [
    "{{ ''.__class__.__mro__ }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ self.__init__ }}",
    "{{ x.__class__.__base__.__subclasses__() }}",
    "{% for c in [].__class__.__base__.__subclasses__() %}{% endfor %}",
    "{{ ds.append(1) }}",
]


def test_values_arrive_whole_whatever_signs_they_hold(docx_with, word_text):
    name = "Nguyễn <Văn> & \"Đào\" 'x'"

    assert word_text(WordTemplate(docx_with("Kính gửi: {{ ho_ten }}")).render({"ho_ten": name})) == [
        f"Kính gửi: {name}"
    ]


def test_the_same_values_give_the_same_bytes(docx_with):
    source = docx_with("Kính gửi: {{ ho_ten }}")

    assert WordTemplate(source).render({"ho_ten": "A"}) == WordTemplate(source).render({"ho_ten": "A"})


def test_a_missing_value_names_the_field_and_the_paragraph(docx_with):
    template = WordTemplate(docx_with("Kính gửi:", "{{ ho_ten }}, {{ dia_chi }}"), name="mau.docx")

    with pytest.raises(TemplateError) as error:
        template.render({"ho_ten": "A"})

    (found,) = error.value.report
    assert found.code == "field-missing"
    assert found.values["name"] == "dia_chi"
    assert (found.place.file, found.place.paragraph) == ("mau.docx", 2)


def test_a_value_that_is_none_counts_as_missing(docx_with):
    with pytest.raises(TemplateError) as error:
        WordTemplate(docx_with("{{ ho_ten }}")).render({"ho_ten": None})

    assert error.value.report.findings[0].code == "field-missing"


def test_a_field_may_be_declared_optional(docx_with, word_text):
    template = WordTemplate(docx_with("Điện thoại: {{ dien_thoai|default('không có') }}"))

    assert word_text(template.render({})) == ["Điện thoại: không có"]


@pytest.mark.parametrize("tag", HOSTILE)
def test_a_template_that_reaches_into_python_is_stopped(docx_with, tag):
    with pytest.raises(TemplateError) as error:
        WordTemplate(docx_with(tag)).render({"x": "a", "ds": []})

    assert error.value.report.findings[0].code in {"field-forbidden", "field-missing"}


def test_reaching_into_python_is_named_as_such(docx_with):
    with pytest.raises(TemplateError) as error:
        WordTemplate(docx_with("{{ x.__class__.__mro__ }}")).render({"x": "a"})

    assert error.value.report.findings[0].code == "field-forbidden"


def test_a_broken_tag_is_named_with_its_paragraph(docx_with):
    with pytest.raises(TemplateError) as error:
        WordTemplate(docx_with("một", "hai", "{% if x %}"))

    (found,) = error.value.report
    assert found.code == "field-syntax"


def test_fields_are_listed_wherever_they_stand(docx_with):
    source = docx_with(
        "{{ ho_ten }}", "{%p if co_phu_luc %}", "{{ xa }}", "{%p endif %}", header="{{ so }}", title="{{ ten }}"
    )

    assert WordTemplate(source).fields == {"ho_ten", "co_phu_luc", "xa", "so", "ten"}


def test_tags_outside_the_body_are_filled_too(docx_with):
    from docx import Document

    template = WordTemplate(docx_with("{{ ho_ten }}", header="Số {{ so }}", title="{{ ten }}"))
    made = Document(io.BytesIO(template.render({"ho_ten": "A", "so": 5, "ten": "R & D <x>"})))

    assert template.covered
    assert made.sections[0].header.paragraphs[0].text == "Số 5"
    assert made.core_properties.title == "R & D <x>"


def test_both_ways_of_rendering_give_the_same_text(docx_with, word_text):
    from docxtpl import Listing

    paragraphs = (
        "Kính gửi: {{ ten }}",
        "{%p for x in ds %}",
        "- {{ x }};",
        "{%p endfor %}",
        "{{ a }}{% if b %} và {{ b }}{% endif %}",
    )
    values = {"ten": "A & B", "ds": ["một", "hai"], "a": "<1>", "b": "2"}
    template = WordTemplate(docx_with(*paragraphs))

    assert template.covered
    assert word_text(template.render(values)) == word_text(template.render({**values, "khac": Listing("x")}))


def test_a_line_end_in_a_value_is_a_line_end_in_word(docx_with, word_text):
    assert word_text(WordTemplate(docx_with("{{ dia_chi }}")).render({"dia_chi": "một\nhai"})) == ["một\nhai"]


def test_rich_text_goes_through_docxtpl(docx_with, word_text):
    from docxtpl import RichText

    assert word_text(WordTemplate(docx_with("{{r x }}")).render({"x": RichText("đậm", bold=True)})) == ["đậm"]


def test_a_body_takes_the_place_of_its_own_paragraph(docx_with, word_text):
    template = WordTemplate(docx_with("Trước", "{{p noi_dung }}", "Sau"))

    assert template.has_body_place
    assert word_text(template.render({"noi_dung": "Một {{ x }}.\n\nHai.", "x": "<3>"})) == [
        "Trước",
        "Một <3>.",
        "Hai.",
        "Sau",
    ]


def test_a_body_without_a_place_is_refused(docx_with):
    with pytest.raises(TemplateError) as error:
        WordTemplate(docx_with("Không có chỗ"), shared=Shared("Một."))

    assert error.value.report.findings[0].code == "word-body-place-missing"


def test_a_value_can_never_become_a_field(docx_with, word_text):
    assert word_text(WordTemplate(docx_with("{{ a }}")).render({"a": "{{ b }} {% x %}"})) == ["{{ b }} {% x %}"]


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip", b"%PDF-1.7"])
def test_a_file_that_is_not_word_is_refused_without_a_traceback(tmp_path, content):
    path = tmp_path / "mau.docx"
    path.write_bytes(content)

    with pytest.raises(UnreadableFileError, match=r"mau\.docx"):
        WordTemplate(path)


def test_a_missing_file_is_refused_by_name(tmp_path):
    with pytest.raises(UnreadableFileError, match=r"khong-co\.docx"):
        WordTemplate(tmp_path / "khong-co.docx")


def test_a_zip_without_a_document_is_refused(tmp_path):
    import zipfile

    path = tmp_path / "mau.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "x")

    with pytest.raises((UnreadableFileError, TemplateError)):
        WordTemplate(path)
