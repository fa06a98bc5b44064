import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tests.running_processes import ends

import congvan
from congvan import pdf
from congvan.errors import EngineError
from congvan.pdf import to_pdf
from congvan.support.processes import warm_processes

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux needs a helper process")

ONE_LETTER_THEN_SLEEP = """
import subprocess, sys, time
from congvan.pdf import to_pdf
from congvan.support.processes import warm_processes
to_pdf(sys.stdin.buffer.read())
print(warm_processes._shared._idle[-1].process.pid, flush=True)
time.sleep(60)
"""


def helper_process():
    return warm_processes._shared._idle[-1].process


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


def test_a_letter_at_which_the_helper_dies_is_an_error_and_the_next_letter_has_another(letter, docx_of, monkeypatch):
    docx = docx_of(letter())
    monkeypatch.setattr(pdf, "_convert", os.abort)
    monkeypatch.setattr(pdf, "call_within", lambda seconds, fn, *_, **__: warm_processes.call_within(seconds, fn))
    with pytest.raises(EngineError, match="SIGABRT"):
        pdf.to_pdf(docx)
    monkeypatch.undo()

    assert to_pdf(docx).startswith(b"%PDF")


def test_a_letter_that_takes_longer_than_its_limit_is_an_error_and_the_next_is_converted(letter, docx_of):
    with pytest.raises(EngineError, match="giây"):
        to_pdf(docx_of(letter(paragraphs=400)), time_limit=0.001)

    assert to_pdf(docx_of(letter())).startswith(b"%PDF")


def test_without_a_limit_the_letter_has_the_same_bytes(letter, docx_of):
    docx = docx_of(letter())

    assert to_pdf(docx, time_limit=None) == to_pdf(docx)


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
