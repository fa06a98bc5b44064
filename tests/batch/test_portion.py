from dataclasses import replace
from types import SimpleNamespace

import pytest

import congvan
from congvan.batch.engine_choice import EngineChoice
from congvan.batch.portion import Making, portions


@pytest.fixture
def sizes(project, monkeypatch):
    """How many letters each bundle has, of so many letters drawn by an engine that takes at most 200 at once."""
    plan = congvan.plan(congvan.load_campaign(project.campaign), only=["thon"])
    monkeypatch.setattr("congvan.batch.basis.engine", lambda _: SimpleNamespace(alike_alone=True, version="1"))

    def of(letters, most=200):
        monkeypatch.setattr("congvan.batch.portion.engine", lambda _: SimpleNamespace(most_letters=most))
        many = replace(plan, items=plan.items[:1] * letters)
        return [len(portion.items) for portion in portions(many.items, {}, Making(("pdf",), EngineChoice("nhanh")))]

    return of


def test_a_long_run_is_made_in_bundles_as_large_as_the_engine_wants(sizes):
    assert sizes(1600) == [200] * 8
    assert sizes(1800) == [200] * 8 + [50] * 4
    assert sizes(400, most=50) == [50] * 8


def test_a_short_run_is_made_in_several_bundles_all_the_same(sizes):
    assert sizes(100) == [50, 50]
    assert sizes(800) == [100] * 8


def test_word_alone_is_made_in_small_bundles(project):
    plan = congvan.plan(congvan.load_campaign(project.campaign), only=["thon"])
    many = replace(plan, items=plan.items[:1] * 120)
    made = list(portions(many.items, {}, Making(("docx",), EngineChoice(None))))
    assert [len(portion.task.letters) for portion in made] == [50, 50, 20]
