"""``congvan lint`` and ``congvan explain`` at the command line."""

import json

from tests.linter.faults import right
from tests.linter.word_changes import changed, words


def wrong(tmp_path, name="sai.docx"):
    (tmp_path / name).write_bytes(changed(right("cv"), words("05/PCTH", "5/PCTH")))
    return tmp_path / name


def test_a_right_letter_passes_and_the_counts_are_said(tmp_path, congvan):
    (tmp_path / "dung.docx").write_bytes(right("cv"))
    done = congvan("lint", tmp_path / "dung.docx")

    assert done.status == 0
    assert "1 văn bản, 1 không có lỗi hay lưu ý." in done.out
    assert "không xét" in done.out


def test_a_fault_is_shown_with_its_line_and_ends_with_status_1(tmp_path, congvan):
    done = congvan("lint", wrong(tmp_path))

    assert done.status == 1
    assert "   | Số: 5/PCTH-KD\n   |     ^\n" in done.out


def test_a_folder_is_linted_whole_and_an_unreadable_file_hides_nothing(tmp_path, congvan):
    wrong(tmp_path)
    (tmp_path / "b").mkdir()
    wrong(tmp_path / "b")
    (tmp_path / "hong.docx").write_bytes(b"x")
    done = congvan("lint", tmp_path)

    assert done.status == 2
    assert "2 văn bản, 0 không có lỗi hay lưu ý." in done.out
    assert "hong.docx" in done.err


def test_details_name_what_was_not_evaluated_and_why(tmp_path, congvan):
    done = congvan("lint", wrong(tmp_path), "--details")

    assert "lint-off-margin: Chỉ trang PDF mới cho biết." in done.out


def test_json_is_one_document_of_all_letters(tmp_path, congvan):
    done = congvan("lint", wrong(tmp_path), "--format", "json")
    (letter,) = json.loads(done.out)

    assert letter["regime"] == "hanh-chinh"
    assert letter["failed"] == 1
    assert letter["findings"][0]["code"] == "lint-number-zero"


def test_sarif_is_one_document_too(tmp_path, congvan):
    done = congvan("lint", wrong(tmp_path), "--format", "sarif")

    assert json.loads(done.out)["version"] == "2.1.0"


def test_an_office_leaves_findings_with_a_reason(tmp_path, congvan):
    exception = "ten: Cơ quan\nngoai_le:\n  - {ma: lint-number-zero, ly_do: theo bản gốc, tep: 'sai*'}\n"
    (tmp_path / "co-quan.yaml").write_text(exception, encoding="utf-8")
    wrong(tmp_path, "khac.docx")
    done = congvan("lint", wrong(tmp_path), tmp_path / "khac.docx")

    assert done.status == 1
    assert "Bỏ qua 1 × lint-number-zero: theo bản gốc." in done.out
    assert "khac.docx" in done.out


def test_an_exception_without_a_reason_or_of_an_unknown_code_is_refused(tmp_path, congvan):
    from congvan.campaign import office_of

    (tmp_path / "co-quan.yaml").write_text("ten: Cơ quan\nngoai_le:\n  - {ma: lint-number-zer0, ly_do: x}\n", "utf-8")
    _, findings = office_of(tmp_path)

    assert [found.code for found in findings] == ["office-ignored-unknown"]


def test_explain_gives_clause_and_example(congvan):
    done = congvan("explain", "lint-number-zero")

    assert "Căn cứ: Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II, mục 3" in done.out
    assert "Sai:  Số: 5/UBND-VX" in done.out
    assert "Đúng: Số: 05/UBND-VX" in done.out
