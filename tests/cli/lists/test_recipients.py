import json
import zipfile

import pytest

HAMLETS = (
    "STT;Xã;Thôn;Họ và tên;Điện thoại\n"
    "1;Đa Lộc;Thôn 1;Trịnh Văn Mẫu;950000001\n"
    "2;;Thôn 2;;0950000002\n"
    "3;;Thôn 3;khuyết;\n"
)  # fmt: skip


@pytest.fixture
def hamlets(tmp_path):
    path = tmp_path / "thon.csv"
    path.write_text(HAMLETS, encoding="utf-8")
    return path


def test_a_list_of_all_communes_is_made_and_has_nothing_to_find_fault_with(congvan, tmp_path):
    made = congvan("recipients", "new", "--province", "38", "--era", "2025-07", "--tier", "xa", "-o", "xa.xlsx")
    checked = congvan(
        "recipients", "check", "xa.xlsx", "--tier", "xa", "--date", "2026-11-22", "--scope", "38", "--json"
    )

    assert (made.status, made.out) == (0, "xa.xlsx: 166 hàng.\n"), made.err
    assert checked.status == 0, checked.err
    assert json.loads(checked.out) == {"tep": "xa.xlsx", "cap": "xa", "noi_nhan": 166, "khuyet": 0, "phat_hien": []}


def test_a_list_that_may_be_filled_in_is_not_written_over(congvan, tmp_path):
    (tmp_path / "xa.csv").write_text("giữ lại", encoding="utf-8")
    words = ("recipients", "new", "--province", "38", "-o", "xa.csv")

    assert congvan(*words).status == 2
    assert (tmp_path / "xa.csv").read_text(encoding="utf-8") == "giữ lại"
    assert congvan(*words, "--force").status == 0


@pytest.mark.parametrize(("era", "tier"), [("2025-07", "huyen"), ("1999", "xa")])
def test_a_list_of_what_does_not_exist_is_refused(congvan, tmp_path, era, tier):
    done = congvan("recipients", "new", "--province", "38", "--era", era, "--tier", tier, "-o", "ds.xlsx")

    assert done.status == 1
    assert "Traceback" not in done.err
    assert not (tmp_path / "ds.xlsx").exists()


def test_a_check_names_rows_and_columns_and_no_person(congvan, hamlets):
    done = congvan("recipients", "check", hamlets, "--tier", "thon", "--era", "2021", "--province", "38")

    assert done.status == 1
    assert "hàng 3, cột Họ và tên" in done.err
    assert "hàng 2, cột Điện thoại" in done.err
    assert "95000000" not in done.err + done.out
    assert "Mẫu" not in done.err + done.out
    assert "--show-values" in done.err
    assert done.out == "2 nơi nhận (1 khuyết), 1 lỗi, 2 lưu ý.\n"


def test_personal_values_are_shown_when_asked_for(congvan, hamlets):
    told = json.loads(congvan("recipients", "check", hamlets, "--tier", "thon", "--show-values", "--json").out)

    assert (told["noi_nhan"], told["khuyet"]) == (2, 1)
    (zero,) = [found for found in told["phat_hien"] if found["code"] == "recipients-zero-restored"]
    assert "0950000001" in zero["message"]
    assert zero["place"] == {"file": "thon.csv", "row": 2, "column": "Điện thoại"}


def test_a_marked_copy_has_a_comment_at_the_cell(congvan, hamlets, tmp_path):
    done = congvan("recipients", "check", hamlets, "--tier", "thon", "--mark", "danh-dau.xlsx")

    assert done.status == 1
    with zipfile.ZipFile(tmp_path / "danh-dau.xlsx") as package:
        assert 'ref="D3"' in package.read("xl/comments1.xml").decode("utf-8")


def test_a_list_of_districts_is_refused_for_a_letter_of_2026(congvan, tmp_path):
    congvan("recipients", "new", "--province", "38", "--era", "2021", "--tier", "huyen", "-o", "huyen.csv")
    then = congvan("recipients", "check", "huyen.csv", "--tier", "huyen", "--date", "2021-04-05")
    now = congvan("recipients", "check", "huyen.csv", "--tier", "huyen", "--era", "2021", "--date", "2026-03-09")

    assert (then.status, then.err) == (0, "")
    assert now.status == 1
    assert "72/2025/QH15" in now.err


def test_what_lies_outside_the_scope_or_is_missing_is_told(congvan, tmp_path):
    (tmp_path / "huyen.csv").write_text("ma_huyen,ten\n400,UBND\n401,UBND\n", encoding="utf-8")
    done = congvan(
        "recipients", "check", "huyen.csv", "--tier", "huyen", "--era", "2021", "--scope", "400,402", "--json"
    )

    assert done.status == 1
    codes = [found["code"] for found in json.loads(done.out)["phat_hien"]]
    assert codes == ["recipients-scope-outside", "recipients-unit-without"]


def test_an_old_list_is_converted_on_request_only(congvan, tmp_path):
    (tmp_path / "cu.csv").write_bytes(
        "Xã;Thôn;Họ và tên\n".encode() + "§a Léc;Th«n 1;TrÞnh V¨n MÉu\n;Th«n 2;Lß An\n".encode()
    )
    refused = congvan("recipients", "convert", "cu.csv", "moi.csv", "--show-values")
    done = congvan("recipients", "convert", "cu.csv", "moi.csv", "--encoding", "tcvn3")

    assert refused.status == 1
    assert "Trịnh Văn Mẫu" in refused.err
    assert done.status == 0, done.err
    assert (tmp_path / "moi.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "Xã,Thôn,Họ và tên",
        "Đa Lộc,Thôn 1,Trịnh Văn Mẫu",
        "Đa Lộc,Thôn 2,Lò An",
    ]


def test_the_preview_of_names_is_hidden_like_every_personal_value(congvan, tmp_path):
    (tmp_path / "cu.csv").write_text("Xã;Thôn;Họ và tên\nĐa Lộc;Thôn 1;TrÞnh V¨n MÉu\n", encoding="utf-8")
    done = congvan("recipients", "convert", "cu.csv", "moi.xlsx", "--json")

    assert done.status == 1
    assert "Trịnh" not in done.out
    assert json.loads(done.out)["phat_hien"][0]["code"] == "recipients-text-tcvn3"
    assert not (tmp_path / "moi.xlsx").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("check", "khong-co.xlsx", "--tier", "thon"),
        ("check", "thon.csv"),
        ("check", "thon.csv", "--tier", "thon", "--era", "1999"),
        ("check", "thon.csv", "--tier", "thon", "--scope", "38"),
        ("check", "thon.csv", "--tier", "thon", "--mark", "ban.csv"),
        ("convert", "thon.csv", "ds.docx"),
        ("convert", "thon.csv", "thon.csv"),
        ("new", "--province", "38"),
    ],
)
def test_wrong_usage_and_unreadable_files_end_with_status_two(congvan, hamlets, words):
    done = congvan("recipients", *words)

    assert done.status == 2
    assert "Traceback" not in done.err
    assert hamlets.read_text(encoding="utf-8") == HAMLETS
