"""One run at a time in a folder."""

import subprocess
import sys

import pytest

from congvan.batch.sole_run import sole_run
from congvan.errors import OutputError

HOLDER = """
import sys, time
from pathlib import Path
from congvan.batch.sole_run import sole_run
with sole_run(Path(sys.argv[1])):
    print("in", flush=True)
    time.sleep(3600)
"""


def test_a_second_run_is_refused_with_a_finding(tmp_path):
    with sole_run(tmp_path), pytest.raises(OutputError) as error, sole_run(tmp_path):
        pass
    assert [found.code for found in error.value.report] == ["batch-folder-busy"]


def test_another_folder_is_free(tmp_path):
    with sole_run(tmp_path / "a"), sole_run(tmp_path / "b"):
        pass


def test_a_dead_process_leaves_no_folder_locked(tmp_path):
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "in\n"
    with pytest.raises(OutputError), sole_run(tmp_path):
        pass
    holder.kill()
    holder.communicate()
    with sole_run(tmp_path):
        pass


def test_what_a_dead_run_left_half_written_goes(tmp_path):
    left = tmp_path / "1-tinh" / ".001_465-PCTH-KD.pdf.4711.tmp"
    left.parent.mkdir()
    left.write_bytes(b"%PDF")
    kept = [tmp_path / "1-tinh" / "001_465-PCTH-KD.pdf", tmp_path / ".own.tmp", tmp_path / "notes.1.tmp"]
    for path in kept:
        path.write_bytes(b"x")
    with sole_run(tmp_path):
        assert not left.exists()
        assert all(path.exists() for path in kept)


def test_a_campaign_is_not_run_into_a_folder_where_another_run_is_at_work(project):
    with sole_run(project.folder / "out"), pytest.raises(OutputError):
        project.render()
    assert not project.register.exists()
