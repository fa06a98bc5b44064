"""An office from the command line: several campaigns, one book, and no command that guesses."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from congvan.campaign.accepted_offices import is_accepted
from congvan.register import Register
from congvan.support.computer_user import real_user


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def office(congvan, tmp_path):
    """An office made by ``congvan init``, with a second campaign in ``dot/thang-7``."""
    for folder in ("co-quan", "co-quan/dot/thang-7"):
        made = congvan("init", folder)
        assert (made.status, made.err) == (0, "")
    folder = tmp_path / "co-quan"
    second = folder / "dot" / "thang-7" / "campaign.yaml"
    return SimpleNamespace(folder=folder, first=folder / "campaign.yaml", second=second, book=folder / "so.sqlite3")


def numbers(book):
    with Register.open(book) as register:
        return [(line.khoa.partition("/")[0], line.so) for line in register.entries("cong-ty")]


def test_two_campaigns_of_an_office_never_take_the_same_number(congvan, office):
    for campaign in (office.first, office.second):
        made = congvan("render", campaign, "--formats", "docx", "--only", "tinh")
        assert made.status == 0, made.err
        assert f"Sổ đăng ký: {office.book.as_posix()} (cơ quan Công ty Điện lực Thanh Hóa)." in made.err

    assert numbers(office.book) == [("dot-dau-tien", 101), ("thang-7", 102)]
    assert [path.name for path in office.folder.rglob("*.sqlite3")] == ["so.sqlite3"]


def test_two_campaigns_that_run_at_once_share_one_series(congvan, office):
    with ThreadPoolExecutor(2) as clerks:
        done = list(
            clerks.map(lambda path: congvan("render", path, "--formats", "docx"), (office.first, office.second))
        )

    assert [one.status for one in done] == [0, 0], done
    with Register.open(office.book) as register:
        lines = list(register.entries())
        assert register.verify().ok
    for body, first in (("cong-ty", 101), ("doi-hau-loc", 12), ("doi-bim-son", 7)):
        taken = [line.so for line in lines if (line.don_vi, line.nam) == (body, 2026)]
        assert taken == list(range(first, first + len(taken)))
    assert len(lines) == 18


def test_a_campaign_made_in_an_office_uses_its_bodies_and_has_a_code_of_its_own(congvan, office):
    made = {path.name for path in office.second.parent.rglob("*") if path.is_file()}
    checked = congvan("check", office.second)

    assert (checked.status, checked.out.strip()) == (0, "Không có lỗi.")
    assert made == {"campaign.yaml", "tinh.csv", "xa.csv", "thon.csv", "tinh.md", "xa.md", "thon.md"}
    assert "\nma: thang-7 " in office.second.read_text(encoding="utf-8")


def test_campaigns_of_one_name_in_two_folders_have_two_codes(congvan, office):
    assert congvan("init", office.folder / "2027" / "thang-7").status == 0
    text = (office.folder / "2027" / "thang-7" / "campaign.yaml").read_text(encoding="utf-8")

    assert "\nma: 2027-thang-7 " in text


def test_an_office_made_by_init_is_the_users_own(office, tmp_path):
    assert is_accepted(office.folder)
    assert not is_accepted(tmp_path)


@pytest.mark.parametrize("command", ["check", "plan", "status"])
def test_looking_says_which_book_is_used_and_writes_nothing(congvan, office, command):
    before = files(office.folder)
    done = congvan(command, office.second)

    assert done.status == 0
    assert done.err.count("Sổ đăng ký: ") == 1
    assert files(office.folder) == before


def test_the_book_stands_in_the_json_of_each_command(congvan, office):
    book = {"noi": office.book.as_posix(), "co_quan": "Công ty Điện lực Thanh Hóa"}
    for words in (["plan"], ["status"], ["render", "--formats", "docx"]):
        assert json.loads(congvan(*words, office.first, "--json").out)["so_dang_ky"] == book
    (noted,) = json.loads(congvan("check", office.second, "--json").out)

    assert (noted["code"], noted["values"]["book"]) == ("office-book", office.book.as_posix())


def test_a_draft_uses_no_book_and_names_none(congvan, office):
    made = congvan("render", office.first, "--draft", "--formats", "docx", "--json")

    assert (made.status, made.err) == (0, "")
    assert json.loads(made.out)["so_dang_ky"] is None
    assert not office.book.exists()


def test_a_campaign_outside_any_office_says_that_its_book_is_its_own(congvan, letter_004):
    (letter_004.issued.parent / "co-quan.yaml").unlink()
    planned = congvan("plan", letter_004.issued)

    assert planned.status == 0
    assert "so-cong-thuong/so.sqlite3, riêng cho thư mục này" in planned.err


def test_a_register_that_is_chosen_is_said_to_be(congvan, office, tmp_path):
    planned = congvan("plan", office.first, "--register", tmp_path / "khac.sqlite3")

    assert "khac.sqlite3 (theo --register)" in planned.err


def test_books_are_looked_at_from_any_folder_of_the_office(congvan, office, tmp_path):
    congvan("render", office.first, "--formats", "docx", "--only", "tinh")
    shown = congvan("register", "show", within=office.second.parent)

    assert shown.status == 0
    assert "[dot-dau-tien/tinh/tinh]" in shown.out
    assert congvan("register", "verify", within=office.second.parent).status == 0


def test_status_counts_letters_by_tier_and_state(congvan, office):
    congvan("render", office.first, "--formats", "docx", "--only", "tinh,xa")
    key = "dot-dau-tien/xa/14812"
    congvan("register", "void", key, "--ly-do", "nhầm", "--register", office.book)
    told = json.loads(congvan("status", office.first, "--json").out)

    assert [(tier["cap"], tier["du_kien"], tier["chua_co_so"]) for tier in told["dot"][0]["cap"]] == [
        ("tinh", 1, 0),
        ("xa", 3, 0),
        ("thon", 5, 5),
    ]
    assert told["dot"][0]["cap"][1]["trang_thai"]["void"] == 1
    assert "xa: 3 dự kiến, 0 chưa có số" in congvan("status", office.first).out


def test_status_names_numbers_whose_letter_is_gone_from_the_list(congvan, office):
    congvan("render", office.first, "--formats", "docx")
    path = office.folder / "noi-nhan" / "thon.csv"
    path.write_text("".join(path.read_text("utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")

    assert "1 không còn trong danh sách" in congvan("status", office.first).out


def test_status_without_a_campaign_lists_all_of_the_book(congvan, office):
    assert "Sổ chưa có số nào." in congvan("status", within=office.folder).out
    for campaign in (office.first, office.second):
        congvan("render", campaign, "--formats", "docx", "--only", "tinh")
    told = congvan("status", within=office.second.parent)

    assert [line for line in told.out.splitlines() if not line.startswith(" ")] == ["dot-dau-tien", "thang-7"]
    assert "cơ quan Công ty Điện lực Thanh Hóa" in told.err


def test_a_book_in_the_folder_itself_is_not_taken_for_the_offices(congvan, with_its_own_book):
    own = congvan("status", within=with_its_own_book.second.parent)

    assert own.out.splitlines()[0] == "thang-7"
    assert "so.sqlite3, riêng cho thư mục này" in own.err
    assert "cơ quan Công ty Điện lực" in congvan("status", within=with_its_own_book.folder).err


@pytest.fixture
def of_a_stranger(office, settings):
    """The same office as it came by mail: nobody here has accepted it, and its register is elsewhere."""
    shutil.rmtree(settings / "congvan")
    with (office.folder / "co-quan.yaml").open("a", encoding="utf-8") as file:
        file.write("so_dang_ky: ../so-chung.sqlite3\n")
    return office


@pytest.mark.parametrize("command", ["check", "plan", "render", "status"])
def test_a_strangers_office_gives_no_leave_to_a_register_elsewhere(congvan, of_a_stranger, command, tmp_path):
    before = files(tmp_path)
    done = congvan(command, of_a_stranger.second)

    assert done.status == 1
    assert "[office-leave-missing]" in done.err
    assert f'--office "{of_a_stranger.folder}"' in done.err
    assert files(tmp_path) == before


def test_an_office_once_accepted_stays_accepted(congvan, of_a_stranger, tmp_path):
    accepted = congvan("plan", of_a_stranger.second, "--office", of_a_stranger.folder)
    later = congvan("plan", of_a_stranger.first)

    assert (accepted.status, later.status) == (0, 0)
    assert f"Sổ đăng ký: {(tmp_path / 'so-chung.sqlite3').as_posix()}" in later.err


def test_a_draft_and_a_chosen_register_need_no_leave(congvan, of_a_stranger, tmp_path):
    draft = congvan("render", of_a_stranger.first, "--draft", "--formats", "docx", "--only", "tinh")
    chosen = congvan("plan", of_a_stranger.first, "--register", tmp_path / "khac.sqlite3")

    assert (draft.status, chosen.status) == (0, 0), draft.err + chosen.err


def test_an_office_that_is_none_is_not_accepted(congvan, office, tmp_path):
    (tmp_path / "khac").mkdir()
    done = congvan("plan", office.first, "--office", tmp_path / "khac")

    assert done.status == 1
    assert "[office-missing]" in done.err
    assert not is_accepted(tmp_path / "khac")


def test_the_office_is_about_campaigns(congvan, office):
    refused = congvan("check", office.folder / "noi-nhan" / "thon.csv", "--office", office.folder)

    assert refused.status == 2
    assert "--office" in refused.err


@pytest.fixture
def with_its_own_book(congvan, office, tmp_path):
    """A campaign that ran outside the office, and was moved into it with its book."""
    alone = tmp_path / "rieng"
    shutil.copytree(office.second.parent, alone)
    shutil.copy(office.folder / "don-vi.csv", alone)
    campaign = alone / "campaign.yaml"
    campaign.write_text(f"{campaign.read_text('utf-8')}\ndon_vi: don-vi.csv\n", encoding="utf-8")
    assert congvan("render", campaign, "--formats", "docx", "--only", "tinh").status == 0
    shutil.rmtree(office.second.parent)
    alone.rename(office.second.parent)
    return office


def test_a_campaign_with_its_own_book_is_refused_until_the_book_is_moved(congvan, with_its_own_book):
    office, own = with_its_own_book, with_its_own_book.second.parent / "so.sqlite3"
    before = files(office.folder)
    refused = congvan("render", office.second, "--formats", "docx")

    assert (refused.status, files(office.folder)) == (1, before)
    assert "[office-own-book]" in refused.err

    checked = congvan("register", "import", own, "--check")
    assert (checked.status, files(office.folder)) == (0, before)
    moved = congvan("register", "import", own)
    assert moved.status == 0, moved.err
    assert "đã nhập 1" in moved.out
    assert [path.name for path in own.parent.glob("*.sqlite3")] == ["so.da-nhap.sqlite3"]

    assert congvan("render", office.second, "--formats", "docx", "--only", "tinh").status == 0
    assert numbers(office.book) == [("thang-7", 101)]


def test_a_book_that_does_not_fit_into_the_offices_stays_where_it_is(congvan, with_its_own_book):
    office, own = with_its_own_book, with_its_own_book.second.parent / "so.sqlite3"
    assert congvan("render", office.first, "--formats", "docx", "--only", "tinh").status == 0
    refused = congvan("register", "import", own, "--json")

    assert refused.status == 1
    assert [one["code"] for one in json.loads(refused.out)["findings"]] == ["register-number-taken"]
    assert own.exists()
    assert numbers(office.book) == [("dot-dau-tien", 101)]


def test_a_book_goes_nowhere_where_no_office_is_around_it(congvan, letter_004):
    assert congvan("render", letter_004.issued, "--formats", "docx").status == 0
    refused = congvan("register", "import", letter_004.folder / "so.sqlite3")

    assert refused.status == 2
    assert "--register" in refused.err


def test_a_book_is_not_entered_into_itself(congvan, letter_004):
    assert congvan("render", letter_004.issued, "--formats", "docx").status == 0

    assert (
        congvan(
            "register", "import", letter_004.folder / "so.sqlite3", "--register", letter_004.folder / "so.sqlite3"
        ).status
        == 2
    )


def test_a_spreadsheet_still_needs_its_body_and_year(congvan, tmp_path):
    (tmp_path / "so-cu.csv").write_text("Số\n1\n", encoding="utf-8")

    assert congvan("register", "import", "so-cu.csv").status == 2


def test_a_folder_copied_from_last_year_with_its_code_is_refused(congvan, office, tmp_path):
    assert congvan("render", office.first, "--formats", "docx", "--only", "tinh").status == 0
    copy = office.folder / "dot" / "nam-sau"
    shutil.copytree(office.second.parent, copy)
    office.first.rename(office.first.with_suffix(".cu"))  # only the book still knows the code
    text = (copy / "campaign.yaml").read_text(encoding="utf-8").replace("ma: thang-7", "ma: dot-dau-tien")
    for before, after in (("2028-", "2029-"), ("2027-", "2028-"), ("2026-", "2027-")):
        text = text.replace(before, after)
    (copy / "campaign.yaml").write_text(text, encoding="utf-8")
    before = files(office.folder)
    refused = congvan("render", copy / "campaign.yaml")

    assert refused.status == 1
    assert "[register-campaign-copied]" in refused.err
    assert "dot-dau-tien-2027" in refused.err
    assert files(office.folder) == before


def test_two_campaign_files_in_one_folder_have_folders_of_their_own(congvan, letter_004):
    other = letter_004.folder / "khac.yaml"
    other.write_text(letter_004.issued.read_text("utf-8").replace("ma: ", "ma: khac-", 1), encoding="utf-8")
    assert congvan("render", letter_004.issued, "--formats", "docx").status == 0
    first = files(letter_004.folder / "out")
    assert congvan("render", other, "--formats", "docx").status == 0
    both = files(letter_004.folder / "out")

    assert {name: both[name] for name in first} == first
    assert len({name.partition("/")[0] for name in both}) == 2


def test_the_folder_of_another_campaign_is_refused_with_both_names(congvan, office):
    assert (
        congvan("render", office.first, "--formats", "docx", "--only", "tinh", "-o", office.folder / "van").status == 0
    )
    before = files(office.folder)
    refused = congvan("render", office.second, "-o", office.folder / "van")

    assert refused.status == 1
    assert "«dot-dau-tien»" in refused.err
    assert "«thang-7»" in refused.err
    assert files(office.folder) == before


def test_letters_of_the_earlier_default_folder_are_named_and_stay(congvan, office):
    earlier = office.folder / "out"
    assert congvan("render", office.first, "--formats", "docx", "-o", earlier).status == 0
    before = files(earlier)
    again = congvan("render", office.first, "--formats", "docx")
    after = files(earlier)

    assert again.status == 0
    assert "[batch-earlier-folder]" in again.err
    assert {name: after[name] for name in before} == before
    assert (earlier / "dot-dau-tien" / "manifest.json").exists()


@pytest.fixture
def allow(office):
    """Let the office give its rights to these users alone; ``me`` is who runs the test."""
    file = office.folder / "co-quan.yaml"
    plain = file.read_text("utf-8")

    def write(cap_so, ban_hanh):
        rights = {"cap_so": [cap_so.replace("me", real_user())], "ban_hanh": [ban_hanh]}
        file.write_text(f"{plain}\nquyen: {json.dumps(rights)}\n", encoding="utf-8")

    return write


def test_only_users_the_office_names_take_numbers(congvan, office, allow, monkeypatch):
    command = ("render", office.first, "--formats", "docx", "--only", "tinh")
    allow("vanthu", "vanthu")
    monkeypatch.setenv("LOGNAME", "vanthu")
    refused = congvan(*command)
    assert refused.status == 1
    assert f"Người dùng «{real_user()}» không được cấp số" in refused.err
    assert not office.book.exists()
    assert congvan(*command, "--draft").status == 0
    assert congvan("plan", office.first).status == congvan("check", office.first).status == 0

    allow("me", "vanthu")
    assert congvan(*command).status == 0
    allow("vanthu", "vanthu")
    assert congvan(*command).status == 0, "they have their numbers already"


def test_only_users_the_office_names_issue_void_or_enter(congvan, office, allow):
    allow("me", "chanhvp")
    assert congvan("render", office.first, "--formats", "docx", "--only", "tinh").status == 0
    before = numbers(office.book)
    for command in (
        ("issue", office.first, "--only", "tinh"),
        ("register", "delivered", "101/ĐL-KD", "--register", office.book),
    ):
        refused = congvan("--lang", "en", *command)
        assert (refused.status, "may not issue letters" in refused.err) == (1, True), refused.err
    allow("vanthu", "chanhvp")
    for command in (
        ("void", "101/ĐL-KD", "--ly-do", "nhầm", "--nguoi", "vanthu"),
        ("restore", office.folder / "khong-co.sqlite3"),
    ):
        refused = congvan("register", *command, "--register", office.book)
        assert refused.status == 1, (command, refused.err)
        assert "không được cấp số" in refused.err, command
    assert numbers(office.book) == before
