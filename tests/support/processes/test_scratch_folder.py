"""Temporary files: in one folder of the program, which is gone soon after it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import congvan
from congvan.support.processes import scratch_folder as module
from congvan.support.processes.scratch_folder import _Scratch, scratch_folder, temporary_folder
from congvan.support.processes.warm_processes import call_within

unix = pytest.mark.skipif(sys.platform == "win32", reason="signals and modes are of Unix")

PROGRAM = """
import sys, time
from congvan.support.processes.scratch_folder import scratch_folder
(scratch_folder() / "tep").write_text("x")
print(scratch_folder(), flush=True)
time.sleep(float(sys.argv[1]))
"""


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    monkeypatch.setattr(module.tempfile, "tempdir", str(tmp_path))
    return tmp_path


def start(folder, seconds):
    settings = {**os.environ, "PYTHONPATH": str(Path(congvan.__file__).parents[1]), "TMPDIR": str(folder)}
    command = [sys.executable, "-c", PROGRAM, str(seconds)]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=settings)
    return program, Path(program.stdout.readline().strip())


def end(program, number):
    os.kill(program.pid, number)
    program.wait()
    program.stdout.close()


def test_the_folder_is_gone_with_its_program(tmp_path):
    program, folder = start(tmp_path, 0)
    program.wait()
    program.stdout.close()

    assert folder.parent == tmp_path
    assert list(tmp_path.iterdir()) == []


@unix
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_what_a_killed_program_leaves_is_removed_by_the_next(tmp_path, temporary, number):
    program, left = start(tmp_path, 60)
    end(program, number)
    assert left.is_dir()

    scratch = _Scratch()

    assert [scratch.folder] == list(tmp_path.iterdir())


@unix
def test_the_folder_of_a_program_that_runs_stays(tmp_path, temporary):
    program, its = start(tmp_path, 60)
    try:
        assert _Scratch().folder != its
        assert (its / "tep").read_text() == "x"
    finally:
        end(program, signal.SIGKILL)


@unix
@pytest.mark.parametrize("kind", ["folder of another name", "folder with files and no lock", "symlink", "file"])
def test_what_is_not_congvans_stays(temporary, tmp_path_factory, kind):
    elsewhere = tmp_path_factory.mktemp("khac")
    (elsewhere / "thu.docx").write_text("x")
    strange = temporary / ("congvan-cua-toi" if kind == "folder of another name" else "congvan-scratch-x")
    if kind == "symlink":
        strange.symlink_to(elsewhere)
    elif kind == "file":
        strange.write_text("x")
    else:
        strange.mkdir()
        (strange / "thu.docx").write_text("x")
        os.utime(strange, (0, 0))

    assert _Scratch().folder.is_dir()
    assert strange.exists()
    assert (elsewhere / "thu.docx").exists()


@unix
def test_only_the_user_can_look_into_it():
    assert scratch_folder().stat().st_mode & 0o077 == 0


def test_the_files_of_a_worker_process_go_with_it():
    folder = call_within(60, make_a_file)
    assert folder.parent.parent == scratch_folder()
    call_within_and_die = pytest.raises(Exception, match="7")
    with call_within_and_die:
        call_within(60, os._exit, 7)

    deadline = time.monotonic() + 10
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not folder.exists()


def make_a_file():
    file = scratch_folder() / "tep"
    file.write_text("x")
    return file


def test_a_temporary_folder_ends_with_its_block():
    with temporary_folder() as folder:
        (folder / "tep").write_text("x")
        assert folder.parent == scratch_folder()
    assert not folder.exists()
