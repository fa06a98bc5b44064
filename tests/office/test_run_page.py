"""The run's page: what it says, and that nothing in it is markup of a name."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from congvan.findings import Report, finding
from congvan.office.run_page import PageDeadline, PageLetter, PrintLinks, RunPage

STATES = {"da-cap-so": "đã cấp số", "loi": "lỗi, chưa tạo được"}
LETTER = PageLetter(
    thu_tu=1,
    cap="thon",
    dot_gui="",
    don_vi="Điện lực Hậu Lộc",
    huyen="huyện Hậu Lộc",
    xa="xã Đại Lộc",
    so_ky_hieu="12/ĐLHL",
    ngay="2021-06-21",
    trich_yeu="thông báo kế hoạch",
    kinh_gui="Ông Đinh Công Ngạn, Trưởng thôn Y Ngô",
    nguoi_nhan=1,
    khuyet=False,
    trang=3,
    trang_thai="da-cap-so",
    ghi_chu="",
    docx="3-thon/001.docx",
    pdf="3-thon/001.pdf",
)


def page(*letters, **parts):
    values = {"title": "Đợt", "deadlines": (), "print_files": {}, "report": Report(), **parts}
    return b"".join(RunPage(letters=letters or (LETTER,), states=STATES, **values).pieces()).decode()


def letters_in(text):
    return json.loads(re.search(r'<script type="application/json" id="du-lieu">(.*?)</script>', text, re.DOTALL)[1])


def test_every_letter_is_in_the_page_with_its_files():
    data = letters_in(page(LETTER, replace(LETTER, thu_tu=2, so_ky_hieu="13/ĐLHL")))

    assert [row[1] for row in data["dong"]] == ["12/ĐLHL", "13/ĐLHL"]
    assert data["dong"][0][8:10] == ["3-thon/001.docx", "3-thon/001.pdf"]
    assert data["chu"].count("xã Đại Lộc") == 1, "a text that many letters share stands once"


def test_copies_pages_sheets_and_envelopes_are_counted_by_tier():
    other = replace(LETTER, cap="tinh", nguoi_nhan=14, trang=2, xa="", huyen="")
    text = page(LETTER, replace(LETTER, xa="xã Triệu Lộc"), replace(LETTER, thu_tu=3), other)
    lines = [
        re.findall(r"<t[dh][^>]*>([^<]*)</t[dh]>", line)
        for line in re.findall(r'<tr><th scope="row">.*?</tr>', text, re.DOTALL)
    ]

    assert lines[0][:6] == ["Cấp thôn", "3", "3", "9", "6", "2"]
    assert lines[1][:6] == ["Cấp tỉnh", "1", "14", "2", "14", ""]


def test_days_are_dates_in_the_page_and_days_left_are_worked_out_in_the_browser():
    text = page(deadlines=[PageDeadline("thon", "", date(2021, 8, 1), None)])

    assert '<time datetime="2021-08-01">01/8/2021</time> <span data-han="2021-08-01"></span>' in text


def test_findings_vacant_posts_failures_and_hidden_letters_are_said():
    found = Report(
        (finding("delivery-letters-missing", count=1, letters="12/ĐLHL"), finding("delivery-letters-secret", count=1))
    )
    text = page(replace(LETTER, khuyet=True, trang_thai="loi"), report=found, hidden=2)

    assert "Lưu ý (1)" in text, "remarks are no findings for the page"
    assert "1 văn bản gửi nơi khuyết" in text
    assert "1 văn bản lỗi" in text
    assert "Không liệt kê 2 văn bản có độ mật." in text


@pytest.mark.parametrize("part", ["don_vi", "huyen", "xa", "so_ky_hieu", "trich_yeu", "kinh_gui", "ghi_chu", "docx"])
@pytest.mark.parametrize(
    "hostile", ["</script><script>alert(1)</script>", "<!--<script>", "<img src=x onerror=alert(1)>", "<!--van-ban-->"]
)
def test_a_name_is_never_markup(part, hostile):
    text = page(replace(LETTER, **{part: hostile}), title=hostile)

    assert text.count("<script") == text.count("</script>") == 2
    assert "<img" not in text
    assert "<!--" not in text
    assert hostile in (*letters_in(text)["dong"][0], *letters_in(text)["chu"])


def test_print_files_of_single_bodies_stand_behind_a_line_that_opens():
    text = page(
        print_files={("thon", ""): PrintLinks({"Tệp in cả cấp": "in/3-thon.pdf"}, {"dlhl": "in/3-thon/dlhl.pdf"})}
    )

    assert '<a href="in/3-thon.pdf">Tệp in cả cấp</a>' in text
    assert "Tệp in từng cơ quan (1)" in text


def test_the_page_asks_for_nothing_beyond_its_folder():
    assert not re.search(r"https?://|//[a-z]", re.sub(r"^\s*//.*$", "", page(), flags=re.MULTILINE))


def test_the_page_is_the_same_every_time():
    assert page() == page()
