"""Worker processes that die, hang or eat memory, and the calls of the others."""

import asyncio
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from textwrap import dedent
from threading import Thread

import pytest
from tests.running_processes import ends

from congvan.errors import WorkerLostError
from congvan.findings.language import language, set_language
from congvan.run.workers.pool import WorkerPool, worker_pool

unix = pytest.mark.skipif(sys.platform == "win32", reason="signals, fork and ps are of Unix")


@pytest.fixture(scope="module")
def pool():
    with WorkerPool(1, seconds=lambda *args: 1 if args == (3600,) else 60, memory=512 * 1024**2) as started:
        yield started


def lost(pool, fn, *args):
    with pytest.raises(WorkerLostError) as error:
        pool.submit(fn, *args).result()
    return str(error.value)


def wait_until_running(futures):
    while not all(future.running() for future in futures):
        time.sleep(0.01)


def test_calls_are_answered_by_another_process(pool):
    assert pool.submit(os.getpid).result() != os.getpid()
    assert list(pool.map(abs, (-1, -2, -3))) == [1, 2, 3]


def test_a_call_may_have_arguments_by_name(pool):
    assert pool.submit(int, "11", base=2).result() == 3


@unix
def test_a_process_that_dies_is_reported_with_its_signal_and_replaced(pool):
    assert "SIGABRT" in lost(pool, os.abort)
    assert pool.submit(abs, -1).result() == 1


def test_a_process_that_ends_without_a_response_is_reported_with_its_status(pool):
    assert "(7)" in lost(pool, os._exit, 7)


def test_a_process_that_hangs_is_ended_at_its_limit(pool):
    assert "1" in lost(pool, time.sleep, 3600)
    assert pool.submit(abs, -1).result() == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_a_process_that_takes_too_much_memory_gets_none(pool):
    assert "512" in lost(pool, bytearray, 1024**3)


def test_a_call_that_raises_is_reported_with_what_it_raised(pool):
    assert "ValueError" in lost(pool, int, "mười")


def test_a_result_that_cannot_be_pickled_is_reported(pool):
    assert "pickle" in lost(pool, os.scandir, ".")


def test_arguments_that_cannot_be_pickled_are_an_error_of_that_call_alone(pool):
    assert isinstance(pool.submit(list, (number for number in range(3))).exception(), TypeError)
    assert pool.submit(abs, -1).result() == 1


def test_a_system_that_starts_no_process_is_reported(monkeypatch):
    monkeypatch.setenv("CONGVAN_PYTHON", "no-python")
    with WorkerPool(1, seconds=lambda *_: 60) as pool:
        assert lost(pool, abs, -1)


def test_a_call_and_the_reason_of_its_failure_are_in_the_language_of_the_caller(pool):
    assert pool.submit(language).result() == "vi"
    assert "Tiến trình" in lost(pool, os._exit, 7)

    context = copy_context()
    context.run(set_language, "en")
    assert context.run(pool.submit, language).result() == "en"
    assert "process" in context.run(lost, pool, os._exit, 7)


def test_what_calls_need_is_imported_before_the_first(pool):
    with WorkerPool(1, seconds=lambda *_: 60, modules=["colorsys"]) as prepared:
        assert prepared.submit(eval, "'colorsys' in __import__('sys').modules").result() is True
    assert pool.submit(eval, "'colorsys' in __import__('sys').modules").result() is False


def children():
    """The child processes of this one."""
    command = ["ps", "-A", "-o", "ppid=,pid=,comm="]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return {pid for parent, pid, name in map(str.split, listed) if parent == str(os.getpid()) and name != "ps"}


@unix
def test_no_more_processes_are_started_than_there_is_work_for():
    before = children()
    with WorkerPool(3, seconds=lambda *_: 60) as pool:
        pool.submit(os.getpid).result()
        assert len(children() - before) == 1
        assert pool.queue_depth == 9


def test_a_pool_that_was_shut_down_finishes_its_calls_and_takes_no_more():
    pool = WorkerPool(2, seconds=lambda *_: 60)
    futures = [pool.submit(abs, -number) for number in range(20)]
    pool.shutdown()

    assert [future.result(timeout=0) for future in futures] == list(range(20))
    with pytest.raises(RuntimeError):
        pool.submit(abs, -1)


def test_a_pool_that_is_terminated_does_not_finish_its_calls():
    pool = WorkerPool(2, seconds=lambda *_: 3600)
    in_work = [pool.submit(time.sleep, 3600) for _ in range(2)]
    wait_until_running(in_work)
    in_queue = pool.submit(abs, -1)
    pool.terminate()

    assert in_queue.cancelled()
    assert [type(future.exception(timeout=60)) for future in in_work] == [WorkerLostError] * 2


@unix
def test_no_process_is_left_after_a_pool_was_terminated():
    before = children()
    pool = WorkerPool(2, seconds=lambda *_: 3600)
    busy = [pool.submit(time.sleep, 3600) for _ in range(2)]
    wait_until_running(busy)
    assert len(children() - before) == 2
    pool.terminate()

    assert children() - before == set()


