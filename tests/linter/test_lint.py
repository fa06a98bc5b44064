"""What the linter says of letters of other hands and regimes, and what it leaves unsaid."""

import io
from dataclasses import replace

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from tests.linter.faults import LETTER, right, right_pdf
from tests.linter.word_changes import changed, format_of, marked, type_of, words

import congvan
from congvan.linter import Regime, lint_facts, lint_paths
from congvan.linter.lost_words import lost_words


def document(*lines, centre=()):
    """A Word file of plain paragraphs in Times New Roman."""
    made = docx.Document()
    made.styles["Normal"].font.name, made.styles["Normal"].font.size = "Times New Roman", Pt(14)
    for line in lines:
        paragraph = made.add_paragraph(line)
        if line in centre:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def head(left, right, number, date, *more):
    """A letter whose head is a table of two columns."""
    made = docx.Document(io.BytesIO(document()))
    table = made.add_table(2, 2)
    for cell, text in zip((*table.rows[0].cells, *table.rows[1].cells), (left, right, number, date), strict=True):
        cell.paragraphs[0].text = ""
        for line in text.split("\n"):
            cell.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in more:
        made.add_paragraph(line)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def codes(report):
    return {found.code for found in report}


PARTY = head(
    "TỈNH ỦY THANH HÓA\n*", "ĐẢNG CỘNG SẢN VIỆT NAM", "Số 15-CV/TU", "Thanh Hóa, ngày 05 tháng 3 năm 2026",
    "Kính gửi: Các huyện ủy.", "Đề nghị các đồng chí thực hiện.", "T/M BAN THƯỜNG VỤ",
)  # fmt: skip
UNION = head(
    "BAN CHẤP HÀNH TỈNH THANH HÓA\n***", "ĐOÀN TNCS HỒ CHÍ MINH", "Số: 29-HD/TĐTN-BTC",
    "Thanh Hóa, ngày 05 tháng 3 năm 2026", "Hướng dẫn các cấp bộ đoàn.",
)  # fmt: skip
NORMATIVE = head(
    "ỦY BAN NHÂN DÂN\nTỈNH THANH HÓA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
    "Số: 05/2026/QĐ-UBND", "Thanh Hóa, ngày 05 tháng 3 năm 2026", "THÔNG TƯ", "Điều 1. Phạm vi.",
)  # fmt: skip
FRONT = head(
    "MẶT TRẬN TỔ QUỐC VIỆT NAM TỈNH THANH HÓA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
    "Số: 249/MTTQ-BTT", "Thanh Hóa, ngày 05 tháng 3 năm 2026", "Kính gửi: Các xã.",
)  # fmt: skip
FORM = document("Mẫu số 01-ĐK", "(Ban hành kèm theo Thông tư số 40/2025/TT-BCT)", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")


@pytest.mark.parametrize(
    ("letter", "regime"),
    [
        (PARTY, Regime.PARTY),
        (UNION, Regime.YOUTH_UNION),
        (NORMATIVE, Regime.NORMATIVE),
        (FRONT, Regime.FRONT),
        (FORM, Regime.SPECIAL_FORM),
    ],
    ids=["party", "union", "normative", "front", "form"],
)
def test_a_letter_of_another_regime_gets_one_remark_and_no_finding(letter, regime):
    report = congvan.lint(letter)

    assert report.regime.regime is regime
    assert report.regime.confidence >= 2
    assert codes(report) == {"lint-other-regime"}
    assert report.ok
    assert not report.warnings
    assert report.count("passed") == 0


def test_a_text_that_is_no_letter_is_not_judged():
    report = congvan.lint(document("Danh sách hàng hóa", "Bàn, ghế"))

    assert codes(report) == {"lint-regime-unknown"}
    assert report.count("passed") == report.count("failed") == 0


def test_a_letter_to_the_party_stays_a_letter_of_the_decree():
    report = congvan.lint(congvan.render_docx(congvan.Letter(**{**LETTER, "kinh_gui": ["Tỉnh ủy Thanh Hóa"]})))

    assert report.regime.regime is Regime.ADMINISTRATIVE
    assert codes(report) == set()


def test_what_cannot_be_judged_says_why_and_does_not_count_as_passed():
    report = congvan.lint(right_pdf("cv"))
    reasons = {rule.code: rule.reason.message for rule in report.rules if rule.result == "not_evaluated"}

    assert reasons["lint-margins"] == "Chỉ tệp Word mới cho biết."
    assert reasons["lint-symbol-kind"] == "Không áp dụng cho công văn."
    assert report.count("passed") + report.count("not_evaluated") == len(report.rules)


def test_pictures_of_paper_are_not_judged():
    facts = congvan.facts(right_pdf("cv"))

    assert codes(lint_facts(replace(facts, scanned=True))) == {"lint-scanned"}


def test_a_report_is_json_with_its_places():
    report = congvan.lint(changed(right("cv"), words("05/PCTH", "5/PCTH")), "cv.docx")
    (found,) = report.as_dict()["findings"]

    assert found["place"]["near"] == "Số: 5/PCTH-KD"
    assert found["place"]["marked"] == [4, 5]
    assert '"lint-number-zero"' in report.to_json()


def test_hidden_words_are_found_though_they_do_not_print():
    letter = docx.Document(io.BytesIO(right("cv")))
    paragraph = next(one for one in letter.paragraphs if "Niêm yết" in one.text)
    paragraph.add_run(" chữ ẩn").font.hidden = True
    target = io.BytesIO()
    letter.save(target)

    assert codes(congvan.lint(target.getvalue())) == {"lint-hidden"}


def test_words_under_a_marker_are_quoted():
    (found,) = congvan.lint(changed(right("cv"), marked("Niêm yết", "highlight")))

    assert "Niêm yết" in found.values["words"]


def test_an_overlong_subject_and_a_missing_list_of_recipients_are_found():
    long = changed(right("cv"), words("V/v phối hợp", "V/v" + " phối hợp kiểm tra hành lang" * 19))
    facts = congvan.facts(right("cv"))
    start = next(at for at, line in enumerate(facts.lines) if line.text == "Nơi nhận:")
    without_recipients = tuple(
        line for at, line in enumerate(facts.lines) if at < start or not line.text.startswith(("Nơi", "-"))
    )

    assert codes(congvan.lint(long)) == {"lint-subject-long"}
    assert "lint-recipients-missing" in codes(lint_facts(replace(facts, lines=without_recipients)))


def test_a_notice_with_kinh_gui_is_told_that_it_has_none():
    report = congvan.lint(
        changed(
            right("thong-bao"), words("Công ty Điện lực Thanh Hóa thông báo lịch", "Kính gửi: Nhân dân xã Hoằng Hóa")
        )
    )

    assert "lint-addressees-unforeseen" in codes(report)


def test_another_face_on_paper_is_found_with_the_number_of_its_letters():
    facts = congvan.facts(right_pdf("cv"))
    line = next(line for line in facts.lines if "Niêm yết" in line.text)
    span = line.spans[0]
    other = replace(line, spans=(replace(span, font=replace(span.font, family="DejaVu Serif")),))
    lines = tuple(other if one is line else one for one in facts.lines)
    (found,) = lint_facts(replace(facts, lines=lines))

    assert found.code == "lint-substituted-face"
    assert found.values["face"] == "DejaVu Serif"
    assert found.place.page == 1


def test_a_signature_alone_on_a_page_is_a_hint():
    facts = congvan.facts(right_pdf("cv"))
    parts = congvan.components(facts)
    closing = {
        id(line) for name in ("noi_nhan_tieu_de", "noi_nhan", "quyen_han", "ho_ten") for line in parts[name].lines
    }
    lines = tuple(replace(line, page=2) if id(line) in closing else line for line in facts.lines)
    report = lint_facts(replace(facts, lines=lines, sheets=(facts.sheets[0], replace(facts.sheets[0], number=2))))

    (found,) = (one for one in report if one.code == "lint-signature-alone")
    assert found.severity is congvan.Severity.INFO


def test_a_date_off_the_line_of_the_number_is_found_on_paper():
    facts = congvan.facts(right_pdf("cv"))
    lines = tuple(
        replace(line, base=line.base + 6, top=line.top + 6, bottom=line.bottom + 6)
        if line.text.startswith("Thanh Hóa, ngày")
        else line
        for line in facts.lines
    )

    assert codes(lint_facts(replace(facts, lines=lines))) == {"lint-date-level"}


def test_words_the_pdf_lost_are_found_where_both_files_are_given(tmp_path):
    (tmp_path / "a.docx").write_bytes(right("cv"))
    (tmp_path / "a.pdf").write_bytes(congvan.to_pdf(changed(right("cv"), words("Gửi đến từng thôn", "Gửi thôn"))))
    word, pdf = lint_paths([tmp_path / "a.pdf", tmp_path / "a.docx"])

    assert codes(word) == set()
    assert codes(pdf) == {"lint-lost-words"}
    assert next(iter(pdf)).values["words"] == "đến từng"


def test_a_pdf_that_shows_every_word_has_lost_none():
    assert list(lost_words(congvan.facts(right("cv")), congvan.facts(right_pdf("cv")), "a.pdf")) == []


def test_a_letter_set_by_tabs_is_read_and_its_faults_are_found():
    """A clerk's way: no table in the head, a tab between the columns."""
    made = docx.Document(io.BytesIO(document()))
    for line in (
        "CÔNG TY ĐIỆN LỰC THANH HÓA\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 5/PCTH-KD\tThanh Hóa, ngày 5 tháng 3 năm 2026",
    ):
        made.add_paragraph(line).paragraph_format.tab_stops.add_tab_stop(Mm(75))
    made.add_paragraph("Kính gửi: UBND tỉnh")
    target = io.BytesIO()
    made.save(target)
    report = congvan.lint(target.getvalue())

    assert {"lint-number-zero", "lint-date-zero", "lint-motto-missing", "lint-recipients-missing"} <= codes(report)


def test_a_quoc_hieu_on_the_left_is_found():
    letter = head(
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc", "CÔNG TY ĐIỆN LỰC THANH HÓA",
        "Thanh Hóa, ngày 05 tháng 3 năm 2026", "Số: 05/PCTH-KD", "Kính gửi: UBND tỉnh",
    )  # fmt: skip

    assert "lint-sides" in codes(congvan.lint(letter))


def test_tight_type_of_one_part_says_nothing_about_the_others():
    both = changed(changed(right("cv"), type_of("Niêm yết", size=12)), format_of("Gửi đến", left_indent=Mm(0)))

    assert codes(congvan.lint(both)) == {"lint-size"}


def test_a_text_that_names_a_web_page_at_the_foot_of_page_1_is_no_contact_line():
    facts = congvan.facts(right_pdf("cv"))
    line = next(line for line in facts.lines if line.text.startswith("d) Đăng trên trang thông tin điện tử"))
    low = replace(line, base=270.0, top=266.0, bottom=271.0)
    lines = tuple(low if one is line else one for one in facts.lines)

    assert "lien_he" not in congvan.components(replace(facts, lines=lines))
