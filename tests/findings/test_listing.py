"""Findings as a person reads them: one cause once, the line and a caret, never wider than 80 columns."""

from congvan.findings import Place, finding, speaking
from congvan.findings.listing import WIDTH, counted, listing


def zero(near="Số: 5/UBND-VX", marked=(4, 5), **place):
    return finding("lint-number-zero", Place(near=near, marked=marked, **place), written="5", wanted="05")


def empty(row, column="ho_ten"):
    return finding("recipients-value-missing", Place(file="thon.csv", row=row, column=column))


def test_a_finding_shows_its_line_with_a_caret_and_what_to_do():
    lines = list(listing([zero(file="cv.docx", table=1, row=2, column="1")]))

    assert lines[0] == "LỖI [lint-number-zero]: Số «5» phải viết «05»."
    assert lines[1] == "  --> cv.docx, bảng 1, hàng 2, cột 1"
    assert lines[2] == "   | Số: 5/UBND-VX"
    assert lines[3] == "   |     ^"
    assert lines[4].startswith("   = Thêm 1 số 0")
    assert lines[5] == "   = Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II, mục 3"


def test_a_place_on_a_page_is_given_in_millimetres():
    lines = list(listing([zero(file="cv.pdf", page=1, box=(30.0, 45.5, 60.0, 50.0))]))

    assert lines[1] == "  --> cv.pdf, trang 1, cách mép trái 30 mm, mép trên 45,5 mm"


def test_a_long_line_is_cut_around_what_is_marked():
    text = "chữ " * 60 + "sai " + "chữ " * 60
    at = text.index("sai")
    lines = list(listing([zero(near=text, marked=(at, at + 3))]))
    shown, carets = (line for line in lines if line.startswith("   |"))

    assert len(shown) <= WIDTH
    assert shown[carets.index("^") : carets.index("^") + 3] == "sai"


def test_one_cause_is_shown_once_with_its_further_places_and_their_count():
    lines = list(listing([empty(row) for row in range(2, 202)]))

    assert sum("recipients-value-missing" in line for line in lines) == 1
    assert "còn 199 chỗ nữa: hàng 3, cột ho_ten; hàng 4, cột ho_ten" in " ".join(" ".join(lines).split())


def test_two_hundred_rows_with_mixed_faults_stay_on_one_screen():
    codes = ("recipients-value-missing", "recipients-letters-lost", "recipients-not-a-value", "recipients-untidy")
    more = ("recipients-text-misread", "recipients-phone-unclear")
    places = (Place(file="thon.csv", row=row, column="ho_ten") for row in range(2, 202))
    findings = [finding((codes + more)[row % 6], place) for row, place in enumerate(places)]
    lines = list(listing(findings))

    assert len(lines) <= 24
    assert max(map(len, lines)) <= WIDTH
    assert lines[-1] == "Cách sửa từng lỗi: congvan explain MÃ"


def test_errors_stand_before_warnings_and_hints():
    hint = finding("lint-double-space", count=1)
    warning = finding("lint-city", written="a", wanted="b")
    titles = [line for line in listing([hint, warning, zero()]) if line.startswith(("LỖI", "LƯU Ý", "GỢI Ý"))]

    assert [title.split(" [")[0] for title in titles] == ["LỖI", "LƯU Ý", "GỢI Ý"]
    assert counted([hint, warning, zero()]) == "1 lỗi, 1 lưu ý, 1 gợi ý"


def test_a_list_of_findings_speaks_english_too():
    with speaking("en"):
        lines = list(listing([empty(2), empty(3)]))

    assert lines[0].startswith("ERROR [recipients-value-missing]")
    assert any("1 more places" in line for line in lines)
