"""Letters issued: sealed with their files and words, kept whatever comes, and taken back if by mistake."""

import json
from datetime import UTC, datetime

import pytest

import congvan
from congvan.errors import CampaignError, RegisterError
from congvan.register import Register, State

THON = "3-thon/400-huyen-hau-loc/16015-xa-dai-loc"
AFTER = datetime(2021, 7, 1, 9, tzinfo=UTC)


def clock():
    return AFTER


@pytest.fixture
def issued(project):
    """The campaign with all letters issued, and the files as they were then."""
    run = project.render(formats=["docx"])
    congvan.issue(run, clock=clock)
    return letters_of(project)


def letters_of(project):
    files = project.files(project.folder / "out")
    return {name: content for name, content in files.items() if name.endswith((".docx", ".pdf"))}


def states(project):
    with Register.open(project.register) as register:
        return {
            record.khoa.partition("/")[2]: record.trang_thai
            for record in register.letters.of_campaign("thu-nghiem-2021").values()
        }


def codes(report):
    return {found.code for found in report}


def refused(action, *arguments, **options):
    with pytest.raises((CampaignError, RegisterError)) as error:
        action(*arguments, **options)
    return codes(error.value.report)


def test_a_run_numbers_and_does_not_issue(project):
    run = project.render(formats=["docx"])
    assert {row.trang_thai for row in run.letters} == {"da-cap-so"}
    with Register.open(project.register) as register:
        assert {line.trang_thai for line in register.entries()} == {State.RESERVED}
    assert states(project) == {}


def test_issued_letters_are_sealed_and_listed_so(project, issued):
    assert set(states(project).values()) == {"da-ban-hanh"}
    assert len(states(project)) == 9
    with Register.open(project.register) as register:
        assert {line.trang_thai for line in register.entries()} == {State.ISSUED}
        assert register.verify().ok
    manifest = (project.folder / "out" / "manifest.json").read_text(encoding="utf-8")
    assert manifest.count('"da-ban-hanh"') == 9


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("thon.md", "thông báo\nđể", "báo ngay\nđể"),
        ("dot.yaml", "trich_yeu: thông báo kế hoạch", "trich_yeu: thông báo lại"),
        ("dot.yaml", "ho_ten: Lê Văn Mẫu", "ho_ten: Lê Văn Khác"),
        ("thon.csv", "Lò Ón", "Lò Văn Ón"),
        ("dot.yaml", "ngay: 2021-04-05", "ngay: 2021-04-06"),
    ],
)
@pytest.mark.parametrize("options", [{}, {"fresh": True}, {"only": ["thon"]}, {"formats": ["docx", "pdf"]}])
def test_nothing_changes_an_issued_letter_and_the_run_says_which_differ(project, issued, file, old, new, options):
    project.change(file, old, new)
    run = project.render(**{"formats": ["docx"], **options})
    assert issued.items() <= letters_of(project).items()
    if options != {"only": ["thon"]} or "thon" in file or "thông báo" in old:
        assert "batch-issued-differs" in codes(run.report)
    assert {row.trang_thai for row in run.letters} == {"da-ban-hanh"}


def test_a_difference_is_told_by_number_with_old_and_new_words(project, issued):
    project.change("thon.csv", "Lò Ón", "Lò Văn Ón")
    (found,) = [one for one in project.render(formats=["docx"]).report if one.code == "batch-issued-differs"]
    assert found.values["letter"] == "15/ĐLHL"
    assert "Lò Ón" in str(found.values["changes"])
    assert "Lò Văn Ón" in str(found.values["changes"])


def test_a_run_can_be_told_to_stop_at_a_difference(project, issued):
    project.change("thon.csv", "Lò Ón", "Lò Văn Ón")
    assert refused(project.render, formats=["docx"], stops_at_issued=True) == {"batch-issued-differs-stop"}


