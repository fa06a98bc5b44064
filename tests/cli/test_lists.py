"""Lists on the command line: checked among other files, given in place of a campaign's, and made to be filled in."""

import json
import sqlite3
from contextlib import closing

import pytest
from python_calamine import CalamineWorkbook

SECRET = "bi-mat-123"
HAMLETS = "STT;Xã;Thôn;Họ và tên;Điện thoại\n1;Đa Lộc;Thôn 1;Trịnh Văn Mẫu;950000001\n2;;Thôn 2;;\n"


@pytest.fixture
def files(tmp_path, docx_with):
    (tmp_path / "thon.csv").write_text(HAMLETS, encoding="utf-8")
    (tmp_path / "so.yaml").write_text("# danh sách\n- ten: Sở Tài chính\n- ten: Sở Y tế\n", encoding="utf-8")
    (tmp_path / "mau.docx").write_bytes(docx_with("Kính gửi {{ ong_ba }} {{ ho_ten }}, {{ so_tien }} đồng"))
    (tmp_path / "thu.docx").write_bytes(docx_with("Số {{ so }}, {{ don_vi.ten_thuong }}, gửi {{ ho_ten }}"))
    (tmp_path / "hong.docx").write_bytes(docx_with("Kính gửi {{ ho_ten"))
    with closing(sqlite3.connect(tmp_path / "so.db")) as connection:
        connection.execute("CREATE TABLE so AS SELECT 'Sở Nội vụ' AS ten")
        connection.commit()
    return tmp_path


def name_list(campaign, address):
    """Have a campaign file name another list."""
    text = campaign.read_text(encoding="utf-8")
    assert "nguoi_nhan: nguoi-nhan.csv" in text
    campaign.write_text(text.replace("nguoi_nhan: nguoi-nhan.csv", f'nguoi_nhan: "{address}"'), encoding="utf-8")


def test_lists_templates_and_campaigns_are_checked_together(congvan, files, letter_004):
    done = congvan(
        "check", "thon.csv", "so.yaml", "mau.docx", letter_004.issued, "sqlite:///so.db?query=SELECT ten FROM so"
    )

    assert done.status == 1
    assert "hàng 3, cột Họ và tên" in done.err
    assert "Mẫu" not in done.err + done.out
    assert "thon.csv, cấp thôn: 1 nơi nhận" in done.out
    assert "so.yaml, cấp tỉnh: 2 nơi nhận" in done.out
    assert "sqlite:///so.db [SELECT ten FROM so], cấp tỉnh: 1 nơi nhận" in done.out
    assert done.out.count("Không có lỗi.") == 2


def test_what_is_wrong_with_one_file_hides_nothing_about_the_others(congvan, files):
    done = congvan("check", "khong-co.xlsx", "hong.docx", "thon.csv", "--json")

    assert done.status == 2
    assert "khong-co.xlsx" in done.err
    codes = [found["code"] for found in json.loads(done.out)]
    assert "recipients-value-missing" in codes
    assert "recipients-file-missing" in codes
    assert len(codes) == 5


def test_a_list_is_compared_with_the_units_and_the_day_asked_for(congvan, files):
    (files / "huyen.csv").write_text("ma_huyen,ten\n400,UBND huyện Hậu Lộc\n", encoding="utf-8")
    done = congvan("check", "huyen.csv", "--date", "2026-03-09", "--era", "2021", "--json")

    assert [found["code"] for found in json.loads(done.out)] == ["recipients-era-no-district"]
    assert done.status == 1


@pytest.mark.parametrize(
    "words",
    [
        ("mau.docx", "--tier", "thon"),
        ("thon.csv", "--recipients", "x.csv"),
        ("thon.csv", "--allow-database", "may-chu"),
        ("thon.csv", "--era", "1999"),
        ("ds.pdf",),
        ("thon.csv", "--sheet", "Thôn"),
        (),
    ],
)
def test_options_that_do_nothing_and_files_nobody_reads_are_wrong_usage(congvan, files, words):
    done = congvan("check", *words)

    assert done.status == 2
    assert "Traceback" not in done.err


def test_a_plan_takes_the_list_it_is_given(congvan, files, letter_004):
    address = f"sqlite:///{files.as_posix()}/so.db?query=SELECT ten FROM so"
    for listed in (address, "tinh=so.yaml"):
        done = congvan("plan", letter_004.draft, "--recipients", listed, "--json")

        assert done.status == 0, done.err
        assert json.loads(done.out)["van_ban"][0]["kinh_gui"][0].startswith("Sở ")


@pytest.mark.parametrize("query", ["VACUUM INTO '{}'", "ATTACH '{}' AS moi"])
def test_a_campaign_file_cannot_write_another_file(congvan, files, letter_004, query):
    address = f"sqlite:///so.db?query={query.format(files / 'moi.db')}"
    (files / "so.db").rename(letter_004.folder / "so.db")
    name_list(letter_004.draft, address)
    before = sorted(files.rglob("*"))
    done = congvan("check", letter_004.draft)

    assert (done.status, done.err.count("\n")) == (1, 1)
    assert "du-thao.yaml, dòng 20, mục cap[1].nguoi_nhan: Truy vấn" in done.err
    assert "[recipients-query-writes]" in done.err
    assert sorted(files.rglob("*")) == before


