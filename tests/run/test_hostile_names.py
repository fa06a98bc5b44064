"""Names of units and persons that would be paths, formulas or markup."""

import csv
import json
import re

import pytest

from congvan.campaign import load_campaign, plan
from congvan.run import render
from congvan.run.output.journal import JOURNAL, Journal

SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@pytest.fixture
def run(project):
    """The campaign with hostile names, its letters made without numbers."""
    project.change("thon.csv", "16015,xã Đại Lộc,thôn Y Ngô", "../../../tmp,CON,thôn Y Ngô")
    project.change("thon.csv", "14812,phường Bắc Sơn,khu phố 1", "..\\..\\x:y,nul. ,khu phố 1")
    project.change("thon.csv", "16015,xã Đại Lộc,thôn 10", f"16015,{'xã rất dài ' * 10},thôn 10")
    project.change("thon.csv", "Đinh Công Ngạn", "=cmd|'/C calc'!A0")
    project.change("thon.csv", "Trịnh Thị Quế", "<script>alert(1)</script>")
    before = set(project.folder.parent.rglob("*"))
    made = render(plan(load_campaign(project.campaign)), project.folder / "out", draft=True, formats=["docx"])
    return made, set(project.folder.parent.rglob("*")) - before


def test_every_file_lies_in_the_output_folder_under_a_name_every_system_takes(run, project):
    out = project.folder / "out" / "du-thao"
    made = [path for path in run[1] if path.is_relative_to(out) and path != out and ".congvan" not in path.parts]

    assert len([path for path in made if path.suffix == ".docx"]) == 9
    for path in made:
        for name in path.relative_to(out).parts:
            assert SAFE.fullmatch(name), name
            assert not RESERVED.fullmatch(name), name
            assert not name.endswith((".", " "))


def test_nothing_in_the_index_page_is_markup_of_a_name_and_nothing_in_the_list_a_formula(run, project):
    page = (project.folder / "out" / "du-thao" / "index.html").read_text(encoding="utf-8")
    assert page.count("<script") == page.count("</script>") == 2, "the letters and the program of the page itself"
    assert "<script>alert" not in page

    with (project.folder / "out" / "du-thao" / "manifest.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def believed(journal):
    return len(Journal(journal).letters)


def with_first_letter(journal, change):
    """The journal with something changed in the row of its first letter."""
    owner, first, *rest = journal.read_text(encoding="utf-8").splitlines()
    line = json.loads(first)
    line["row"].update(change)
    journal.write_text("\n".join([owner, json.dumps(line), *rest]), encoding="utf-8")


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "C:/x", "..\\x", 5, None])
def test_a_journal_that_names_a_file_elsewhere_is_not_believed(run, project, path):
    journal = project.folder / "out" / "du-thao" / JOURNAL
    assert believed(journal) == 9
    with_first_letter(journal, {"docx": {"path": path, "sha256": "x"}})
    assert believed(journal) == 8


@pytest.mark.parametrize("change", [{"ngay": "hôm nay"}, {"so": "1"}, {"kinh_gui": [1]}, {"them": 1}])
def test_a_journal_with_values_of_another_kind_is_not_believed(run, project, change):
    journal = project.folder / "out" / "du-thao" / JOURNAL
    with_first_letter(journal, change)
    assert believed(journal) == 8


@pytest.mark.parametrize("text", ["[" * 100_000, "{}", "[]", '{"line": "letter"}', '{"line": 1, "paths": 1}', "\ufeff"])
def test_a_journal_that_is_none_is_no_journal(tmp_path, text):
    (tmp_path / "journal.jsonl").write_text(text, encoding="utf-8")
    assert believed(tmp_path / "journal.jsonl") == 0
