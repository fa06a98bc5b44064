"""The command line as a user starts it: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def congvan(tmp_path: Path) -> Callable[..., SimpleNamespace]:
    """Run ``congvan …`` in an empty folder, or ``within`` another; gives ``status``, ``out`` and ``err``."""

    def run(*words: object, lang: str = "vi", within: Path = tmp_path) -> SimpleNamespace:
        environment = {**os.environ, "PYTHONUTF8": "1", "LC_ALL": "en_US.UTF-8" if lang == "en" else "vi_VN.UTF-8"}
        command = [sys.executable, "-m", "congvan", *map(str, words)]
        done = subprocess.run(
            command, cwd=within, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
        )
        return SimpleNamespace(status=done.returncode, out=done.stdout, err=done.stderr)

    return run


@pytest.fixture
def letter_004(tmp_path: Path) -> SimpleNamespace:
    """The example of one letter, copied where the test may write."""
    import shutil

    folder = tmp_path / "so-cong-thuong"
    shutil.copytree(EXAMPLES / "so-cong-thuong", folder, ignore=shutil.ignore_patterns("out", "*.sqlite3"))
    return SimpleNamespace(folder=folder, draft=folder / "du-thao.yaml", issued=folder / "ban-hanh.yaml")
