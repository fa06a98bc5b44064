"""A template with a table, without a campaign: one letter for each record."""

import pytest
from docx import Document

import congvan
from congvan.errors import DirectoryError


@pytest.fixture
def template(tmp_path, docx_with):
    path = tmp_path / "mau.docx"
    path.write_bytes(docx_with("Kính gửi: {{ ten }}"))
    return path


def text(run, index):
    return Document(run.out / run.letters[index].docx.path).paragraphs[0].text


def test_records_that_are_the_same_to_the_last_word_each_have_a_letter(template, here):
    # More than are moved into place at once; the same record is the first, in the middle and the last.
    records = [{"ten": "Lò Thị Mẫu" if number % 255 == 0 else f"Ông {number}"} for number in range(511)]
    run = congvan.render_table(template, records, formats=("docx",), executor=here)

    assert run.report.ok
    assert [text(run, index) for index in (0, 255, 510)] == ["Kính gửi: Lò Thị Mẫu"] * 3
    assert [text(run, index) for index in (1, 509)] == ["Kính gửi: Ông 1", "Kính gửi: Ông 509"]
    assert all((run.out / row.docx.path).is_file() for row in run.letters)


def test_a_table_of_nothing_but_the_same_record_has_as_many_letters(template, here):
    records = [{"ten": "Lò Thị Mẫu"}] * 510
    first = congvan.render_table(template, records, formats=("docx",), executor=here)
    again = congvan.render_table(template, records, formats=("docx",), executor=here)

    assert not [*first.failed, *again.failed]
    assert len({(again.out / row.docx.path).read_bytes() for row in again.letters}) == 1
    assert text(again, 509) == "Kính gửi: Lò Thị Mẫu"


FIELDS = ("so", "gia", "co", "gio", "ma")
TYPED = {
    "ds.json": '[{"so": 12, "gia": 1.50, "co": true, "gio": "07:30", "ma": "007"}]',
    "ds.yaml": "- {so: 12, gia: 1.50, co: true, gio: 07:30, ma: 007}",
}


@pytest.mark.parametrize("name", TYPED)
def test_values_of_a_table_print_as_they_are_typed(tmp_path, docx_with, here, name):
    mau = tmp_path / "mau.docx"
    mau.write_bytes(docx_with(" ".join(f"{{{{ {field} }}}}" for field in FIELDS) + "{% if co %}!{% endif %}"))
    (tmp_path / name).write_text(TYPED[name], encoding="utf-8")

    run = congvan.render_table(mau, tmp_path / name, formats=("docx",), executor=here)

    assert text(run, 0) == "12 1.50 true 07:30 007!"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ds.json", '[{"ten": "A"}, {"ten": NaN}]'),
        ("ds.json", '[{"ten": "A"}, {"ten": Infinity}]'),
        ("ds.yaml", "- ten: A\n- ten: .nan\n"),
        ("ds.yaml", "- ten: A\n- ten: '#N/A'\n"),
        ("ds.csv", "ten\nA\n#N/A\n"),
    ],
)
def test_a_value_that_is_none_is_refused_at_its_place(template, tmp_path, here, name, content):
    (tmp_path / name).write_text(content, encoding="utf-8")

    with pytest.raises(DirectoryError) as refused:
        congvan.render_table(template, tmp_path / name, formats=("docx",), executor=here)

    (found,) = refused.value.report
    assert (found.code, found.place.row, found.place.column) == (
        "recipients-not-a-value",
        3 if name == "ds.csv" else 2,
        "ten",
    )


def test_a_number_of_a_json_table_is_still_a_number(template, tmp_path, docx_with, here):
    mau = tmp_path / "mau.docx"
    mau.write_bytes(docx_with("{{ gia * 2 }} {{ gia|so }} {{ gia > 1 }}"))
    (tmp_path / "ds.json").write_text('[{"gia": 1.50}]', encoding="utf-8")

    assert text(congvan.render_table(mau, tmp_path / "ds.json", formats=("docx",), executor=here), 0) == "3.0 1,5 True"
