"""Carries out every attack in one process that is watched: what it opens, starts and connects to, and how much it takes.

The command line is then given the same files. ``guard.py FOLDER URL`` writes one line of JSON an attack to its
standard output.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import sys
import sysconfig
import tempfile
from pathlib import Path

import hostile_documents
import hostile_lists
import hostile_pdfs
import hostile_texts
from attack import SECRET, Attack, Surroundings

import congvan
from congvan.cli.main import main as main_of_command_line
from congvan.errors import EngineError, ReportError, UnreadableFileError

ATTACKS = [*hostile_texts.ATTACKS, *hostile_documents.ATTACKS, *hostile_lists.ATTACKS, *hostile_pdfs.ATTACKS]
MEMORY = 2_000_000_000
CPU_SECONDS = 120
WORKBOOK_READER = ("congvan.support.processes.process_server", "python_calamine")
PDF_HELPER = "congvan.pdf.engines.dxpdf.renderer"
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
COMMANDS = {
    "mau.docx": ("check", "FILE"),
    "dot.yaml": ("check", "FILE"),
    **dict.fromkeys(("ds.csv", "ds.xlsx", "ds.yaml"), ("recipients", "check", "FILE", "--tier", "thon")),
}
LIBRARIES = tuple(
    str(Path(folder).resolve())
    for folder in {
        *sysconfig.get_paths().values(),
        sys.prefix,
        sys.base_prefix,
        Path(congvan.__file__).parents[2],
        "/usr/share",
    }
)


class Watch:
    """What happens during an attack and must not."""

    def __init__(self) -> None:
        self.allowed: Path | None = None
        self.seen: list[str] = []
        sys.addaudithook(self)

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.allowed is None:
            return
        if event == "subprocess.Popen" and all(word in str(arguments[1]) for word in WORKBOOK_READER):
            return  # workbooks are opened in a process of their own, with limits of its own
        if event == "subprocess.Popen" and PDF_HELPER in str(arguments[1]):
            return  # the embedded engine runs in a process of its own
        if event.startswith(FORBIDDEN):
            self.seen.append(f"{event} {arguments!r:.200}")
        elif event == "open" and isinstance(arguments[0], str | bytes):
            path = arguments[0].decode() if isinstance(arguments[0], bytes) else arguments[0]
            if arguments[1] is None and not Path(path).is_absolute():
                return  # a folder being removed: its entries are opened by their names alone
            if not self._may_open(str(Path(path).absolute()), arguments[1]):
                self.seen.append(f"open {path} {arguments[1]}")

    def _may_open(self, path: str, mode: object) -> bool:
        if path.endswith("<template>"):  # Python looks for the source of what it cannot compile
            return True
        return path.startswith(str(self.allowed)) or (
            mode in {"r", "rb", None} and path.startswith((*LIBRARIES, "/dev/null"))
        )


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
    secret = folder / "bi-mat.txt"
    secret.write_text(SECRET, encoding="utf-8")
    limit()
    watch = Watch()
    for number, attack in enumerate(ATTACKS):
        own = folder / f"{number:03}"
        own.mkdir()
        tempfile.tempdir = str(own)
        watch.allowed, watch.seen = own, []
        try:
            came, failure = outcome(attack, Surroundings(own, secret, url)), ""
            said = said_by_command_line(own)
        except BaseException as error:  # noqa: BLE001 - anything else is what must not happen
            came, said, failure = [], "", f"{type(error).__name__}: {error}"[:500]
        watch.allowed = None
        told = {"name": attack.name, "came": came, "failure": failure, "seen": watch.seen, "said": said[-2000:]}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
