"""Right letters in the styles people use: nothing is said against them that is not so, and what is unclear is said."""

import sys
from pathlib import Path

import pytest

from congvan.linter import lint

sys.path.insert(0, str(Path(__file__).parents[1] / "inspect"))
import letters_by_hand as by_hand

TRUE_FINDINGS = {
    "names underlined": {"lint-issuer-rule"},  # as long as the name
    "a heading by spaces": {"lint-motto-rule-missing", "lint-issuer-rule-missing"},
    "letters and marks apart": {"lint-decomposed"},
    "tracked changes": {"lint-tracked"},
}


@pytest.mark.parametrize("letter", by_hand.LETTERS, ids=lambda letter: letter.name)
def test_no_letter_is_blamed_for_the_way_it_is_set(letter):
    if letter.needs_libreoffice and not by_hand.HAS_LIBREOFFICE:
        pytest.skip("LibreOffice wrote it, and is not installed here")
    report = lint(letter.file(), "thu")

    assert {one.code for one in report} == TRUE_FINDINGS.get(letter.name, set())
    assert report.kind == ("thong-bao" if letter.thong_bao else "cong-van")
    assert report.count("passed") > 20


def test_paper_nobody_names_is_not_judged():
    letter = next(each for each in by_hand.LETTERS if each.writer is by_hand.without_section)
    rules = {rule.code: rule for rule in lint(letter.file(), "thu").rules}

    assert {rules[code].result for code in ("lint-paper", "lint-margins")} == {"not_evaluated"}


@pytest.mark.parametrize("hidden", [(), ("CONG HOA XA HOI CHU NGHIA VIET NAM",)], ids=["a picture", "with text"])
def test_scanned_paper_gets_one_remark_and_no_rule_passes(hidden):
    report = lint(by_hand.scanned(*hidden), "thu.pdf")

    assert [one.code for one in report] == ["lint-scanned"]
    assert report.count("passed") == 0
