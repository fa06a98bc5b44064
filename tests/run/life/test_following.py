"""Issued letters replaced, recalled and corrected: each by a letter with a number and a date of its own."""

import json
from datetime import date

import pytest

import congvan
from congvan.errors import CampaignError, RegisterError
from congvan.register import Register, State

DAY = date(2021, 7, 5)


@pytest.fixture
def issued(project):
    congvan.issue(project.render(formats=["docx"]))
    return plan_of(project)


def plan_of(project):
    return congvan.plan(congvan.load_campaign(project.campaign))


def follow(act, project, *names, **options):
    out = project.folder / "out"
    given = {"day": DAY, "formats": ("docx",), "executor": options.pop("executor", None) or project.executor, **options}
    return act(plan_of(project), names, out, project.register, **given)


def rows(project):
    manifest = json.loads((project.folder / "out" / "manifest.json").read_text(encoding="utf-8"))
    return {(row["so"], row["ky_hieu"]): row["trang_thai"] for row in manifest["van_ban"]}


def notes(project):
    manifest = json.loads((project.folder / "out" / "manifest.json").read_text(encoding="utf-8"))
    return {f"{row['so']:02}/{row['ky_hieu']}": row["ghi_chu"] for row in manifest["van_ban"] if row["ghi_chu"]}


def codes(error):
    return {found.code for found in error.value.report}


def word_files(project):
    return {name: content for name, content in project.files(project.folder / "out").items() if name.endswith(".docx")}


def test_a_replaced_letter_gets_a_new_number_and_says_which_it_replaces(project, issued, word_text):
    before = word_files(project)
    project.change("thon.csv", "Lò Ón", "Lò Văn Ón")
    run = follow(congvan.replace, project, "15/ĐLHL")
    (row,) = run.letters
    assert (row.so, row.ngay, row.trang_thai) == (16, "2021-07-05", "da-cap-so")
    text = "\n".join(word_text((run.out / row.docx.path).read_bytes()))
    assert "Lò Văn Ón" in text
    assert "Công văn này thay thế Công văn số 15/ĐLHL ngày 21 tháng 6 năm 2021 của" in text
    assert rows(project)[15, "ĐLHL"] == "da-thay-the"
    old = next(name for name in word_files(project) if name.endswith("15-DLHL.docx"))
    assert old.startswith("thay-the/3-thon/")
    assert word_files(project)[old] == before[old.removeprefix("thay-the/")]
    with Register.open(project.register) as register:
        assert register.verify().ok


def test_a_later_run_keeps_the_replacement_and_issues_it(project, issued):
    project.change("thon.csv", "Lò Ón", "Lò Văn Ón")
    follow(congvan.replace, project, "15/ĐLHL")
    after = word_files(project)
    run = project.render(formats=["docx"])
    assert word_files(project) == after
    assert {"batch-issued-differs", "batch-letter-changed"}.isdisjoint(found.code for found in run.report)
    congvan.issue(run)
    assert rows(project)[16, "ĐLHL"] == "da-ban-hanh"
    again = project.render(formats=["docx"])
    assert "batch-issued-differs" not in {found.code for found in again.report}
    assert notes(project) == {"15/ĐLHL": "thay bằng 16/ĐLHL", "16/ĐLHL": "thay thế 15/ĐLHL"}
    project.change("thon.csv", "Lò Văn Ón", "Lò Ón")
    follow(congvan.replace, project, "16/ĐLHL")
    assert rows(project)[16, "ĐLHL"] == "da-thay-the"
    assert rows(project)[15, "ĐLHL"] == "da-thay-the"
    assert rows(project)[17, "ĐLHL"] == "da-cap-so"


def test_an_issued_replacement_is_what_the_campaign_says_and_can_be_corrected(project, issued, word_text):
    project.change("thon.csv", "Lò Ón", "Lò Văn Ón")
    follow(congvan.replace, project, "15/ĐLHL")
    congvan.issue(project.render(formats=["docx"]))
    assert "batch-issued-differs" not in {found.code for found in project.render(formats=["docx"]).report}
    project.change("dot.yaml", "trich_yeu: thông báo kế hoạch", "trich_yeu: thông báo kế hoạch tháng 9")
    run = follow(congvan.correct, project, "16/ĐLHL")
    text = "\n".join(word_text((run.out / run.letters[0].docx.path).read_bytes()))
    assert "đính chính Công văn số 16/ĐLHL" in text
    assert "Tại phần trích yếu" in text
    assert text.count("Tại phần") == 1


