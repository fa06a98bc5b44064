"""A template filled from a table: a column is what its header says; other spellings are added, none is taken away."""

import io

import pytest
from docx import Document
from tests.word.open_xml import docx, field, p

import congvan
from congvan.errors import CongvanError


@pytest.fixture
def first(tmp_path):
    """The words of the first letter of a template and a table."""

    def make(template, table, name="bang.csv"):
        (tmp_path / "mau.docx").write_bytes(template)
        (tmp_path / name).write_text(table, encoding="utf-8")
        run = congvan.render_table(tmp_path / "mau.docx", tmp_path / name, out=tmp_path / "out", formats=["docx"])
        letter = Document(io.BytesIO((tmp_path / "out" / run.letters[0].docx.path).read_bytes()))
        return letter.paragraphs[0].text

    return make


@pytest.mark.parametrize(
    ("tags", "table", "said"),
    [
        ("{{ ho_va_ten }}, {{ chuc_vu }}", "ho_va_ten,chuc_vu\nLê Văn Mẫu,Giám đốc\n", "Lê Văn Mẫu, Giám đốc"),
        ("{{ sdt }} {{ co_quan }}", "sdt,co_quan\n0912000001,Sở Mẫu\n", "0912000001 Sở Mẫu"),
        ("{{ ho_ten }} {{ nguoi_nhan }}", "ho_ten,nguoi_nhan\nAn,Bình\n", "An Bình"),
        ("{{ ten }} {{ co_quan }}", "ten,co_quan\nAn,Sở Mẫu\n", "An Sở Mẫu"),
        ("{{ quan }} {{ phuong }} {{ tt }}", "quan,phuong,tt\nA,B,C\n", "A B C"),
        ("{{ ho_ten }}, {{ dien_thoai }}", "Họ và tên,Điện thoại (di động)\nAn,0912000001\n", "An, 0912000001"),
        ("{{ ho_va_ten }}", "ho_ten\nAn\n", "An"),
        ("{{ chuc_vu }}", "Chức danh\nTổ trưởng\n", "Tổ trưởng"),
    ],
)
def test_a_column_fills_the_field_of_its_name(first, tags, table, said):
    assert first(docx(tags), table) == said


def test_a_json_key_fills_the_field_of_its_name(first):
    table = '[{"chuc_vu": "Giám đốc", "chuc_danh": "Ông"}]'

    assert first(docx("{{ chuc_vu }} {{ chuc_danh }}"), table, "bang.json") == "Giám đốc Ông"


def test_a_blank_cell_is_not_filled_from_another_column(first):
    with pytest.raises(CongvanError) as error:
        first(docx("{{ ho_ten }} {{ nguoi_nhan }}"), "ho_ten,nguoi_nhan\nAn,Bình\n,Chi\n")

    assert [(found.code, found.values["name"]) for found in error.value.report.errors] == [("field-missing", "ho_ten")]


def test_of_two_columns_of_one_meaning_none_is_chosen(first):
    with pytest.raises(CongvanError) as error:
        first(docx("{{ ho_va_ten }}"), "ho_ten,nguoi_nhan\nAn,Bình\n")

    assert [found.code for found in error.value.report.errors] == ["field-missing"]


def test_a_merge_field_is_filled_from_a_column_spelt_otherwise(first):
    template = docx(p("Kính gửi: ", field(" MERGEFIELD Ho_va_ten ", "«Ho_va_ten»")))

    assert first(template, "ho_ten,so_tien\nAn,1\n") == "Kính gửi: An"
