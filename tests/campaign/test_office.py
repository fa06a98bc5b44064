"""An office: one folder with ``co-quan.yaml``, and campaigns below it that share what it says."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvan.campaign import accepted_offices, load_campaign, office_of
from congvan.campaign.file import office_file
from congvan.campaign.list_fields import list_fields
from congvan.errors import CampaignError
from congvan.recipients import AllowedDatabases


def codes(found):
    return [one.code for one in found]


def refusal(call):
    with pytest.raises(CampaignError) as refused:
        call()
    return list(refused.value.report.errors)


def test_a_campaign_has_the_name_bodies_and_book_of_the_office_above_it(office):
    campaign = office.campaign.load()

    assert campaign.office.ten == "Công ty Điện lực Thanh Hóa"
    assert list(campaign.don_vi) == ["pcth", "dlhl", "dlht"]
    assert campaign.book == office.path / "so.sqlite3"
    assert len(office.campaign.plan().letters) == 6


def test_a_campaign_outside_any_office_has_a_book_beside_it(folder):
    campaign = folder.load()

    assert (campaign.office, campaign.book) == (None, folder.path / "so.sqlite3")


def test_style_and_days_off_of_the_office_count_for_all_its_campaigns(office):
    office.write("trinh-bay.yaml", "le_trai: 35\n")
    office.add("co-quan.yaml", "mau_trinh_bay: trinh-bay.yaml\nngay_nghi: [2021-08-02]\n")
    campaign = office.campaign.load()

    assert {letter.trinh_bay.le_trai for letter in office.campaign.plan().letters} == {35}
    assert campaign.thoi_han.ngay_nghi == campaign.office.ngay_nghi == {date(2021, 8, 2)}


def test_what_the_campaign_says_itself_counts_before_the_office(office):
    office.write("trinh-bay.yaml", "le_trai: 35\n")
    office.add("co-quan.yaml", "mau_trinh_bay: trinh-bay.yaml\nngay_nghi: [2021-08-02]\nkhi_da_ban_hanh: dung\n")
    own = office.campaign
    own.write("trinh-bay.yaml", "le_trai: 31\n")
    own.write("don-vi.csv", (office.path / "don-vi.csv").read_text("utf-8").replace("Đỗ Văn Giang", "Ngô Thị Nhạn"))
    own.add(
        "dot.yaml",
        "mau_trinh_bay: trinh-bay.yaml\ndon_vi: don-vi.csv\nthoi_han: {ngay_nghi: [2021-08-09]}\nkhi_da_ban_hanh: giu\n",
    )
    campaign = own.load()

    assert own.plan().letters[0].trinh_bay.le_trai == 31
    assert campaign.don_vi["pcth"].truong["giam_doc"] == "Ngô Thị Nhạn"
    assert campaign.thoi_han.ngay_nghi == {date(2021, 8, 9)}
    assert campaign.khi_da_ban_hanh == "giu"


def test_what_to_do_about_issued_letters_comes_from_the_office(office):
    assert office.campaign.load().khi_da_ban_hanh == "giu"
    office.add("co-quan.yaml", "khi_da_ban_hanh: dung\n")

    assert office.campaign.load().khi_da_ban_hanh == "dung"


def test_a_register_or_databases_are_no_key_of_a_campaign(office):
    office.campaign.add("dot.yaml", "so_dang_ky: so-khac.sqlite3\ncho_phep: [may-chu]\n")

    assert codes(office.campaign.refusals()) == ["campaign-key-unknown", "campaign-key-unknown"]


def test_two_names_of_the_style_at_once_are_refused(folder):
    folder.write("a.yaml", "le_trai: 35\n")
    folder.add("dot.yaml", "nha: a.yaml\nmau_trinh_bay: a.yaml\n")

    assert codes(folder.refusals()) == ["campaign-style-twice"]


def test_the_nearest_office_counts(office):
    office.campaign.write("co-quan.yaml", "ten: Điện lực Hậu Lộc\ndon_vi: ../../don-vi.csv\n")
    found, _ = office_of(office.campaign.path)

    assert (found.folder, found.ten) == (office.campaign.path, "Điện lực Hậu Lộc")


@given(depth=st.integers(0, 6), at=st.sets(st.integers(0, 6)))
def test_of_any_offices_above_a_campaign_the_nearest_is_found(tmp_path_factory, depth, at):
    folders = [tmp_path_factory.mktemp("co-quan")]
    for level in range(6):
        folders.append(folders[-1] / f"cap-{level}")
    folders[-1].mkdir(parents=True)
    for level in at:
        (folders[level] / "co-quan.yaml").write_text(f"ten: Cơ quan {level}\n", encoding="utf-8")
    found, wrong = office_of(folders[depth])
    above = [level for level in at if level <= depth]

    assert (found and found.ten, wrong) == (f"Cơ quan {max(above)}" if above else None, [])


def test_the_office_of_a_folder_named_by_a_detour_is_its_own(office, tmp_path):
    (tmp_path / "khac" / "sau").mkdir(parents=True)
    (tmp_path / "khac" / "co-quan.yaml").write_text("ten: Khác\n", encoding="utf-8")

    assert office_of(tmp_path / "khac" / "sau" / ".." / ".." / "co-quan" / "dot")[0].folder == office.path
    assert office_of(tmp_path / "khac" / "..")[0] is None


def test_a_folder_that_is_still_to_be_made_belongs_to_the_office_around_it(office):
    assert office_of(office.path / "dot" / "2022" / "quy-1")[0].folder == office.path


def test_the_search_stops_at_home(office, monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: office.path)

    assert office_of(office.campaign.path) == (None, [])


def test_a_user_without_a_home_has_offices_all_the_same(office, monkeypatch):
    def homeless():
        raise RuntimeError("no home")

    monkeypatch.setattr(Path, "home", homeless)

    assert office_of(office.campaign.path)[0].folder == office.path


@pytest.fixture
def of_another(office, monkeypatch):
    """The office's folder belongs to somebody else."""
    monkeypatch.setattr(office_file, "_owner", lambda folder: 7 if folder == office.path else 1)
    return office