@pytest.mark.parametrize("command", ["check", "plan", "render"])
def test_a_server_that_a_campaign_file_names_is_asked_only_with_leave(congvan, letter_004, command):
    name_list(letter_004.draft, f"postgresql://vanthu:{SECRET}@127.0.0.1:1/ns?query=SELECT 1 AS ten")
    refused = congvan(command, letter_004.draft)
    allowed = congvan(command, letter_004.draft, "--allow-database", "may-chu", "--allow-database", "127.0.0.1")

    assert (refused.status, allowed.status) == (1, 1)
    assert "du-thao.yaml, dòng 20, mục cap[1].nguoi_nhan: Tệp này đòi đọc postgresql://vanthu:***@127" in refused.err
    assert '--allow-database "127.0.0.1"' in refused.err
    assert "[recipients-database-unreachable]" in allowed.err
    assert SECRET not in refused.err + allowed.err


def test_nothing_that_is_written_knows_the_password(congvan, letter_004):
    address = f"postgresql://vanthu:{SECRET}@127.0.0.1:1/ns?query=SELECT 1 AS ten"
    for words in (("render", "-o", "out"), ("--verbose", "check")):
        done = congvan(*words, letter_004.draft, "--recipients", address)
        assert done.status == 1
        assert "vanthu:***@127.0.0.1:1/ns" in done.err
        assert SECRET not in done.out + done.err
    told = congvan("recipients", "check", address, "--tier", "tinh", "--json")
    assert SECRET not in told.out + told.err
    assert all(SECRET.encode() not in path.read_bytes() for path in letter_004.folder.rglob("*") if path.is_file())


def test_a_rendered_campaign_does_not_know_where_its_list_came_from(congvan, files, letter_004):
    address = f"sqlite:///{files.as_posix()}/so.db?query=SELECT ten FROM so WHERE '{SECRET}' <> ''"
    done = congvan("render", letter_004.issued, "--recipients", address, "--formats", "docx", "-o", "out")

    assert done.status == 0, done.err
    assert "Sở Nội vụ" in (files / "out" / "manifest.csv").read_text(encoding="utf-8-sig")
    assert all(SECRET.encode() not in path.read_bytes() for path in files.rglob("*") if path.is_file())


def test_a_template_alone_takes_records_and_no_list(congvan, files):
    done = congvan("render", "mau.docx", "--recipients", "thon.csv", "--data", "thon.csv")

    assert done.status == 2
    assert "--data" in done.err


@pytest.mark.parametrize("lists", [("a.csv", "b.csv"), ("tinh=a.csv", "tinh=b.csv"), ("a.csv", "tinh=b.csv")])
def test_a_tier_has_one_list(congvan, letter_004, lists):
    given = [word for one in lists for word in ("--recipients", one)]

    assert congvan("plan", letter_004.draft, *given).status == 2


def test_a_sheet_for_a_template_has_its_fields_and_is_rendered_from(congvan, files):
    made = congvan("template", "sheet", "mau.docx", "-o", "ds.xlsx", "--json")

    assert made.status == 0, made.err
    assert json.loads(made.out)["trang"] == [{"cap": "", "cot": ["ho_ten", "ong_ba", "so_tien"]}]
    rows = CalamineWorkbook.from_path(files / "ds.xlsx").get_sheet_by_index(0).to_python()
    assert rows == [["Họ tên", "Ông/Bà", "so_tien"]]


@pytest.mark.parametrize(
    ("words", "columns"), [((), ["ho_ten"]), (("--all",), ["ho_ten", "so"]), (("xa",), ["xa", "ten", "ho_ten"])]
)
def test_what_congvan_fills_in_itself_has_no_column_unless_it_is_asked_for(congvan, files, words, columns):
    made = congvan("template", "sheet", "thu.docx", *words, "-o", "ds.xlsx", "--json")

    assert json.loads(made.out)["trang"][0]["cot"] == columns


def test_a_sheet_for_a_campaign_is_made_before_there_are_any_lists(congvan, letter_004):
    (letter_004.folder / "nguoi-nhan.csv").unlink()
    done = congvan("template", "sheet", letter_004.draft, "-o", "ds.xlsx")

    assert (done.status, done.out) == (0, "ds.xlsx (tinh): cột Tên, Nhóm.\n"), done.err
    assert congvan("template", "sheet", letter_004.draft, "thon", "-o", "x.xlsx").status == 1


def test_a_sheet_for_a_built_in_kind_has_what_its_addressees_need(congvan, tmp_path):
    done = congvan("template", "sheet", "thong-bao", "thon", "--province", "38", "--era", "2021", "-o", "ds.xlsx")

    assert done.status == 0, done.err
    assert CalamineWorkbook.from_path(tmp_path / "ds.xlsx").get_sheet_by_index(0).to_python()[0] == [
        "Mã tỉnh", "Tỉnh", "Mã huyện", "Huyện", "Mã xã", "Xã", "Thôn", "Họ tên", "Ông/Bà", "Chức danh",
    ]  # fmt: skip
    assert congvan("check", "ds.xlsx").status == 1  # nothing is filled in yet


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("cong-vann", "-o", "x.xlsx"), 2),
        (("mau.docx", "xa", "thon", "-o", "x.xlsx"), 2),
        (("mau.docx", "-o", "thon.csv"), 2),
        (("mau.docx", "-o", "x.csv"), 2),
        (("khong-co.docx", "-o", "x.xlsx"), 2),
        (("cong-van", "huyen", "--province", "38", "-o", "x.xlsx"), 1),
    ],
)
def test_a_sheet_that_cannot_be_made_leaves_nothing_behind(congvan, files, words, status):
    done = congvan("template", "sheet", *words)

    assert done.status == status
    assert "Traceback" not in done.err
    assert not list(files.glob("x.*"))
    assert (files / "thon.csv").read_text(encoding="utf-8") == HAMLETS
