"""A campaign held against its rules; without rules of its own, against the two basic deadlines."""

from __future__ import annotations

from datetime import date

import pytest

from congvan.campaign import Verdict
from congvan.campaign.regulation.judging import judge


def dated(folder, old, new):
    folder.change("dot.yaml", f"ngay: {old}", f"ngay: {new}")


def verdicts(folder):
    return {one.rule.ma: one.verdict for one in judge(folder.load())}


@pytest.mark.parametrize(
    ("ngay", "verdict"),
    [
        ("2021-07-01", Verdict.KEPT),
        ("2021-07-02", Verdict.NEAR),
        ("2021-08-01", Verdict.NEAR),
        ("2021-06", Verdict.KEPT),
        ("2021-07", Verdict.OPEN),
    ],
)
def test_district_letters_should_be_out_two_months_ahead_and_must_one_month_ahead(folder, ngay, verdict):
    dated(folder, "2021-07-20", "2021-08-10")
    dated(folder, "2021-06-15", ngay)

    assert verdicts(folder)["L2"] is verdict


def test_a_campaign_past_its_deadline_is_refused_at_the_date(folder):
    dated(folder, "2021-07-20", "2021-08-20")
    dated(folder, "2021-06-15", "2021-08-15")

    assert folder.told() == ["rule-broken dot.yaml:22"]
    (refused,) = folder.refusals()
    assert refused.message.startswith("Trái quy tắc L2")
    assert "sau ngày 01/8/2021" in refused.message
    assert "Tổng công ty Điện lực miền Nam" in refused.message
    assert "Ngày đúng: chậm nhất 01/8/2021" in refused.hint
    assert "chậm nhất là một tháng" in refused.hint


def test_hamlet_letters_are_only_warned_of(folder):
    dated(folder, "2021-07-20", "2021-08-20")

    (warned,) = [one for one in folder.plan().report.warnings if one.code.startswith("rule-")]
    assert warned.code == "rule-advised"
    assert "Quy tắc" not in warned.message
    assert "L3" in warned.message


def test_read_loosely_any_day_before_the_month_will_do(folder):
    dated(folder, "2021-07-20", "2021-08-31")
    dated(folder, "2021-06-15", "2021-08-31")
    folder.change("dot.yaml", "don_vi: don-vi.csv", "don_vi: don-vi.csv\nthoi_han: {cach_tinh: rong}")

    assert verdicts(folder)["L2"] is Verdict.KEPT


def test_a_reading_may_be_chosen_for_one_rule(folder):
    dated(folder, "2021-07-20", "2021-08-31")
    dated(folder, "2021-06-15", "2021-08-31")
    folder.change("dot.yaml", "don_vi: don-vi.csv", "don_vi: don-vi.csv\ncach_hieu: {L2: rong}")

    (judged,) = [one for one in judge(folder.load()) if one.rule.ma == "L2"]
    assert (judged.verdict, judged.reading.loi) == (Verdict.KEPT, "bất kỳ ngày nào trước tháng thực hiện")


def test_without_districts_the_commune_takes_their_deadline(folder):
    text = (folder.path / "dot.yaml").read_text(encoding="utf-8")
    text = text.replace("[tinh, huyen, thon]", "[tinh, xa, thon]").replace("- cap: huyen", "- cap: xa")
    folder.write(
        "dot.yaml", text.replace("mot_van_ban_cho: huyen", "mot_van_ban_cho: cap").replace("huyen.csv", "xa.csv")
    )
    folder.write("xa.csv", "ma,ma_huyen,huyen,ma_xa,xa,ten\na,400,Huyện Hậu Lộc,16015,Xã Đồng Lộc,UBND xã Đồng Lộc\n")
    folder.change("dot.yaml", "trich_yeu: phối hợp tuyên truyền tại {{ huyen }}", "trich_yeu: phối hợp tuyên truyền")
    folder.change("thon.md", "truoc.huyen", "truoc.xa")

    (judged,) = [one for one in judge(folder.load()) if one.rule.ma == "L2"]
    assert (judged.work, judged.cung) == ("xa", date(2021, 8, 1))


def test_a_deadline_may_move_to_the_working_day_before(folder):
    # 1 August 2021 is a Sunday.
    setting = "{lui_ve_ngay_lam_viec: true, ngay_nghi: [2021-07-30]}"
    folder.change("dot.yaml", "don_vi: don-vi.csv", f"don_vi: don-vi.csv\nthoi_han: {setting}")

    assert next(one.cung for one in judge(folder.load()) if one.rule.ma == "L2") == date(2021, 7, 29)


def test_months_are_calendar_months_over_the_turn_of_the_year(folder):
    folder.change("dot.yaml", "thang_thuc_hien: 2021-09", "thang_thuc_hien: 2022-01")

    judged = next(one for one in judge(folder.load()) if one.rule.ma == "L2")
    assert (judged.mem, judged.cung, judged.spare) == (date(2021, 11, 1), date(2021, 12, 1), 169)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("thang_thuc_hien: 2021-09\n", ""),
        ("don_vi: don-vi.csv", "don_vi: don-vi.csv\nthoi_han: {cach_tinh: khong}"),
    ],
)
def test_without_a_month_of_effect_or_by_the_offices_word_nothing_is_due(folder, old, new):
    folder.change("dot.yaml", old, new)

    assert set(verdicts(folder).values()) == {Verdict.IDLE}


def test_the_plan_lists_the_rules_with_days_to_spare(folder):
    found = [(one.rule.ma, one.work, one.verdict, one.spare) for one in folder.plan().judgements()]

    assert found == [("L2", "huyen", Verdict.KEPT, 47), ("L3", "thon", Verdict.KEPT, 12)]
