"""Letters made by a Dask cluster: a scheduler and two workers as processes of their own, one of them killed."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

import congvan
from congvan.batch import ExecutorError, executors

HAMLETS = "".join(
    f"16015-{index:03},400,huyện Hậu Lộc,16015,xã Đại Lộc,thôn {index},thôn,Lê Văn Mẫu,Ông\n" for index in range(10, 40)
)


def run(project, out, **options):
    planned = congvan.plan(congvan.load_campaign(project.campaign))
    return congvan.render(planned, out=project.folder / out, register=project.register, **options)


def congvan_render(project, out, *words):
    places = ["-o", project.folder / out, "--register", project.register]
    command = [sys.executable, "-m", "congvan", "render", project.campaign, *places, *words]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


class Cluster:
    """A scheduler with some workers on this machine; ``url`` is what ``--executor`` takes."""

    def __init__(self, folder, workers):
        told = folder / "scheduler.json"
        self._quiet = (folder / "dask.log").open("wb")
        common = ["--no-dashboard", "--scheduler-file", str(told)]
        place = ["--host", "127.0.0.1", "--port", "0"]
        self._scheduler = self._start("distributed.cli.dask_scheduler", *place, *common)
        self.url = "dask" + self._address(told).removeprefix("tcp")
        alone = ["--no-nanny", "--nthreads", "1", "--local-directory", str(folder)]
        self.workers = [self._start("distributed.cli.dask_worker", *alone, *common) for _ in range(workers)]

    def _start(self, module, *words):
        command = [sys.executable, "-m", module, *words]
        return subprocess.Popen(command, stdout=self._quiet, stderr=self._quiet, env={**os.environ, "PYTHONUTF8": "1"})

    def _address(self, told):
        while not told.exists() or not told.read_text():
            assert self._scheduler.poll() is None
            time.sleep(0.05)
        return json.loads(told.read_text())["address"]

    def wait(self):
        from distributed import Client

        with Client("tcp" + self.url.removeprefix("dask"), set_as_default=False) as client:
            client.wait_for_workers(len(self.workers), timeout=60)

    def kill_scheduler(self):
        self._scheduler.send_signal(signal.SIGKILL)

    def close(self):
        for process in (*self.workers, self._scheduler):
            process.kill()
            process.wait()
        self._quiet.close()


@pytest.fixture
def cluster(tmp_path_factory):
    pytest.importorskip("distributed", reason="a Dask cluster needs the extra congvan[dask]")
    clusters = []

    def start(workers):
        clusters.append(Cluster(tmp_path_factory.mktemp("dask"), workers))
        clusters[-1].wait()
        return clusters[-1]

    yield start
    for one in clusters:
        one.close()


@pytest.mark.slow
def test_a_cluster_gives_the_same_bytes_even_when_a_worker_is_killed(project, cluster, monkeypatch):
    monkeypatch.setattr("congvan.batch.portion.BUNDLE_SIZE", 3)  # enough tasks for a worker to die between them
    with (project.folder / "thon.csv").open("a", encoding="utf-8") as file:
        file.write(HAMLETS)
    run(project, "out", jobs=1)
    expected = project.files(project.folder / "out")
    two = cluster(workers=2)

    told = congvan_render(project, "cum", "--executor", two.url)
    assert told.returncode == 0, told.stderr
    assert project.files(project.folder / "cum") == expected

    done = []

    def kill_one(letters, _all):
        if not done:
            two.workers[0].send_signal(signal.SIGKILL)
        done.append(letters)

    made = run(project, "mat-mot", executor=two.url, progress=kill_one)
    assert two.workers[0].wait() == -signal.SIGKILL
    assert two.workers[1].poll() is None
    assert len(done) > 8
    assert not made.failed
    assert project.files(project.folder / "mat-mot") == expected


@pytest.mark.slow
def test_what_a_lost_cluster_did_not_make_the_next_run_makes(project, cluster, monkeypatch):
    monkeypatch.setattr(executors, "CONNECT_SECONDS", 1)
    one = cluster(workers=1)

    with pytest.raises(ExecutorError) as error:
        run(project, "out", executor=one.url, progress=lambda _done, _all: one.kill_scheduler())
    assert [found.code for found in error.value.report] == ["executor-lost"]

    run(project, "out")
    run(project, "lai", jobs=1)
    assert project.files(project.folder / "out") == project.files(project.folder / "lai")


def test_a_cluster_without_workers_is_refused():
    class Empty:
        def nthreads(self):
            return {}

    with pytest.raises(ExecutorError) as error:
        executors._checked_threads(Empty(), "dask://host:1")

    assert [found.code for found in error.value.report] == ["executor-without-workers"]


@pytest.mark.parametrize("url", ["ray://host:1", "dask://", "dask:host", "dask://host:port", "", "10.0.0.1:8786"])
def test_an_executor_that_is_not_known_is_refused_with_those_that_are(project, url):
    with pytest.raises(ExecutorError) as error:
        run(project, "out", executor=url)

    (found,) = error.value.report
    assert found.code == "executor-unknown"
    assert "dask://host:port" in found.hint
    assert not (project.folder / "out").exists()


def test_a_scheduler_that_does_not_answer_is_refused_in_time(project, monkeypatch):
    pytest.importorskip("distributed", reason="a Dask cluster needs the extra congvan[dask]")
    monkeypatch.setattr(executors, "CONNECT_SECONDS", 0.5)

    with pytest.raises(ExecutorError) as error:
        run(project, "out", executor="dask://127.0.0.1:9")

    assert [found.code for found in error.value.report] == ["executor-unreachable"]
    assert not project.register.exists()


def test_without_the_extra_its_name_is_told(project, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(ExecutorError) as error:
        run(project, "out", executor="dask://127.0.0.1:8786")

    (found,) = error.value.report
    assert found.code == "executor-extra-missing"
    assert "congvan[dask]" in found.hint


def test_workers_with_other_programs_are_named():
    class Elsewhere:
        def nthreads(self):
            return {"tcp://1": 2, "tcp://2": 1, "tcp://3": 1}

        def run(self, asked, on_error):  # noqa: ARG002
            here = asked()
            return {"tcp://1": here, "tcp://2": {**here, "dxpdf": "0.1"}, "tcp://3": ModuleNotFoundError("congvan")}

    with pytest.raises(ExecutorError) as error:
        executors._checked_threads(Elsewhere(), "tcp://0")

    first, second = error.value.report
    assert (first.code, first.values["worker"]) == ("executor-worker-differs", "tcp://2")
    assert first.values["what"].startswith("dxpdf 0.1 (")
    assert "ModuleNotFoundError" in second.values["what"]
