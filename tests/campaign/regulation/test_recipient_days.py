"""Limits that each recipient has of its own, in the example of planned power cuts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from congvan.campaign import Verdict, plan_file
from congvan.errors import CampaignError

ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(ROOT / "examples" / "ngung-cap-dien", tmp_path / "dot")
    return tmp_path / "dot"


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def refusals(folder):
    with pytest.raises(CampaignError) as refused:
        plan_file(folder / "campaign.yaml")
    return [
        (one.values["rule"], one.place.row, one.hint) for one in refused.value.report.errors if "rule" in one.values
    ]


def test_businesses_parks_and_faults_from_one_list_keep_their_rules(folder):
    planned = plan_file(folder / "campaign.yaml")

    assert [(item.cap, item.ma) for item in planned.items] == [
        *(("su_co", "sc-01"), ("su_co", "sc-02")),
        *(("khu_cong_nghiep", "kcn-01"), ("khu_cong_nghiep", "kcn-02")),
        *(("doanh_nghiep", "dn-01"), ("doanh_nghiep", "dn-02"), ("doanh_nghiep", "dn-03")),
    ]
    assert {one.rule.ma: one.verdict for one in planned.judgements()} == dict.fromkeys(
        ["X1a", "X1b", "X1c", "N1", "N2"], Verdict.KEPT
    )


def test_a_business_told_less_than_a_week_ahead_is_named_by_its_row(folder):
    change(folder / "khach-hang.csv", "20/7/2026", "14/7/2026")

    ((rule, row, hint),) = refusals(folder)
    assert (rule, row) == ("X1a", 2)
    assert "chậm nhất 07/7/2026" in hint


def test_a_park_told_less_than_a_month_ahead_is_named_by_its_row(folder):
    change(folder / "khach-hang.csv", "03/8/2026", "01/8/2026")

    ((rule, row, hint),) = refusals(folder)
    assert (rule, row) == ("X1b", 5)
    assert "chậm nhất 01/7/2026" in hint


@pytest.mark.parametrize(("day", "verdict"), [("2026-07-01", Verdict.KEPT), ("2026-07-02", Verdict.OPEN)])
def test_a_fault_is_told_within_24_hours_and_the_next_day_depends_on_the_hour(folder, day, verdict):
    change(folder / "campaign.yaml", "ngay: 2026-07-01", f"ngay: {day}")
    planned = plan_file(folder / "campaign.yaml")

    assert next(one.verdict for one in planned.judgements() if one.rule.ma == "X1c") is verdict


def test_a_fault_told_two_days_later_is_refused_for_each_recipient(folder):
    change(folder / "khach-hang.csv", "01/7/2026 15:20", "29/6/2026 15:20")

    assert [(rule, row) for rule, row, _ in refusals(folder)] == [("X1c", 7)]


def test_an_empty_day_and_a_missing_column_are_found_before_anything_is_made(folder):
    change(folder / "khach-hang.csv", ",20/7/2026,", ",,")
    assert ("X1a", 2) in [(rule, row) for rule, row, _ in refusals(folder)]

    change(folder / "khach-hang.csv", "ngay_cat", "ngay_ngung")
    assert any("Thêm cột «ngay_cat»" in hint for _, _, hint in refusals(folder))


def test_the_offices_own_rule_counts_working_days_and_only_warns(folder):
    change(folder / "campaign.yaml", "ngay: 2026-07-08", "ngay: 2026-07-09")
    (warned, *_) = [one for one in plan_file(folder / "campaign.yaml").report.warnings if one.code == "rule-advised"]

    assert warned.values["rule"] == "N2"
    assert "Quy định nội bộ của đơn vị" in warned.message
    assert "chậm nhất 08/7/2026" in warned.hint


def test_the_offices_own_condition_stops(folder):
    change(folder / "campaign.yaml", "da_xong: {phuong_an: 2026-06-22}\n", "")

    assert [rule for rule, _, _ in refusals(folder)] == ["N1"]


def test_a_limit_that_each_recipient_has_of_its_own_is_no_field_of_the_plan(folder):
    change(folder / "noi-dung" / "su-co.md", "bị sự cố lúc", "(hạn {{ han.X1a }}) bị sự cố lúc")

    with pytest.raises(CampaignError) as refused:
        plan_file(folder / "campaign.yaml")
    assert [(one.code, one.values["name"]) for one in refused.value.report.errors] == [
        ("campaign-field-unknown", "han.X1a")
    ]
