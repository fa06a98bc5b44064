"""Programs that are run as a service runs: in an interpreter of their own, with a folder of their own for their files."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

import congvan

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))


@pytest.fixture
def temporary():
    """A short path: the sockets of multiprocessing lie in it, and have at most 108 characters."""
    with tempfile.TemporaryDirectory(prefix="t-") as folder:
        yield Path(folder)


@pytest.fixture
def service_environment(temporary):
    """The environment of a program: no home folder, no settings, ``letters`` to import."""
    paths = os.pathsep.join((str(Path(congvan.__file__).parents[1]), str(HERE)))
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return {**kept, "PYTHONPATH": paths, "TMPDIR": str(temporary), "PYTHONUTF8": "1"}


@pytest.fixture
def start(service_environment, tmp_path) -> Callable[..., subprocess.Popen[str]]:
    """Start a program; it is ended with the test."""
    started: list[subprocess.Popen[str]] = []

    def run(program: str, **options: object) -> subprocess.Popen[str]:
        (tmp_path / "program.py").write_text(dedent(program), encoding="utf-8")
        command = [sys.executable, str(tmp_path / "program.py")]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "encoding": "utf-8"}
        process = subprocess.Popen(command, cwd=tmp_path, env=service_environment, **{**pipes, **options})
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def said(start, temporary) -> Callable[..., list[str]]:
    """The lines a program prints; it must leave no file behind, though its last process may need a moment."""

    def run(program: str, **options: object) -> list[str]:
        process = start(program, **options)
        out, error = process.communicate(timeout=300)
        assert process.returncode == 0, error
        deadline = time.monotonic() + 10
        while [*temporary.iterdir()] and time.monotonic() < deadline:
            time.sleep(0.05)
        assert [*temporary.iterdir()] == []
        return out.splitlines()

    return run


@pytest.fixture
def processes_below() -> Callable[[int], set[int]]:
    """The processes that a program has started and that run."""

    def listed(parent: int) -> set[int]:
        rows = subprocess.run(["ps", "-eo", "pid=,ppid=,stat="], capture_output=True, text=True, check=True).stdout
        found = (line.split() for line in rows.splitlines())
        return {int(pid) for pid, above, state in found if int(above) == parent and state[0] != "Z"}

    return listed
