"""Deadlines count back from the first day of the month the campaign takes effect in."""

from __future__ import annotations

from datetime import date

import pytest

from congvan.campaign import Agencies, Campaign, CampaignTier, DeadlineSetting, DeadlineStatus, SignaturePattern
from congvan.campaign.rules.deadlines import deadlines
from congvan.findings import Place
from congvan.letter import IssueDate

OLD = ("tinh", "huyen", "thon")
NEW = ("tinh", "xa", "thon")


def rows(cap, ngay, month=(2020, 9), scheme=OLD, **setting):
    tier = CampaignTier(
        cap=cap,
        don_vi="pcth",
        loai="cong-van",
        ngay=IssueDate.of(ngay),
        trich_yeu="x",
        nguoi_nhan=(),
        mot_van_ban_cho="cap",
        noi_dung="y",
        noi_nhan=("Lưu: VT",),
        ky=SignaturePattern(chuc_vu="GIÁM ĐỐC", ho_ten="Lê Văn Mẫu"),
    )
    thoi_han = DeadlineSetting(**setting)
    return deadlines(
        Campaign(
            ma="x",
            ten="x",
            thang_thuc_hien=month,
            he_thong_cap=scheme,
            don_vi=Agencies(),
            cap=(tier,),
            thoi_han=thoi_han,
        )
    )


def row(*parts, **setting):
    (found,) = rows(*parts, **setting)
    return found


@pytest.mark.parametrize(
    ("ngay", "status"),
    [
        ("2020-07-01", DeadlineStatus.MET),
        ("2020-07-02", DeadlineStatus.NEAR),
        ("2020-08-01", DeadlineStatus.NEAR),
        ("2020-08-02", DeadlineStatus.MISSED),
        ("2020-06", DeadlineStatus.MET),
        ("2020-07", DeadlineStatus.OPEN),
        ("2020-08", DeadlineStatus.NEAR),
        ("2020-09", DeadlineStatus.MISSED),
        ("2020", DeadlineStatus.OPEN),
    ],
)
def test_district_letters_are_warned_of_two_months_ahead_and_refused_one_month_ahead(ngay, status):
    assert row("huyen", ngay).status == status


@pytest.mark.parametrize(
    ("ngay", "status"),
    [("2020-07-02", DeadlineStatus.MET), ("2020-08-31", DeadlineStatus.MET), ("2020-09-01", DeadlineStatus.MISSED)],
)
def test_read_loosely_any_day_before_the_month_will_do(ngay, status):
    assert row("huyen", ngay, cach_tinh="rong").status == status


@pytest.mark.parametrize(("ngay", "status"), [("2020-08-01", DeadlineStatus.MET), ("2020-08-02", DeadlineStatus.NEAR)])
def test_hamlet_letters_are_only_warned_of(ngay, status):
    assert row("thon", ngay).status == status
    assert row("thon", "2020-12-31").status == DeadlineStatus.NEAR


def test_the_province_has_no_deadline():
    assert rows("tinh", "2020-12-01") == ()


def test_without_districts_the_commune_takes_their_deadline():
    assert row("xa", "2025-08-02", (2025, 9), NEW).status == DeadlineStatus.MISSED
    assert rows("xa", "2020-12-01", (2020, 9), ("huyen", "xa")) == ()


def test_months_are_calendar_months_over_the_turn_of_the_year():
    found = row("huyen", "2020-12-01", (2021, 1))

    assert (found.soft, found.hard) == (date(2020, 11, 1), date(2020, 12, 1))


def test_a_deadline_may_move_to_the_working_day_before():
    # 1 August 2020 is a Saturday.
    assert row("huyen", "2020-06-01").hard == date(2020, 8, 1)
    moved = row("huyen", "2020-06-01", lui_ve_ngay_lam_viec=True, ngay_nghi=frozenset({date(2020, 7, 31)}))
    assert moved.hard == date(2020, 7, 30)


def test_a_deadline_moves_before_a_public_holiday_unless_the_office_works():
    # T - 1 month is Friday 1 May 2026, a holiday after another; 2 May 2026 is a Saturday.
    assert row("huyen", "2026-03-02", (2026, 6), lui_ve_ngay_lam_viec=True).hard == date(2026, 4, 29)
    worked = frozenset({date(2026, 4, 30)})
    moved = row("huyen", "2026-03-02", (2026, 6), lui_ve_ngay_lam_viec=True, ngay_lam_bu=worked)
    assert moved.hard == date(2026, 4, 30)


def test_deadlines_may_be_left_out():
    assert rows("huyen", "2021-12-01", cach_tinh="khong") == ()


def test_a_late_date_is_told_with_the_reading_that_was_used():
    (near,) = row("huyen", "2020-07-15").findings(Place(file="dot.yaml", line=9))
    (missed,) = row("huyen", "2020-08-15").findings(Place())
    (hamlets,) = row("thon", "2020-08-15").findings(Place())

    assert (near.code, near.severity, near.place.line) == ("campaign-deadline-near", "warning", 9)
    assert (missed.code, missed.severity) == ("campaign-deadline-missed", "error")
    assert (hamlets.code, hamlets.severity) == ("campaign-deadline-hamlets", "warning")
    assert missed.message == "Văn bản cấp «huyen» ghi ngày 15/8/2020, quá hạn 01/8/2020 (cách tính hạn: chat)."
    assert list(row("huyen", "2020-06-15").findings(Place())) == []


def test_a_campaign_past_its_deadline_is_refused_at_the_date(folder):
    folder.change("dot.yaml", "ngay: 2021-07-20", "ngay: 2021-08-20")
    folder.change("dot.yaml", "ngay: 2021-06-15", "ngay: 2021-08-15")

    assert folder.told() == ["campaign-deadline-missed dot.yaml:22"]


def test_the_plan_lists_the_deadlines(folder):
    found = folder.plan().deadlines()

    assert [(one.rule, one.cap, one.status.value, one.reading) for one in found] == [
        ("L2", "huyen", "met", "chat"),
        ("L3", "thon", "met", "chat"),
    ]


def test_a_campaign_may_set_how_deadlines_are_read(folder):
    folder.change("dot.yaml", "ngay: 2021-06-15", "ngay: 2021-08-16")
    folder.change("dot.yaml", "ngay: 2021-07-20", "ngay: 2021-08-20")
    folder.change("dot.yaml", "don_vi: don-vi.csv", "don_vi: don-vi.csv\nthoi_han: {cach_tinh: rong}")

    assert [one.code for one in folder.plan().report.warnings] == ["campaign-deadline-hamlets"]


def test_a_campaign_in_which_nothing_takes_effect_has_no_deadlines(folder):
    folder.change("dot.yaml", "thang_thuc_hien: 2021-09\n", "")

    assert folder.plan().deadlines() == ()
