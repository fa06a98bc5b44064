import dataclasses
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from congvan.errors import UnreadableFileError
from congvan.recipients import ERAS, Unit, era_named, era_of, unit_list
from congvan.text import collation_key, fold

THANH_HOA = "38"


def list_of(name):
    return unit_list(era_named(name))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2019, 6, 1), "2021"),
        (date(2021, 4, 5), "2021"),
        (date(2024, 12, 31), "2021"),
        (date(2025, 1, 1), "2025-01"),
        (date(2025, 6, 30), "2025-01"),
        (date(2025, 7, 1), "2025-07"),
        (date(2026, 11, 22), "2025-07"),
    ],
)
def test_a_day_lies_in_the_era_that_has_begun(day, name):
    assert era_of(day) is era_named(name)


def test_there_is_no_district_tier_since_july_2025():
    assert [era.tiers.names for era in ERAS] == [
        ("tinh", "huyen", "xa", "thon"),
        ("tinh", "huyen", "xa", "thon"),
        ("tinh", "xa", "thon"),
    ]
    assert era_named("2030") is None


@pytest.mark.parametrize(
    ("era", "provinces", "districts", "communes", "of_thanh_hoa"),
    [
        ("2021", 63, 705, 10_599, (27, 559)),
        # 10,040 rows, five of which are island districts without a commune
        ("2025-01", 63, 696, 10_035, (26, 547)),
        ("2025-07", 34, 0, 3_321, (0, 166)),
    ],
)
def test_each_era_has_all_its_units(era, provinces, districts, communes, of_thanh_hoa):
    units = list_of(era)
    codes = [province.ma for province in units.provinces]

    assert len(codes) == len(set(codes)) == provinces
    assert sum(len(units.districts(code)) for code in codes) == districts
    assert sum(len(units.communes(code)) for code in codes) == communes
    assert (len(units.districts(THANH_HOA)), len(units.communes(THANH_HOA))) == of_thanh_hoa


def test_the_communes_of_2025_are_of_three_kinds():
    units = list_of("2025-07")
    kinds = Counter(commune.loai for province in units.provinces for commune in units.communes(province.ma))

    assert kinds == {"xã": 2_621, "phường": 687, "đặc khu": 13}


def test_an_island_district_may_have_no_commune():
    units = list_of("2025-01")

    assert units.get("318") == Unit("318", "Huyện Bạch Long Vĩ", "huyen", "31")
    assert units.communes("31", "318") == ()


def test_every_unit_is_found_again_by_its_code_and_lies_under_its_parents(units_of_2021):
    commune = units_of_2021.get("16012")

    assert [unit.ten for unit in units_of_2021.chain(commune)] == [
        "Tỉnh Thanh Hóa",
        "Huyện Hậu Lộc",
        "Thị trấn Hậu Lộc",
    ]
    for province in units_of_2021.provinces:
        for unit in (*units_of_2021.districts(province.ma), *units_of_2021.communes(province.ma)):
            assert units_of_2021.get(unit.ma) is unit
            assert units_of_2021.chain(unit)[0] is province


def test_a_code_no_unit_has_finds_nothing(units_of_2021):
    assert units_of_2021.get("99999") is None
    assert units_of_2021.get("") is None
    assert units_of_2021.districts("99") == ()
    assert units_of_2021.communes("99") == ()


@pytest.mark.parametrize("name", ["Huyện Hậu Lộc", "hậu lộc", "H. Hậu Lộc", "  huyện   Hậu Lộc "])
def test_a_district_is_found_however_its_name_is_written(units_of_2021, name):
    assert [unit.ma for unit in units_of_2021.find(name, "huyen", THANH_HOA)] == ["400"]


def test_a_name_is_found_wherever_its_tone_mark_stands(units_of_2021):
    assert [unit.ma for unit in units_of_2021.find("Xã Hoà Lộc", "xa", "400")] == ["16075"]


def test_a_commune_is_found_only_inside_its_district(units_of_2021):
    assert len(units_of_2021.find("Xuân Lộc", "xa", THANH_HOA)) == 3
    assert [unit.ma for unit in units_of_2021.find("Xuân Lộc", "xa", "400")] == ["16057"]
    assert units_of_2021.find("Xuân Lộc", "xa", "381") == ()


