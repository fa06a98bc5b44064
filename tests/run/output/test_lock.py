"""One run at a time in a folder."""

import subprocess
import sys

import pytest

from congvan.errors import OutputError
from congvan.run.output.lock import output_lock, release_new_folder

HOLDER = """
import sys, time
from pathlib import Path
from congvan.run.output.lock import output_lock
with output_lock(Path(sys.argv[1])):
    print("in", flush=True)
    time.sleep(3600)
"""


def test_a_second_run_is_refused_with_a_finding(tmp_path):
    with output_lock(tmp_path), pytest.raises(OutputError) as error, output_lock(tmp_path):
        pass
    assert [found.code for found in error.value.report] == ["batch-folder-busy"]


def test_another_folder_is_free(tmp_path):
    with output_lock(tmp_path / "a"), output_lock(tmp_path / "b"):
        pass


def test_a_dead_process_leaves_no_folder_locked(tmp_path):
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "in\n"
    with pytest.raises(OutputError), output_lock(tmp_path):
        pass
    holder.kill()
    holder.communicate()
    with output_lock(tmp_path):
        pass


def test_a_refused_run_leaves_no_folder_behind_that_was_not_there(tmp_path):
    with output_lock(tmp_path / "out"):
        release_new_folder(tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_lock_on_a_file_that_was_removed_counts_for_nobody(tmp_path):
    """The run that removes its folder and the one that waits for it must not both hold the lock."""
    with output_lock(tmp_path / "out"):
        release_new_folder(tmp_path / "out")
        with output_lock(tmp_path / "out"), pytest.raises(OutputError), output_lock(tmp_path / "out"):
            pass


def test_a_campaign_is_not_run_into_a_folder_where_another_run_is_at_work(project):
    with output_lock(project.folder / "out"), pytest.raises(OutputError):
        project.render()
    assert not project.register.exists()
