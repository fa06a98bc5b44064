"""Dates and numbers with their units stay on one line."""

import pytest

from congvan.word.body.unbroken import keep_unbroken


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ngày 05 tháng 3 năm 2026", "ngày_05_tháng_3 năm_2026"),
        ("ngày 11/5/2026, ngày 1.5", "ngày 11/5/2026, ngày 1.5"),
        ("Năm 2026, tháng 12.", "Năm_2026, tháng_12."),
        ("120 m², 1.234.567 đồng, 5 mục", "120_m², 1.234.567_đồng, 5 mục"),
        ("12,5 triệu đồng; 3 gói", "12,5_triệu_đồng; 3 gói"),
        ("nắm 2026 tay", "nắm 2026 tay"),
    ],
)
def test_a_space_inside_a_date_or_before_a_unit_ends_no_line(text, kept):
    assert keep_unbroken(text).replace("\u00a0", "_") == kept
