"""Calls in worker processes that are kept warm, from any thread and in any fork."""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest

from congvan.errors import UnreadableFileError, WorkerLostError
from congvan.findings.language import set_language
from congvan.support.processes import warm_processes
from congvan.support.processes.warm_processes import WarmProcesses, call_within, is_plain

unix = pytest.mark.skipif(not hasattr(os, "fork"), reason="only Unix forks")


@pytest.fixture
def processes():
    made = WarmProcesses(2)
    yield made
    made.stop()


def code_of(processes, fn, *args, seconds=60.0):
    with pytest.raises(WorkerLostError) as error:
        processes.call(fn, *args, seconds=seconds)
    return error.value.code


def test_calls_one_after_another_share_one_process(processes):
    pids = {processes.call(os.getpid, seconds=60) for _ in range(3)}

    assert len(pids) == 1
    assert os.getpid() not in pids


def test_threads_share_a_few_processes(processes):
    with ThreadPoolExecutor(8) as threads:
        pids = list(threads.map(lambda _: processes.call(os.getpid, seconds=60), range(40)))

    assert 1 <= len(set(pids)) <= 2


def test_an_error_arrives_as_it_was_raised(processes):
    with pytest.raises(UnreadableFileError, match=r"thu\.pdf: hỏng") as error:
        processes.call(refuse, "thu.pdf", seconds=60)

    assert error.value.reason == "hỏng"


def refuse(name):
    raise UnreadableFileError(name, "hỏng")


@pytest.mark.parametrize(
    ("fn", "args", "seconds", "code"),
    [
        (os.abort, (), 60, "batch-worker-died"),
        (os._exit, (3,), 60, "batch-worker-died"),
        (time.sleep, (60,), 0.2, "batch-worker-late"),
        (sys.exit, (1,), 60, "batch-worker-died"),
    ],
)
def test_a_call_that_is_lost_costs_nothing_but_itself(processes, fn, args, seconds, code):
    with ThreadPoolExecutor(4) as threads:
        lost = threads.submit(code_of, processes, fn, *args, seconds=seconds)
        others = [threads.submit(processes.call, abs, -number, seconds=60) for number in range(20)]

        assert lost.result() == code
        assert [other.result() for other in others] == list(range(20))


def test_calls_that_hang_keep_no_other_waiting_until_their_limit(processes, monkeypatch):
    monkeypatch.setattr(warm_processes, "_LONG", 0.1)
    with ThreadPoolExecutor(6) as threads:
        hanging = [threads.submit(code_of, processes, time.sleep, 600, seconds=8) for _ in range(5)]
        time.sleep(0.5)
        honest = threads.submit(processes.call, abs, -1, seconds=60)

        assert honest.result() == 1
        assert not all(one.done() for one in hanging)
        assert {one.result() for one in hanging} == {"batch-worker-late"}


def test_where_all_processes_hang_a_call_waits_no_longer_than_its_limit(processes, monkeypatch):
    monkeypatch.setattr(warm_processes, "_MOST_ASIDE", 0)
    with ThreadPoolExecutor(2) as threads:
        hanging = [threads.submit(code_of, processes, time.sleep, 600, seconds=6) for _ in range(2)]
        time.sleep(0.5)

        assert code_of(processes, abs, -1, seconds=0.2) == "batch-worker-late"
        assert {one.result() for one in hanging} == {"batch-worker-late"}


def test_a_function_that_no_other_process_can_import_is_said_so(processes):
    class Hidden:
        pass

    Hidden.__module__, Hidden.__qualname__ = "__main__", "Hidden"
    sys.modules["__main__"].Hidden = Hidden
    try:
        assert code_of(processes, repr, Hidden()) == "batch-worker-failed"
        assert processes.call(abs, -1, seconds=60) == 1
    finally:
        del sys.modules["__main__"].Hidden


def test_messages_are_in_the_language_of_the_caller(processes):
    set_language("en")
    try:
        with pytest.raises(WorkerLostError, match="not done after 0 seconds"):
            processes.call(time.sleep, 60, seconds=0.2)
    finally:
        set_language("vi")


def test_a_system_that_starts_no_process_is_reported(processes, monkeypatch):
    monkeypatch.setenv("CONGVAN_PYTHON", "no-python")

    assert code_of(processes, abs, -1) == "batch-worker-failed"


def test_a_process_is_ended_after_so_many_calls(processes, monkeypatch):
    monkeypatch.setattr(warm_processes, "_MOST_CALLS", 2)
    pids = [processes.call(os.getpid, seconds=60) for _ in range(4)]

    assert len(set(pids)) == 2


def test_without_a_limit_the_call_stays_in_this_process():
    assert call_within(None, os.getpid) == os.getpid()
    assert call_within(60, os.getpid) != os.getpid()


def test_a_call_inside_a_worker_process_starts_no_other():
    here, nested = call_within(60, own_and_nested)

    assert here == nested != os.getpid()


def own_and_nested():
    return os.getpid(), call_within(60, os.getpid)


@unix
def test_a_fork_has_processes_of_its_own_whatever_other_threads_do():
    call_within(60, abs, -1)
    with ThreadPoolExecutor(2) as threads:
        running = [threads.submit(call_within, 60, time.sleep, 0.05) for _ in range(40)]
        statuses = []
        for _ in range(4):
            pid = os.fork()
            if pid == 0:
                os._exit(0 if call_within(60, abs, -7) == 7 else 1)
            statuses.append(os.waitpid(pid, 0)[1])
        for one in running:
            one.result()

    assert statuses == [0, 0, 0, 0]
    assert call_within(60, abs, -1) == 1


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ({"ten": "A", "so": [1, 2.5, None, True], "ngay": date(2026, 1, 2), "tien": Decimal(3)}, True),
        ((b"x", {"a": {"b": ()}}), True),
        ({"a": object()}, False),
        ([lambda: 1], False),
        (type("Text", (str,), {})("x"), False),
    ],
)
def test_plain_values_mean_the_same_in_any_process(value, plain):
    assert is_plain(value) is plain
