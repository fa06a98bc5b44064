"""Numbers taken only as they were previewed, held while a run goes on, or given by an office system itself."""

from collections import Counter
from contextlib import closing
from datetime import date

import pytest

from congvan.errors import LetterError, RegisterError
from congvan.findings import Report, finding
from congvan.register import NumberRegister, Register
from congvan.register.store import database


@pytest.fixture(params=["sqlite", "postgresql"])
def two_writers(request, tmp_path):
    """One register, opened by two writers."""
    where = tmp_path / "so.sqlite3" if request.param == "sqlite" else request.getfixturevalue("postgresql_url")
    with closing(Register.open(where)) as one, closing(Register.open(where)) as other:
        yield one, other


def keys(register):
    return [line.khoa for line in register.entries()]


def test_numbers_are_taken_when_they_are_those_of_the_preview(two_writers, letter):
    register, other = two_writers
    other.reserve([letter("x")])
    run = [letter("a"), letter("b")]
    _, previewed = register.preview(run)

    assert register.reserve(run, expected=previewed) == previewed == {"a": 2, "b": 3}
    assert keys(other) == ["x", "a", "b"]


def test_none_is_taken_when_another_writer_was_quicker_and_the_numbers_of_now_are_told(two_writers, letter):
    register, other = two_writers
    run = [letter("a"), letter("b")]
    _, previewed = register.preview(run)
    other.reserve([letter("x")])

    now = register.reserve(run, expected=previewed)

    assert (previewed, now) == ({"a": 1, "b": 2}, {"a": 2, "b": 3})
    assert keys(register) == ["x"]
    assert register.reserve(run, expected=now) == now
    assert keys(register) == ["x", "a", "b"]


def test_another_writer_between_the_look_and_the_transaction_is_noticed(two_writers, letter, monkeypatch):
    register, other = two_writers
    other.reserve([letter("x")])
    run = [letter("a")]
    writing = register._database.writing

    def late(*arguments, **named):
        other.reserve([letter("y")])
        return writing(*arguments, **named)

    monkeypatch.setattr(register._database, "writing", late)
    assert register.reserve(run, expected={"a": 2}) == {"a": 3}
    assert keys(register) == ["x", "y"]


def test_letters_already_numbered_must_have_the_expected_numbers_too(two_writers, letter):
    register, _ = two_writers
    register.reserve([letter("a")])

    assert register.reserve([letter("a", trich_yeu="khác")], expected={"a": 7}) == {"a": 1}
    assert next(register.entries()).trich_yeu == "phối hợp tuyên truyền"


def test_a_refused_letter_takes_no_number_whatever_was_expected(two_writers, letter):
    register, other = two_writers
    run = [letter("a", ngay=date(2021, 4, 5))]
    _, previewed = register.preview(run)
    other.reserve([letter("x", ngay=date(2021, 4, 9))])

    with pytest.raises(RegisterError) as caught:
        register.reserve(run, expected=previewed)
    assert [found.code for found in caught.value.report] == ["register-date-early"]
    assert keys(register) == ["x"]


def test_a_held_register_gives_its_numbers_at_the_end_of_the_block(two_writers, letter, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 1)
    register, other = two_writers
    other.reserve([letter("x")])

    with register.holding([letter("a"), letter("b")]) as numbers:
        assert numbers == {"a": 2, "b": 3}
        assert keys(other) == ["x"]
        with pytest.raises(RegisterError, match="register-busy"):
            other.reserve([letter("y")])

    assert keys(other) == ["x", "a", "b"]
    assert other.reserve([letter("y")]) == {"y": 4}
    assert register.verify().ok


@pytest.mark.parametrize(
    "failure",
    [RuntimeError("mất điện"), KeyboardInterrupt(), LetterError(Report((finding("register-busy", seconds=1),)))],
)
def test_a_block_that_fails_takes_no_number_and_its_own_error_comes_out(two_writers, letter, failure):
    register, other = two_writers
    other.reserve([letter("x")])

    with pytest.raises(type(failure)) as caught, register.holding([letter("a")]):
        raise failure

    assert caught.value is failure
    assert keys(register) == ["x"]
    assert other.reserve([letter("a")]) == {"a": 2}


def test_a_refused_letter_holds_nothing_and_makes_no_file(register, where, letter, refused):
    def hold():
        with register.holding([letter("a", ngay=date(2020, 4, 5))]):
            pytest.fail("the block was entered")

    assert refused(hold) == ["register-year"]
    assert not where.exists()


class OfficeSystem:
    """An office system with a counter of its own."""

    def __init__(self):
        self.last = Counter()
        self.numbers = {}
        self.issued = set()

    def preview(self, requests):
        last, numbers = self.last.copy(), {}
        for request in requests:
            if request.khoa not in self.numbers:
                last[request.series] += 1
            numbers[request.khoa] = self.numbers.get(request.khoa, last[request.series])
        return Report(), numbers

    def reserve(self, requests, *, expected=None):
        requests = list(requests)
        _, numbers = self.preview(requests)
        if expected in (None, numbers):
            self.numbers |= numbers
            for request in requests:
                self.last[request.series] = max(self.last[request.series], numbers[request.khoa])
        return numbers

    def numbers_of(self, keys):
        return {key: self.numbers[key] for key in keys if key in self.numbers}

    def issue(self, keys):
        self.issued.update(keys)


def test_an_office_system_may_number_by_itself(letter):
    system = OfficeSystem()

    assert isinstance(system, NumberRegister)
    assert system.reserve([letter("a")], expected={"a": 2}) == {"a": 1}
    assert system.numbers == {}
    assert system.reserve([letter("a"), letter("b")], expected={"a": 1, "b": 2}) == {"a": 1, "b": 2}


def test_congvans_register_is_one(register):
    assert isinstance(register, NumberRegister)
    assert not isinstance(object(), NumberRegister)
