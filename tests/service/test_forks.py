"""Services that fork: gunicorn's workers, Celery's daemons, a fork server; whoever they are, letters have the same bytes."""

import signal
import sys
import time
from pathlib import Path

import pytest
from letters import make
from tests.running_processes import ends

EXAMPLE = Path(__file__).parents[2] / "examples" / "xoa-thu-tien-dien" / "campaign.yaml"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")


def test_workers_forked_after_the_first_letter_make_letters_in_threads_of_their_own(said):
    """As gunicorn with --preload: the application has been used before its workers come to be."""
    program = """
        import os, sys, letters
        from concurrent.futures import ThreadPoolExecutor

        letters.make(1)
        for number in range(2, 5):
            if os.fork() == 0:
                with ThreadPoolExecutor(2) as threads:
                    made = [*threads.map(letters.make, (number, number))]
                print(number, *made, flush=True)
                sys.exit()
        statuses = [os.wait()[1] for _ in range(3)]
        print(1, letters.make(1), *statuses)
    """
    expected = [f"{number} {make(number)} {make(number)}" for number in range(2, 5)]

    assert sorted(said(program)) == [f"1 {make(1)} 0 0 0", *expected]


def test_a_worker_that_is_ended_at_its_work_costs_the_others_nothing(said):
    program = """
        import os, signal, sys, time, letters

        letters.make(1)
        worker = os.fork()
        if worker == 0:
            while True:
                letters.make(2)
        time.sleep(0.5)
        os.kill(worker, signal.SIGKILL)
        print(os.waitstatus_to_exitcode(os.wait()[1]), letters.make(3), flush=True)
        if os.fork() == 0:
            print(letters.make(4), flush=True)
            sys.exit()
        os.wait()
    """
    assert said(program) == [f"{-signal.SIGKILL} {make(3)}", make(4)]


@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
def test_a_daemonic_process_makes_letters_however_it_was_started(said, method):
    """multiprocessing forbids its daemons children of its own kind; congvan's are of another."""
    program = f"""
        import multiprocessing, letters

        def work(queue):
            queue.put(letters.make(2))

        if __name__ == "__main__":
            print(letters.make(1))
            context = multiprocessing.get_context("{method}")
            queue = context.Queue()
            process = context.Process(target=work, args=(queue,), daemon=True)
            process.start()
            print(queue.get(timeout=120))
            process.join(60)
            print(process.exitcode)
    """
    assert said(program) == [make(1), make(2), "0"]


def test_a_daemonic_process_runs_a_campaign_with_worker_processes(said, tmp_path):
    """As a task of Celery does."""
    program = f"""
        import multiprocessing, congvan

        def work(queue):
            plan = congvan.plan(congvan.load_campaign({str(EXAMPLE)!r}), only=["tinh", "huyen"])
            queue.put(len(congvan.render(plan, "out", "so.sqlite3", jobs=2).letters))

        if __name__ == "__main__":
            context = multiprocessing.get_context("fork")
            queue = context.Queue()
            process = context.Process(target=work, args=(queue,), daemon=True)
            process.start()
            print(queue.get(timeout=240))
            process.join(60)
    """
    assert said(program) == ["28"]
    assert (tmp_path / "out" / "manifest.json").is_file()


def test_a_service_that_does_not_wait_for_its_children_makes_letters(said):
    """Some servers ignore SIGCHLD, so that the system forgets children at once, congvan's too."""
    program = """
        import signal, letters
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        print(letters.make(1))
    """
    assert said(program) == [make(1)]


def test_a_daemon_without_standard_streams_makes_letters(said, tmp_path):
    program = """
        import os, pathlib, letters
        for stream in (0, 1, 2):
            os.close(stream)
        pathlib.Path("made").write_text(letters.make(1))
    """
    assert said(program) == []
    assert (tmp_path / "made").read_text() == make(1)


def test_a_service_whose_folder_has_been_removed_makes_letters(said):
    program = """
        import os, letters
        os.mkdir("gone"); os.chdir("gone"); os.rmdir("../gone")
        print(letters.make(1))
    """
    assert said(program) == [make(1)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL])
def test_a_service_that_is_ended_leaves_no_process_and_no_file(start, temporary, processes_below, number):
    """The program itself does nothing for it; it could not, on SIGKILL."""
    program = """
        import threading, letters
        letters.make(1)
        threads = [threading.Thread(target=letters.make, args=(number,)) for number in range(2, 5)]
        for thread in threads:
            thread.start()
        print("at work", flush=True)
        for thread in threads:
            thread.join()
        threading.Event().wait()
    """
    service = start(program)
    assert service.stdout.readline() == "at work\n"
    children = processes_below(service.pid)
    assert children
    service.send_signal(number)
    service.wait(60)

    deadline = time.monotonic() + 60
    while (left := [*temporary.iterdir()]) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert left == []
    assert [pid for pid in children if not ends(pid)] == []
