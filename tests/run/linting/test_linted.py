"""The letters of a run that are linted, and what becomes of their findings."""

from pathlib import Path

from tests.linter.faults import right
from tests.linter.word_changes import changed, words

from congvan.campaign.office import LintException
from congvan.run.linting import lint_rows
from congvan.run.output.manifest import ManifestRow, OutputFile


def row(number, pages=1, kinh_gui="UBND xã Mẫu", cap="xa"):
    return ManifestRow(
        thu_tu=number, cap=cap, ma=str(number), co_quan="CÔNG TY", so=number, ky_hieu="A-B", ngay="2026-11-05",
        loai="cong-van", trich_yeu="x", kinh_gui=(kinh_gui,), trang=pages, khoa=str(number),
        docx=OutputFile(f"{number}.docx", ""), pdf=None, trang_thai="da-cap-so",
    )  # fmt: skip


def read_by(rows, tmp_path, scope, **further):
    """The numbers of the letters that were opened, and what was said."""
    for one in rows:
        fault = words("05/PCTH", "5/PCTH") if one.thu_tu == 1 else words("05/PCTH", "05/PCTH")
        (tmp_path / f"{one.thu_tu}.docx").write_bytes(changed(right("cv"), fault))
    opened = []

    def path_of(file):
        opened.append(int(Path(file.path).stem))
        return tmp_path / file.path

    return opened, lint_rows(rows, path_of, scope, **further)


def test_the_longest_the_shortest_and_the_strangest_letter_of_each_tier_are_linted(tmp_path):
    rows = [row(1), row(2, pages=3), row(3, kinh_gui="UBND"), row(4, kinh_gui="H’Mông (khu 3/2)"), row(5)]
    opened, linted = read_by([*rows, row(6, cap="thon")], tmp_path, "some")

    assert opened == [2, 3, 4, 6]
    assert linted.letters == 4
    assert not linted.report.findings


def test_all_letters_are_linted_on_request_and_none_on_request(tmp_path):
    rows = [row(1), row(2), row(3), row(4)]

    assert read_by(rows, tmp_path, "all")[0] == [1, 2, 3, 4]
    assert read_by(rows, tmp_path, "none")[0] == []


def test_a_finding_about_a_letter_of_a_run_is_a_warning(tmp_path):
    _, linted = read_by([row(1)], tmp_path, "all")

    assert linted.report.ok
    assert [found.code for found in linted.report.warnings] == ["lint-number-zero"]


def test_what_the_office_leaves_is_left_in_a_run_too(tmp_path):
    left = LintException("lint-number-zero", "theo bản gốc")

    assert not read_by([row(1)], tmp_path, "all", exceptions=[left])[1].report.findings