def test_a_recalled_letter_is_recalled_by_a_letter_to_the_same_recipient(project, issued, word_text):
    run = follow(congvan.recall, project, "15/ĐLHL", reason="gửi nhầm nơi nhận")
    (row,) = run.letters
    text = "\n".join(word_text((run.out / row.docx.path).read_bytes()))
    assert "thu hồi Công văn số 15/ĐLHL ngày 21 tháng 6 năm 2021" in text
    assert "gửi nhầm nơi nhận" in text
    assert "Lò Ón" in text
    assert rows(project)[15, "ĐLHL"] == "da-thu-hoi"
    after = word_files(project)
    congvan.issue(project.render(formats=["docx"]))
    assert word_files(project) == after
    assert rows(project)[16, "ĐLHL"] == "da-ban-hanh"
    assert rows(project)[15, "ĐLHL"] == "da-thu-hoi"
    assert "batch-issued-differs" not in {found.code for found in project.render(formats=["docx"]).report}
    assert notes(project) == {"15/ĐLHL": "thu hồi bằng 16/ĐLHL", "16/ĐLHL": "thu hồi 15/ĐLHL"}


def test_a_corrected_letter_stays_and_its_correction_says_what_is_corrected(project, issued, word_text):
    project.change("dot.yaml", "trich_yeu: thông báo kế hoạch", "trich_yeu: thông báo kế hoạch tháng 9")
    run = follow(congvan.correct, project, "15/ĐLHL")
    (row,) = run.letters
    text = "\n".join(word_text((run.out / row.docx.path).read_bytes()))
    assert "đính chính Công văn số 15/ĐLHL" in text
    assert "thông báo kế hoạch tháng 9" in text
    assert rows(project)[15, "ĐLHL"] == "da-dinh-chinh"
    assert any(name.startswith("3-thon/") and name.endswith("15-DLHL.docx") for name in word_files(project))


@pytest.fixture
def citing(project):
    """Letters whose own lines cite those of the tier above, issued."""
    project.change("thon.md", "{{ ong_ba }} {{ ho_ten }} ", "quý vị ")
    project.change(
        "dot.yaml", "trich_yeu: thông báo kế hoạch", "trich_yeu: thực hiện Công văn số {{ truoc.huyen.so_ky_hieu }}"
    )
    congvan.issue(project.render(formats=["docx"]))


def test_a_correction_of_letters_whose_lines_cite_others_names_what_differs_alone(project, citing, word_text):
    with pytest.raises(CampaignError) as error:
        follow(congvan.correct, project, "15/ĐLHL")
    assert codes(error) == {"follow-nothing-to-correct"}

    project.change("dot.yaml", "trich_yeu: thực hiện", "trich_yeu: triển khai")
    (row,) = follow(congvan.correct, project, "15/ĐLHL").letters
    text = "\n".join(word_text((project.folder / "out" / row.docx.path).read_bytes()))
    assert "đã ghi “thực hiện Công văn số" in text
    assert "nay sửa thành “triển khai Công văn số" in text
    assert "truoc" not in text
    assert text.count("Tại phần") == 1
    congvan.issue(project.render(formats=["docx"]))
    named = [found.values["letter"] for found in project.render(formats=["docx"]).report if "differ" in found.code]
    assert "15/ĐLHL" not in named


@pytest.mark.parametrize("name", ["Lò Văn Ón", "Lò On"])
def test_a_correction_of_a_misspelt_addressee_goes_to_the_right_name(project, citing, word_text, name):
    project.change("thon.csv", "Lò Ón", name)
    (row,) = follow(congvan.correct, project, "15/ĐLHL").letters

    text = "\n".join(word_text((project.folder / "out" / row.docx.path).read_bytes()))
    assert any(name in one for one in row.kinh_gui)
    assert not any("Lò Ón" in one for one in row.kinh_gui)
    assert "nay sửa thành" in text
    assert rows(project)[15, "ĐLHL"] == "da-dinh-chinh"


def test_a_recall_goes_to_the_names_the_letter_went_to(project, citing):
    project.change("thon.csv", "Lò Ón", "Lò Văn Ón")
    (row,) = follow(congvan.recall, project, "15/ĐLHL").letters
    assert any("Lò Ón" in one for one in row.kinh_gui)


