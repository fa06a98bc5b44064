"""Manifest and index page of many letters, made by a process while the run settles the rest."""

import pytest

from congvan.batch import run as batch_run
from congvan.batch.lists import NAMES
from congvan.batch.output import OutputFolder
from congvan.errors import OutputError, RegisterError
from congvan.findings import Report, finding
from congvan.register import Register


@pytest.fixture
def many(project, crew, monkeypatch):
    """The campaign, its nine letters many enough to have their lists made by a process."""
    monkeypatch.setattr(batch_run, "_MANY", 0)
    asked = []
    submit = crew.submit
    monkeypatch.setattr(crew, "submit", lambda work, *given: asked.append(work.__name__) or submit(work, *given))
    project.asked = asked
    return project


def lists_of(out):
    return {name: (out / name).read_bytes() for name in NAMES}


def test_lists_are_the_same_whoever_makes_them(many, crew):
    here = many.render(out="day", formats=["docx"])
    there = many.render(out="tien-trinh", formats=["docx"], executor=crew)

    assert "lay_lists" in many.asked
    assert lists_of(there.out) == lists_of(here.out)
    assert not list(there.out.rglob(".*.tmp"))


def test_a_process_lost_with_the_lists_loses_none(many, crew, monkeypatch):
    usual = many.render(out="thuong", formats=["docx"])
    monkeypatch.setattr(crew, "submit", lambda _, *__, ask=crew.submit: ask(exec, "import os; os._exit(7)"))
    monkeypatch.setattr("congvan.batch.stream._asked", lambda task, _: many_here(task))
    monkeypatch.setattr("congvan.batch.preflight._on_trial", lambda portion, *_: on_trial_here(portion))
    run = many.render(out="mat", formats=["docx"], executor=crew)

    assert lists_of(run.out) == lists_of(usual.out)


def many_here(task):
    from concurrent.futures import Future

    from congvan.batch.laying import lay_task

    future = Future()
    future.set_result(lay_task(task))
    return future


def on_trial_here(portion):
    from concurrent.futures import Future

    from congvan.batch.trial import proofs

    future = Future()
    future.set_result(proofs(portion.task))
    return future


def test_a_list_that_cannot_be_put_in_place_is_a_finding_and_the_others_are_there(many, crew):
    (many.folder / "out" / "manifest.csv" / "x").mkdir(parents=True)
    run = many.render(formats=["docx"], executor=crew)

    (refused,) = [found for found in run.report if found.code == "batch-output-unwritable"]
    assert "manifest.csv" in refused.message
    assert (run.out / "manifest.json").is_file()
    assert (run.out / "index.html").is_file()
    assert not list(run.out.rglob(".*.tmp"))


def test_lists_are_there_when_numbers_could_not_be_issued(many, crew, monkeypatch):
    def refused(*_):
        raise RegisterError(Report.of([finding("register-failed", why="hỏng")]))

    usual = lists_of(many.render(out="thuong", formats=["docx"]).out)
    monkeypatch.setattr(Register, "issue", refused)
    with pytest.raises(RegisterError):
        many.render(formats=["docx"], executor=crew, register=many.folder / "khac.sqlite3")

    assert lists_of(many.folder / "out") == usual


@pytest.mark.parametrize("by_a_process", [True, False])
def test_lists_are_there_when_the_journal_could_not_be_settled(many, crew, here, monkeypatch, by_a_process):
    def refused(folder, *_):
        raise OutputError(folder.out, OSError(13, "không được"))

    usual = lists_of(many.render(out="thuong", formats=["docx"]).out)
    monkeypatch.setattr(OutputFolder, "settle", refused)
    with pytest.raises(OutputError):
        many.render(formats=["docx"], executor=crew if by_a_process else here, register=many.folder / "khac.sqlite3")

    assert lists_of(many.folder / "out") == usual
