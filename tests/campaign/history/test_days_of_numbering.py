"""``ngay: hom-nay``: a letter has the day of its numbering, which the register keeps, and today while it has none."""

from __future__ import annotations

from datetime import date

import pytest

from congvan.campaign import keys_dated_by_number, plan, with_dates_of_numbers
from congvan.errors import CampaignError

MONDAY, TUESDAY, NEXT_WEEK = date(2021, 6, 14), date(2021, 6, 15), date(2021, 6, 21)
TINH, HUYEN, THON = "ngay: 2021-04-05", "ngay: 2021-06-15", "ngay: 2021-07-20"


@pytest.fixture
def dated_by_numbers(folder):
    """The district letters of the campaign, and those to hamlets, take the day of their numbering."""
    folder.change("dot.yaml", HUYEN, "ngay: hom-nay")
    folder.change("dot.yaml", THON, "ngay: hom-nay")
    return folder


def planned(folder, today, known=None):
    return with_dates_of_numbers(plan(folder.load(today=today)), known or {})


def dates(planned):
    return {item.key.partition("/")[2]: item.letter.ngay.day for item in planned.items}


def refusals(folder, today, known=None):
    return [(one.code, one.place.line) for one in planned(folder, today, known).report.errors]


def test_letters_without_a_number_have_the_day_that_was_handed_in(dated_by_numbers):
    assert set(dates(planned(dated_by_numbers, MONDAY)).values()) == {date(2021, 4, 5), MONDAY}


def test_a_letter_that_has_its_number_keeps_the_day_of_it(dated_by_numbers):
    known = {"xoa-thu-2021/huyen/392": MONDAY, "xoa-thu-2021/thon/t1": MONDAY}

    later = dates(planned(dated_by_numbers, TUESDAY, known))

    assert [later["huyen/392"], later["thon/t1"]] == [MONDAY, MONDAY]
    assert [later["huyen/400"], later["thon/t2"]] == [TUESDAY, TUESDAY]


def test_the_keys_to_ask_the_register_for_are_those_of_such_tiers_alone(dated_by_numbers):
    keys = keys_dated_by_number(plan(dated_by_numbers.load(today=MONDAY)))

    assert keys[0] == "xoa-thu-2021/huyen/392"
    assert not [key for key in keys if "/tinh/" in key]


def test_numbers_are_asked_for_with_the_day_that_was_kept(dated_by_numbers):
    asked = planned(dated_by_numbers, TUESDAY, {"xoa-thu-2021/huyen/392": MONDAY}).number_requests()

    assert {one.khoa: one.ngay for one in asked}["xoa-thu-2021/huyen/392"] == MONDAY


def test_a_later_letter_cites_the_day_that_was_kept(dated_by_numbers):
    dated_by_numbers.write("thon.md", "Theo Công văn ngày {{ truoc.huyen.ngay }}.\n")
    dated_by_numbers.change("dot.yaml", "trich_yeu: ngừng thu", "trich_yeu: theo ngày {{ truoc.huyen.ngay }} ngừng thu")
    known = {"xoa-thu-2021/huyen/392": MONDAY, "xoa-thu-2021/thon/t1": MONDAY}
    whole = planned(dated_by_numbers, TUESDAY, known)

    numbers = {one.khoa: number for number, one in enumerate(whole.number_requests(), start=1)}
    letters = {item.key: item.letter for item in whole.with_numbers(numbers).items}

    assert letters["xoa-thu-2021/thon/t1"].trich_yeu.startswith("theo ngày 14/6/2021")
    assert letters["xoa-thu-2021/thon/t2"].trich_yeu.startswith("theo ngày 15/6/2021")
    assert letters["xoa-thu-2021/thon/t1"].ngay.day == MONDAY


def test_letters_that_share_a_number_share_its_day(dated_by_numbers):
    dated_by_numbers.change("dot.yaml", "noi_dung: huyen.md", "noi_dung: huyen.md\n    danh_so: mot_so")

    later = dates(planned(dated_by_numbers, TUESDAY, {"xoa-thu-2021/huyen/dlht": MONDAY}))

    assert (later["huyen/392"], later["huyen/400"]) == (MONDAY, TUESDAY)


