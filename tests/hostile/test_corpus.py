"""Nothing hostile runs code, reads a file, opens a socket, eats the memory or ends in a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import guard
import pytest

import congvan

HERE = Path(__file__).parent
NAMES = [attack.name for attack in guard.ATTACKS]
WANTED = {attack.name: attack.outcome for attack in guard.ATTACKS}


@pytest.fixture(scope="module")
def told(tmp_path_factory, listener):
    """What came of every attack, carried out in one process with limits of memory and time."""
    folder = tmp_path_factory.mktemp("hostile")
    source = str(Path(congvan.__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": source, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, str(HERE / "guard.py"), str(folder), listener.url]
    done = subprocess.run(
        command, env=environment, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {line["name"]: line for line in lines}, done, list(listener.asked)


def test_the_corpus_is_large_and_each_attack_has_its_own_name():
    assert len(NAMES) >= 60
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_an_attack_ends_as_it_should(told, name):
    came = told[0].get(name)

    assert came is not None, f"the process ended before: {told[1].stderr[-2000:]}"
    assert came["failure"] == ""
    assert came["seen"] == []
    if WANTED[name]:
        assert set(WANTED[name]) <= set(came["came"])
    else:
        assert came["came"] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_command_line_never_ends_in_a_traceback(told, name):
    said = told[0][name]["said"]

    assert "Traceback" not in said
    assert "internal error" not in said
    assert guard.SECRET not in said


def test_nobody_was_asked_for_anything(told):
    assert told[2] == []


def test_the_process_ended_by_itself_within_its_limits(told):
    assert told[1].returncode == 0, told[1].stderr[-2000:]


WATCHED_ACTS = """
import pathlib, socket, subprocess, sys
for act in (lambda: open('/etc/hostname'), lambda: socket.socket(), lambda: subprocess.run(['true']),
            lambda: open('x', 'w'), lambda: open('corpus/bi-mat.txt')):
    try: act()
    except OSError: pass
"""
"""What the watch is there to see, done on purpose."""


def test_the_watch_sees_what_it_is_there_for(tmp_path):
    """A guard that never barks proves nothing."""
    program = f"import pathlib, watch; seen = []; w = watch.Watch(seen.append); w.folders = (pathlib.Path('y'),)\n{WATCHED_ACTS}\nprint(seen)"
    done = run_watched(program, tmp_path, PYTHONPATH=str(HERE))

    for sign in ("/etc/hostname", "socket.__new__", "subprocess.Popen", "open ('x', 'w'", "bi-mat"):
        assert sign in done


def test_the_watch_sees_it_in_a_worker_process_of_congvan(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    program = (
        "import guard, pathlib; guard.watch_processes(pathlib.Path('corpus').absolute())\n"
        "from congvan.support.processes.warm_processes import call_within\n"
        f"call_within(60, exec, {WATCHED_ACTS!r}, {{}})"
    )
    run_watched(program, tmp_path, PYTHONPATH=os.pathsep.join((str(HERE), str(Path(congvan.__file__).parents[1]))))
    seen = (corpus / "children.log").read_text(encoding="utf-8")

    for sign in ("/etc/hostname", "socket.__new__", "subprocess.Popen", "open ('x', 'w'", "bi-mat"):
        assert sign in seen


def run_watched(program, folder, **environment):
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout
