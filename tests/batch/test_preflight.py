"""Letters checked before anything is written, by the processes that will make them."""

from concurrent.futures import Executor

import pytest

import congvan
from congvan.batch.crew import workers
from congvan.batch.engine_choice import EngineChoice
from congvan.batch.portion import Making, portions
from congvan.batch.preflight import MAX_ALIKE, preflight

UNPRINTABLE = "☃★♞⚓"
HAMLETS = "".join(
    f"16015-{number},400,huyện Hậu Lộc,16015,xã Đại Lộc,thôn {number},thôn,Lê {UNPRINTABLE[number % 4]},Ông\n"
    for number in range(10, 70)
)


@pytest.fixture
def flawed(project, monkeypatch):
    """The campaign in portions of three letters; most hamlets' names have signs that the font lacks."""
    monkeypatch.setattr("congvan.batch.portion.BUNDLE_SIZE", 3)
    with (project.folder / "thon.csv").open("a", encoding="utf-8") as file:
        file.write(HAMLETS)
    plan = congvan.plan(congvan.load_campaign(project.campaign))
    return lambda: portions(plan.items, {}, Making(("docx",), EngineChoice(None)))


def test_several_processes_find_what_one_finds_in_the_order_of_the_letters(flawed):
    alone = preflight(flawed())
    with workers(2, pdf=False) as crew:
        shared = preflight(flawed(), crew)

    assert [found.values["signs"] for found in shared if "signs" in found.values] == ["♞", "⚓", "☃", "★"]
    assert shared == alone


def test_findings_alike_are_counted_over_all_processes(flawed, monkeypatch):
    monkeypatch.setattr("congvan.batch.preflight.MAX_ALIKE", 2)
    with workers(2, pdf=False) as crew:
        *told, counted = preflight(flawed(), crew)

    assert MAX_ALIKE > 2
    assert [found.code for found in told] == ["word-letters-missing-in-font"] * 2
    assert (counted.code, counted.values["count"]) == ("batch-similar-findings", "58")


def test_letters_are_checked_here_where_an_executor_takes_no_work(flawed):
    class Broken(Executor):
        def submit(self, *_):
            raise RuntimeError("hỏng")

    assert preflight(flawed(), Broken()) == preflight(flawed())


def test_letters_get_their_numbers_portion_by_portion(flawed, project, monkeypatch):
    """However many letters there are, only those of the portions under way are held with their numbers."""
    plan = congvan.plan(congvan.load_campaign(project.campaign))
    numbers = {wanted.khoa: 7 for wanted in plan.number_requests()}
    made = []

    def told():
        for item in plan.iter_with_numbers(numbers):
            made.append(item.position)
            yield item

    every = portions(told(), {}, Making(("docx",), EngineChoice(None)))
    first = [next(every) for _ in range(3)][-1]

    assert [item.letter.so for item in first.items] == [7, 7, 7]
    assert len(made) < 9 < len(plan.items)
