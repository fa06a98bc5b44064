import pytest

from congvan.recipients import coverage, read_directory


@pytest.fixture
def read(text_file, units_of_2021):
    def directory(tier, text):
        return read_directory(text_file(f"{tier}.csv", text), tier, units=units_of_2021)

    return directory


def told(covered):
    return [(found.code, found.place.row) for found in covered.report]


def test_every_district_of_a_province_needs_a_recipient(read, units_of_2021):
    rows = [unit.ma for unit in units_of_2021.districts("38") if unit.ma != "400"]
    covered = coverage(read("huyen", "ma_huyen,ten\n" + "".join(f"{ma},UBND\n" for ma in rows)), units_of_2021, ["38"])

    assert [unit.ten for unit in covered.missing] == ["Huyện Hậu Lộc"]
    assert (covered.several, covered.outside) == ((), ())
    assert told(covered) == [("recipients-unit-without", None)]
    assert covered.counts["401"] == 1
    assert covered.counts["400"] == 0


def test_a_recipient_outside_the_approved_area_is_an_error_at_its_row(read, units_of_2021):
    covered = coverage(read("huyen", "ma_huyen,ten\n400,UBND\n401,UBND\n"), units_of_2021, ["400"])

    assert [one.ma_huyen for one in covered.outside] == ["401"]
    assert told(covered) == [("recipients-scope-outside", 3)]
    assert not covered.report.ok


def test_several_bodies_of_a_district_are_counted_and_only_noted(read, units_of_2021):
    covered = coverage(read("huyen", "ma_huyen,ten\n400,UBND\n400,Hội Nông dân\n"), units_of_2021, ["400"])

    assert [unit.ma for unit in covered.several] == ["400"]
    assert told(covered) == [("recipients-scope-several", None)]
    assert covered.report.ok


def test_the_communes_of_a_district_are_counted_for_hamlets(read, units_of_2021):
    covered = coverage(read("thon", "ma_xa,thon,ho_ten\n16012,Thôn 1,A\n16012,Thôn 2,B\n"), units_of_2021, ["400"])

    assert covered.counts["16012"] == 2
    assert len(covered.missing) == len(units_of_2021.communes("38", "400")) - 1
    assert covered.report.ok


def test_only_the_hamlets_an_approval_names_are_inside(read, units_of_2021):
    hamlets = read("thon", "ma_xa,thon,ho_ten\n16012,Thôn 1,A\n16012,Thôn 2,B\n")
    covered = coverage(hamlets, units_of_2021, ["16012/thôn 1", "16012/Thôn 3"])

    assert [one.thon for one in covered.outside] == ["Thôn 2"]
    assert told(covered) == [("recipients-scope-outside", 3), ("recipients-hamlet-without", None)]


def test_a_second_head_of_a_hamlet_is_told_with_the_first(read, units_of_2021):
    hamlets = read("thon", "ma,ma_xa,thon,ho_ten\n1,16012,Thôn 1,A\n2,16012,thôn 1,B\n")
    covered = coverage(hamlets, units_of_2021, ["16012"])

    assert told(covered) == [("recipients-hamlet-twice", 3)]
    assert covered.report.findings[0].values["first"] == "thon.csv, hàng 2"


def test_what_cannot_be_placed_and_a_scope_that_does_not_exist_are_told(read, units_of_2021):
    covered = coverage(read("xa", "xa,ten\nXã Không Có,UBND\n"), units_of_2021, ["99999"])

    assert told(covered) == [("recipients-scope-unknown", None), ("recipients-scope-unplaced", 2)]


def test_a_commune_in_the_scope_means_its_district_and_province(read, units_of_2021):
    assert coverage(read("huyen", "ma_huyen,ten\n400,UBND\n"), units_of_2021, ["16012"]).report.findings == ()
    assert coverage(read("tinh", "ma_tinh,ten\n38,UBND\n"), units_of_2021, ["16012"]).report.findings == ()
