from datetime import date

import pytest

from congvan.recipients import era_findings, era_named, read_directory, unit_list

BEFORE, SINCE = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture
def districts(text_file, units_of_2021):
    rows = "ma_huyen,ten\n400,Hội Nông dân\n400,Hội Phụ nữ\n401,Hội Nông dân\n"
    return read_directory(text_file("huyen.csv", rows), "huyen", units=units_of_2021)


def told(recipients, day):
    return [(found.code, found.place.row, found.place.column) for found in era_findings(recipients, day)]


def test_a_district_may_be_written_to_until_the_last_day_of_june_2025(districts):
    assert told(districts, date(2021, 4, 5)) == told(districts, BEFORE) == []


def test_a_letter_to_a_district_since_july_2025_is_refused_with_an_explanation(districts):
    first, second = era_findings(districts, date(2026, 3, 9))

    assert (first.code, first.severity, first.place.row) == ("recipients-era-no-district", "error", 2)
    assert first.values["count"] == "2"
    assert "09/3/2026" in first.message
    assert "huyện Hậu Lộc" in first.message
    assert "72/2025/QH15" in first.hint
    assert second.place.row == 4


def test_communes_of_2021_are_renamed_or_gone_since_july_2025_and_so_is_their_district(text_file, units_of_2021):
    path = text_file("thon.csv", "ma_xa,thon,ho_ten\n16012,Khu 1,A\n16012,Khu 2,B\n16087,Thôn 1,C\n")
    hamlets = read_directory(path, "thon", units=units_of_2021)

    assert told(hamlets, BEFORE) == []
    assert told(hamlets, SINCE) == [
        ("recipients-era-old-district", 2, "huyen"),
        ("recipients-era-unit-renamed", 2, "ma_xa"),
        ("recipients-era-unit-gone", 4, "ma_xa"),
    ]


def test_a_township_without_a_code_is_gone_too(text_file):
    hamlets = read_directory(text_file("thon.csv", "xa,thon,ho_ten\nthị trấn Hậu Lộc,Khu 1,A\n"), "thon")

    assert told(hamlets, SINCE) == [("recipients-era-unit-gone", 2, "xa")]


def test_a_commune_of_july_2025_had_another_name_in_2021(text_file):
    path = text_file("xa.csv", "ma_xa,ten\n14758,UBND phường Hàm Rồng\n")
    communes = read_directory(path, "xa", units=unit_list(era_named("2025-07")))

    assert told(communes, SINCE) == []
    assert told(communes, date(2021, 4, 5)) == [("recipients-era-unit-renamed", 2, "ma_xa")]


def test_a_list_of_its_own_era_has_nothing_to_find_fault_with(text_file):
    units = unit_list(era_named("2025-07"))
    rows = "ma_xa,ten\n" + "".join(f"{unit.ma},UBND {unit.ten}\n" for unit in units.communes("38"))

    assert told(read_directory(text_file("xa.csv", rows), "xa", units=units), date(2026, 11, 22)) == []
