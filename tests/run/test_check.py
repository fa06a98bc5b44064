"""Everything that would stop a run, found by staging its letters in a temporary folder."""

import pytest

import congvan
from congvan.errors import CampaignError

UNPRINTABLE = "☃★♞⚓"
HAMLETS = "".join(
    f"16015-{number},400,huyện Hậu Lộc,16015,xã Đại Lộc,thôn {number},thôn,Lê {UNPRINTABLE[number % 4]},Ông\n"
    for number in range(10, 70)
)


@pytest.fixture
def check(project, monkeypatch):
    """Checks the campaign, in batches of three letters; most hamlets' names have signs that the font lacks."""
    monkeypatch.setattr("congvan.run.templates.BATCH_SIZE", 3)
    monkeypatch.setattr("congvan.run.batches.BATCH_SIZE", 3)
    with (project.folder / "thon.csv").open("a", encoding="utf-8") as file:
        file.write(HAMLETS)
    return lambda: congvan.check(congvan.plan(congvan.load_campaign(project.campaign)), project.register)


def test_findings_come_in_the_order_of_the_letters(check):
    found = check()
    assert [one.values["signs"] for one in found if "signs" in one.values] == ["♞", "⚓", "☃", "★"]


def test_findings_of_one_code_are_counted_after_the_first_few(check, monkeypatch):
    monkeypatch.setattr("congvan.run.stage.MOST_OF_ONE_CODE", 2)
    *shown, counted = check()

    assert [found.code for found in shown] == ["word-letters-missing-in-font"] * 2
    assert (counted.code, counted.values["count"]) == ("batch-similar-findings", "58")


def test_a_check_takes_no_number_and_leaves_no_file(check, project):
    before = set(project.folder.rglob("*"))
    check()
    assert set(project.folder.rglob("*")) == before


def test_a_sound_campaign_has_no_finding(project):
    plan = congvan.plan(congvan.load_campaign(project.campaign))
    assert congvan.check(plan, project.register).ok


def test_sound_letters_after_faulty_ones_do_not_hide_the_faults(project, monkeypatch):
    monkeypatch.setattr("congvan.run.templates.BATCH_SIZE", 1)
    monkeypatch.setattr("congvan.run.batches.BATCH_SIZE", 1)
    monkeypatch.setattr("congvan.run.dispatch.queue_depth_of", lambda _: 0)
    project.change("thon.csv", "Đinh Công Ngạn", "Đinh ☃")
    with pytest.raises(CampaignError) as error:
        project.render()

    assert [found.code for found in error.value.report.errors] == ["word-letters-missing-in-font"]
