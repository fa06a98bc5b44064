"""A letter dated on a day that has not come cannot be issued."""

from __future__ import annotations

from datetime import date

from congvan.campaign import issue_date_findings


def told(folder, today, **changes):
    for old, new in changes.items():
        folder.change("dot.yaml", {"tinh": "2021-04-05", "huyen": "2021-06-15", "thon": "2021-07-20"}[old], new)
    return list(issue_date_findings(folder.plan().items, today))


def test_letters_of_a_later_day_are_errors_one_for_each_tier(folder):
    found = told(folder, date(2021, 6, 14))

    assert [(one.code, one.severity, one.place.line) for one in found] == [
        ("campaign-date-in-future", "error", 22),
        ("campaign-date-in-future", "error", 32),
    ]
    assert found[1].message == ("3 văn bản cấp «thon» ghi ngày 20/7/2021, sau hôm nay (14/6/2021): chưa ban hành được.")


def test_the_nearest_right_day_is_today_or_the_working_day_before(folder):
    assert "14/6/2021" in told(folder, date(2021, 6, 14))[0].hint
    assert "11/6/2021" in told(folder, date(2021, 6, 13))[0].hint


def test_letters_of_today_and_of_days_before_may_be_issued(folder):
    assert told(folder, date(2021, 7, 20)) == []


def test_a_date_with_blanks_is_in_the_future_only_if_all_its_days_are(folder):
    assert told(folder, date(2021, 7, 1), thon="2021-07") == []
    folder.change("dot.yaml", "ngay: 2021-07\n", "ngay: 2021-08\n")
    assert [one.values["cap"] for one in told(folder, date(2021, 7, 1))] == ["thon"]
