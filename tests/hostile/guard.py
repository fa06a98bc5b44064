"""Carries out every attack in one process that is watched: what it opens, starts and connects to, and how much it takes.

The command line is then given the same files. ``guard.py FOLDER URL`` writes one line of JSON an attack to its
standard output. congvan may start its own worker processes, which are watched too (``children``), and has one folder
for temporary files.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import os
import sys
import tempfile
from pathlib import Path

import hostile_documents
import hostile_lists
import hostile_pdfs
import hostile_texts
from attack import SECRET, Attack, Surroundings
from watch import SECRET_FILE, Watch

from congvan.cli.main import main as main_of_command_line
from congvan.errors import EngineError, ReportError, UnreadableFileError
from congvan.support.processes.interpreter import python_command
from congvan.support.processes.scratch_folder import scratch_folder

ATTACKS = [*hostile_texts.ATTACKS, *hostile_documents.ATTACKS, *hostile_lists.ATTACKS, *hostile_pdfs.ATTACKS]
MEMORY = 2_000_000_000
CPU_SECONDS = 120
COMMANDS = {
    "mau.docx": ("check", "FILE"),
    "dot.yaml": ("check", "FILE"),
    **dict.fromkeys(("ds.csv", "ds.xlsx", "ds.yaml"), ("recipients", "check", "FILE", "--tier", "thon")),
}


def outcome(attack: Attack, around: Surroundings) -> list[str]:
    """What came of it; the message of a refusal is read as a user would, and must not tell the secret."""
    try:
        return attack.act(around)
    except ReportError as error:
        came, message = [found.code for found in error.report], str(error)
    except UnreadableFileError as error:
        came, message = ["unreadable"], str(error)
    except EngineError as error:
        came, message = ["engine"], str(error)
    assert SECRET not in message
    return came


def said_by_command_line(folder: Path) -> str:
    """Everything the command line says of the files in ``folder``."""
    said = ""
    for path in sorted(folder.iterdir()):
        if command := COMMANDS.get(path.name):
            target = io.StringIO()
            sys.argv = ["congvan", *(word.replace("FILE", str(path)) for word in command)]
            with contextlib.redirect_stdout(target), contextlib.redirect_stderr(target):
                status = status_of_command_line()
            assert status in {0, 1, 2}, status
            said += target.getvalue()
    return said


def status_of_command_line() -> object:
    try:
        main_of_command_line()
    except SystemExit as end:
        return end.code
    return None


def limit() -> None:
    with contextlib.suppress(ImportError):  # there is no such thing on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


def main(folder: Path, url: str) -> None:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    secret = folder / SECRET_FILE
    secret.write_text(SECRET, encoding="utf-8")
    limit()
    tempfile.tempdir = str(folder)
    scratch = scratch_folder()
    watch_processes(folder)
    seen: list[str] = []
    watch = Watch(seen.append, may_start=python_command())
    for number, attack in enumerate(ATTACKS):
        own = folder / f"{number:03}"
        own.mkdir()
        seen.clear()
        watch.folders = (own, scratch)
        try:
            came, failure = outcome(attack, Surroundings(own, secret, url)), ""
            said = said_by_command_line(own)
        except BaseException as error:  # noqa: BLE001 - anything else is what must not happen
            came, said, failure = [], "", f"{type(error).__name__}: {error}"[:500]
        watch.folders = ()
        seen += seen_in_processes(folder)
        told = {"name": attack.name, "came": came, "failure": failure, "seen": seen, "said": said[-2000:]}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


def watch_processes(folder: Path) -> None:
    """Let the interpreter of each process that is started from here on watch it."""
    children = Path(__file__).with_name("children")
    os.environ["PYTHONPATH"] = os.pathsep.join((os.environ["PYTHONPATH"], str(children)))
    os.environ["HOSTILE_CORPUS"] = str(folder)


def seen_in_processes(folder: Path) -> list[str]:
    """What the processes that congvan started have told since the last attack."""
    log = folder / "children.log"
    if not log.exists():
        return []
    lines = log.read_text(encoding="utf-8").splitlines()
    os.truncate(log, 0)
    return lines


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
