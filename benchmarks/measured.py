"""One way run in a process of its own: time, CPU, bytes, and the peak memory of all its processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import psutil

from benchmarks.shapes import SHAPES, Source

_EVERY = 0.2  # seconds between two looks at the memory; each takes a little of what is measured
_ROOT = Path(__file__).parents[1]
_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Case:
    """One line of a table: ``letters`` of a shape by a way; a slow way makes a ``sample`` of them."""

    shape: str
    letters: int
    way: str
    engine: str | None
    jobs: int
    sample: int

    @property
    def key(self) -> str:
        return "|".join(map(str, (self.shape, self.letters, self.way, self.engine or "-", self.jobs)))


def measure(case: Case, work: Path) -> dict[str, Any]:
    """What ``case`` took: seconds, CPU seconds, bytes, stages, peak memory in MB.

    The memory is the sum of the resident sets, looked at 5 times a second; pages that processes share count twice.
    All files stay in the folder ``work``: files deleted just before make new ones dearer, several times on ext4.
    What is not yet on the disk goes there before the case begins.
    """
    source = _source(case, work)
    if sys.platform != "win32":
        os.sync()
    out = Path(tempfile.mkdtemp(dir=work), "out")
    command: list[object] = [sys.executable, "-m", "benchmarks.ways", case.way, "--source", source.path, "--out", out]
    command += ["--letters", case.sample, "--jobs", case.jobs, "--last", source.last]
    command += ["--engine", case.engine] if case.engine else []
    process = subprocess.Popen(
        [*map(str, command)], cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )
    with _Memory(process.pid) as memory:
        output, errors = process.communicate()
    if process.returncode:
        raise RuntimeError(f"{case.key}: {errors.strip() or output.strip()}")
    measurement = json.loads(output)
    pages = SHAPES[case.shape].pages
    if pages and measurement["pages"] not in {None, case.sample * pages}:
        raise RuntimeError(f"{case.key}: {measurement['pages']} pages, not {pages} a letter")
    return {**measurement, "peak_mb": round(memory.peak / _MB)}


def _source(case: Case, work: Path) -> Source:
    """The source of the case's letters; ways of the same shape and number of letters share it."""
    folder = work / f"{case.shape}-{case.sample}"
    noted = folder.with_suffix(".json")
    if not noted.exists():
        source = SHAPES[case.shape].write(folder, case.sample)
        noted.write_text(json.dumps([str(source.path), source.last]), encoding="utf-8")
    path, last = json.loads(noted.read_text(encoding="utf-8"))
    return Source(Path(path), last)


class _Memory:
    """The largest sum of resident sets a process and its descendants had while it was watched."""

    def __init__(self, pid: int) -> None:
        self.peak = 0
        self._root = psutil.Process(pid)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(_EVERY):
            total = 0
            with suppress(psutil.Error):
                for process in (self._root, *self._root.children(recursive=True)):
                    with suppress(psutil.Error):
                        total += process.memory_info().rss
            self.peak = max(self.peak, total)
