"""What a process opens, starts and connects to, and must not: in the process of the attacks and in those it starts.

Standard library only: the processes of congvan import it before anything else (``children/sitecustomize.py``).
"""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Callable, Sequence
from pathlib import Path

FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.fork",
    "pty.",
    "urllib.",
    "winreg.",
)
SECRET_FILE = "bi-mat.txt"
ROOT = Path(__file__).resolve().parents[2]
LIBRARIES = tuple(
    str(Path(folder).resolve())
    for folder in {*sysconfig.get_paths().values(), sys.prefix, sys.base_prefix, str(ROOT / "src"), "/usr/share"}
) + tuple(str(ROOT / folder) for folder in ("templates", "tests"))


class Watch:
    """Tells of each act that is forbidden while ``folders`` are set: those may be read and written, nothing else.

    ``may_start`` is how the command of a process begins that may be started.
    """

    def __init__(self, tell: Callable[[str], object], may_start: Sequence[str] = ()) -> None:
        self.tell = tell
        self.may_start = list(may_start)
        self.folders: tuple[Path, ...] = ()
        sys.addaudithook(self)

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.folders and not self._is_allowed(event, arguments):
            self.tell(f"{event} {arguments!r:.300}")

    def _is_allowed(self, event: str, arguments: tuple[object, ...]) -> bool:
        if event == "subprocess.Popen" and self.may_start:
            return list(arguments[1])[: len(self.may_start)] == self.may_start
        if event == "open" and isinstance(arguments[0], str | bytes):
            return self._may_open(os.fsdecode(arguments[0]), arguments[1])
        return not event.startswith(FORBIDDEN)

    def _may_open(self, path: str, mode: object) -> bool:
        if mode is None and not Path(path).is_absolute():
            return True  # a folder being removed: its entries are opened by their names alone
        if path.endswith(("<template>", os.devnull)):  # Python looks for the source of what it cannot compile
            return True
        if path == "/sys/fs/cgroup/cpu.max":  # how many processors this container may use
            return mode == "r"
        whole = Path(path).absolute()
        if whole.name == SECRET_FILE:
            return False
        is_own = any(whole.is_relative_to(folder) for folder in self.folders)
        return is_own or (mode in {"r", "rb", None} and str(whole).startswith(LIBRARIES))
