"""Functions and programs in child processes that crash, hang or eat memory."""

import os
import pickle
import signal
import subprocess
import sys
import time
from functools import partial
from importlib import import_module
from textwrap import dedent
from threading import Thread

import pytest
from tests.running_processes import ends, is_running

from congvan.support.processes.worker_process import CallFailedError, Cause, WorkerProcess, run_program

unix = pytest.mark.skipif(sys.platform == "win32", reason="signals and ps are of Unix")
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")


@pytest.fixture
def functions(tmp_path, monkeypatch):
    """Functions of the test that a child process can import: those of a module with the given text."""
    monkeypatch.syspath_prepend(tmp_path)

    def module(text):
        name = f"functions_{tmp_path.name}"
        (tmp_path / f"{name}.py").write_text(dedent(text), encoding="utf-8")
        return import_module(name)

    return module


@pytest.fixture
def worker(functions):
    process = WorkerProcess(memory=512 * 1024**2)
    yield process
    process.stop()


def failure(worker, fn, *args, seconds=60):
    with pytest.raises(CallFailedError) as error:
        worker.call(fn, *args, seconds=seconds)
    return error.value


def test_calls_are_answered_by_one_other_process(worker):
    pid = worker.call(os.getpid, seconds=60)

    assert pid == worker.pid != os.getpid()
    assert [worker.call(abs, number, seconds=60) for number in (-1, -2)] == [1, 2]


@unix
def test_a_process_that_crashes_is_reported_with_its_signal(worker):
    error = failure(worker, os.abort)

    assert (error.cause, error.detail) == (Cause.DIED, "SIGABRT")


def test_a_process_that_ends_without_a_response_is_reported_with_its_status(worker):
    error = failure(worker, os._exit, 7)

    assert (error.cause, error.detail) == (Cause.DIED, "7")


def test_a_call_that_takes_too_long_is_ended(worker):
    error = failure(worker, time.sleep, 3600, seconds=0.5)

    assert error.cause is Cause.LATE


@unix
def test_a_call_that_cannot_be_asked_to_end_is_killed(worker, functions):
    deaf = functions("""
        import signal, time
        def sleep():
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            time.sleep(3600)
    """)

    assert failure(worker, deaf.sleep, seconds=1).cause is Cause.LATE
    assert not is_running(worker.pid)


@linux
def test_a_call_that_needs_too_much_memory_gets_none(worker):
    error = failure(worker, bytearray, 1024**3)

    assert (error.cause, error.detail) == (Cause.MEMORY, "512")


def test_a_call_that_raises_is_reported_with_what_it_raised(worker):
    error = failure(worker, int, "mười")

    assert (error.cause, error.exception) == (Cause.RAISED, "ValueError")
    assert "mười" in error.detail


def test_an_exception_that_cannot_be_pickled_or_printed_is_reported_by_its_name(worker, functions):
    odd = functions("""
        class OddError(Exception):
            def __reduce__(self):
                raise TypeError
            def __str__(self):
                raise TypeError
        def fail():
            raise OddError
    """)

    assert failure(worker, odd.fail).exception == "OddError"


def test_a_panic_of_a_library_is_reported_like_an_exception(worker, functions):
    library = functions("""
        class PanicException(BaseException): pass
        def fail():
            raise PanicException("index out of bounds")
    """)

    assert str(failure(worker, library.fail)) == "PanicException: index out of bounds"


def test_a_result_that_cannot_be_pickled_is_reported(worker):
    assert "pickle" in failure(worker, os.scandir, ".").detail


def test_a_result_that_cannot_be_unpickled_is_reported(worker, functions):
    broken = functions("""
        class Broken:
            def __reduce__(self):
                return int, ("mười",)
        def make():
            return Broken()
    """)

    assert failure(worker, broken.make).exception == "ValueError"


def test_arguments_that_cannot_be_pickled_are_an_error_here_and_cost_no_process(worker):
    with pytest.raises((TypeError, AttributeError, pickle.PicklingError)):
        worker.call(list, (number for number in range(3)), seconds=60)
    assert worker.call(abs, -1, seconds=60) == 1


def test_a_process_takes_no_calls_after_a_failure(worker):
    failure(worker, int, "mười")

    assert failure(worker, abs, -1).cause is Cause.DIED


def test_what_a_call_prints_or_reads_is_not_the_protocol(worker):
    assert worker.call(os.write, 1, b"xin chao", seconds=60) == 8
    assert worker.call(os.read, 0, 100, seconds=60) == b""
    assert worker.call(abs, -1, seconds=60) == 1


def test_modules_are_imported_before_the_first_call_and_missing_ones_left_out():
    worker = WorkerProcess(memory=2**30, modules=["no_such_module", "colorsys"])

    assert worker.call(eval, "'colorsys' in __import__('sys').modules", seconds=60) is True
    worker.stop()


