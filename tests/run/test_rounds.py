"""Later rounds in a run: nothing of the first round moves, and each has its list, its heading and its print file."""

from __future__ import annotations

import csv
import io
import json

import pypdf
import pytest

LATE = """\
    dot_gui:
      - ma: bo-sung-1
        ngay: 2021-06-28
        nguoi_nhan: thon-them.csv
"""
LATE_LIST = """\
ma,ma_huyen,huyen,ma_xa,xa,thon,loai,ho_ten,ong_ba
16015-09,400,huyện Hậu Lộc,16015,xã Đại Lộc,thôn Mới,thôn,Mai Văn Thêm,Ông
"""


def add_round(project):
    text = project.campaign.read_text(encoding="utf-8")
    project.campaign.write_text(text + LATE, encoding="utf-8")
    (project.folder / "thon-them.csv").write_text(LATE_LIST, encoding="utf-8")


@pytest.fixture
def rendered(project):
    """The campaign without a later round, rendered; and its files by path."""
    project.render()
    return project, project.files(project.folder / "out")


def test_a_late_round_moves_renames_and_renumbers_nothing(rendered):
    project, before = rendered
    add_round(project)
    run = project.render()
    after = project.files(project.folder / "out")

    letters = {path for path in before if path[0].isdigit()}
    assert {path: after[path] for path in letters} == {path: before[path] for path in letters}
    late = run.letters[-1]
    assert late.docx.path == "3-thon/400-huyen-hau-loc/16015-xa-dai-loc/007_16-DLHL.docx"
    assert (late.khoa, late.so, late.ngay) == ("thu-nghiem-2021/thon/16015-09", 16, "2021-06-28")


def test_the_manifest_says_the_round_of_each_letter(rendered):
    project, _ = rendered
    add_round(project)
    project.render()
    out = project.folder / "out"
    rows = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["van_ban"]
    table = csv.DictReader(io.StringIO((out / "manifest.csv").read_text(encoding="utf-8-sig")))

    assert [row["dot_gui"] for row in rows] == [""] * 9 + ["bo-sung-1"]
    assert [row["dot_gui"] for row in table] == [""] * 9 + ["bo-sung-1"]


def test_the_page_of_the_run_has_a_line_for_each_round(project):
    add_round(project)
    project.render()
    page = (project.folder / "out" / "index.html").read_text(encoding="utf-8")

    assert '<th scope="row">Cấp thôn</th><td class="so">6</td>' in page
    assert '<th scope="row">Cấp thôn, đợt gửi bo-sung-1</th><td class="so">1</td>' in page
    assert '<a href="in/3-thon.bo-sung-1.pdf">' in page
    assert '<a href="in/3-thon/dlbs.pdf">dlbs</a>' in page


def test_a_tier_is_printed_whole_by_round_and_by_body(project):
    add_round(project)
    run = project.render()
    out = project.folder / "out"
    letters = {name: len(pypdf.PdfReader(out / path).outline) for name, path in run.print_files.items()}

    assert run.print_files["thon.lan-dau"] == "in/3-thon.lan-dau.pdf"
    assert letters == {
        "tinh": 1,
        "huyen": 2,
        "huyen/dlhl": 1,
        "huyen/dlbs": 1,
        "thon": 7,
        "thon.lan-dau": 6,
        "thon.bo-sung-1": 1,
        "thon/dlhl": 4,
        "thon/dlbs": 3,
    }


def test_a_round_alone_is_made_and_the_rest_stays_listed_and_printed(rendered):
    project, _ = rendered
    add_round(project)
    run = project.render(only=["thon.bo-sung-1"])

    assert [row.ma for row in run.letters] == ["16015-09"]
    printed = pypdf.PdfReader(project.folder / "out" / run.print_files["thon"])
    assert len(printed.outline) == 7
    assert project.render().report.errors == ()


def test_a_second_run_over_rounds_changes_no_byte(project):
    add_round(project)
    project.render()
    before = project.files(project.folder / "out")
    project.render()

    assert project.files(project.folder / "out") == before


def test_a_round_taken_back_leaves_no_print_file_behind(project):
    add_round(project)
    project.render()
    project.change("dot.yaml", LATE, "")
    project.render()

    assert not [path for path in project.files(project.folder / "out") if "bo-sung" in path or "lan-dau" in path]


def test_a_thousandth_letter_in_a_later_round_renames_none_of_the_first():
    from tests.campaign.planning.test_rounds import built

    from congvan.run.output.paths import Paths

    codes = [f"t{number}" for number in range(1001)]
    alone, more = built([codes[:999]]), built([codes[:999], codes[999:]])

    assert [Paths(alone).of(item) for item in alone.items] == [Paths(more).of(item) for item in more.items[:999]]
    assert Paths(more).of(more.items[-1]).endswith("/1001_chua-so-PCTH")


def test_rounds_whose_codes_look_alike_have_print_files_of_their_own():
    from tests.campaign.planning.test_rounds import built

    from congvan.run.jobs import CampaignJob

    job = CampaignJob(built([["t1"], ["t2"], ["t3"]], ["a.b", "a-b"]), draft=True)
    rows = [job.row(letter, 1, {}, failed=False) for letter in job.letters({})]
    paths = [path for row in rows for name, path in job.print_paths(row).items() if name != "thon"]

    assert paths == ["in/1-thon.lan-dau.pdf", "in/1-thon.a-b.pdf", "in/1-thon.a-b-2.pdf"]
