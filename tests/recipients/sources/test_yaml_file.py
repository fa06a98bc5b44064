import pytest

from congvan.errors import UnreadableFileError
from congvan.findings import Place
from congvan.recipients.sources.yaml_file import read_yaml


def cells(path):
    return [list(row.cells) for row in read_yaml(path).rows]


def test_a_sequence_of_mappings_is_a_table(text_file):
    path = text_file("ds.yaml", "# danh sách\n- ma: a\n  ten: Báo\n- ten: Đài\n  ghi_chu: mới\n")

    assert cells(path) == [["ma", "ten", "ghi_chu"], ["a", "Báo", ""], ["", "Đài", "mới"]]
    assert [row.place for row in read_yaml(path).rows][1:] == [
        Place(file="ds.yaml", line=2),
        Place(file="ds.yaml", line=4),
    ]


def test_values_stay_as_they_are_written(text_file):
    path = text_file("ds.yml", "- {dien_thoai: 0912345678, ngay: 2021-03-05, co: yes, trong: null, that: 'null'}\n")

    assert cells(path)[1] == ["0912345678", "2021-03-05", "yes", "", "null"]


def test_a_plain_list_is_joined_and_anything_deeper_is_a_finding(text_file):
    sheet = read_yaml(text_file("ds.yaml", "- pham_vi: ['400', '401']\n  ky:\n    ho_ten: A\n"))

    assert list(list(sheet.rows)[1].cells) == ["400, 401", ""]
    assert [(found.code, found.place) for found in sheet.findings] == [
        ("recipients-value-nested", Place(file="ds.yaml", line=3, column="ky"))
    ]


def test_a_key_written_twice_is_a_finding(text_file):
    sheet = read_yaml(text_file("ds.yaml", "- ten: A\n  ten: B\n"))

    assert [found.code for found in sheet.findings] == ["recipients-key-twice"]


@pytest.mark.parametrize("text", ["ten: A\n", "- A\n- B\n", "- [A]: B\n", "A\n"])
def test_another_shape_is_refused(text_file, text):
    with pytest.raises(UnreadableFileError, match="danh sách"):
        read_yaml(text_file("ds.yaml", text))


@pytest.mark.parametrize(
    "text", ["[" * 5000, '- "\\U99999999"', "- ten: 'A\n", "- a: 1\n---\n- a: 2\n", "- ten: *khong_co\n", "\x07"]
)
def test_what_is_not_yaml_is_refused(text_file, text):
    with pytest.raises(UnreadableFileError):
        read_yaml(text_file("ds.yaml", text))


def test_an_empty_file_has_no_rows(text_file):
    assert cells(text_file("ds.yaml", "")) == [[]]