def test_a_tier_with_a_date_of_its_own_is_judged_by_the_day_that_was_kept(folder):
    folder.change("dot.yaml", HUYEN, "ngay: hom-nay")
    folder.change("dot.yaml", THON, "ngay: 2021-06-16")
    known = {"xoa-thu-2021/huyen/392": MONDAY, "xoa-thu-2021/huyen/400": TUESDAY}

    assert set(dates(planned(folder, NEXT_WEEK, known)).values()) == {
        date(2021, 4, 5), MONDAY, TUESDAY, date(2021, 6, 16)
    }  # fmt: skip
    assert refusals(folder, NEXT_WEEK) == [("campaign-date-backwards", 32)]


def test_no_letter_is_dated_before_the_one_it_cites(folder):
    folder.change("dot.yaml", HUYEN, "ngay: hom-nay")
    folder.change("dot.yaml", THON, "ngay: 2021-06-16")

    assert refusals(folder, NEXT_WEEK, {"xoa-thu-2021/huyen/392": MONDAY}) == [("campaign-date-backwards", 32)]


def test_the_approval_and_the_deadline_hold_for_the_day_of_the_numbering(folder):
    folder.change("dot.yaml", TINH, "ngay: hom-nay")
    assert refusals(folder, date(2021, 3, 12)) == [("campaign-date-before-approval", 12)]

    folder.change("dot.yaml", "ngay: hom-nay", "ngay: 2021-04-05")
    folder.change("dot.yaml", HUYEN, "ngay: hom-nay")
    folder.change("dot.yaml", THON, "ngay: 2021-08-20")
    late = date(2021, 8, 16)
    assert refusals(folder, late) == [("rule-broken", 22)]
    known = {"xoa-thu-2021/huyen/392": MONDAY, "xoa-thu-2021/huyen/400": MONDAY}
    assert refusals(folder, late, known) == []
    assert planned(folder, late, known).judgements()[0].ngay.day == MONDAY


def test_a_numbering_on_a_day_off_is_told_once_for_all_letters_of_the_tier(dated_by_numbers):
    told = [one.code for one in planned(dated_by_numbers, date(2021, 6, 19)).report if "date-on" in one.code]

    assert told == ["campaign-date-on-saturday"] * 2


def test_a_copy_is_not_dated_before_the_day_of_the_numbering(folder):
    folder.change("dot.yaml", TINH, "ngay: hom-nay")
    copy = "{hinh_thuc: sao-y, ngay: 2021-04-06, noi_nhan: ['Lưu: VT'], ky: {chuc_vu: GIÁM ĐỐC, ho_ten: Vũ Thị Nga}}"
    folder.change("dot.yaml", "noi_dung: tinh.md", f"noi_dung: tinh.md\n    ban_sao: {copy}")

    assert refusals(folder, date(2021, 4, 7)) == [("campaign-copy-before-letter", 17)]
    assert refusals(folder, date(2021, 4, 7), {"xoa-thu-2021/tinh/tinh": date(2021, 4, 6)}) == []


def test_a_file_that_asks_for_today_is_refused_where_nobody_says_what_day_it_is(dated_by_numbers):
    assert dated_by_numbers.told() == ["campaign-today-unknown dot.yaml:22", "campaign-today-unknown dot.yaml:32"]


def test_a_tier_without_numbers_cannot_take_the_day_of_its_numbering(folder):
    folder.change("dot.yaml", THON, "ngay: hom-nay\n    danh_so: de_trong")

    with pytest.raises(CampaignError) as refused:
        folder.load(today=MONDAY)

    assert [one.code for one in refused.value.report.errors] == ["campaign-today-without-number"]


def test_a_campaign_without_such_a_tier_is_left_as_it_is(folder):
    whole = folder.plan()

    assert with_dates_of_numbers(whole, {"xoa-thu-2021/huyen/392": MONDAY}) is whole
