"""What was measured, kept as JSON after every case, so that a run can go on where another stopped."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks.measured import Case

_PACKAGES = ("congvan", "dxpdf", "docxtpl", "docx-mailmerge2", "python-docx", "lxml", "Jinja2", "pikepdf")


class Results:
    """The cases measured on one machine with one set of versions."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.header: dict[str, Any] = surroundings()
        self.cases: dict[str, dict[str, Any]] = {}
        self.stages: dict[str, dict[str, Any]] = {}
        if path.exists():
            self._read()

    def _read(self) -> None:
        kept = json.loads(self._path.read_text(encoding="utf-8"))
        self.header, self.cases, self.stages = kept["surroundings"], kept["cases"], kept["stages"]

    def require_same_surroundings(self) -> None:
        """Figures of two machines or versions are never mixed in one table.

        Raises:
            SystemExit: saying what differs.
        """
        now = surroundings()
        differing = [name for name in now if name != "day" and now[name] != self.header.get(name)]
        if self.cases and differing:
            told = ", ".join(f"{name}: {self.header.get(name)} then, {now[name]} now" for name in differing)
            raise SystemExit(f"{self._path} was measured elsewhere ({told}); remove it to begin anew")
        self.header = now

    def add(self, case: Case, told: dict[str, Any]) -> None:
        facts = {name: getattr(case, name) for name in ("shape", "letters", "way", "engine", "jobs", "sample")}
        self.cases[case.key] = {**told, **facts}
        self.save()

    def save(self) -> None:
        document = {"surroundings": self.header, "cases": self.cases, "stages": self.stages}
        beside = self._path.with_suffix(".tmp")
        beside.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        beside.replace(self._path)


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
    told = subprocess.run([binary, "--version"], capture_output=True, text=True, check=False).stdout.split()
    return told[1] if len(told) > 1 else "unknown"
