"""A template with a table, without a campaign: one letter for each record."""

import pytest
from docx import Document

import congvan


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
