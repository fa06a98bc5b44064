"""Processes that are twins of the one that asks: the same crew, sooner ready."""

import subprocess
import sys
from textwrap import dedent

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux makes twins of a process")

CREW = """
    import os, signal, sys, threading, time
    from congvan.batch.crew import Crew
    from congvan.errors import WorkerLostError

    def lost(crew, work, *given):
        try:
            return crew.submit(work, *given).result()
        except WorkerLostError as error:
            return str(error)

    ours = {"đợt": 7}
    crew = Crew(2, seconds=lambda *given: 1 if given == (3600,) else 60, memory=512 * 1024**2, twins=True)
"""


def told_by(program):
    """What a program of one thread prints that has a crew."""
    ended = subprocess.run(
        [sys.executable, "-c", dedent(CREW) + dedent(program)], capture_output=True, text=True, check=False, timeout=60
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == ""
    return ended.stdout.splitlines()


def test_a_twin_has_what_its_program_had_loaded():
    program = """
        import colorsys
        print(crew.twins)
        crew.start(2)
        print(crew.twins)
        print(crew.submit(eval, "'colorsys' in __import__('sys').modules").result())
        print(crew.submit(os.getpid).result() != os.getpid())
    """
    assert told_by(program) == ["True", "False", "True", "True"]


def test_a_twin_of_a_program_that_does_not_look_for_garbage_looks_for_it():
    program = """
        import gc
        gc.disable()
        crew.start(1)
        print(crew.submit(gc.isenabled).result())
    """
    assert told_by(program) == ["True"]


def test_a_program_with_a_second_thread_has_no_twins():
    program = """
        import colorsys
        threading.Thread(target=time.sleep, args=(3,), daemon=True).start()
        print(crew.twins)
        crew.start(2)
        print(crew.submit(eval, "'colorsys' in __import__('sys').modules").result())
    """
    assert told_by(program) == ["False", "False"]


def test_a_process_started_by_a_call_is_no_twin():
    program = """
        import colorsys
        print(crew.submit(eval, "'colorsys' in __import__('sys').modules").result())
    """
    assert told_by(program) == ["False"]


def test_a_twin_that_dies_hangs_or_takes_too_much_is_told_and_replaced():
    program = """
        crew.limit(1)
        crew.start(1)
        first = crew.submit(os.getpid).result()
        print(lost(crew, os.abort))
        print(crew.submit(os.getpid).result() != first)
    """
    assert "SIGABRT" in told_by(program)[0]
    assert told_by(program)[1] == "True"
    assert "(7)" in told_by("crew.start(1); print(lost(crew, os._exit, 7))")[0]
    assert "512" in told_by("crew.start(1); print(lost(crew, bytearray, 1024**3))")[0]
    assert "1" in told_by("crew.start(1); print(lost(crew, time.sleep, 3600))")[0]


def test_a_twin_prints_nowhere_and_lets_its_program_say_once_what_it_says():
    program = """
        print("trước", end=" ")
        crew.start(2)
        crew.submit(print, "xin chào").result()
        crew.submit(os.write, 2, b"xin").result()
        crew.shutdown()
        print("sau")
    """
    assert told_by(program) == ["trước sau"]


def test_a_twin_is_the_same_to_the_keyboard_and_to_the_order_of_processes():
    program = """
        crew.start(2)
        twin = crew.submit(os.getpid).result()
        os.kill(twin, signal.SIGINT)
        print(crew.submit_to(twin, os.getpid).result() == twin)
        print(os.getpgid(twin) == twin)
        behind = Crew(1, seconds=lambda *_: 60, behind=5)
        print(behind.submit(os.getpriority, os.PRIO_PROCESS, 0).result() - os.getpriority(os.PRIO_PROCESS, 0))
        behind.shutdown()
    """
    assert told_by(program) == ["True", "True", "5"]


def test_twins_end_with_the_crew_however_it_ends():
    program = """
        crew.start(2)
        twins = {crew.submit(os.getpid).result() for _ in range(50)}
        crew.{ending}
        until = time.monotonic() + 30
        while any(os.path.exists(f"/proc/{twin}") for twin in twins) and time.monotonic() < until:
            time.sleep(0.01)
        print([twin for twin in twins if os.path.exists(f"/proc/{twin}")])
    """
    assert told_by(program.replace("{ending}", "shutdown()")) == ["[]"]
    assert told_by(program.replace("{ending}", "dismiss()")) == ["[]"]


def test_twins_do_not_outlive_their_program():
    program = """
        crew.start(2)
        twins = {crew.submit(os.getpid).result() for _ in range(50)}
        print(*twins, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    """
    asking = subprocess.Popen([sys.executable, "-c", dedent(CREW) + dedent(program)], stdout=subprocess.PIPE, text=True)
    twins = [int(twin) for twin in asking.communicate(timeout=60)[0].split()]
    assert twins
    waiting = f"""
        until = time.monotonic() + 30
        def there():
            return [pid for pid in {twins} if os.path.exists(f"/proc/{{pid}}") and open(f"/proc/{{pid}}/stat").read().split()[2] != "Z"]
        while there() and time.monotonic() < until:
            time.sleep(0.01)
        print(there())
    """
    assert told_by(waiting) == ["[]"]
