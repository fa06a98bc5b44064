"""Letters congvan makes itself stand before its own linter without error or warning."""

from pathlib import Path

import pytest

import congvan
from congvan.linter import lint_paths
from congvan.word.builtin.sample import SAMPLES, sample

EXAMPLES = Path(__file__).parents[2] / "examples"
CAMPAIGNS = sorted(
    path for path in EXAMPLES.rglob("*.yaml") if path.name not in {"co-quan.yaml", "mau.yaml", "quy-tac-rieng.yaml"}
)


@pytest.fixture(scope="module")
def samples():
    docs = {name: congvan.render_docx(sample(name)) for name in SAMPLES}
    return {name: (docx, pdf) for (name, docx), pdf in zip(docs.items(), congvan.to_pdfs(docs.values()), strict=True)}


def faults_of(report):
    return [(found.code, found.place.near) for found in (*report.errors, *report.warnings)]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_letter_of_the_gallery_passes(name, samples):
    for content in samples[name]:
        report = congvan.lint(content, name)
        assert report.regime.regime is congvan.linter.Regime.ADMINISTRATIVE
        assert faults_of(report) == []


@pytest.mark.slow
@pytest.mark.parametrize("campaign", CAMPAIGNS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_letters_of_an_example_pass_but_for_what_its_office_leaves(campaign, tmp_path):
    letters = congvan.plan_file(campaign).letters
    for number, letter in enumerate([letters[0], letters[len(letters) // 2], letters[-1]]):
        docx = congvan.render_docx(letter)
        (tmp_path / f"{number}.docx").write_bytes(docx)
        (tmp_path / f"{number}.pdf").write_bytes(congvan.to_pdf(docx))
    office = campaign.parent / "co-quan.yaml"
    if office.exists():
        (tmp_path / "co-quan.yaml").write_bytes(office.read_bytes())

    for report in lint_paths(sorted(tmp_path.glob("*.*[fx]"))):
        assert faults_of(report) == []
        assert {one.reason for one in report.suppressed} <= {"theo bản gốc"}


def test_letter_004_keeps_its_words_and_its_office_says_why(tmp_path):
    letters = congvan.plan_file(EXAMPLES / "so-cong-thuong" / "ban-hanh.yaml").letters
    (tmp_path / "004.docx").write_bytes(congvan.render_docx(letters[0]))

    (bare,) = lint_paths([tmp_path / "004.docx"])
    (tmp_path / "office").mkdir()
    (tmp_path / "office" / "co-quan.yaml").write_bytes((EXAMPLES / "so-cong-thuong" / "co-quan.yaml").read_bytes())
    (tmp_path / "office" / "004.docx").write_bytes((tmp_path / "004.docx").read_bytes())
    (left,) = lint_paths([tmp_path / "office" / "004.docx"])

    assert {found.code for found in bare} == {"lint-kept-copy", "lint-subject-mark", "lint-state-people"}
    assert list(left) == []
    assert {(one.finding.code, one.reason) for one in left.suppressed} == {
        ("lint-kept-copy", "theo bản gốc"),
        ("lint-subject-mark", "theo bản gốc"),
        ("lint-state-people", "theo bản gốc"),
    }
