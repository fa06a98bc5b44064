"""Several processes and threads take numbers from one register at once."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

from congvan.register import Register


def test_three_clerks_at_once_take_distinct_consecutive_numbers(where):
    command = [sys.executable, str(Path(__file__).with_name("clerk.py")), str(where)]
    clerks = [
        subprocess.Popen([*command, name, "50"], stdout=subprocess.PIPE, text=True) for name in ("lan", "minh", "hoa")
    ]
    taken = [[int(line) for line in clerk.communicate(timeout=120)[0].split()] for clerk in clerks]
    assert [clerk.returncode for clerk in clerks] == [0, 0, 0]
    assert sorted(number for own in taken for number in own) == list(range(1, 151))
    assert all(before < after for own in taken for before, after in pairwise(own))
    assert [line.so for line in Register.open(where).entries()] == list(range(1, 151))
    assert [file.name for file in where.parent.iterdir()] == [where.name]


def test_threads_share_one_register(register, letter):
    with ThreadPoolExecutor(4) as threads:
        given = list(threads.map(lambda number: register.reserve([letter(f"thu/{number}")]), range(20)))
    assert sorted(number for numbers in given for number in numbers.values()) == list(range(1, 21))
