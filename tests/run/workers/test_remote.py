"""Calls made by a Dask cluster: a scheduler and workers as processes of their own, some of them killed."""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from congvan.errors import ExecutorError
from congvan.run.workers import remote
from congvan.run.workers.pool import WorkerPool
from congvan.run.workers.remote import opened, queue_depth_of


class Dask:
    """A scheduler with some workers on this machine; ``url`` is what ``--executor`` takes."""

    def __init__(self, folder, workers):
        scheduler_file = folder / "scheduler.json"
        self._log = (folder / "dask.log").open("wb")
        common = ["--no-dashboard", "--scheduler-file", str(scheduler_file)]
        self._scheduler = self._start("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", *common)
        self.url = "dask" + self._address(scheduler_file).removeprefix("tcp")
        options = ["--no-nanny", "--nthreads", "1", "--local-directory", str(folder)]
        self.workers = [self._start("distributed.cli.dask_worker", *options, *common) for _ in range(workers)]

    def _start(self, module, *options):
        command = [sys.executable, "-m", module, *options]
        return subprocess.Popen(command, stdout=self._log, stderr=self._log, env={**os.environ, "PYTHONUTF8": "1"})

    def _address(self, scheduler_file):
        while not scheduler_file.exists() or not scheduler_file.read_text():
            assert self._scheduler.poll() is None
            time.sleep(0.05)
        return json.loads(scheduler_file.read_text())["address"]

    def wait_for_workers(self):
        from distributed import Client

        with Client("tcp" + self.url.removeprefix("dask"), set_as_default=False) as client:
            client.wait_for_workers(len(self.workers), timeout=60)

    def kill_scheduler(self):
        self._scheduler.send_signal(signal.SIGKILL)

    def close(self):
        for process in (*self.workers, self._scheduler):
            process.kill()
            process.wait()
        self._log.close()


@pytest.fixture
def dask(tmp_path_factory):
    pytest.importorskip("distributed", reason="a Dask cluster needs the extra congvan[dask]")
    clusters = []

    def start(workers):
        clusters.append(Dask(tmp_path_factory.mktemp("dask"), workers))
        clusters[-1].wait_for_workers()
        return clusters[-1]

    yield start
    for cluster in clusters:
        cluster.close()


def refusal(url):
    with pytest.raises(ExecutorError) as error, opened(url):
        pass
    return error.value.report


@pytest.mark.slow
def test_a_cluster_answers_all_calls_even_when_a_worker_is_killed(dask):
    two = dask(workers=2)
    with opened(two.url) as cluster:
        assert queue_depth_of(cluster) == 4
        futures = [cluster.submit(pow, number, 2) for number in range(50)]
        asleep = [cluster.submit(time.sleep, 0.2) for _ in range(8)]
        two.workers[0].send_signal(signal.SIGKILL)

        assert [future.result(timeout=60) for future in futures] == [number**2 for number in range(50)]
        assert [future.result(timeout=60) for future in asleep] == [None] * 8
    assert two.workers[0].wait() == -signal.SIGKILL
    assert two.workers[1].poll() is None


@pytest.mark.slow
def test_calls_of_a_lost_cluster_fail_and_say_so(dask, monkeypatch):
    monkeypatch.setattr(remote, "CONNECT_SECONDS", 1)
    one = dask(workers=1)

    with opened(one.url) as cluster:
        assert cluster.submit(abs, -1).result(timeout=60) == 1
        unfinished = cluster.submit(time.sleep, 3600)
        one.kill_scheduler()
        error = unfinished.exception(timeout=60)

    assert [found.code for found in error.report] == ["executor-lost"]


@pytest.mark.slow
def test_an_error_of_a_call_is_raised_here_as_it_was_there(dask):
    with opened(dask(workers=1).url) as cluster:
        assert isinstance(cluster.submit(int, "mười").exception(timeout=60), ValueError)


def test_a_cluster_without_workers_is_refused():
    class Empty:
        def nthreads(self):
            return {}

    with pytest.raises(ExecutorError) as error:
        remote._checked_threads(Empty(), "dask://host:1")

    assert [found.code for found in error.value.report] == ["executor-without-workers"]


@pytest.mark.parametrize("url", ["ray://host:1", "dask://", "dask:host", "dask://host:port", "", "10.0.0.1:8786"])
def test_a_url_that_is_not_known_is_refused_with_those_that_are(url):
    (found,) = refusal(url)

    assert found.code == "executor-unknown"
    assert "dask://host:port" in found.hint


def test_a_scheduler_that_does_not_answer_is_refused_in_time(monkeypatch):
    pytest.importorskip("distributed", reason="a Dask cluster needs the extra congvan[dask]")
    monkeypatch.setattr(remote, "CONNECT_SECONDS", 0.5)

    assert [found.code for found in refusal("dask://127.0.0.1:9")] == ["executor-unreachable"]


def test_without_the_extra_the_refusal_names_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    (found,) = refusal("dask://127.0.0.1:8786")

    assert found.code == "executor-extra-missing"
    assert "congvan[dask]" in found.hint


def test_workers_with_other_programs_are_named():
    class Mixed:
        def nthreads(self):
            return {"tcp://1": 2, "tcp://2": 1, "tcp://3": 1}

        def run(self, fn, on_error):  # noqa: ARG002
            local = fn()
            return {"tcp://1": local, "tcp://2": {**local, "dxpdf": "0.1"}, "tcp://3": ModuleNotFoundError("congvan")}

    with pytest.raises(ExecutorError) as error:
        remote._checked_threads(Mixed(), "tcp://0")

    first, second = error.value.report
    assert (first.code, first.values["worker"]) == ("executor-worker-differs", "tcp://2")
    assert first.values["what"].startswith("dxpdf 0.1 (")
    assert "ModuleNotFoundError" in second.values["what"]


def test_an_executor_of_the_caller_is_used_as_it_is_and_stays_open():
    with ThreadPoolExecutor(1) as threads:
        with opened(threads) as executor:
            assert executor is threads
        assert threads.submit(abs, -1).result() == 1
        assert queue_depth_of(threads) == remote.DEFAULT_QUEUE_DEPTH


def test_without_an_executor_nothing_is_opened():
    with opened(None) as executor:
        assert executor is None


def test_a_pool_says_how_many_calls_keep_it_busy():
    with WorkerPool(2, seconds=lambda *_: 60) as pool:
        assert queue_depth_of(pool) == pool.queue_depth == 6
