"""A campaign can be built of its classes, without a file, and is planned by the same rules."""

from __future__ import annotations

from dataclasses import replace

import pytest

from congvan.campaign import Agencies, Approval, Campaign, CampaignTier, SignaturePattern, plan
from congvan.errors import CampaignError
from congvan.letter import Agency, IssueDate
from congvan.recipients import Recipient

BODY = Agency(ma="pcth", co_quan="CÔNG TY", ten_thuong="Công ty", ky_hieu="PCTH", dia_danh="Thanh Hóa")


def tier(cap, ngay, **parts):
    whole = {
        "don_vi": "pcth",
        "loai": "cong-van",
        "trich_yeu": "phối hợp",
        "nguoi_nhan": (Recipient(cap, "x", "UBND", {"ten": "UBND"}),),
        "mot_van_ban_cho": "cap",
        "noi_dung": "Kính đề nghị {{ ten }} phối hợp.",
        "noi_nhan": ("Như trên", "Lưu: VT"),
        "ky": SignaturePattern(chuc_vu="GIÁM ĐỐC", ho_ten="Lê Văn Mẫu"),
        **parts,
    }
    return CampaignTier(cap=cap, ngay=IssueDate.of(ngay), **whole)


def campaign(*tiers):
    return Campaign(ma="x", ten="X", he_thong_cap=("tinh", "xa"), don_vi=Agencies([BODY]), cap=tiers)


def refused(wrong):
    with pytest.raises(CampaignError) as error:
        plan(wrong)
    return [(one.code, one.place.key) for one in error.value.report.errors]


def test_a_campaign_built_of_its_classes_is_planned():
    planned = plan(campaign(tier("tinh", "2026-04-05"), tier("xa", "2026-05-05")))

    assert [(item.key, item.letter.kinh_gui) for item in planned.items] == [
        ("x/tinh/tinh", ("UBND",)),
        ("x/xa/xa", ("UBND",)),
    ]


def test_its_order_is_kept():
    assert refused(campaign(tier("tinh", "2026-06-05"), tier("xa", "2026-05-05"))) == [
        ("campaign-date-backwards", "xa.ngay")
    ]
    assert refused(campaign(tier("xa", "2026-04-05"), tier("tinh", "2026-04-05"))) == [
        ("campaign-tier-out-of-turn", "tinh.cap")
    ]
    approved = Approval("3", "UBND", IssueDate(2026, 5, 1), "UBND tỉnh")
    assert refused(replace(campaign(tier("tinh", "2026-04-05")), chap_thuan=approved)) == [
        ("campaign-date-before-approval", "tinh.ngay")
    ]


def test_a_body_it_does_not_have_is_named():
    assert refused(campaign(tier("tinh", "2026-04-05", don_vi="pcht"))) == [("campaign-agency-unknown", "tinh.don_vi")]


def test_bodies_are_found_by_the_codes_and_names_of_the_units_they_serve():
    parts = {"co_quan": "ĐỘI", "ten_thuong": "Đội", "ky_hieu": "Đ", "dia_danh": "Hà Nội"}
    one, two, three = (
        Agency(ma=ma, pham_vi=units, **parts)
        for ma, units in {"a": ("001",), "b": ("00001", "Quận 1"), "c": ("huyện Hậu Lộc", "Nga Sơn")}.items()
    )
    bodies = Agencies([one, two, three])

    assert bodies.serving("001") == (one,)
    assert bodies.serving("00001") == (two,)
    assert bodies.serving("760", "Quận 01") == (two,)
    assert bodies.serving("400", "Huyện Hậu Lộc") == bodies.serving("401", "huyện Nga Sơn") == (three,)
    assert bodies.serving("402", "huyện Hà Trung") == ()
