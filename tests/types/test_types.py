"""Type checkers refuse a misspelt part of a letter and a wrong type, and nothing that is right."""

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent
FILES = sorted(path for path in FOLDER.glob("*.py") if not path.name.startswith("test_"))


def refused_lines(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    return {number for number, line in enumerate(lines, start=1) if re.search("# refused(?: #|$)", line)}


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_mypy_refuses_what_is_wrong_and_nothing_else(path):
    program = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--hide-error-context", str(path)]
    told = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False).stdout

    assert {int(line) for line in re.findall(rf"{path.name}:(\d+): error", told)} == refused_lines(path), told


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("pyright") is None, reason="pyright is not installed")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_pyright_refuses_what_is_wrong_and_nothing_else(path):
    program = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable, str(path)]
    told = json.loads(subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False).stdout)
    errors = [one for one in told["generalDiagnostics"] if one["severity"] == "error"]

    assert {one["range"]["start"]["line"] + 1 for one in errors} == refused_lines(path), told
