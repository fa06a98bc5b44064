import json
import re
import shutil
from datetime import datetime, timedelta, timezone

import pytest


def test_a_campaign_is_rendered_and_the_places_are_told(congvan, letter_004):
    done = congvan("render", letter_004.issued)

    assert done.status == 0, done.err
    assert "index.html" in done.out
    assert list((letter_004.folder / "out" / "so-cong-thuong" / "1-tinh").glob("*.pdf"))


def test_the_result_can_be_read_by_a_program(congvan, letter_004):
    done = congvan("render", letter_004.issued, "--json", "--formats", "docx")

    assert json.loads(done.out)["van_ban"] == 1
    assert not list(letter_004.folder.rglob("*.pdf"))


def test_a_plan_writes_nothing(congvan, letter_004):
    before = sorted(letter_004.folder.rglob("*"))
    done = congvan("plan", letter_004.issued)

    assert done.status == 0, done.err
    assert re.search(r"1\s+tinh\s+\d+/SCT-QLĐN", done.out)
    assert sorted(letter_004.folder.rglob("*")) == before


def test_a_plan_as_json_has_every_letter(congvan, letter_004):
    (letter,) = json.loads(congvan("plan", letter_004.draft, "--json").out)["van_ban"]

    assert letter["so"] is None
    assert letter["kinh_gui"][1] == "Báo Thanh Hóa"


def test_findings_end_with_status_one_and_nothing_written(congvan, letter_004):
    text = letter_004.issued.read_text(encoding="utf-8")
    letter_004.issued.write_text(text.replace("loai: cong-van", "loai: cong-vann"), encoding="utf-8")
    done = congvan("render", letter_004.issued)

    assert done.status == 1
    assert "ban-hanh.yaml" in done.err
    assert "Traceback" not in done.err
    assert done.out == ""
    assert not (letter_004.folder / "out").exists()


def test_a_check_says_so_when_nothing_is_wrong(congvan, letter_004):
    done = congvan("check", letter_004.issued)

    assert (done.status, done.out.strip()) == (0, "Không có lỗi.")
    assert not (letter_004.folder / "out").exists()


@pytest.mark.parametrize("words", [("render", "khong-co.yaml"), ("plan", "khong-co.yaml"), ("check", "khong-co.docx")])
def test_a_file_that_is_not_there_is_wrong_usage(congvan, words):
    done = congvan(*words)

    assert done.status == 2
    assert "khong-co" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("words", [("render",), ("no-such-command",), ("render", "x.yaml", "--formats", "odt")])
def test_wrong_usage_ends_with_status_two(congvan, words):
    done = congvan(*words)

    assert done.status == 2
    assert "Traceback" not in done.err


def test_messages_follow_the_locale_and_the_option(congvan, letter_004):
    assert congvan("check", letter_004.issued, lang="en").out.strip() == "No errors."
    assert congvan("--lang", "vi", "check", letter_004.issued, lang="en").out.strip() == "Không có lỗi."


def test_a_draft_takes_no_number(congvan, letter_004):
    assert congvan("render", letter_004.issued, "--draft").status == 0
    assert not list(letter_004.folder.glob("*.sqlite3"))


def test_a_template_with_a_table_gives_one_letter_a_record(congvan, docx_with, tmp_path):
    (tmp_path / "moi.docx").write_bytes(docx_with("Kính mời {{ ong_ba }} {{ ho_ten }}"))
    (tmp_path / "khach.csv").write_text("Ông/Bà,Họ và tên\nÔng,Lê Văn A\nBà,Trần <Thị> & B\n", encoding="utf-8")
    done = congvan("render", "moi.docx", "--data", "khach.csv", "-o", "ket-qua")

    assert done.status == 0, done.err
    assert sorted(path.name for path in (tmp_path / "ket-qua").glob("0*")) == [
        "001.docx",
        "001.pdf",
        "002.docx",
        "002.pdf",
    ]


def test_a_record_that_lacks_a_value_is_named_and_nothing_is_written(congvan, docx_with, tmp_path):
    (tmp_path / "moi.docx").write_bytes(docx_with("Kính mời {{ ho_ten }}, {{ chuc_vu }}"))
    (tmp_path / "khach.json").write_text('[{"ho_ten": "A", "chuc_vu": "B"}, {"ho_ten": "C"}]', encoding="utf-8")
    done = congvan("render", "moi.docx", "--data", "khach.json", "-o", "ket-qua")

    assert done.status == 1
    assert "khach.json" in done.err
    assert "chuc_vu" in done.err
    assert not (tmp_path / "ket-qua").exists()