def test_the_kind_word_decides_where_two_units_share_a_name(units_of_2021):
    assert len(units_of_2021.find("Yên Viên", "xa", "01")) == 2
    assert [unit.ten for unit in units_of_2021.find("thị trấn Yên Viên", "xa", "01")] == ["Thị trấn Yên Viên"]


def test_a_commune_that_became_a_ward_is_still_found(units_of_2021):
    assert [unit.ten for unit in units_of_2021.find("Xã Hải Hòa", "xa", "407")] == ["Phường Hải Hòa"]


def test_every_commune_is_found_by_its_own_full_name_in_its_district(units_of_2021):
    for commune in units_of_2021.communes(THANH_HOA):
        assert units_of_2021.find(commune.ten, "xa", commune.parent) == (commune,)


def test_a_misspelt_name_proposes_the_nearest(units_of_2021):
    assert units_of_2021.near("Hậu Lọc", "huyen", THANH_HOA)[0] == "Huyện Hậu Lộc"
    assert units_of_2021.near("xyz", "huyen", THANH_HOA) == ()


def test_another_list_of_the_same_columns_may_stand_in(text_file):
    path = text_file(
        "don-vi.csv", "province_code,province,commune_code,commune\n75,Thành phố Đồng Nai,26000,Phường Mới\n"
    )

    units = unit_list(dataclasses.replace(era_named("2025-07"), units_file=path))

    assert units.provinces == (Unit("75", "Thành phố Đồng Nai", "tinh"),)
    assert units.get("26000") == Unit("26000", "Phường Mới", "xa", "75")


@pytest.mark.parametrize(
    "text", ["", "ma,ten\n01,Hà Nội\n", "province_code,province,commune_code,commune\n75,Đồng Nai\n"]
)
def test_a_list_of_other_columns_is_refused(text_file, text):
    path = text_file("don-vi.csv", text)

    with pytest.raises(UnreadableFileError, match="province_code"):
        unit_list(dataclasses.replace(ERAS[0], units_file=path))


def test_a_missing_list_is_refused(tmp_path):
    with pytest.raises(UnreadableFileError):
        unit_list(dataclasses.replace(ERAS[0], units_file=tmp_path / "khong-co.csv"))


@pytest.mark.parametrize("era", ["2021", "2025-01", "2025-07"])
def test_the_units_of_every_province_are_ordered_as_icu_orders_them(era):
    icu = pytest.importorskip("icu", reason="PyICU, the reference for Vietnamese order, is not installed here")
    collator = icu.Collator.createInstance(icu.Locale("vi"))
    collator.setAttribute(icu.UCollAttribute.NUMERIC_COLLATION, icu.UCollAttributeValue.ON)
    units = list_of(era)
    for province in units.provinces:
        names = [unit.ten_rieng for unit in (*units.districts(province.ma), *units.communes(province.ma))]
        ordered = [fold(name) for name in sorted(names, key=collation_key)]

        assert len(ordered) == len(names) > 0
        assert [pair for pair in pairwise(ordered) if collator.compare(*pair) > 0] == [], province.ten


def test_the_order_of_all_units_of_the_country_is_icus():
    icu = pytest.importorskip("icu", reason="PyICU, the reference for Vietnamese order, is not installed here")
    collator = icu.Collator.createInstance(icu.Locale("vi"))
    collator.setAttribute(icu.UCollAttribute.NUMERIC_COLLATION, icu.UCollAttributeValue.ON)
    every = [list_of(era) for era in ("2021", "2025-01", "2025-07")]
    units = [
        unit
        for one in every
        for province in one.provinces
        for unit in (province, *one.districts(province.ma), *one.communes(province.ma))
    ]
    names = sorted({fold(name) for unit in units for name in (unit.ten, unit.ten_rieng)}, key=collation_key)

    assert len(units) == 63 + 705 + 10_599 + 63 + 696 + 10_035 + 34 + 3_321
    assert names == sorted(names, key=collator.getSortKey)
