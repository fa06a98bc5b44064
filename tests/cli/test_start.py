"""The command starts quickly because it loads little: what a help page does not need is not imported for it."""

import subprocess
import sys

import pytest

HEAVY = {
    "rich",
    "pydantic",
    "ruamel",
    "jinja2",
    "markdown_it",
    "docxtpl",
    "docx",
    "lxml",
    "babel",
    "num2words",
    "sqlalchemy",
    "sqlite3",
    "python_calamine",
    "xlsxwriter",
    "pypdf",
    "pikepdf",
    "dxpdf",
    "distributed",
    "asyncio",
    "multiprocessing",
}


def imported(*words):
    command = [sys.executable, "-X", "importtime", "-m", "congvan", *words]
    told = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    lines = [line for line in told.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip() for line in lines}


def loaded(*words):
    modules = imported(*words)
    assert "typer" in modules
    return {name.partition(".")[0] for name in modules}


def test_help_loads_nothing_heavy():
    assert loaded("--help") & HEAVY == set()


@pytest.mark.parametrize("command", ["render", "register"])
def test_help_of_a_command_loads_only_what_typer_reads_its_options_with(command):
    assert loaded(command, "--help") & HEAVY <= {"pydantic"}
