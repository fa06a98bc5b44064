"""The processors a process may use, not those of the computer."""

import os
import sys

import pytest

from congvan.support.processes import processors
from congvan.support.processes.processors import usable_processors


@pytest.mark.skipif(sys.platform != "linux", reason="processes have no affinity here")
def test_a_process_bound_to_one_processor_uses_one():
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        assert usable_processors() == 1
    finally:
        os.sched_setaffinity(0, before)


@pytest.mark.parametrize(
    ("limit", "most"),
    [("50000 100000", 1), ("100000 100000", 1), ("150000 100000", 2), ("max 100000", 64), ("", 64)],
)
def test_a_container_has_as_many_as_its_limit_says(tmp_path, monkeypatch, limit, most):
    (tmp_path / "cpu.max").write_text(limit, encoding="ascii")
    monkeypatch.setattr(processors, "_QUOTA", tmp_path / "cpu.max")
    monkeypatch.setattr(processors, "_allowed", lambda: 64)

    assert usable_processors() == most


def test_without_a_container_it_has_those_it_is_allowed(tmp_path, monkeypatch):
    monkeypatch.setattr(processors, "_QUOTA", tmp_path / "missing")
    monkeypatch.setattr(processors, "_allowed", lambda: 6)

    assert usable_processors() == 6
