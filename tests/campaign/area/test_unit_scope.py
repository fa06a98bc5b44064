"""Which recipients a scope lets in."""

from __future__ import annotations

from congvan.campaign.area.unit_scope import UnitCatalogue, unit_refs
from congvan.findings import Place
from congvan.recipients import Recipient

PROVINCE = {"ma_tinh": "38", "tinh": "tỉnh Thanh Hóa"}
HAU_LOC = {"ma_huyen": "400", "huyen": "huyện Hậu Lộc"}
HA_TRUNG = {"ma_huyen": "392", "huyen": "huyện Hà Trung"}


def one(ma, **cells):
    return Recipient("thon", ma, ma, cells)


LIST = (
    one("sct", **PROVINCE),
    one("hl", **PROVINCE, **HAU_LOC),
    one("ht", **PROVINCE, **HA_TRUNG),
    one("dai-loc", **PROVINCE, **HAU_LOC, ma_xa="16018", xa="xã Tân Phú"),
    one("dong-loc", **PROVINCE, **HAU_LOC, ma_xa="16015", xa="xã Đồng Lộc"),
    one("ha-bac", **PROVINCE, **HA_TRUNG, ma_xa="15286", xa="xã Tân Phú"),
)


def inside(*items):
    scope, found = UnitCatalogue.of(LIST).scope(items, Place())
    return [recipient.ma for recipient in LIST if scope.holds(recipient)], [one.code for one in found]


def test_without_a_scope_everybody_is_inside():
    assert inside() == ([recipient.ma for recipient in LIST], [])


def test_a_district_lets_in_itself_all_below_and_the_province_above():
    assert inside("400") == (["sct", "hl", "dai-loc", "dong-loc"], [])


def test_a_commune_lets_in_the_district_it_lies_in():
    assert inside("15286") == (["sct", "ht", "ha-bac"], [])


def test_a_unit_may_be_named_with_or_without_its_kind():
    assert inside("Huyện Hậu Lộc") == inside("hậu lộc") == inside("400")


def test_a_name_that_several_units_share_is_told_with_their_codes():
    _, found = UnitCatalogue.of(LIST).scope(["Tân Phú"], Place(file="dot.yaml"))

    assert [one.code for one in found] == ["campaign-scope-ambiguous"]
    assert found[0].values["known"] == "xã Tân Phú (15286), xã Tân Phú (16018)"


def test_a_unit_no_list_knows_is_told_with_the_nearest():
    _, found = UnitCatalogue.of(LIST).scope(["Huyện Hậu Lộ"], Place())

    assert (found[0].code, found[0].values["near"]) == ("campaign-scope-unknown", "huyện Hậu Lộc")


def test_a_list_without_codes_tells_units_of_one_name_apart_by_those_above():
    first = one("a", huyen="huyện Hậu Lộc", xa="xã Tân Phú")
    second = one("b", huyen="huyện Hà Trung", xa="xã Tân Phú")

    assert unit_refs(first)[0] != unit_refs(second)[0]
    assert unit_refs(first) == unit_refs(one("c", huyen="Huyện  HẬU LỘC", xa="Xã Tân Phú"))


def test_recipients_outside_are_left_out_and_counted(folder):
    folder.change("dot.yaml", "don_vi: don-vi.csv", 'don_vi: don-vi.csv\npham_vi: ["400"]')
    plan = folder.plan()

    assert [item.ma for item in plan.items] == ["tinh", "400", "t2", "t3"]
    assert [(one.code, one.values["cap"], one.values["count"], one.place.line) for one in plan.report] == [
        ("campaign-scope-left-out", "huyen", "1", 20),
        ("campaign-scope-left-out", "thon", "1", 30),
    ]


def test_a_scope_of_a_tier_stands_in_place_of_the_campaigns(folder):
    folder.change("dot.yaml", "don_vi: don-vi.csv", 'don_vi: don-vi.csv\npham_vi: ["400"]')
    folder.change("dot.yaml", "nguoi_nhan: huyen.csv", "nguoi_nhan: huyen.csv\n    pham_vi: [Hà Trung, huyện Hậu Lộc]")

    assert [item.ma for item in folder.plan().items] == ["tinh", "392", "400", "t2", "t3"]


def test_a_scope_nobody_knows_is_told_once_where_it_stands(folder):
    folder.change("dot.yaml", "don_vi: don-vi.csv", "don_vi: don-vi.csv\npham_vi: [Huyện Nga Sơn]")

    assert folder.told() == ["campaign-scope-unknown dot.yaml:7"]


def test_what_only_follows_from_a_wrong_scope_is_not_told(folder):
    folder.change("dot.yaml", "nguoi_nhan: huyen.csv", "nguoi_nhan: huyen.csv\n    pham_vi: [Hậu Lộc]")

    assert folder.told() == ["campaign-scope-ambiguous dot.yaml:25"]


def test_a_tier_left_without_letters_is_refused(folder):
    folder.change("thon.csv", "t1,", "#t1,")
    folder.change("dot.yaml", "nguoi_nhan: thon.csv", 'nguoi_nhan: thon.csv\n    pham_vi: ["392"]')
    folder.change("thon.csv", "392,Huyện Hà Trung", "401,Huyện Nga Sơn")

    assert folder.told() == ["campaign-tier-without-letters dot.yaml:34"]
