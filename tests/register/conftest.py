"""Letters that need a number, and a register with a clock that stands still."""

from __future__ import annotations

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
