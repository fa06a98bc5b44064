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


def test_the_watch_sees_what_it_is_there_for(tmp_path):
    """A guard that never barks proves nothing."""
    program = (
        "import socket, subprocess, pathlib, guard\n"
        "watch = guard.Watch(); watch.allowed = pathlib.Path('nowhere').absolute()\n"
        "for act in (lambda: open('/etc/hostname'), lambda: socket.socket(), lambda: subprocess.run(['true']), "
        "lambda: open('x', 'w')):\n"
        "    try: act()\n"
        "    except OSError: pass\n"
        "watch.allowed = None\n"
        "print([seen.split()[0] for seen in watch.seen])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{HERE}{os.pathsep}{Path(congvan.__file__).parents[1]}"},
        capture_output=True,
        text=True,
        check=True,
    )

    for event in ("open", "socket.__new__", "subprocess.Popen"):
        assert event in done.stdout
