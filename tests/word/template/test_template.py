import io

import pytest

from congvan.errors import TemplateError, UnreadableFileError
from congvan.word import CompiledTemplate, TemplateBinding, WordTemplate

VIET = {"viet_hoa": str.upper}
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

    assert template._template.compiled.uses_fast_path
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

    assert template._template.compiled.uses_fast_path
    assert word_text(template.render(values)) == word_text(template.render({**values, "khac": Listing("x")}))


def test_a_line_end_in_a_value_is_a_line_end_in_word(docx_with, word_text):
    assert word_text(WordTemplate(docx_with("{{ dia_chi }}")).render({"dia_chi": "một\nhai"})) == ["một\nhai"]


def test_rich_text_goes_through_docxtpl(docx_with, word_text):
    from docxtpl import RichText

    assert word_text(WordTemplate(docx_with("{{r x }}")).render({"x": RichText("đậm", bold=True)})) == ["đậm"]


def test_a_body_takes_the_place_of_its_own_paragraph(docx_with, word_text):
    template = WordTemplate(docx_with("Trước", "{{p noi_dung }}", "Sau"))

    assert template._template.compiled.has_body_place
    assert word_text(template.render({"noi_dung": "Một {{ x }}.\n\nHai.", "x": "<3>"})) == [
        "Trước",
        "Một <3>.",
        "Hai.",
        "Sau",
    ]


def test_a_body_without_a_place_is_refused(docx_with):
    with pytest.raises(TemplateError) as error:
        CompiledTemplate(docx_with("Không có chỗ"), "mau.docx", TemplateBinding("Một."))

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


# --- Filters and globals of the caller's own ---


def test_a_filter_of_the_caller_works_in_a_body_written_in_markdown(docx_with, word_text):
    template = WordTemplate(docx_with("{{p noi_dung }}"), filters=VIET)

    assert word_text(template.render({"noi_dung": "Kính gửi {{ ten|viet_hoa }}.", "ten": "Hà"})) == ["Kính gửi HÀ."]


def test_a_filter_of_the_caller_is_filled_without_docxtpl(docx_with):
    assert WordTemplate(docx_with("{{ ten|viet_hoa }}"), filters=VIET)._template.compiled.uses_fast_path


def test_what_a_filter_returns_is_escaped(docx_with, word_text):
    template = WordTemplate(docx_with("{{ ten|dong_khung }}"), filters={"dong_khung": lambda text: f"<{text}>"})

    assert word_text(template.render({"ten": "A & B"})) == ["<A & B>"]


def test_a_letters_own_value_wins_over_a_global(docx_with, word_text):
    template = WordTemplate(docx_with("{{ tinh }}"), globals={"tinh": "Thanh Hóa"})

    assert word_text(template.render({})) == ["Thanh Hóa"]
    assert word_text(template.render({"tinh": "Nghệ An"})) == ["Nghệ An"]


def test_a_global_is_no_field(docx_with):
    template = WordTemplate(
        docx_with("{{ ten }} {{ tong_dai }} {% for n in range(2) %}x{% endfor %}"), globals={"tong_dai": 1}
    )

    assert template.fields == {"ten"}


def test_filters_of_one_template_are_not_those_of_another(docx_with, word_text):
    source = docx_with("{{ ten|rieng }}")
    one = WordTemplate(source, filters={"rieng": str.upper})
    two = WordTemplate(source, filters={"rieng": str.lower})

    assert (word_text(one.render({"ten": "Hà"})), word_text(two.render({"ten": "Hà"}))) == (["HÀ"], ["hà"])
    with pytest.raises(TemplateError):
        WordTemplate(source)


def test_a_template_says_whether_it_has_callables_of_the_caller(docx_with):
    source = docx_with("{{ ten }}")

    assert WordTemplate(source, filters=VIET).has_callables
    assert WordTemplate(source, globals={"x": 1}).has_callables
    assert not WordTemplate(source).has_callables


def test_a_filter_that_fails_is_a_finding_with_its_paragraph(docx_with):
    def fail(_):
        raise LookupError("không tìm thấy")

    with pytest.raises(TemplateError) as error:
        WordTemplate(docx_with("Một", "{{ ten|tra_cuu }}"), filters={"tra_cuu": fail}).render({"ten": "A"})

    (found,) = error.value.report
    assert (found.code, found.place.paragraph) == ("field-failed", 2)


def test_a_template_with_filters_stays_in_its_sandbox(docx_with):
    with pytest.raises(TemplateError) as error:
        WordTemplate(docx_with("{{ (ten|viet_hoa).__class__ }}"), filters=VIET).render({"ten": "A"})

    assert error.value.report.findings[0].code == "field-forbidden"


@pytest.mark.parametrize("callables", [{"filters": {"le_ke": str}}, {"filters": {"a b": str}}, {"globals": {"a-b": 1}}])
def test_a_name_that_is_taken_or_no_name_is_refused(docx_with, callables):
    with pytest.raises(ValueError, match=r"filter|name"):
        WordTemplate(docx_with("x"), **callables)


def test_a_filter_that_cannot_be_called_is_refused(docx_with):
    with pytest.raises(TypeError, match="so_lan"):
        WordTemplate(docx_with("x"), filters={"so_lan": 3})


def test_a_template_may_come_as_an_open_file(docx_with, word_text):
    template = WordTemplate(io.BytesIO(docx_with("{{ ten }}")), name="mau.docx")

    assert (template.name, word_text(template.render({"ten": "Hà"}))) == ("mau.docx", ["Hà"])


def test_the_contact_line_of_a_built_in_template_is_printed(letter, part):
    from congvan.word.builtin.templates import built_in_template
    from congvan.word.letter_document import letter_values

    values = letter_values(letter(lien_he=["Điện thoại: 0237"]))
    made = WordTemplate(built_in_template("cong-van")).render({**values, "noi_dung": "Một."})

    assert "0237" in part(made, "word/footer1.xml")