def test_no_module_of_the_current_folder_is_imported_by_mistake(tmp_path, monkeypatch):
    (tmp_path / "json.py").write_text("raise SystemExit(3)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    worker = WorkerProcess(memory=2**30)

    assert worker.call(abs, -1, seconds=60) == 1
    worker.stop()


def test_a_call_fails_when_another_thread_stops_the_process(worker):
    errors = []
    thread = Thread(target=lambda: errors.append(failure(worker, time.sleep, 3600, seconds=3600)))
    worker.call(abs, -1, seconds=60)
    thread.start()
    time.sleep(0.2)
    worker.stop()
    thread.join(60)

    assert [error.cause for error in errors] == [Cause.DIED]


@unix
def test_an_interrupt_from_the_keyboard_does_not_reach_it(worker):
    pid = worker.call(os.getpid, seconds=60)
    os.kill(pid, signal.SIGINT)

    assert worker.call(os.getpid, seconds=60) == pid
    assert os.getpgid(pid) != os.getpgid(0)


@unix
def test_programs_that_a_call_has_started_are_ended_with_it(worker, functions, tmp_path):
    starting = functions("""
        import subprocess, time
        def start(note):
            with open(note, "w") as file:
                file.write(str(subprocess.Popen(["sleep", "3600"]).pid))
            time.sleep(3600)
    """)

    failure(worker, starting.start, str(tmp_path / "pid"), seconds=1)
    assert ends((tmp_path / "pid").read_text())


@unix
def test_a_foreign_program_that_a_call_runs_is_ended_with_it(worker, tmp_path):
    note = tmp_path / "pid"
    script = f"echo $$ > '{note}'; sleep 3600"

    failure(worker, partial(run_program, ["sh", "-c", script], seconds=3600), seconds=1)
    assert ends(note.read_text().strip())


@unix
def test_a_process_ends_with_the_last_reference_to_it():
    worker = WorkerProcess(memory=2**30)
    pid = worker.call(os.getpid, seconds=60)
    del worker

    assert not is_running(pid)


@unix
def test_a_process_ends_when_its_parent_is_killed():
    program = """
        import os, time
        from congvan.support.processes.worker_process import WorkerProcess
        worker = WorkerProcess(memory=2**30)
        print(worker.call(os.getpid, seconds=60), flush=True)
        time.sleep(3600)
    """
    parent = subprocess.Popen([sys.executable, "-c", dedent(program)], stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()

    assert ends(pid)


@unix
def test_a_call_that_never_ends_ends_the_process_even_when_its_parent_is_gone(tmp_path):
    (tmp_path / "impatient.py").write_text(
        dedent("""
            import time
            from congvan.support.processes import process_server
            process_server._GRACE = 0
            def sleep(note):
                open(note, "w").close()
                time.sleep(3600)
        """),
        encoding="utf-8",
    )
    program = """
        import sys
        sys.path.insert(0, sys.argv[1])
        import impatient
        from congvan.support.processes.worker_process import WorkerProcess
        worker = WorkerProcess(memory=2**30, modules=["impatient"])
        print(worker.pid, flush=True)
        worker.call(impatient.sleep, sys.argv[1] + "/note", seconds=3)
    """
    command = [sys.executable, "-c", dedent(program), str(tmp_path)]
    parent = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    while not (tmp_path / "note").exists():
        time.sleep(0.01)
    parent.kill()
    parent.communicate()

    assert is_running(pid)
    assert ends(pid)


@unix
def test_a_fork_of_its_parent_leaves_it_alone():
    program = """
        import os
        from congvan.support.processes.worker_process import WorkerProcess
        worker = WorkerProcess(memory=2**30)
        pid = worker.call(os.getpid, seconds=60)
        if os.fork() == 0:
            worker.stop()
            os._exit(0)
        os.wait()
        print(worker.call(os.getpid, seconds=60) == pid)
    """
    done = subprocess.run([sys.executable, "-c", dedent(program)], capture_output=True, text=True, check=True)

    assert done.stdout == "True\n"


def test_a_program_gives_its_status_and_what_it_prints():
    result = run_program([sys.executable, "-c", "import sys; print('chao'); sys.exit('loi')"], seconds=60)

    assert result.status == 1
    assert result.output.split() == ["chao", "loi"]


def test_a_program_gets_the_environment_it_is_given():
    env = {**os.environ, "CONGVAN_TEST": "465"}
    program = "import os; print(os.environ['CONGVAN_TEST'])"

    assert run_program([sys.executable, "-c", program], seconds=60, env=env).output.strip() == "465"


def test_a_program_that_does_not_start_is_an_os_error(tmp_path):
    with pytest.raises(OSError, match="soffice"):
        run_program([str(tmp_path / "soffice")], seconds=3)


@unix
def test_a_program_that_takes_too_long_is_ended_with_all_it_started(tmp_path):
    note = tmp_path / "pid"
    with pytest.raises(TimeoutError, match="1 seconds"):
        run_program(["sh", "-c", f"sleep 3600 & echo $! > '{note}'; wait"], seconds=1)

    assert ends(note.read_text().strip())


@unix
def test_what_a_program_leaves_running_is_ended(tmp_path):
    note = tmp_path / "pid"
    run_program(["sh", "-c", f"sleep 3600 > /dev/null 2>&1 & echo $! > '{note}'"], seconds=60)

    assert ends(note.read_text().strip())


@linux
def test_the_memory_of_a_program_is_limited():
    program = "import time; time.sleep(0.2); bytearray(1024**3)"
    result = run_program([sys.executable, "-c", program], seconds=60, memory=512 * 1024**2)

    assert "MemoryError" in result.output
