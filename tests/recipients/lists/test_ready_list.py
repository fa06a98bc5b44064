import csv
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from congvan.errors import DirectoryError, UnreadableFileError
from congvan.findings import Place
from congvan.recipients import Sheet, SheetRow, era_named, new_list, read_directory, unit_list
from congvan.recipients.lists.list_file import write_list


def provinces(era):
    return unit_list(era_named(era)).provinces


def test_the_communes_of_all_34_provinces_of_july_2025_are_complete():
    lists = {province.ma: new_list(province.ma, "2025-07", "xa") for province in provinces("2025-07")}

    assert len(lists) == 34
    assert sum(len(ready.rows) for ready in lists.values()) == 3_321
    assert len({row[0] for ready in lists.values() for row in ready.rows}) == 3_321
    assert len(lists["38"].rows) == 166


def test_the_districts_and_communes_of_all_63_provinces_of_2021_are_complete():
    codes = [province.ma for province in provinces("2021")]
    districts = {code: new_list(code, "2021", "huyen") for code in codes}
    communes = {code: new_list(code, "2021", "xa") for code in codes}

    assert len(codes) == 63
    assert sum(len(ready.rows) for ready in districts.values()) == 705
    assert sum(len(ready.rows) for ready in communes.values()) == 10_599
    assert (len(districts["38"].rows), len(communes["38"].rows)) == (27, 559)


@pytest.mark.parametrize(("era", "tier"), [("2021", "huyen"), ("2021", "xa"), ("2025-07", "xa")])
def test_the_ready_list_of_every_province_has_nothing_to_find_fault_with(era, tier):
    units = unit_list(era_named(era))
    for province in units.provinces:
        ready = new_list(province.ma, era, tier)
        directory = read_directory(_InMemory(ready), tier, units=units)

        assert directory.report.findings == ()
        assert [one.truong[f"ma_{tier}"] for one in directory] == [
            row[ready.columns.index(f"ma_{tier}")] for row in ready.rows
        ]
        assert all(one.ma_tinh == province.ma for one in directory)


def test_a_list_names_the_peoples_committee_of_every_unit_with_its_codes():
    ready = new_list("38", "2021", "huyen")

    assert ready.titles == ("Mã", "Mã tỉnh", "Tỉnh", "Mã huyện", "Huyện", "Tên", "Nhóm", "Điện thoại", "Ghi chú")
    assert ready.rows[0] == (
        "380-ubnd", "38", "tỉnh Thanh Hóa", "380", "thành phố Thanh Hóa", "Ủy ban nhân dân thành phố Thanh Hóa", "", "", "",
    )  # fmt: skip


def test_a_unit_named_by_a_number_keeps_its_capital():
    assert "Ủy ban nhân dân Quận 1" in [row[-4] for row in new_list("79", "2021", "huyen").rows]
    assert new_list("79", "2025-07", "tinh").rows[0][-4] == "Ủy ban nhân dân Thành phố Hồ Chí Minh"


@pytest.mark.parametrize(("era", "tier", "count"), [("2021", "huyen", 27), ("2021", "xa", 559), ("2025-07", "xa", 166)])
@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_a_ready_list_is_read_again_without_a_finding(tmp_path, era, tier, count, suffix):
    path = tmp_path / f"ds.{suffix}"
    new_list("38", era, tier).save(path)

    directory = read_directory(path, tier, units=unit_list(era_named(era)))

    assert len(directory) == count
    assert directory.report.findings == ()


