"""The measurements as JSON, written after every one, so that a benchmark that was stopped goes on."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks.measured import Case

_PACKAGES = ("congvan", "dxpdf", "docxtpl", "docx-mailmerge2", "python-docx", "lxml", "Jinja2", "pikepdf")


@dataclass(slots=True)
class Result:
    """All rounds of a case, each with seconds, CPU seconds, bytes, stages and peak memory."""

    case: Case
    rounds: list[dict[str, Any]] = field(default_factory=list)

    @property
    def median(self) -> dict[str, Any]:
        """The round with the median of the seconds; of two in the middle the quicker one."""
        by_seconds = sorted(self.rounds, key=lambda measured: measured["seconds"])
        return by_seconds[(len(by_seconds) - 1) // 2]

    @property
    def each(self) -> float:
        """Seconds a letter in the median round."""
        return float(self.median["seconds"] / self.case.sample)

    @property
    def each_by_round(self) -> list[float]:
        """Seconds a letter in every round."""
        return [measured["seconds"] / self.case.sample for measured in self.rounds]

    @property
    def peak_mb(self) -> int:
        """The most memory of any round, in MB."""
        return int(max(measured["peak_mb"] for measured in self.rounds))


class Results:
    """The results of one machine with one set of versions, by the key of the case."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.header: dict[str, Any] = surroundings()
        self.cases: dict[str, Result] = {}
        self.stages: dict[str, dict[str, Any]] = {}
        if path.exists():
            self._read()

    def _read(self) -> None:
        document = json.loads(self._path.read_text(encoding="utf-8"))
        self.header, self.stages = document["surroundings"], document["stages"]
        for entry in document["cases"]:
            result = Result(Case(**entry["case"]), entry["rounds"])
            self.cases[result.case.key] = result

    def require_same_surroundings(self) -> None:
        """Refuse to mix figures of two machines or versions in one table.

        Raises:
            SystemExit: with what differs.
        """
        now = surroundings()
        differing = [name for name in now if name != "day" and now[name] != self.header.get(name)]
        if self.cases and differing:
            changes = ", ".join(f"{name}: {self.header.get(name)} then, {now[name]} now" for name in differing)
            raise SystemExit(f"{self._path} was measured elsewhere ({changes}); remove it to begin anew")
        self.header = now

    def round_count(self, case: Case) -> int:
        """How often ``case`` was measured."""
        return len(self.cases[case.key].rounds) if case.key in self.cases else 0

    def add(self, case: Case, measurement: dict[str, Any]) -> None:
        """Add a round of ``case``."""
        self.cases.setdefault(case.key, Result(case)).rounds.append(measurement)
        self.save()

    def forget(self, cases: Iterable[Case]) -> None:
        """Remove all rounds of ``cases``."""
        for case in cases:
            self.cases.pop(case.key, None)

    def save(self) -> None:
        cases = [{"case": asdict(result.case), "rounds": result.rounds} for result in self.cases.values()]
        document = {"surroundings": self.header, "cases": cases, "stages": self.stages}
        temporary = self._path.with_suffix(".tmp")
        temporary.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        temporary.replace(self._path)


def surroundings() -> dict[str, Any]:
    """The machine and the versions, as far as they decide the figures."""
    return {
        "day": datetime.now(tz=UTC).date().isoformat(),
        "machine": f"{_processor()}, {os.cpu_count()} cores, {_memory()}, {platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        **{name: _version(name) for name in _PACKAGES},
        "LibreOffice": _libreoffice(),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown processor"
    )


def _memory() -> str:
    import psutil

    return f"{psutil.virtual_memory().total / 1024**3:.0f} GB memory"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _libreoffice() -> str:
    binary = shutil.which("soffice")
    if binary is None:
        return "not installed"
    words = subprocess.run([binary, "--version"], capture_output=True, text=True, check=False).stdout.split()
    return words[1] if len(words) > 1 else "unknown"
