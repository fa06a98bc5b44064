"""Which Python starts the worker processes, also where the program that runs is none."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import congvan
from congvan.support.processes import interpreter
from congvan.support.processes.interpreter import python_command, use_python

unix = pytest.mark.skipif(sys.platform == "win32", reason="a script is a program on Unix alone")


@pytest.fixture(autouse=True)
def lean(monkeypatch):
    monkeypatch.delenv("CONGVAN_PYTHON", raising=False)


@pytest.mark.parametrize(
    "name", ["python", "python3", "python3.11", "python3.13t", "pythonw.exe", "pypy3", "python_d.exe"]
)
def test_a_python_that_runs_is_taken(monkeypatch, name):
    monkeypatch.setattr(sys, "executable", f"/opt/bin/{name}")

    assert python_command()[0] == f"/opt/bin/{name}"


@pytest.mark.parametrize("program", ["/usr/sbin/uwsgi", "/usr/sbin/apache2", "/opt/app/mod_wsgi-express", "", None])
def test_inside_another_program_the_python_of_the_installation_is_taken(monkeypatch, program):
    monkeypatch.setattr(sys, "executable", program)
    found = python_command()[0]

    assert Path(found).is_file()
    done = subprocess.run([found, "-c", "import sys; print(sys.prefix)"], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == sys.prefix


def test_one_that_is_named_comes_first(monkeypatch):
    monkeypatch.setenv("CONGVAN_PYTHON", "/opt/a/python")
    assert python_command()[0] == "/opt/a/python"
    use_python(Path("/opt/b/python"))
    try:
        assert python_command()[0] == str(Path("/opt/b/python"))
    finally:
        use_python(None)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_frozen_program_without_a_python_is_told_what_to_do(monkeypatch, language):
    monkeypatch.setattr(sys, "executable", "/opt/app/chuong-trinh")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    congvan.findings.set_language(language)
    try:
        with pytest.raises(OSError, match=r"CONGVAN_PYTHON.*freeze_support"):
            python_command()
    finally:
        congvan.findings.set_language("vi")


FROZEN = """#!{python}
import sys
sys.path[:0] = {path!r}
sys.frozen = True
sys.executable = sys.argv[0]
import congvan
congvan.freeze_support()
from congvan.support.processes.warm_processes import call_within
import os
print(call_within(60, abs, -42), call_within(60, os.getpid) != os.getpid())
"""


@unix
def test_a_frozen_program_serves_as_its_own_worker(tmp_path):
    program = tmp_path / "chuong-trinh"
    program.write_text(FROZEN.format(python=sys.executable, path=sys.path), encoding="utf-8")
    program.chmod(0o755)

    done = subprocess.run([program], capture_output=True, text=True, check=True, env={**os.environ})

    assert done.stdout.split() == ["42", "True"]


def test_no_other_program_serves(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["chuong-trinh"])
    congvan.freeze_support()

    assert interpreter._is_own_worker is False
