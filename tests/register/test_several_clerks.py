"""Several processes and threads take numbers from one register at once."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from congvan.register import Register


def test_three_clerks_at_once_take_distinct_consecutive_numbers(where, clerks):
    taken = clerks(where, 3, 50)
    assert sorted(number for own in taken for number in own) == list(range(1, 151))
    assert all(before < after for own in taken for before, after in pairwise(own))
    assert [line.so for line in Register.open(where).entries()] == list(range(1, 151))
    assert [file.name for file in where.parent.iterdir()] == [where.name]


@pytest.mark.slow
def test_eight_clerks_take_a_thousand_numbers_each(where, clerks):
    taken = clerks(where, 8, 1000)
    assert sorted(number for own in taken for number in own) == list(range(1, 8001))
    register = Register.open(where)
    assert [line.so for line in register.entries()] == list(range(1, 8001))
    assert register.verify().ok


def test_threads_share_one_register(register, letter):
    with ThreadPoolExecutor(4) as threads:
        given = list(threads.map(lambda number: register.reserve([letter(f"thu/{number}")]), range(20)))
    assert sorted(number for numbers in given for number in numbers.values()) == list(range(1, 21))