def test_a_recipient_taken_out_of_the_list_takes_no_issued_letter_away(project, issued):
    text = (project.folder / "thon.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (project.folder / "thon.csv").write_text("".join(text[:-1]), encoding="utf-8")
    run = project.render(formats=["docx"])
    assert issued.items() <= letters_of(project).items()
    assert run.report.ok
    manifest = (project.folder / "out" / "manifest.json").read_text(encoding="utf-8")
    assert manifest.count('"da-ban-hanh"') == 9


def test_letters_that_are_issued_together_with_those_they_cite(project):
    run = project.render(formats=["docx"])
    assert refused(congvan.issue, run, letters=["13/ĐLHL"], clock=clock) == {"issue-cites-unissued"}
    congvan.issue(run, letters=["465/PCTH-KD"], clock=clock)
    congvan.issue(run, letters=["12/đlhl@2021", "13/ĐLHL"], clock=clock)
    assert set(states(project)) == {"tinh/tinh", "huyen/400", "thon/16015-01"}


def test_later_letters_cite_an_issued_one_as_it_was_issued(project, word_text):
    run = project.render(formats=["docx"])
    congvan.issue(run, letters=["465/PCTH-KD"], clock=clock)
    project.change("dot.yaml", "ngay: 2021-04-05", "ngay: 2021-04-06")
    project.render(formats=["docx"], fresh=True)
    letter = next((project.folder / "out").glob("2-huyen/*12-DLHL.docx"))
    assert any("05/4/2021" in line for line in word_text(letter.read_bytes()))


def test_a_letter_made_from_other_data_is_not_issued(project):
    run = project.render(formats=["docx"])
    project.change("thon.csv", "Lò Ón", "Lò Văn Ón")
    plan = congvan.plan(congvan.load_campaign(project.campaign))
    with pytest.raises(CampaignError) as error:
        congvan.issue(plan, run.out, project.register, clock=clock)
    assert [found.values["letter"] for found in error.value.report] == ["15/ĐLHL"]
    assert states(project) == {}


def test_a_date_in_the_future_an_open_date_and_a_letter_not_made_are_not_issued(project):
    project.change("dot.yaml", "ngay: 2021-06-07", "ngay: 2021-06")
    run = project.render(formats=["docx"])
    early = datetime(2021, 3, 1, tzinfo=UTC)
    assert refused(congvan.issue, run, clock=lambda: early) == {"campaign-date-in-future", "issue-date-open"}
    run = project.render(formats=["docx"], only=["tinh"])
    (project.folder / "out" / "1-tinh" / "001_465-PCTH-KD.docx").unlink()
    assert refused(congvan.issue, run, clock=clock) == {"issue-edited"}


def test_a_name_that_means_no_letter_is_said(project):
    run = project.render(formats=["docx"])
    assert refused(congvan.issue, run, letters=["99/ĐLHL"], clock=clock) == {"letter-name-unknown"}


def test_a_folder_without_letters_is_said(project):
    plan = congvan.plan(congvan.load_campaign(project.campaign))
    assert refused(congvan.issue, plan, project.folder, project.register, clock=clock) == {"issue-folder-empty"}


def test_a_mistaken_issue_is_taken_back_and_the_letter_can_change_again(project, issued, word_text):
    plan = congvan.plan(congvan.load_campaign(project.campaign))
    congvan.undo_issue(plan, "ký nhầm", project.folder / "out", project.register, letters=["15/ĐLHL"])
    project.change("thon.csv", "Lò Ón", "Lò Văn Ón")
    run = project.render(formats=["docx"])
    assert "batch-letter-changed" in codes(run.report)
    assert any(
        "Lò Văn Ón" in line for line in word_text((project.folder / "out" / THON / "003_15-DLHL.docx").read_bytes())
    )
    congvan.issue(run, clock=clock)
    assert set(states(project).values()) == {"da-ban-hanh"}


def test_an_issued_file_that_is_lost_or_changed_is_named_and_not_made_again(project, issued):
    out = project.folder / "out"
    (out / THON / "003_15-DLHL.docx").unlink()
    (out / THON / "002_14-DLHL.docx").write_bytes(b"x")
    run = project.render(formats=["docx"])
    assert {"batch-issued-missing", "batch-issued-edited"} <= codes(run.report)
    assert not (out / THON / "003_15-DLHL.docx").exists()
    assert (out / THON / "002_14-DLHL.docx").read_bytes() == b"x"


def test_without_its_journal_an_output_folder_still_knows_what_is_issued(project, issued):
    (project.folder / "out" / ".congvan" / "journal.jsonl").unlink()
    project.change("thon.csv", "Lò Ón", "Lò Văn Ón")
    run = project.render(formats=["docx"])
    assert issued.items() <= letters_of(project).items()
    assert [(row.so, row.trang_thai) for row in run.letters][-1] == (4, "da-ban-hanh")


def test_letters_issued_with_a_secrecy_mark_stay_out_of_lists_for_people(project):
    project.change("dot.yaml", "  - cap: huyen\n", "  - cap: huyen\n    do_mat: MẬT\n")
    congvan.issue(project.render(formats=["docx"]), clock=clock)
    assert secret_letters_shown(project) == []

    project.change("dot.yaml", "    do_mat: MẬT\n", "")
    project.change("huyen.csv", "381-ubnd,381,thị xã Bỉm Sơn,Ủy ban nhân dân thị xã Bỉm Sơn\n", "")
    text = (project.folder / "thon.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (project.folder / "thon.csv").write_text("".join(one for one in text if "Bỉm Sơn" not in one), encoding="utf-8")
    project.render(formats=["docx"])
    assert secret_letters_shown(project) == []


def secret_letters_shown(project):
    """The secret letters of the manifest that the page for people shows; there are two."""
    out = project.folder / "out"
    page = (out / "index.html").read_text(encoding="utf-8")
    listed = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["van_ban"]
    secret = [row for row in listed if row["cap"] == "huyen"]
    assert len(secret) == 2
    assert "Không liệt kê 2 văn bản có độ mật." in page
    return [row["khoa"] for row in secret if row["docx"]["path"] in page or row["kinh_gui"][0] in page]


def test_a_name_that_may_mean_two_letters_is_asked_about_and_nothing_is_issued(project):
    """Two bodies with one symbol: issuing or recalling both on one name would be a wrong letter."""
    project.change("don-vi.csv", "ĐLBS,Bỉm Sơn,381,", "ĐLHL,Bỉm Sơn,381,12")
    run = project.render(formats=["docx"])
    congvan.issue(run, letters=["465/PCTH-KD"], clock=clock)

    assert refused(congvan.issue, run, letters=["12/ĐLHL"], clock=clock) == {"register-name-several"}
    assert set(states(project)) == {"tinh/tinh"}
    congvan.issue(run, letters=["12/ĐLHL#huyen/400"], clock=clock)
    assert set(states(project)) == {"tinh/tinh", "huyen/400"}
