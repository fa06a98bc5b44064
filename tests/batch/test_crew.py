"""Processes that die, hang or eat memory, and the work of the others."""

import os
import signal
import subprocess
import sys
import time
from contextvars import copy_context
from textwrap import dedent

import pytest

from congvan.batch.crew import Crew
from congvan.errors import WorkerLostError
from congvan.findings.language import language, set_language


@pytest.fixture(scope="module")
def crew():
    with Crew(1, seconds=lambda *given: 1 if given == (3600,) else 60, memory=512 * 1024**2) as started:
        yield started


def lost(crew, work, *given):
    with pytest.raises(WorkerLostError) as error:
        crew.submit(work, *given).result()
    return str(error.value)


def test_calls_are_answered_in_another_process(crew):
    assert crew.submit(os.getpid).result() != os.getpid()
    assert [crew.submit(abs, number).result() for number in (-1, -2, -3)] == [1, 2, 3]


@pytest.mark.skipif(sys.platform == "win32", reason="there a process dies without a signal")
def test_a_process_that_dies_is_told_by_its_signal_and_replaced(crew):
    assert "SIGABRT" in lost(crew, os.abort)
    assert crew.submit(abs, -1).result() == 1


@pytest.mark.skipif(sys.platform == "win32", reason="there processes have no such order")
def test_a_process_may_let_the_one_that_asks_go_first(crew):
    with Crew(1, seconds=lambda *_: 60, behind=5) as second:
        assert second.submit(os.getpriority, os.PRIO_PROCESS, 0).result() == os.getpriority(os.PRIO_PROCESS, 0) + 5
    assert crew.submit(os.getpriority, os.PRIO_PROCESS, 0).result() == os.getpriority(os.PRIO_PROCESS, 0)


def test_a_process_that_ends_without_an_answer_is_told_by_its_status(crew):
    assert "(7)" in lost(crew, os._exit, 7)


def test_a_process_that_hangs_is_stopped_at_its_limit(crew):
    assert "1" in lost(crew, time.sleep, 3600)
    assert crew.submit(abs, -1).result() == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_a_process_that_takes_too_much_memory_gets_none(crew):
    assert "512" in lost(crew, bytearray, 1024**3)


def test_a_call_that_raises_is_told_by_what_it_raised(crew):
    assert "ValueError" in lost(crew, int, "mười")


def test_a_result_that_cannot_travel_is_told(crew):
    assert "pickle" in lost(crew, os.scandir, ".")


def test_what_a_call_prints_is_no_answer(crew):
    assert crew.submit(os.write, 1, b"xin ch\xc3\xa0o").result() == 9
    assert crew.submit(abs, -1).result() == 1


def test_a_call_speaks_the_language_of_whoever_asks(crew):
    assert crew.submit(language).result() == "vi"
    context = copy_context()
    context.run(set_language, "en")
    assert context.run(crew.submit, language).result() == "en"


def test_what_calls_need_is_loaded_before_the_first(crew):
    with Crew(1, seconds=lambda *_: 60, modules=["colorsys"]) as prepared:
        assert prepared.submit(eval, "'colorsys' in __import__('sys').modules").result() is True
    assert crew.submit(eval, "'colorsys' in __import__('sys').modules").result() is False


def test_no_more_processes_are_started_than_there_is_work_for():
    with Crew(3, seconds=lambda *_: 60) as limited:
        limited.limit(1)
        asked = [limited.submit(os.getpid) for _ in range(6)]
        assert len({future.result() for future in asked}) == 1


def test_a_call_may_be_for_one_process():
    with Crew(2, seconds=lambda *_: 60) as crew:
        asleep = crew.submit(time.sleep, 0.2)  # so that there are two
        one = crew.submit(os.getpid).result()
        asleep.result()

        assert {crew.submit_to(one, os.getpid).result() for _ in range(20)} == {one}


def test_a_call_for_a_process_that_is_gone_is_for_any(crew):
    gone = crew.submit(os.getpid).result()
    lost(crew, os.abort)

    assert crew.submit_to(gone, os.getpid).result() != gone


def test_a_crew_that_was_shut_down_starts_others():
    crew = Crew(1, seconds=lambda *_: 60)
    first = crew.submit(os.getpid).result()
    crew.shutdown()
    second = crew.submit(os.getpid).result()
    crew.shutdown()

    assert first != second


def test_a_crew_that_is_dismissed_does_not_finish_its_work():
    crew = Crew(2, seconds=lambda *_: 3600)
    at_work = [crew.submit(time.sleep, 3600) for _ in range(2)]
    while not all(future.running() for future in at_work):
        time.sleep(0.01)
    waiting = crew.submit(abs, -1)
    crew.dismiss()

    assert waiting.cancelled()
    assert [type(future.exception()) for future in at_work] == [WorkerLostError] * 2


@pytest.mark.skipif(sys.platform == "win32", reason="asks ps whether a process is there")
def test_a_process_does_not_outlive_the_one_that_asked_it():
    program = """
        import os, time
        from congvan.batch.crew import Crew
        print(Crew(1, seconds=lambda *_: 60).submit(os.getpid).result(), flush=True)
        time.sleep(3600)
    """
    asking = subprocess.Popen([sys.executable, "-c", dedent(program)], stdout=subprocess.PIPE, text=True)
    worker = int(asking.stdout.readline())
    asking.kill()
    asking.communicate()

    deadline = time.monotonic() + 60
    while is_there(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_there(worker)


def is_there(process):
    """Whether a process is running; one that nobody has waited for yet is not."""
    told = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return told.stdout.strip()[:1] not in {"", "Z"}


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT is of Unix")
def test_an_interrupt_from_the_keyboard_is_not_for_it(crew):
    worker = crew.submit(os.getpid).result()
    os.kill(worker, signal.SIGINT)
    assert crew.submit(os.getpid).result() == worker