def test_a_folder_of_another_owner_is_no_office_and_that_is_said(of_another):
    found, wrong = office_of(of_another.campaign.path)

    assert found is None
    assert [(one.code, one.severity) for one in wrong] == [("office-of-another-owner", "warning")]


def test_an_office_of_another_owner_that_was_accepted_is_found(of_another):
    accepted_offices.accept_office(of_another.path)

    assert office_of(of_another.campaign.path)[0].folder == of_another.path


def test_a_wrong_key_of_the_office_is_told_with_its_line_and_the_nearest_key(office):
    office.write("co-quan.yaml", "ten: Công ty\ndon_vi: don-vi.csv\nso_dang_kí: so.sqlite3\nkhi_da_ban_hanh: bo\n")
    unknown, choice = office.campaign.refusals()

    assert (unknown.code, unknown.place.line, unknown.values["near"]) == ("campaign-key-unknown", 3, "so_dang_ky")
    assert unknown.place.file.endswith("co-quan/co-quan.yaml")
    assert (choice.code, choice.place.line) == ("campaign-value-not-choice", 4)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "office-empty"),
        ("- ten: a\n", "office-empty"),
        ("ten: 'a\n", "campaign-yaml"),
        ("don_vi: don-vi.csv\n", "campaign-key-missing"),
        ("ten: A\ndon_vi: khong-co.csv\n", "campaign-file-missing"),
        ("ten: A\ndon_vi: don-vi.csv\nmau_trinh_bay: khong-co.yaml\n", "campaign-file-missing"),
        ("ten: A\ndon_vi: don-vi.csv\nbo_qua: [letter-part-empty]\n", "office-ignored-error"),
        ("ten: A\ndon_vi: don-vi.csv\nbo_qua: [campaign-tone-mark]\n", "office-ignored-unknown"),
    ],
)
def test_an_office_file_that_is_wrong_stops_its_campaigns(office, text, code):
    office.write("co-quan.yaml", text)
    found = office.campaign.refusals()

    assert [one.code for one in found] == [code]
    assert found[-1].place.file.endswith("co-quan.yaml")


