"""Letters that need a number, and a register with a clock that stands still."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest

from congvan.errors import RegisterError
from congvan.register import NumberRequest, Register

NOW = datetime(2021, 4, 1, 8, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def letter() -> Callable[..., NumberRequest]:
    """A letter of the company, except for what the test says."""
    return partial(
        NumberRequest,
        don_vi="pcth",
        nam=2021,
        ngay=date(2021, 4, 5),
        ky_hieu="PCTH-KD",
        loai="cong-van",
        trich_yeu="phối hợp tuyên truyền",
    )


@pytest.fixture
def where(tmp_path) -> Path:
    return tmp_path / "so.sqlite3"


@pytest.fixture
def register(where) -> Register:
    return Register.open(where, clock=lambda: NOW)


@pytest.fixture
def refused() -> Callable[..., list[str]]:
    """The codes of the findings with which the register refuses a call."""

    def codes(call: Callable[..., object], *given: object, **named: object) -> list[str]:
        with pytest.raises(RegisterError) as caught:
            call(*given, **named)
        return [found.code for found in caught.value.args[0].errors]

    return codes


@pytest.fixture(scope="session")
def clerks() -> Callable[[Path | str, int, int], list[list[int]]]:
    """The numbers that so many clerks take, each in a process of their own, all from one register at once."""

    def at_work(where: Path | str, count: int, letters: int) -> list[list[int]]:
        command = [sys.executable, str(Path(__file__).with_name("clerk.py")), str(where)]
        working = [
            subprocess.Popen([*command, f"clerk-{number}", str(letters)], stdout=subprocess.PIPE, text=True)
            for number in range(count)
        ]
        taken = [[int(line) for line in clerk.communicate(timeout=900)[0].split()] for clerk in working]
        assert [clerk.returncode for clerk in working] == [0] * count
        return taken

    return at_work
