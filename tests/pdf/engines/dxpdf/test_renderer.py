import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import congvan
from congvan.errors import EngineError
from congvan.pdf import to_pdf
from congvan.pdf.engines.dxpdf import renderer

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux needs a helper process")

ONE_LETTER_THEN_SLEEP = """
import subprocess, sys, time
from congvan.pdf import to_pdf
from congvan.pdf.engines.dxpdf import renderer
to_pdf(sys.stdin.buffer.read())
print(renderer._helper._process.pid, flush=True)
time.sleep(60)
"""


def helper_process():
    return renderer._helper._process


def ends(pid, seconds=10):
    """True when the process is gone in time; a zombie that waits for its parent is gone."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def test_the_environment_never_changes_whatever_other_threads_look_at(letter, docx_of):
    docx, seen, done = docx_of(letter(paragraphs=40)), set(), threading.Event()
    to_pdf(docx)

    def watch():
        while not done.is_set():
            seen.update(name for name in os.environ if name.startswith("FONTCONFIG_SYSROOT"))

    watcher = threading.Thread(target=watch)
    watcher.start()
    to_pdf(docx_of(letter(paragraphs=41)))
    done.set()
    watcher.join()

    assert seen == set()


def test_letters_of_several_threads_are_their_own(letter, docx_of):
    documents = [docx_of(letter(name=f"Thôn {number}")) for number in range(8)]
    alone = [to_pdf(docx) for docx in documents]
    together = [b""] * len(documents)

    def convert(number):
        together[number] = to_pdf(documents[number])

    threads = [threading.Thread(target=convert, args=(number,)) for number in range(len(documents))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert together == alone


def test_a_helper_that_died_fails_one_letter_at_most(letter, docx_of):
    docx = docx_of(letter())
    to_pdf(docx)
    os.kill(helper_process().pid, signal.SIGKILL)
    assert ends(helper_process().pid)

    assert to_pdf(docx).startswith(b"%PDF")


def test_a_helper_that_dies_at_its_work_is_an_error_and_the_next_letter_has_another(letter, docx_of, monkeypatch):
    docx = docx_of(letter())
    to_pdf(docx)
    monkeypatch.setattr(renderer, "_convert", os.abort)
    with pytest.raises(EngineError, match="the process that converts ended"):
        to_pdf(docx)
    monkeypatch.undo()

    assert to_pdf(docx).startswith(b"%PDF")


def test_a_process_forked_while_a_thread_converts_converts_too(letter, docx_of):
    docx, done = docx_of(letter()), threading.Event()
    to_pdf(docx)

    def convert():
        while not done.is_set():
            to_pdf(docx)

    thread = threading.Thread(target=convert)
    thread.start()
    statuses = []
    for _ in range(3):
        pid = os.fork()
        if pid == 0:
            os._exit(0 if to_pdf(docx).startswith(b"%PDF") else 1)
        statuses.append(os.waitpid(pid, 0)[1])
    done.set()
    thread.join()

    assert statuses == [0, 0, 0]
    assert to_pdf(docx).startswith(b"%PDF")


def test_a_program_that_ends_leaves_no_file(letter, docx_of, tmp_path):
    settings = {**os.environ, "PYTHONPATH": str(Path(congvan.__file__).parents[1]), "TMPDIR": str(tmp_path)}
    one_letter = ONE_LETTER_THEN_SLEEP.replace("time.sleep(60)", "")
    subprocess.run([sys.executable, "-c", one_letter], input=docx_of(letter()), env=settings, check=True)

    assert list(tmp_path.iterdir()) == []


def test_the_helper_ends_with_a_program_that_is_killed(letter, docx_of):
    settings = {**os.environ, "PYTHONPATH": str(Path(congvan.__file__).parents[1])}
    program = subprocess.Popen(
        [sys.executable, "-c", ONE_LETTER_THEN_SLEEP], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=settings
    )
    program.stdin.write(docx_of(letter()))
    program.stdin.close()
    pid = int(program.stdout.readline())
    program.kill()
    program.wait()
    program.stdout.close()

    assert ends(pid)
