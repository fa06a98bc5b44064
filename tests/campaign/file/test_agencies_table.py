"""The table of issuing bodies."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.campaign.file.agencies_table import read_agencies
from congvan.letter import Agency
from congvan.recipients import rows_source

HEADER = "ma,chu_quan,co_quan,ten_thuong,ky_hieu,dia_danh,pham_vi,so_bat_dau,giam_doc,lien_he\n"
SOUND = "dlhl,,ĐIỆN LỰC HẬU LỘC,Điện lực Hậu Lộc,ĐLHL,Hậu Lộc,,,,\n"


def read(tmp_path, rows, header=HEADER):
    (tmp_path / "don-vi.csv").write_text(header + rows, encoding="utf-8")
    agencies, found = read_agencies(tmp_path / "don-vi.csv")
    return agencies, [(one.code, one.place.row, one.place.column) for one in found]


def test_a_body_is_read_with_its_own_columns(tmp_path):
    row = "dlhl,CÔNG TY,ĐIỆN LỰC HẬU LỘC,Điện lực Hậu Lộc,ĐLHL,Hậu Lộc,400; 393 385,12,Lê Thị Hoa,Điện thoại: 1900\n"

    agencies, found = read(tmp_path, row)
    body = agencies["dlhl"]

    assert found == []
    assert body.pham_vi == ("400", "393", "385")
    assert (body.so_bat_dau, body.chu_quan, body.lien_he) == (12, "CÔNG TY", ("Điện thoại: 1900",))
    assert body.truong == {"giam_doc": "Lê Thị Hoa"}
    assert agencies.place("dlhl").row == 2


def test_a_body_that_has_issued_nothing_starts_at_one_and_may_have_no_parent(tmp_path):
    agencies, _ = read(tmp_path, SOUND)

    assert (agencies["dlhl"].so_bat_dau, agencies["dlhl"].chu_quan) == (1, None)


def test_all_wrong_cells_are_told_and_the_sound_rows_kept(tmp_path):
    rows = "dl x,,,Điện lực,ĐL,Hậu Lộc,,,,\n" + SOUND + SOUND + "pc,,A,B,C,D,,0,,\n" + "pd,,A,B,C,D,,mười,,\n"

    agencies, found = read(tmp_path, rows)

    assert list(agencies) == ["dlhl"]
    assert found == [
        ("campaign-agency-cell-empty", 2, "co_quan"),
        ("campaign-value-not-code", 2, "ma"),
        ("campaign-agency-twice", 4, "ma"),
        ("campaign-agency-start", 5, "so_bat_dau"),
        ("campaign-agency-start", 6, "so_bat_dau"),
    ]


def test_columns_that_are_missing_are_told_once(tmp_path):
    agencies, found = read(tmp_path, "a,b\nc,d\n", header="ma,co_quan\n")

    assert (len(agencies), found) == (0, [("campaign-agency-columns", None, None)])


def test_a_unit_may_be_asked_who_serves_it(tmp_path):
    agencies, _ = read(tmp_path, "a,,A,A,A,A,400 401,,,\nb,,B,B,B,B,401,,,\n")

    assert [body.ma for body in agencies.serving("400")] == ["a"]
    assert [body.ma for body in agencies.serving("401")] == ["a", "b"]
    assert agencies.serving("402") == ()


def start(tmp_path, written):
    """The first numbers of a body whose cell says ``written``, and the codes of the findings."""
    agencies, found = read(tmp_path, f'dlhl,,ĐIỆN LỰC,Điện lực,ĐL,Hậu Lộc,,"{written}",,\n')
    return agencies["dlhl"].so_bat_dau if agencies else None, [code for code, *_ in found]


@pytest.mark.parametrize(
    ("written", "starts"),
    [
        ("101", 101),
        ("2026:101", {2026: 101}),
        ("2026=101", {2026: 101}),
        ("2026:101; 2027:5", {2026: 101, 2027: 5}),
        ("2026 : 101 2027 : 5", {2026: 101, 2027: 5}),
        ("2026:101,2027:5;", {2026: 101, 2027: 5}),
    ],
)
def test_a_first_number_may_be_written_with_its_year(tmp_path, written, starts):
    assert start(tmp_path, written) == (starts, [])


@pytest.mark.parametrize("written", ["2026:0", "26:101", "2026:", ":101", "2026:101 5", "2026:1; 2026:2", "2027:41:00"])
def test_a_first_number_that_names_no_year_or_one_twice_is_told(tmp_path, written):
    assert start(tmp_path, written) == (None, ["campaign-agency-start"])


STARTS = st.dictionaries(st.integers(1945, 2099), st.integers(1, 999_999_999), min_size=1, max_size=5)


@given(starts=STARTS, between=st.sampled_from([";", "; ", " ", ", "]), sign=st.sampled_from([":", "=", ": "]))
def test_first_numbers_are_read_as_they_were_written(tmp_path_factory, starts, between, sign):
    written = between.join(f"{year}{sign}{number}" for year, number in starts.items())

    assert start(tmp_path_factory.mktemp("bang"), written) == (starts, [])


BODY = {"ma": "dlhl", "co_quan": "A", "ten_thuong": "B", "ky_hieu": "C", "dia_danh": "D"}


def test_values_of_a_program_may_hold_a_map_of_years():
    agencies, found = read_agencies(rows_source([{**BODY, "so_bat_dau": {2026: 101, 2027: 5}}], "don_vi"))

    assert (agencies["dlhl"].so_bat_dau, found) == ({2026: 101, 2027: 5}, [])


def test_a_table_in_yaml_may_hold_a_map_of_years(tmp_path):
    lines = "".join(f"  {key}: {value}\n" for key, value in BODY.items()).replace("  ", "- ", 1)
    (tmp_path / "don-vi.yaml").write_text(f"{lines}  so_bat_dau: {{2026: 101}}\n", encoding="utf-8")
    agencies, found = read_agencies(tmp_path / "don-vi.yaml")

    assert (agencies["dlhl"].so_bat_dau, found) == ({2026: 101}, [])


@pytest.mark.parametrize("value", ["{2026: [1]}", "{2026: {1: 2}}", "{}"])
def test_a_map_of_years_that_is_none_is_told(tmp_path, value):
    lines = "".join(f"  {key}: {key}\n" for key in BODY).replace("  ", "- ", 1)
    (tmp_path / "don-vi.yaml").write_text(f"{lines}  so_bat_dau: {value}\n", encoding="utf-8")

    assert [one.code for one in read_agencies(tmp_path / "don-vi.yaml")[1]] == ["recipients-value-nested"]


def test_a_body_of_several_years_starts_each_where_it_says_and_others_at_one():
    body = Agency(**BODY, so_bat_dau={2026: 101})

    assert [body.first_number(year) for year in (2025, 2026, 2027)] == [1, 101, 1]
    assert Agency(**BODY, so_bat_dau=12).first_number(2030) == 12


def test_a_body_with_numbers_by_year_travels_and_can_be_compared():
    body = Agency(**BODY, so_bat_dau={2026: 101})

    assert pickle.loads(pickle.dumps(body)) == copy.deepcopy(body) == body
    assert {body} == {Agency(**BODY, so_bat_dau={"2026": "101"})}
