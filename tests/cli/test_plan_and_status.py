"""``plan`` and ``status`` show works, limits and rules against a day."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def outages(tmp_path):
    folder = tmp_path / "ngung-cap-dien"
    shutil.copytree(EXAMPLES / "ngung-cap-dien", folder, ignore=shutil.ignore_patterns("out", "*.sqlite3"))
    return folder / "campaign.yaml"


def test_a_plan_shows_days_left_days_to_spare_and_the_reading_in_words(congvan, outages):
    done = congvan("plan", outages, "--today", "2026-06-30")

    assert done.status == 0, done.err
    assert "hạn 13/7/2026" not in done.out
    assert "thông báo gửi doanh nghiệp; còn 8 ngày; hạn 08/7/2026, sớm 0 ngày" in done.out
    assert "X1a: đạt; thông báo gửi doanh nghiệp 08/7/2026; chậm nhất 13/7/2026 (sớm 5 ngày)" in done.out
    assert "N2: đạt" in done.out
    assert "cách hiểu: tám ngày làm việc, không tính ngày nghỉ" in done.out


def test_a_plan_as_json_has_works_and_rules(congvan, outages):
    told = json.loads(congvan("plan", outages, "--today", "2026-06-30", "--json").out)

    assert told["hom_nay"] == "2026-06-30"
    assert [work["con_ngay"] for work in told["viec"]] == [1, 2, 8]
    rule = next(one for one in told["quy_tac"] if one["ma"] == "X1b")
    assert (rule["ket_qua"], rule["cham_nhat"], rule["du_ngay"]) == ("dat", "2026-07-03", 1)


def test_a_rule_that_is_broken_stops_before_anything_is_made(congvan, outages):
    text = outages.read_text(encoding="utf-8")
    outages.write_text(text.replace("ngay: 2026-07-02", "ngay: 2026-07-06"), encoding="utf-8")
    done = congvan("render", outages)

    assert done.status == 1
    assert "Trái quy tắc X1b" in done.err
    assert "Ngày đúng: chậm nhất 03/7/2026" in done.err
    assert not (outages.parent / "out").exists()


def test_the_calendar_and_the_chart_are_written_where_they_are_asked_for(congvan, outages):
    done = congvan(
        "plan", outages, "--ics", "lich.ics", "--gantt", "tien-do.svg", "--only", "su_co", within=outages.parent
    )

    assert done.status == 0, done.err
    assert (outages.parent / "lich.ics").read_text(encoding="utf-8").startswith("BEGIN:VCALENDAR")
    assert "<svg" in (outages.parent / "tien-do.svg").read_text(encoding="utf-8")

    again = congvan("plan", outages, "--ics", "lich.ics", within=outages.parent)
    assert again.status == 2
    assert congvan("plan", outages, "--gantt", "tien-do.gif", within=outages.parent).status == 2


def test_status_says_which_letters_are_late_until_they_are_issued(congvan, outages):
    out = outages.parent / "ket-qua"
    assert congvan("render", outages, "-o", out, "--formats", "docx").status == 0

    late = congvan("status", outages, "--today", "2026-07-03").out
    assert "thông báo sự cố; đã qua 2 ngày; hạn 02/7/2026, sớm 1 ngày; đã ban hành 0/2; TRỄ" in late
    assert "thông báo gửi doanh nghiệp; còn 5 ngày; hạn 08/7/2026, sớm 0 ngày; đã ban hành 0/3\n" in late

    assert congvan("issue", outages, "-o", out, "--only", "su_co").status == 0
    issued = congvan("status", outages, "--today", "2026-07-03").out
    assert "đã ban hành 2/2\n" in issued
    told = json.loads(congvan("status", outages, "--today", "2026-07-03", "--json").out)
    assert [work["tre"] for work in told["viec"]] == [False, True, False]