def test_a_template_without_data_is_wrong_usage(congvan, docx_with, tmp_path):
    (tmp_path / "moi.docx").write_bytes(docx_with("Kính mời"))

    assert congvan("render", "moi.docx").status == 2


def test_the_fields_of_a_template_are_listed(congvan, docx_with, tmp_path):
    (tmp_path / "mau.docx").write_bytes(docx_with("{{ co_quan }} {{ ho_ten }}"))
    fields = json.loads(congvan("template", "fields", "mau.docx", "--json").out)

    assert fields == {"thanh_phan": ["co_quan"], "truong": ["ho_ten"]}


def test_all_29_kinds_are_listed_with_their_codes(congvan):
    rows = json.loads(congvan("template", "list", "--json").out)

    assert len(rows) == 29
    assert {row["loai"]: row["ky_hieu"] for row in rows}["quy-dinh"] == "QyĐ"
    assert [row["loai"] for row in rows if row["ky_hieu"] is None] == ["cong-van", "thu-cong"]


def test_the_doctor_finds_the_embedded_engine_and_a_whole_font(congvan):
    told = json.loads(congvan("doctor", "--json").out)

    assert told["engines"]["dxpdf"]["version"]
    assert told["font"]["gaps"] == ""
    assert told["templates_lost"] == []


def test_a_code_is_explained(congvan):
    done = congvan("explain", "letter-part-empty")

    assert done.status == 0
    assert "để trống" in done.out


def test_an_unknown_code_proposes_near_ones(congvan):
    done = congvan("explain", "letter-part-emty")

    assert done.status == 2
    assert "letter-part-empty" in done.err


def test_template_list_shows_every_kind_with_its_model(congvan):
    told = json.loads(congvan("template", "list", "--json").out)

    assert len(told) == 29
    assert {"loai": "bien-ban", "mau_so": "1.9", "phan_rieng": "bien_ban"}.items() <= next(
        row for row in told if row["loai"] == "bien-ban"
    ).items()


def test_template_new_writes_a_template_once_and_never_over_a_clerks_own(congvan, tmp_path):
    assert congvan("template", "new", "giay-moi").status == 0
    again = congvan("template", "new", "giay-moi")
    fields = json.loads(congvan("template", "fields", "giay-moi.docx", "--json").out)

    assert again.status == 2
    assert "giay_moi" in fields["thanh_phan"]
    assert congvan("template", "new", "giay-la").status == 2


def test_the_gallery_shows_word_pdf_and_pictures(congvan, tmp_path):
    assert congvan("template", "gallery", "-o", "mau", "--only", "bien-ban").status == 0

    names = {path.name for path in (tmp_path / "mau").iterdir()}
    assert {"bien-ban.docx", "bien-ban.pdf"} <= names
    assert names - {"bien-ban.docx", "bien-ban.pdf"} == ({"bien-ban-1.png"} if shutil.which("pdftoppm") else set())


def test_a_second_run_keeps_what_is_there_and_a_fresh_one_does_not(congvan, letter_004):
    assert congvan("render", letter_004.issued).status == 0
    assert "[batch-letters-kept]" in congvan("render", letter_004.issued, "--time-limit", "60").err
    assert "[batch-letters-kept]" not in congvan("render", letter_004.issued, "--fresh").err


def test_letters_that_are_not_done_are_told_and_the_run_ends_with_status_1(congvan, letter_004):
    out = letter_004.folder / "out" / "so-cong-thuong"
    out.mkdir(parents=True)
    (out / "1-tinh").write_text("không phải thư mục", encoding="utf-8")
    done = congvan("render", letter_004.issued)

    assert done.status == 1
    assert "[batch-letter-failed]" in done.err
    assert "chưa ghi tệp nào" not in done.err
    assert "1 văn bản chưa xong" in done.out


def test_a_run_beside_another_one_is_refused(congvan, letter_004):
    from congvan.run.output.lock import output_lock

    with output_lock(letter_004.folder / "out" / "so-cong-thuong"):
        done = congvan("render", letter_004.issued)
    assert done.status == 1
    assert "[batch-folder-busy]" in done.err


def test_today_is_the_day_in_vietnam(congvan, letter_004):
    before = datetime.now(timezone(timedelta(hours=7))).date()
    text = re.sub(r"(?m)^    ngay: .*$", "    ngay: hom-nay", letter_004.issued.read_text(encoding="utf-8"))
    letter_004.issued.write_text(text, encoding="utf-8")

    done = congvan("plan", letter_004.issued, "--json")

    assert done.status == 0, done.err
    (letter,) = json.loads(done.out)["van_ban"]
    assert letter["ngay"] in {str(before), str(datetime.now(timezone(timedelta(hours=7))).date())}