def test_a_run_after_a_correction_or_recall_finds_nothing_that_differs(project, issued):
    project.change("dot.yaml", "trich_yeu: thông báo kế hoạch", "trich_yeu: thông báo kế hoạch tháng 9")
    follow(congvan.correct, project, "15/ĐLHL")
    follow(congvan.recall, project, "14/ĐLHL")
    congvan.issue(project.render(formats=["docx"]))
    named = [found.values["letter"] for found in project.render(formats=["docx"]).report if "differ" in found.code]
    assert not {"15/ĐLHL", "16/ĐLHL", "17/ĐLHL"} & {*named}
    project.change("dot.yaml", "thông báo kế hoạch tháng 9", "thông báo kế hoạch tháng 10")
    named = [found.values["letter"] for found in project.render(formats=["docx"]).report if "differ" in found.code]
    assert "15/ĐLHL" in named
    assert not {"16/ĐLHL", "17/ĐLHL"} & {*named}


def test_content_is_not_corrected_and_nothing_needs_no_correction(project, issued):
    with pytest.raises(CampaignError) as error:
        follow(congvan.correct, project, "15/ĐLHL")
    assert codes(error) == {"follow-nothing-to-correct"}
    project.change("thon.csv", "Lò Ón", "Lò Văn Ón")
    with pytest.raises(CampaignError) as error:
        follow(congvan.correct, project, "15/ĐLHL")
    assert codes(error) == {"follow-content-changed"}


def test_only_issued_letters_that_stand_are_followed_and_only_forward_in_time(project):
    project.render(formats=["docx"])
    with pytest.raises(CampaignError) as error:
        follow(congvan.replace, project, "15/ĐLHL")
    assert codes(error) == {"follow-not-issued"}
    with pytest.raises(CampaignError) as error:
        follow(congvan.replace, project, "99/ĐLHL")
    assert codes(error) == {"letter-name-unknown"}
    with pytest.raises(CampaignError) as error:
        follow(congvan.replace, project)
    assert codes(error) == {"follow-names-missing"}
    congvan.issue(project.render(formats=["docx"]))
    with pytest.raises(CampaignError) as error:
        follow(congvan.recall, project, "15/ĐLHL", day=date(2021, 6, 1))
    assert codes(error) == {"follow-before"}
    assert len(rows(project)) == 9


def test_later_letters_cite_the_replacement(project, issued, word_text):
    follow(congvan.replace, project, "465/PCTH-KD")
    congvan.issue(project.render(formats=["docx"]))
    run = follow(congvan.replace, project, "12/ĐLHL")
    text = "\n".join(word_text((run.out / run.letters[0].docx.path).read_bytes()))
    assert "466/PCTH-KD ngày 05/7/2021" in text.replace("\xa0", " ")


def test_a_number_made_void_gives_the_recipient_the_next(project):
    project.render(formats=["docx"])
    with Register.open(project.register) as register:
        register.void("thu-nghiem-2021/thon/16015-03", "in hỏng")
    run = project.render(formats=["docx"])
    row = next(row for row in run.letters if row.ma == "16015-03")
    assert (row.so, row.khoa) == (16, "thu-nghiem-2021/thon/16015-03~2")
    again = project.render(formats=["docx"])
    assert next(row for row in again.letters if row.ma == "16015-03") == row
    with Register.open(project.register) as register:
        assert [line.so for line in register.entries() if line.trang_thai is State.VOID] == [15]


def test_a_command_cut_short_is_given_again(project, issued, monkeypatch):
    project.change("thon.csv", "Lò Ón", "Lò Văn Ón")
    with monkeypatch.context() as killed:
        killed.setattr("congvan.register.letter_book.LetterBook.follow", lambda *_: (_ for _ in ()).throw(RuntimeError))
        with pytest.raises(RuntimeError):
            follow(congvan.replace, project, "15/ĐLHL")
    run = follow(congvan.replace, project, "15/ĐLHL")
    assert [row.so for row in run.letters] == [16]
    assert rows(project)[15, "ĐLHL"] == "da-thay-the"
    assert sorted(rows(project).values()).count("da-cap-so") == 1


def test_a_register_that_gives_numbers_alone_keeps_no_letters(project, issued):
    class Office:
        def preview(self, requests):
            return congvan.Report(), {one.khoa: 1 for one in requests}

        def reserve(self, requests, *, expected=None):  # noqa: ARG002
            return {one.khoa: 1 for one in requests}

        def numbers_of(self, keys):
            return dict.fromkeys(keys, 1)

        def issue(self, keys):
            pass

    with pytest.raises(RegisterError) as error:
        congvan.replace(plan_of(project), ["15/ĐLHL"], project.folder / "out", Office())
    assert codes(error) == {"register-keeps-no-letters"}
