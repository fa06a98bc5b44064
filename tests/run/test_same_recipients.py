"""A run over a list whose codes have changed: it asks once, and no recipient gets two letters."""

from __future__ import annotations

import pytest

import congvan
from congvan.errors import CampaignError
from congvan.register import Register
from congvan.register.same_recipients import note_recoded
from congvan.run import check, preview_numbers

DOT = "thu-nghiem-2021"


@pytest.fixture
def zeros_lost(project):
    """Rendered with the codes 01 to 06, which Excel then made 1 to 6; the files before."""
    codes = ["16015-01", "16015-02", "16015-03", "14812-01", "14812-02", "14812-03"]
    for number, code in enumerate(codes, start=1):
        project.change("thon.csv", f"{code},", f"0{number},")
    project.render()
    for number in range(1, 7):
        project.change("thon.csv", f"0{number},", f"{number},")
    return project, project.files(project.folder / "out")


def planned(project):
    return congvan.plan(congvan.load_campaign(project.campaign))


def entries(project):
    with Register.open(project.register) as register:
        return [(line.khoa, line.so) for line in register.entries()]


def test_lost_zeros_are_one_question_and_nothing_is_issued_twice(zeros_lost):
    project, files = zeros_lost
    numbers = entries(project)

    with pytest.raises(CampaignError) as refused:
        project.render()

    (found,) = refused.value.report.errors
    assert (found.code, found.values["count"]) == ("campaign-recipient-recoded", "6")
    assert "13/ĐLHL: 01 → 1" in found.values["pairs"]
    assert entries(project) == numbers
    assert project.files(project.folder / "out") == files


def test_plan_and_check_ask_the_same(zeros_lost):
    project, _ = zeros_lost

    assert [one.code for one in check(planned(project), project.register).errors] == ["campaign-recipient-recoded"]
    with pytest.raises(CampaignError):
        preview_numbers(planned(project), project.register)


def test_a_noted_answer_keeps_every_letter_as_it_is(zeros_lost):
    project, files = zeros_lost
    numbers = entries(project)
    with Register.open(project.register) as register:
        pairs = note_recoded(planned(project), register)
        assert note_recoded(planned(project), register) == ()
        assert register.verify().ok
    run = project.render()

    assert len(pairs) == 6
    after = project.files(project.folder / "out")
    assert {path for path in after if after[path] != files[path]} == {".congvan/journal.jsonl"}
    assert (entries(project), after.keys()) == (numbers, files.keys())
    assert run.letters[3].khoa == f"{DOT}/thon/01"


def test_a_noted_answer_counts_for_a_run_of_another_tier_and_for_plan_and_check(zeros_lost):
    project, _ = zeros_lost
    with Register.open(project.register) as register:
        note_recoded(planned(project), register)

    assert check(planned(project), project.register).ok
    assert preview_numbers(planned(project), project.register).items[3].letter.so == 13
    assert project.render(only=["huyen"]).report.ok


def test_a_column_with_the_old_codes_is_an_answer_too(zeros_lost):
    project, files = zeros_lost
    lines = (project.folder / "thon.csv").read_text(encoding="utf-8").splitlines()
    cells = ["Mã cũ", *(f"0{number}" for number in range(1, 7))]
    text = "".join(f"{line},{cell}\n" for line, cell in zip(lines, cells, strict=True))
    (project.folder / "thon.csv").write_text(text, encoding="utf-8")
    numbers = entries(project)
    project.render()
    after = project.files(project.folder / "out")

    assert entries(project) == numbers
    letters = {path for path in files if path.startswith("3-thon/")}
    assert letters == {path for path in after if path.startswith("3-thon/")}


def test_a_void_number_asks_for_nothing(project):
    project.render(draft=False)
    with Register.open(project.register) as register:
        register.void(f"{DOT}/thon/14812-03", "gửi nhầm")
    project.change("thon.csv", "14812-03,", "14812-3,")

    assert project.render().report.ok


def test_a_draft_knows_no_register_and_asks_nothing(zeros_lost):
    project, _ = zeros_lost

    assert project.render(out="nhap", draft=True).report.ok


def test_a_register_of_the_offices_own_is_not_asked(zeros_lost):
    from congvan.register import NumberRegister

    project, _ = zeros_lost

    class Own(NumberRegister):
        def __init__(self, register):
            self._register = register

        def preview(self, requests):
            return self._register.preview(requests)

        def reserve(self, requests, *, expected=None):
            return self._register.reserve(requests, expected=expected)

        def numbers_of(self, keys):
            return self._register.numbers_of(keys)

        def issue(self, keys):
            self._register.issue(keys)

    with Register.open(project.folder / "khac.sqlite3") as register:
        assert project.render(out="khac", register=Own(register)).report.ok


def test_a_number_given_by_mistake_is_made_void_and_the_recipient_noted(zeros_lost):
    project, _ = zeros_lost
    with Register.open(project.register) as register:
        note_recoded(planned(project), register)
    project.change("thon.csv", "6,381", "60,381")
    with Register.open(project.register) as register:
        register.reserve(planned(project).number_requests()[-1:])  # as a congvan that did not ask would
        register.void(f"{DOT}/thon/60", "cấp nhầm")
        register.letters.note_same(f"{DOT}/thon/60", f"{DOT}/thon/06")
    run = project.render()

    assert run.letters[-1].khoa == f"{DOT}/thon/06"
