import pytest

from congvan.recipients import era_named, unit_list
from congvan.recipients.units.placement import Gazetteer


@pytest.fixture
def gazetteer(units_of_2021):
    return Gazetteer(units_of_2021, "38")


def codes(placement):
    return [(column, found.code) for column, found in placement.findings]


def test_names_are_looked_up_from_the_province_down(units_of_2021):
    placement = Gazetteer(units_of_2021).placement({"tinh": "Thanh Hoá", "huyen": "Hậu Lộc", "xa": "Hoà Lộc"})

    codes_found = {name: text for name, text in placement.found.items() if name.startswith("ma_")}
    assert codes_found == {"ma_tinh": "38", "ma_huyen": "400", "ma_xa": "16075"}
    assert placement.findings == ()


def test_a_code_says_all_that_stands_above_it_and_the_names_left_out(units_of_2021):
    placement = Gazetteer(units_of_2021).placement({"ma_xa": "16075"})

    assert placement.found == {
        "ma_tinh": "38",
        "tinh": "tỉnh Thanh Hóa",
        "ma_huyen": "400",
        "huyen": "huyện Hậu Lộc",
        "ma_xa": "16075",
        "xa": "xã Hòa Lộc",
    }


def test_an_unknown_name_is_a_warning_with_the_nearest_names_and_nothing_below_it_is_guessed(gazetteer):
    placement = gazetteer.placement({"huyen": "Hậu Lọc", "xa": "Đa Lộc"})

    assert codes(placement) == [("huyen", "recipients-unit-name-unknown")]
    assert placement.findings[0][1].values["near"].startswith("Huyện Hậu Lộc")
    assert "ma_huyen" not in placement.found
    assert "ma_xa" not in placement.found


def test_a_name_that_fits_several_units_is_not_decided(gazetteer):
    placement = gazetteer.placement({"xa": "Xuân Lộc"})

    assert codes(placement) == [("xa", "recipients-unit-ambiguous")]
    assert "Xã Xuân Lộc, Huyện Hậu Lộc, Tỉnh Thanh Hóa" in placement.findings[0][1].values["units"]
    assert "ma_xa" not in placement.found


def test_an_unknown_code_is_an_error_and_proposes_the_code_of_the_name(gazetteer):
    placement = gazetteer.placement({"ma_huyen": "499", "huyen": "Hậu Lộc"})

    assert codes(placement) == [("ma_huyen", "recipients-unit-code-unknown")]
    assert placement.findings[0][1].values["near"] == "400 (Huyện Hậu Lộc)"


def test_a_code_of_another_level_is_unknown(gazetteer):
    assert codes(gazetteer.placement({"ma_huyen": "16075"})) == [("ma_huyen", "recipients-unit-code-unknown")]


def test_a_code_that_lost_its_zeros_in_a_spreadsheet_gets_them_back(units_of_2021):
    placement = Gazetteer(units_of_2021).placement({"ma_tinh": "1", "ma_huyen": "1"})

    assert codes(placement) == [("ma_tinh", "recipients-zero-restored"), ("ma_huyen", "recipients-zero-restored")]
    assert placement.found["ma_huyen"] == "001"


def test_code_and_name_of_two_different_units_contradict_each_other(gazetteer):
    assert codes(gazetteer.placement({"ma_huyen": "400", "huyen": "Nga Sơn"})) == [
        ("huyen", "recipients-unit-contradiction")
    ]


def test_a_new_name_for_a_known_code_is_only_a_warning(gazetteer):
    placement = gazetteer.placement({"ma_xa": "16075", "xa": "Xã Tên Mới"})

    assert codes(placement) == [("xa", "recipients-unit-name-unknown")]
    assert placement.found["ma_xa"] == "16075"


def test_a_commune_outside_the_district_named_beside_it_is_an_error(gazetteer):
    assert codes(gazetteer.placement({"ma_huyen": "401", "ma_xa": "16075"})) == [("ma_xa", "recipients-unit-elsewhere")]


def test_a_unit_outside_the_province_of_the_list_is_an_error(units_of_2021):
    assert codes(Gazetteer(units_of_2021, "01").placement({"ma_huyen": "400"})) == [
        ("ma_huyen", "recipients-unit-elsewhere")
    ]


def test_since_july_2025_a_commune_lies_in_its_province():
    placement = Gazetteer(unit_list(era_named("2025-07"))).placement({"tinh": "Thanh Hóa", "xa": "Phường Hàm Rồng"})

    assert (placement.found["ma_tinh"], placement.found["ma_xa"]) == ("38", "14758")


def test_a_spelling_of_a_name_gives_the_name_of_the_list(units_of_2021):
    written = ["xã hoà lộc", "X. Hòa Lộc", "HÒA LỘC", "Xã Hòa Lộc"]

    found = {
        Gazetteer(units_of_2021, "38").placement({"huyen": "H. Hậu Lộc", "xa": name}).found["xa"] for name in written
    }

    assert found == {"xã Hòa Lộc"}


def test_a_name_the_list_does_not_know_stays_as_it_is_typed(gazetteer):
    assert "xa" not in gazetteer.placement({"ma_xa": "16075", "xa": "Xã Tên Mới"}).found


@pytest.mark.parametrize("province", ["38", "Thanh Hóa", "tỉnh thanh hoá", "T. Thanh Hóa"])
def test_the_province_of_a_list_is_known_by_code_or_name(units_of_2021, province):
    assert Gazetteer(units_of_2021, province).placement({"huyen": "Hậu Lộc"}).found["ma_huyen"] == "400"


@pytest.mark.parametrize("scope", [["400"], ["Hậu Lộc"], ["huyện Hậu Lộc", "401"]])
def test_a_name_of_several_units_means_the_one_in_scope(units_of_2021, scope):
    placement = Gazetteer(units_of_2021, "38", scope).placement({"xa": "Xuân Lộc"})

    assert placement.findings == ()
    assert placement.found["huyen"] == "huyện Hậu Lộc"


@pytest.mark.parametrize("name", ["TP.HCM", "TPHCM", "TP. HCM", "Tp Hồ Chí Minh"])
def test_a_city_is_known_by_its_short_form(units_of_2021, name):
    assert units_of_2021.province(name).ma == "79"
