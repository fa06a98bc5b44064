"""Single faults in right letters, in Word and on paper: each is found, with its code, at its place, and nothing else."""

import pytest
from tests.linter.faults import FAULTS, faulty, right, right_pdf

import congvan

CASES = [(fault, kind) for fault in FAULTS for kind in fault.kinds]
IDS = [f"{fault.name} ({kind})" for fault, kind in CASES]


@pytest.fixture(scope="module")
def made():
    """Every faulty letter by name and kind; those on paper are printed together."""
    pages = [fault for fault, kind in CASES if kind == "pdf"]
    printed = congvan.to_pdfs(faulty(fault) for fault in pages)
    letters = {(fault.name, "pdf"): pdf for fault, pdf in zip(pages, printed, strict=True)}
    return letters | {(fault.name, "docx"): faulty(fault) for fault, kind in CASES if kind == "docx"}


def codes(content):
    return {found.code for found in congvan.lint(content)}


def test_the_suite_is_large_enough_to_say_something():
    assert len(CASES) >= 150
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)


@pytest.mark.parametrize("base", sorted({fault.base for fault in FAULTS}))
def test_the_letters_are_right_before_a_fault_is_put_into_them(base):
    assert codes(right(base)) == codes(right_pdf(base)) == set()


@pytest.mark.slow
@pytest.mark.parametrize(("fault", "kind"), CASES, ids=IDS)
def test_a_fault_is_found_at_its_place_and_nothing_else_is_said(fault, kind, made):
    report = congvan.lint(made[fault.name, kind])

    assert {found.code for found in report} == {fault.code}
    for found in report:
        assert fault.where in (found.place.near or "")
        if kind == "pdf" and found.place.near:
            assert found.place.page
            assert found.place.box is not None


def test_every_rule_has_a_fault_that_shows_it():
    from congvan.linter.lint import RULES

    shown = {fault.code for fault in FAULTS}
    unshown = {rule.code for rule in RULES if shown.isdisjoint({rule.code, *rule.also})}

    assert unshown == SHOWN_ELSEWHERE


SHOWN_ELSEWHERE = {
    "lint-sides",
    "lint-date-level",
    "lint-substituted-face",
    "lint-subject-long",
    "lint-addressees-unforeseen",
    "lint-recipients-missing",
    "lint-hidden",
    "lint-signature-alone",
}
"""Rules whose fault needs more than one stroke in a letter of congvan's: tests/linter/test_lint.py."""
