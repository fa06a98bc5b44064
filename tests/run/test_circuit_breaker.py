"""A tier whose letters fail one after another for one cause is stopped, with one finding."""

from collections import Counter
from concurrent.futures import Executor, Future
from pathlib import Path

import pytest

from congvan.errors import WorkerLostError
from congvan.findings import Place, finding
from congvan.run.batches import Batch, Record, TemplateSource
from congvan.run.dispatch import Dispatcher
from congvan.run.rendering import StagedLetter
from congvan.run.workers.circuit_breaker import CircuitBreaker

LATE, DIED, MEMORY = "batch-worker-late", "batch-worker-died", "batch-worker-memory"


class Workers(Executor):
    """Workers that lose every call with a letter named in ``losing``."""

    def __init__(self, losing, code=LATE):
        self.calls = Counter()
        self._losing, self._code = losing, code

    def submit(self, _, batch, *__):
        future = Future()
        names = [record.values["ten"] for record in batch.letters]
        self.calls.update(names)
        if self._losing.intersection(names):
            future.set_exception(WorkerLostError(self._code, seconds=1, how="SIGABRT", most=2048))
        else:
            future.set_result(tuple(StagedLetter(content=name) for name in names))
        return future


def batch(*names, tier="thon"):
    records = tuple(Record({"ten": name}, Place()) for name in names)
    return Batch(records, TemplateSource(b"", "mau.docx"), ("docx",), None, "", tier)


def staged(workers, *batches):
    dispatcher = Dispatcher(workers, Path())
    dispatcher._folder = None  # the workers write nothing
    results = [letters for _, letters in dispatcher.staged((one.tier, one) for one in batches)]
    return dispatcher, results


def names(count, start=0):
    return [f"thôn {number}" for number in range(start, start + count)]


@pytest.mark.parametrize("code", [LATE, DIED, MEMORY])
def test_letters_that_all_lose_their_worker_are_tried_three_times(code):
    every = names(40)
    workers = Workers(set(every), code)
    dispatcher, (letters,) = staged(workers, batch(*every))

    assert [letter.is_skipped for letter in letters] == [False] * 3 + [True] * 37
    assert all(letter.failure for letter in letters[:3])
    assert dispatcher.breaker.reasons == {"thon": letters[2].failure}
    assert workers.calls["thôn 3"] == workers.calls["thôn 39"] <= 2  # with the others, as a batch


def test_a_batch_that_took_too_long_is_not_tried_as_a_whole_again():
    workers = Workers({"thôn 1"})
    staged(workers, batch(*names(10)))

    assert workers.calls["thôn 9"] == 2


def test_letters_that_fail_here_and_there_stop_nothing():
    every = names(30)
    workers = Workers(set(every[::4]))
    dispatcher, (letters,) = staged(workers, batch(*every))

    assert not any(letter.is_skipped for letter in letters)
    assert [bool(letter.failure) for letter in letters] == [number % 4 == 0 for number in range(30)]
    assert not dispatcher.breaker.reasons


def test_another_tier_goes_on():
    every = names(12)
    workers = Workers(set(every))
    others = names(5, start=100)
    _, (stopped, made) = staged(workers, batch(*every), batch(*others, tier="tinh"))

    assert sum(letter.is_skipped for letter in stopped) == 9
    assert [letter.content for letter in made] == others


def test_several_small_batches_of_a_tier_count_together():
    workers = Workers(set(names(12)))
    dispatcher, results = staged(workers, *(batch(name) for name in names(12)))

    assert len(results) == 12
    assert "thon" in dispatcher.breaker.reasons


def test_costly_letters_open_the_breaker_too():
    class Costly(Executor):
        def submit(self, _, batch, *__):
            future = Future()
            future.set_result(tuple(StagedLetter(findings=(finding("field-too-costly"),)) for _ in batch.letters))
            return future

    dispatcher, _ = staged(Costly(), batch(*names(3)))

    assert dispatcher.breaker.reasons == {"thon": finding("field-too-costly").message}


def test_failures_of_several_causes_in_turn_stop_nothing():
    breaker = CircuitBreaker()
    for cause in (LATE, DIED, LATE, DIED, LATE, MEMORY, LATE):
        breaker.note_failure("thon", cause, "…")
    assert not breaker.reasons
    breaker.note_failure("thon", LATE, "…")
    breaker.note_success("thon")
    breaker.note_failure("thon", LATE, "…")
    assert not breaker.reasons