def test_an_office_file_that_is_no_text_stops_its_campaigns(office):
    (office.path / "co-quan.yaml").write_bytes(b"ten: \xff\xfe\n")

    assert "office-unreadable" in codes(office.campaign.refusals())


def test_without_an_office_the_bodies_are_still_asked_for(folder):
    folder.change("dot.yaml", "don_vi: don-vi.csv\n", "")
    (found,) = folder.refusals()

    assert (found.code, found.place.key) == ("campaign-key-missing", "don_vi")


def test_warnings_the_office_does_not_want_are_left_out(office):
    office.campaign.change("dot.yaml", "cap:\n", "pham_vi: ['400']\ncap:\n")
    noted = codes(office.campaign.plan().report)
    office.add("co-quan.yaml", "bo_qua: [campaign-scope-left-out]\n")

    assert "campaign-scope-left-out" in noted
    assert codes(office.campaign.plan().report) == [one for one in noted if one != "campaign-scope-left-out"]


def test_the_columns_of_a_blank_list_are_found_in_an_office_too(office):
    assert [one.cap for one in list_fields(office.campaign.path / "dot.yaml")] == ["tinh", "huyen", "thon"]


def elsewhere(office, line):
    office.add("co-quan.yaml", line)
    return office.campaign


OUTSIDE = ["postgresql://vanthu@may-chu/so", "../so.sqlite3", "dot/../../so.sqlite3", "/so/so.sqlite3", "//may/so/s.db"]


@pytest.mark.parametrize("book", OUTSIDE)
def test_a_register_outside_the_folder_counts_only_in_an_accepted_office(office, book):
    campaign = elsewhere(office, f"so_dang_ky: {book}\n").load()  # names and style count
    (found,) = refusal(lambda: campaign.book)

    assert (found.code, found.place.key, found.values["key"]) == ("office-leave-missing", "so_dang_ky", "so_dang_ky")
    assert f'--office "{office.path}"' in found.hint
    accepted_offices.accept_office(office.path)
    assert str(office.campaign.load().book).endswith(book.rpartition("/")[2])


def test_a_register_inside_the_folder_needs_no_leave(office):
    assert elsewhere(office, "so_dang_ky: so/2021.sqlite3\n").load().book == office.path / "so" / "2021.sqlite3"


def test_a_register_behind_a_link_that_leads_outside_needs_leave(office, tmp_path):
    (tmp_path / "ngoai").mkdir()
    try:
        (office.path / "so").symlink_to(tmp_path / "ngoai", target_is_directory=True)
    except OSError:
        pytest.skip("this user may not make links")
    campaign = elsewhere(office, "so_dang_ky: so/so.sqlite3\n").load()

    assert codes(refusal(lambda: campaign.book)) == ["office-leave-missing"]


def test_a_password_in_the_registers_address_is_not_shown(office):
    from congvan.campaign.book import BookInUse

    accepted_offices.accept_office(office.path)
    campaign = elsewhere(office, "so_dang_ky: postgresql://vanthu:mat-khau@may-chu/so\n").load()
    book = BookInUse(campaign.book, campaign.office)

    assert campaign.book == "postgresql://vanthu:mat-khau@may-chu/so"
    assert "mat-khau" not in f"{book.note}{book.as_dict()}"
    assert "vanthu:***@may-chu" in book.note.message


