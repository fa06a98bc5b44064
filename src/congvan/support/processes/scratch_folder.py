"""One folder for the temporary files of a program and its worker processes: nothing of it outlives them for long.

It is removed at the end of the program. A killed program cannot do that, so each folder holds a lock that ends with its
program: a worker process that outlives its program removes the folder, and so does the next program that needs one.
Worker processes have a folder inside that of their program.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
import tempfile
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import BinaryIO, Final

from congvan.findings import finding
from congvan.support.files import try_lock
from congvan.support.processes.own_process import worker_folder

_PREFIX: Final = "congvan-scratch-"
_LOCK: Final = "lock"
_NEW_LOCK: Final = "lock.new"
_UNLOCKED_SECONDS: Final = 3600
"""The age from which a folder without a lock is nobody's: its program was killed between two lines."""

_TRIES: Final = 20
_SECONDS_A_TRY: Final = 0.1
"""The system closes the files of a program that ends one after another: its lock may be there a little longer."""


class _Scratch:
    """The folder of this program, made when first asked for."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._lock: BinaryIO | None = None
        self._making = Lock()

    @property
    def folder(self) -> Path:
        with self._making:  # threads that ask at once get one folder
            if self._folder is None or not self._folder.is_dir():
                temporary = _temporary_folder_of_the_system()
                _remove_left_behind(temporary)
                self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=temporary))
                self._lock = _locked(self._folder / _LOCK)
                _remove_at_end(self, self._folder, self._lock)
            return self._folder

    def forget(self) -> None:
        """Leave the folder to the process this one was forked from, which also keeps the lock."""
        self._folder = None
        self._making = Lock()  # another thread may have held it at the fork


_scratch = _Scratch()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_scratch.forget)


def scratch_folder() -> Path:
    """The folder of this process for temporary files, readable by its user alone; removed with the process.

    Raises:
        OSError: when there is no place for it; ``strerror`` is a sentence in the language in force.
    """
    return worker_folder() or _scratch.folder


@contextmanager
def temporary_folder(prefix: str = "") -> Iterator[Path]:
    """Yield a new folder, and remove it at the end of the block.

    Raises:
        OSError: when it cannot be made.
    """
    folder = scratch_folder()
    with tempfile.TemporaryDirectory(prefix=prefix, dir=folder, ignore_cleanup_errors=True) as temporary:
        yield Path(temporary)


def remove_folder_of_ended_program() -> None:
    """Remove the folder of the program whose worker this process is, if that program has ended.

    Its other workers may do the same at this moment.
    """
    own = worker_folder()
    assert own is not None
    for _ in range(_TRIES):
        with suppress(OSError):
            _remove_if_left_behind(own.parent)
        if not own.parent.exists():
            return
        time.sleep(_SECONDS_A_TRY)


def _temporary_folder_of_the_system() -> Path:
    try:
        return Path(tempfile.gettempdir())
    except FileNotFoundError as error:
        missing = finding("outside-no-temporary-folder")
        raise OSError(errno.EROFS, f"{missing.message}. {missing.hint}") from error


def _locked(path: Path) -> BinaryIO:
    """A lock file that appears at ``path`` already locked."""
    new = path.with_name(_NEW_LOCK)
    file = new.open("xb")
    try_lock(file.fileno())
    new.rename(path)
    return file


def _remove_at_end(scratch: _Scratch, folder: Path, lock: BinaryIO) -> None:
    weakref.finalize(scratch, _remove, folder, lock, os.getpid())
    if "multiprocessing.util" in sys.modules:  # its processes end without that, and do this instead
        from multiprocessing.util import Finalize

        Finalize(scratch, _remove, (folder, lock, os.getpid()), exitpriority=0)


def _remove(folder: Path, lock: BinaryIO, owner: int) -> None:
    if os.getpid() != owner:  # a fork
        return
    lock.close()  # Windows removes no open file
    shutil.rmtree(folder, ignore_errors=True)


def _remove_left_behind(temporary: Path) -> None:
    """Remove the folders of this user's programs that have ended."""
    with suppress(OSError):
        for entry in os.scandir(temporary):
            if entry.name.startswith(_PREFIX) and entry.is_dir(follow_symlinks=False):
                with suppress(OSError):
                    _remove_if_left_behind(Path(entry.path))


def _remove_if_left_behind(folder: Path) -> None:
    state = folder.stat()
    if hasattr(os, "getuid") and state.st_uid != os.getuid():
        return
    if not (folder / _LOCK).exists():
        if time.time() - state.st_mtime > _UNLOCKED_SECONDS:
            (folder / _NEW_LOCK).unlink(missing_ok=True)
            folder.rmdir()  # nothing else is in a folder that its program had no time to lock
        return
    with (folder / _LOCK).open("r+b") as lock:
        if not try_lock(lock.fileno()):
            return
    shutil.rmtree(folder, ignore_errors=True)
