"""Runs that are killed and continued; see :mod:`kills`. ``make kill-test`` kills 300 on each kind of register."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and fork are of Unix")

MANY = int(os.environ.get("CONGVAN_KILLS", "0"))


def killed(kills, *words):
    script = [sys.executable, str(Path(__file__).with_name("kills.py")), "--kills", str(kills), *words]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    sys.stdout.write(done.stdout)
    return json.loads(done.stdout)


@pytest.mark.slow
def test_a_killed_run_continues_as_if_nothing_had_happened():
    told = killed(MANY or 12)

    assert told["killed"] >= (MANY or 12)
    assert all(told["phases"].values()) or not MANY


@pytest.mark.slow
def test_so_it_does_with_a_register_on_a_server(postgresql_server):
    told = killed(MANY or 4, "--register", postgresql_server.url, "--seed", "2")

    assert told["killed"] >= (MANY or 4)
    assert all(told["phases"].values()) or not MANY
