"""Recipients of a tier chosen by a condition on their columns."""

from __future__ import annotations

import pytest

from congvan.campaign import list_fields

PROVINCE = "ma,ten,loai,so_ho\nubnd,UBND tỉnh Thanh Hóa,lãnh đạo,\nsct,Sở Công Thương,sở,12\nsxd,Sở Xây dựng,sở,3\n"


@pytest.fixture
def chosen(folder):
    folder.write("tinh.csv", PROVINCE)

    def by(condition):
        folder.change("dot.yaml", "    nguoi_nhan: tinh.csv", f"    nguoi_nhan: tinh.csv\n    loc: '{condition}'")
        return [one.ma for one in folder.load().cap[0].nguoi_nhan]

    return by


@pytest.mark.parametrize(
    ("condition", "codes"),
    [
        ('loai == "sở"', ["sct", "sxd"]),
        ('loai != "sở"', ["ubnd"]),
        ('loai in ["sở", "lãnh đạo"] and ma != "sct"', ["ubnd", "sxd"]),
        ("so_ho|int > 5", ["sct"]),
        ('so_ho == ""', ["ubnd"]),
        ('ten.startswith("Sở")', ["sct", "sxd"]),
    ],
)
def test_a_condition_chooses_rows(chosen, condition, codes):
    assert chosen(condition) == codes


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ('lai == "sở"', "campaign-filter-column"),
        ('loai == "Sở"', "campaign-filter-nobody"),
        ("loai ==", "campaign-filter-wrong"),
        ('loai.__class__ == "x"', "campaign-filter-wrong"),
        ('{{ loai }} == "x"', "campaign-filter-wrong"),
    ],
)
def test_a_condition_that_chooses_nobody_or_reaches_elsewhere_is_found_at_its_line(folder, condition, code):
    folder.write("tinh.csv", PROVINCE)
    folder.change("dot.yaml", "    nguoi_nhan: tinh.csv", f"    nguoi_nhan: tinh.csv\n    loc: '{condition}'")

    assert f"{code} dot.yaml:15" in folder.told()


def test_the_nearest_column_is_named(folder):
    folder.write("tinh.csv", PROVINCE)
    folder.change("dot.yaml", "    nguoi_nhan: tinh.csv", "    nguoi_nhan: tinh.csv\n    loc: 'lai == \"sở\"'")

    (found,) = [one for one in folder.refusals() if one.code == "campaign-filter-column"]
    assert found.values["near"] == "loai"


def test_a_sheet_made_for_the_tier_has_the_columns_of_its_condition(folder):
    folder.write("tinh.csv", PROVINCE)
    folder.change("dot.yaml", "    nguoi_nhan: tinh.csv", "    nguoi_nhan: tinh.csv\n    loc: 'loai == \"sở\"'")

    assert "loai" in list_fields(folder.path / "dot.yaml", ["tinh"])[0].fields
