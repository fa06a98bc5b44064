"""A run says in the log how far it is, in counts, and nothing to a program that did not ask."""

import logging
import subprocess
import sys

import pytest

from congvan.errors import CampaignError
from congvan.run import rendering


def records(caplog):
    """Those of congvan; a library may have something to say of its own."""
    return [record for record in caplog.records if record.name.startswith("congvan.")]


def messages(caplog):
    return [record.getMessage() for record in records(caplog)]


def test_each_step_of_a_run_is_logged_with_its_counts(project, caplog):
    with caplog.at_level(logging.INFO, "congvan"):
        project.render(formats=("docx",))

    assert messages(caplog) == [
        "9 letters to make, 9 numbers to take",
        "9 letters staged, 0 of them in place already, 0 failed",
        "9 numbers reserved",
        "9 letters committed, 0 failed, 0 warnings",
    ]


def test_a_second_run_logs_what_it_found(project, caplog):
    project.render(formats=("docx",))
    with caplog.at_level(logging.INFO, "congvan"):
        project.render(formats=("docx",))

    assert "9 letters staged, 9 of them in place already, 0 failed" in messages(caplog)


def test_a_refused_run_logs_no_number(project, caplog):
    project.change("thon.csv", "Lò Ón", "")
    with caplog.at_level(logging.DEBUG, "congvan"), pytest.raises(CampaignError):
        project.render()

    assert not [message for message in messages(caplog) if "reserved" in message or "committed" in message]


def test_no_name_of_a_person_or_a_place_is_logged(project, caplog):
    with caplog.at_level(logging.DEBUG, "congvan"):
        project.render(formats=("docx",))

    logged = " ".join(messages(caplog))
    assert logged.isascii()  # every name here has letters with marks
    assert str(project.folder) not in logged


def test_each_record_says_its_run_its_stage_and_its_letter(project, caplog):
    with caplog.at_level(logging.DEBUG, "congvan"):
        run = project.render(formats=("docx",))

    told = [record for record in caplog.records if record.name.startswith("congvan.run")]
    assert {record.run for record in told} == {f"dot:{run.plan.campaign.ma}"}
    stages = list(dict.fromkeys(record.stage for record in told))
    assert stages == ["preview", "stage", "commit"]
    assert [record.letter for record in told if record.letter] == [row.khoa for row in run.letters]


def test_a_letter_that_cannot_be_made_is_a_warning_with_its_key(project, caplog, monkeypatch):
    made = rendering._convert
    monkeypatch.setattr(rendering, "_convert", lambda *given: ["hỏng", *made(*given)[1:]])
    with caplog.at_level(logging.WARNING, "congvan"):
        run = project.render(only=("tinh",))

    (told,) = [record for record in records(caplog) if record.levelno == logging.WARNING]
    assert (told.letter, told.stage) == (run.failed[0].khoa, "stage")


def test_a_program_that_sets_up_no_logging_hears_nothing():
    program = (
        "import logging, congvan; logging.getLogger('congvan.run').warning('loud'); "
        "assert [type(one) for one in logging.getLogger('congvan').handlers] == [logging.NullHandler]"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert (done.stdout, done.stderr) == ("", "")