@pytest.mark.parametrize(("key", "name"), [("don_vi", "don-vi.csv"), ("mau_trinh_bay", "trinh-bay.yaml")])
def test_tables_and_styles_outside_the_folder_need_leave_where_the_campaign_has_none(office, key, name):
    (office.path.parent / name).write_text((office.path / "don-vi.csv").read_text("utf-8"), encoding="utf-8")
    (office.path.parent / "trinh-bay.yaml").write_text("le_trai: 35\n", encoding="utf-8")
    text = (office.path / "co-quan.yaml").read_text("utf-8")
    office.write("co-quan.yaml", (text.replace("don_vi: don-vi.csv\n", "") if key == "don_vi" else text))
    elsewhere(office, f"{key}: ../{name}\n")

    assert [(one.code, one.place.key) for one in office.campaign.refusals()] == [("office-leave-missing", key)]
    accepted_offices.accept_office(office.path)
    assert office.campaign.load()


def test_databases_count_only_in_an_accepted_office_but_files_inside_it_always(office):
    elsewhere(office, "cho_phep: [may-chu, ./danh-sach, ../ngoai]\n")
    before, _ = office_of(office.campaign.path)
    accepted_offices.accept_office(office.path)
    after, _ = office_of(office.campaign.path)

    assert before.databases == (str(office.path / "danh-sach"),)
    assert after.databases == ("may-chu", str(office.path / "danh-sach"), str(office.path.parent / "ngoai"))
    assert AllowedDatabases.of(after.databases).hosts == {"may-chu"}


def test_a_list_from_a_server_the_office_allows_names_the_way_out(office):
    elsewhere(office, "cho_phep: [may-chu]\n")
    address = "postgresql://vanthu@may-chu/nhan_su?query=SELECT 1"
    office.campaign.change("dot.yaml", "nguoi_nhan: thon.csv", f"nguoi_nhan: {address}")

    assert {"recipients-database-not-allowed", "office-leave-missing"} <= {*codes(office.campaign.refusals())}


def test_lists_in_the_office_may_come_from_the_databases_it_allows(office, tmp_path):
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(office.path / "nhan-su.db")) as connection, connection:
        connection.execute("CREATE TABLE noi_nhan (ma, ten)")
        connection.execute("INSERT INTO noi_nhan VALUES ('ubnd', 'UBND tỉnh Thanh Hóa')")
    address = "sqlite:///../../nhan-su.db?query=SELECT ma, ten FROM noi_nhan"
    office.campaign.change("dot.yaml", "nguoi_nhan: tinh.csv", f"nguoi_nhan: '{address}'")
    assert "recipients-database-not-allowed" in codes(office.campaign.refusals())
    elsewhere(office, "cho_phep: [./nhan-su.db]\n")

    assert len(office.campaign.load().cap[0].nguoi_nhan) == 1


def test_python_accepts_an_office_for_one_call(office):
    elsewhere(office, "so_dang_ky: ../so.sqlite3\n")
    path = office.campaign.path / "dot.yaml"

    assert load_campaign(path, office=office.path).book == office.path.parent / "so.sqlite3"
    assert codes(refusal(lambda: load_campaign(path).book)) == ["office-leave-missing"]


def test_the_office_that_is_chosen_must_be_the_campaigns_own(office, tmp_path):
    path = office.campaign.path / "dot.yaml"
    (tmp_path / "khac").mkdir()
    missing = refusal(lambda: load_campaign(path, office=tmp_path / "khac"))
    (tmp_path / "khac" / "co-quan.yaml").write_text("ten: Khác\n", encoding="utf-8")
    other = refusal(lambda: load_campaign(path, office=tmp_path / "khac"))

    assert "office-missing" in codes(missing)
    assert "office-not-above" in codes(other)


def test_a_campaign_with_a_book_of_its_own_refuses_the_offices(office):
    office.campaign.write("so.sqlite3", "sổ riêng")
    campaign = office.campaign.load()
    (found,) = refusal(lambda: campaign.book)

    assert found.code == "office-own-book"
    assert "register import" in found.hint


def test_a_campaign_beside_the_offices_file_shares_its_book(office):
    office.write("so.sqlite3", "sổ của cơ quan")
    for path in list(office.campaign.path.iterdir()):
        path.rename(office.path / path.name)

    assert load_campaign(office.path / "dot.yaml").book == office.path / "so.sqlite3"