def test_hamlets_begin_with_a_row_for_every_commune_and_may_be_added_below_it(tmp_path):
    ready = new_list("38", "2025-07", "thon")
    ready.save(tmp_path / "thon.csv")
    untouched = read_directory(tmp_path / "thon.csv", "thon")
    rows = list(csv.DictReader((tmp_path / "thon.csv").read_text(encoding="utf-8-sig").splitlines()))
    filled = [
        {**rows[0], "Thôn": "Thôn 1", "Họ tên": "Lò Ón"},
        {"Thôn": "Thôn 2", "Họ tên": "Lê Văn Thử"},
    ]
    write_list(
        tmp_path / "da-dien.csv", ready.titles, [[row.get(title, "") for title in ready.titles] for row in filled]
    )

    assert len(untouched) == 0
    assert {found.code for found in untouched.report} == {"recipients-row-of-unit", "recipients-more"}
    assert [one.ma_xa for one in read_directory(tmp_path / "da-dien.csv", "thon")] == [rows[0]["Mã xã"]] * 2
    assert ready.choices["ong_ba"] == ("Ông", "Bà")


def test_a_workbook_keeps_codes_as_text_its_header_in_sight_and_offers_the_units(tmp_path):
    new_list("01", "2025-07", "xa").save(tmp_path / "ds.xlsx")
    parts = _parts(tmp_path / "ds.xlsx")

    rows = CalamineWorkbook.from_path(tmp_path / "ds.xlsx").get_sheet_by_index(0).to_python()
    assert rows[1][:5] == ["00004-ubnd", "01", "thành phố Hà Nội", "00004", "phường Ba Đình"]
    assert 'state="frozen"' in parts["xl/worksheets/sheet1.xml"]
    assert parts["xl/worksheets/sheet1.xml"].count("<dataValidation ") == 2
    assert 'name="Danh mục" sheetId="2" state="hidden"' in parts["xl/workbook.xml"]


def test_what_looks_like_a_formula_is_written_as_text(tmp_path):
    write_list(tmp_path / "ds.xlsx", ["Tên", "Điện thoại"], [["=1+1", "0950000001"], ["https://x.vn", "+84950000001"]])

    rows = CalamineWorkbook.from_path(tmp_path / "ds.xlsx").get_sheet_by_index(0).to_python()
    assert rows[1:] == [["=1+1", "0950000001"], ["https://x.vn", "+84950000001"]]
    assert "<f>" not in _parts(tmp_path / "ds.xlsx")["xl/worksheets/sheet1.xml"]


def test_the_same_list_gives_the_same_bytes(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        new_list("38", "2021", "huyen").save(tmp_path / name)

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("province", "era", "tier", "code"),
    [
        ("38", "2025-07", "huyen", "recipients-tier-unknown"),
        ("38", "2030", "xa", "recipients-era-unknown"),
        ("99", "2025-07", "xa", "recipients-unit-code-unknown"),
        ("400", "2021", "huyen", "recipients-unit-code-unknown"),
    ],
)
def test_a_list_of_what_does_not_exist_is_refused(province, era, tier, code):
    with pytest.raises(DirectoryError) as refused:
        new_list(province, era, tier)

    assert [found.code for found in refused.value.report] == [code]


def test_a_list_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    (tmp_path / "ds.xlsx").mkdir()
    for path in (tmp_path / "ds.xlsx", Path(__file__) / "ds.csv", tmp_path / "ds.ods"):
        with pytest.raises(UnreadableFileError):
            write_list(path, ["Tên"], [["Báo"]])
    with pytest.raises(UnreadableFileError, match=r"32\.767"):
        write_list(tmp_path / "dai.xlsx", ["Tên"], [["x" * 40_000]])

    assert [path.name for path in tmp_path.iterdir()] == ["ds.xlsx"]


class _InMemory:
    """A ready list as it is read back, without a file between."""

    def __init__(self, ready):
        self.name = ready.cap
        self._ready = ready

    def sheets(self):
        place = Place(file=self.name)
        rows = [SheetRow(place, self._ready.titles), *(SheetRow(place, row) for row in self._ready.rows)]
        return [Sheet(place, rows, has_titles=True)]


def _parts(path):
    import zipfile

    with zipfile.ZipFile(path) as package:
        return {name: package.read(name).decode("utf-8") for name in package.namelist()}
