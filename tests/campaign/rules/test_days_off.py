"""Letters dated on a day off are told, with the weekday or the holiday and the nearest working days."""

from __future__ import annotations

import pytest

from congvan.findings.language import set_language


def warnings(folder, ngay, thoi_han=None):
    """What is said of the date of a campaign of the province alone."""
    text = (folder.path / "dot.yaml").read_text(encoding="utf-8")
    folder.write("dot.yaml", text.partition("  - cap: huyen")[0])
    folder.change("dot.yaml", "[tinh, huyen, thon]", "[tinh]")
    folder.change("dot.yaml", "thang_thuc_hien: 2021-09\n", "")
    folder.change("dot.yaml", "ngay: 2021-04-05", f"ngay: {ngay}")
    if thoi_han:
        folder.change("dot.yaml", "don_vi: don-vi.csv", f"don_vi: don-vi.csv\nthoi_han: {thoi_han}")
    return [one for one in folder.load().report if one.place.key == "cap[1].ngay"]


@pytest.mark.parametrize(
    ("ngay", "code", "before", "after"),
    [
        ("2026-04-11", "campaign-date-on-saturday", "10/4/2026", "13/4/2026"),
        ("2026-04-12", "campaign-date-on-sunday", "10/4/2026", "13/4/2026"),
        ("30/4/2026", "campaign-date-on-holiday", "29/4/2026", "04/5/2026"),
        ("27/4/2026", "campaign-date-on-day-in-lieu", "24/4/2026", "28/4/2026"),
        ("31.8.2026", "campaign-date-on-exchanged-day", "28/8/2026", "03/9/2026"),
        ("2027-02-08", "campaign-date-on-estimated-holiday", "03/02/2027", "11/02/2027"),
    ],
)
def test_a_letter_dated_on_a_day_off_is_told_with_the_nearest_working_days(folder, ngay, code, before, after):
    (told,) = warnings(folder, ngay)

    assert (told.code, told.severity) == (code, "warning")
    assert before in told.hint
    assert after in told.hint


def test_the_holiday_is_named_and_an_estimate_is_said_to_be_one(folder):
    (told,) = warnings(folder, "2027-02-08")

    assert told.message == (
        "Văn bản cấp «tinh» ghi ngày 08/02/2027, dự kiến là ngày nghỉ Tết Nguyên đán; "
        "congvan chưa biết thông báo chính thức."
    )
    set_language("en")
    try:
        assert "estimated to be a public day off (Tết Nguyên đán)" in told.message
    finally:
        set_language("vi")


@pytest.mark.parametrize("ngay", ["2026-04-13", "2026-08-22", "2026-04", "2026"])
def test_a_working_day_and_an_open_date_are_not_told(folder, ngay):
    assert warnings(folder, ngay) == []


def test_the_days_of_the_office_count(folder):
    assert warnings(folder, "2026-04-11", "{ngay_lam_bu: [11/4/2026]}") == []


def test_a_day_off_of_the_office_is_told(folder):
    (told,) = warnings(folder, "2026-04-13", "{ngay_nghi: [13/4/2026, 14/4/2026]}")

    assert told.code == "campaign-date-on-office-day-off"
    assert "10/4/2026 (trước), 15/4/2026 (sau)" in told.hint


def test_a_day_cannot_be_both_off_and_worked(folder):
    folder.change(
        "dot.yaml",
        "don_vi: don-vi.csv",
        "don_vi: don-vi.csv\nthoi_han: {ngay_nghi: [4/5/2021], ngay_lam_bu: [2021-05-04]}",
    )

    assert folder.told() == ["campaign-day-off-and-worked dot.yaml:7"]


def test_of_a_year_without_known_holidays_only_the_weekday_is_checked_and_that_is_said(folder):
    (told,) = warnings(folder, "2031-01-02")

    assert (told.code, told.severity) == ("campaign-date-outside-calendar", "info")