def test_a_copied_folder_that_kept_its_code_is_refused_with_the_other_file_and_a_new_code(office):
    shutil.copytree(office.campaign.path, office.path / "dot" / "2022")
    campaign = load_campaign(office.path / "dot" / "2022" / "dot.yaml")
    (found,) = refusal(lambda: campaign.book)

    assert (found.code, found.values["new"]) == ("office-code-twice", "2022")
    assert found.values["other"] == (office.campaign.path / "dot.yaml").as_posix()


def test_an_office_inside_the_office_has_codes_of_its_own(office):
    inner = type(office)(office.path / "doi-hau-loc")

    assert office.campaign.load().book == office.path / "so.sqlite3"
    assert inner.campaign.load().book == inner.path / "so.sqlite3"


def test_versions_of_a_campaign_in_one_folder_and_its_letters_are_no_second_campaign(office):
    text = (office.campaign.path / "dot.yaml").read_text(encoding="utf-8")
    office.campaign.write("ban-truoc.yaml", text)
    for folder, manifest in (("out/a", "manifest.json"), (".sao-luu", "x")):
        (office.path / folder / "sau").mkdir(parents=True)
        (office.path / folder / manifest).write_text("{}", encoding="utf-8")
        (office.path / folder / "sau" / "dot.yaml").write_text(text, encoding="utf-8")
    office.write("khac.yaml", "ten: x\n# ma: xoa-thu-2021\nnguoi: {ma: xoa-thu-2021}\n")
    (office.path / "hong.yaml").write_bytes(b"\xff\x00ma")

    assert office.campaign.load().book == office.path / "so.sqlite3"


@pytest.mark.parametrize(
    "line", ["ma: xoa-thu-2021", 'ma: "xoa-thu-2021"', "ma:   xoa-thu-2021  # mã", "ma : xoa-thu-2021"]
)
def test_a_code_is_seen_in_any_way_of_writing_it(office, line):
    office.write("khac.yaml", f"# đợt khác\nten: Khác\n{line}\n")

    assert codes(refusal(lambda: office.campaign.load().book)) == ["office-code-twice"]


def test_days_worked_of_the_office_count_where_the_campaign_names_none(office):
    office.add("co-quan.yaml", "ngay_lam_bu: [2021-08-07]\n")
    assert office.campaign.load().thoi_han.ngay_lam_bu == {date(2021, 8, 7)}

    office.campaign.add("dot.yaml", "thoi_han: {ngay_lam_bu: [2021-08-14]}\n")
    assert office.campaign.load().thoi_han.ngay_lam_bu == {date(2021, 8, 14)}


@pytest.mark.parametrize(
    ("rights", "user", "codes"),
    [
        ("", "ai-cung-duoc", []),
        ("quyen: {cap_so: [vanthu]}\n", "VANTHU", []),
        ("quyen: {cap_so: [vanthu]}\n", "khach", ["office-right-cap-so"]),
        ("quyen: {ban_hanh: [vanthu]}\n", "khach", ["office-right-ban-hanh"]),
        ("quyen: {cap_so: [], ban_hanh: []}\n", "vanthu", ["office-right-cap-so", "office-right-ban-hanh"]),
    ],
)
def test_an_office_says_who_may_number_and_who_may_issue(office, rights, user, codes):
    office.add("co-quan.yaml", rights)
    own = office.campaign.load().office

    missing = [own.right_missing(right, user) for right in ("cap_so", "ban_hanh")]
    assert [found.code for found in missing if found] == codes
    assert all(user in found.message and found.place.file.endswith("co-quan.yaml") for found in missing if found)


def test_a_misspelt_right_is_an_error_in_its_line(office):
    office.add("co-quan.yaml", "quyen: {cap_sô: [vanthu]}\n")
    (found,) = refusal(office.campaign.load)
    assert (found.code, found.place.file.rpartition("/")[2]) == ("campaign-key-unknown", "co-quan.yaml")