@unix
def test_a_pool_that_is_terminated_while_it_starts_leaves_no_process():
    before = children()
    for pause in (0, 0.001, 0.01, 0.1):
        pool = WorkerPool(2, seconds=lambda *_: 60)
        for _ in range(2):
            pool.submit(abs, -1)
        time.sleep(pause)
        pool.terminate()
    time.sleep(0.5)

    assert children() - before == set()


def test_an_error_in_the_program_ends_the_processes_at_once():
    def fail():
        with worker_pool(2, pdf=False) as pool:
            futures.append(pool.submit(eval, "__import__('time').sleep(3600)"))
            wait_until_running(futures)
            raise KeyboardInterrupt

    futures = []
    with pytest.raises(KeyboardInterrupt):
        fail()
    assert isinstance(futures[0].exception(timeout=60), WorkerLostError)


@unix
def test_a_process_does_not_outlive_its_parent():
    program = """
        import os, time
        from congvan.run.workers.pool import WorkerPool
        print(WorkerPool(1, seconds=lambda *_: 60).submit(os.getpid).result(), flush=True)
        time.sleep(3600)
    """
    parent = subprocess.Popen([sys.executable, "-c", dedent(program)], stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()

    assert ends(pid)


@unix
def test_a_program_that_ends_without_a_shutdown_leaves_no_process():
    program = """
        import os, time
        from congvan.run.workers.pool import WorkerPool
        pool = WorkerPool(1, seconds=lambda *_: 3600)
        print(pool.submit(os.getpid).result())
        pool.submit(time.sleep, 3600)
    """
    done = subprocess.run(
        [sys.executable, "-c", dedent(program)], capture_output=True, text=True, timeout=60, check=False
    )

    assert done.stderr == ""
    assert ends(int(done.stdout))


@unix
def test_an_interrupt_from_the_keyboard_does_not_reach_a_process(pool):
    pid = pool.submit(os.getpid).result()
    os.kill(pid, signal.SIGINT)

    assert pool.submit(os.getpid).result() == pid


def test_threads_of_a_service_share_a_pool():
    results = {}

    def serve(number):
        results[number] = [pool.submit(abs, -number * 100 - one).result() for one in range(25)]

    with WorkerPool(2, seconds=lambda *_: 60) as pool:
        threads = [Thread(target=serve, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert results == {number: [number * 100 + one for one in range(25)] for number in range(8)}


def test_one_threads_lost_call_is_no_other_threads_loss():
    with WorkerPool(2, seconds=lambda *_: 60) as pool, ThreadPoolExecutor(4) as threads:
        lost_ones = [threads.submit(lost, pool, os._exit, 7) for _ in range(5)]
        others = [threads.submit(lambda: pool.submit(abs, -1).result()) for _ in range(20)]

        assert all("(7)" in one.result() for one in lost_ones)
        assert [one.result() for one in others] == [1] * 20


def test_an_asyncio_service_uses_a_pool_in_an_executor_thread():
    def use():
        with WorkerPool(1, seconds=lambda *_: 60) as pool:
            return pool.submit(abs, -1).result()

    async def serve():
        return await asyncio.get_running_loop().run_in_executor(None, use)

    assert asyncio.run(serve()) == 1


def test_an_asyncio_service_awaits_calls_of_a_pool(pool):
    async def serve():
        return await asyncio.wrap_future(pool.submit(abs, -1))

    assert asyncio.run(serve()) == 1


IN_A_CHILD = """
    import multiprocessing, os, sys
    from congvan.run.workers.pool import WorkerPool

    def use(results):
        pool = WorkerPool(1, seconds=lambda *_: 60)
        results.put(pool.submit(os.getpid).result() not in (os.getpid(), os.getppid()))
        pool.shutdown()

    if __name__ == "__main__":
        context = multiprocessing.get_context(sys.argv[1])
        results = context.Queue()
        child = context.Process(target=use, args=(results,), daemon=True)
        child.start()
        print(results.get(timeout=60))
        child.join()
"""


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_a_daemonic_child_of_multiprocessing_or_celery_uses_a_pool(tmp_path, method):
    (tmp_path / "task.py").write_text(dedent(IN_A_CHILD), encoding="utf-8")
    command = [sys.executable, "task.py", method]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=120, check=False)

    assert (done.stdout, done.stderr) == ("True\n", "")


@unix
def test_a_fork_of_a_process_with_a_pool_has_workers_of_its_own():
    program = """
        import os
        from congvan.run.workers.pool import WorkerPool
        pool = WorkerPool(1, seconds=lambda *_: 60)
        pid = pool.submit(os.getpid).result()
        if os.fork() == 0:
            print(pool.submit(os.getpid).result() != pid, flush=True)
            pool.shutdown()
            os._exit(0)
        os.wait()
        print(pool.submit(os.getpid).result() == pid)
        pool.shutdown()
    """
    done = subprocess.run(
        [sys.executable, "-c", dedent(program)], capture_output=True, text=True, timeout=60, check=False
    )

    assert (done.stdout, done.stderr) == ("True\nTrue\n", "")
