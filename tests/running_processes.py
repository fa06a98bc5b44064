"""Whether a process of a test is still there."""

import subprocess
import time


def is_running(pid):
    """Whether a process is there; one that has ended and was not waited for is not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return state.stdout.strip()[:1] not in {"", "Z"}


def ends(pid, seconds=60):
    """Whether a process ends within so many seconds."""
    deadline = time.monotonic() + seconds
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not is_running(pid)
