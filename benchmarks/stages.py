"""Where the time of a run goes: CPU seconds by stage, in one process, each stage without those inside it."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import wraps
from importlib import import_module
from inspect import isgenerator
from pathlib import Path
from typing import Any

import congvan
from benchmarks.shapes import SHAPES, Shape

ENGINE = "PDF: the engine"
STAGES = {
    "campaign file and lists read": "congvan:load_campaign",
    "letters planned": "congvan:plan",
    "look: templates, rules, numbers previewed": "congvan.run.pipeline:_look",
    "stage: batches, results": "congvan.run.stage:Stager.stage",
    "stage: fingerprints": "congvan.run.fingerprint:fingerprints",
    "Word: rendered": "congvan.word:render_letter",
    "Word: joined for the engine": "congvan.word:bundle",
    ENGINE: "{engine}.convert",
    "PDF: cut apart": "congvan.pdf.split.bundle_splitter:split_bundle",
    "stage: files written": "congvan.run.rendering:_write",
    "reserve: numbers taken": "congvan.run.numbers:Numbers.reserve",
    "commit: files moved into place": "congvan.run.output.folder:OutputFolder.move_into_place",
    "commit: print files": "congvan.run.output.print_files:write_print_files",
    "commit: journal": "congvan.run.output.journal:Journal.rewrite",
    "commit: lists and index page": "congvan.run.output.lists:write_lists",
}
REST = "the rest"


def cpu_by_stage(shape: Shape, letters: int) -> dict[str, float]:
    """CPU seconds by stage of a default run of ``letters``, Word and PDF, everything in this process."""
    from congvan.pdf.engines.available import engine

    engine_class = type(engine())
    with tempfile.TemporaryDirectory(prefix="congvan-") as name:
        campaign = shape.write(Path(name, "source"), letters).path
        clock = _Clock()
        for stage, target in STAGES.items():
            _wrap(target.format(engine=f"{engine_class.__module__}:{engine_class.__qualname__}"), stage, clock)
        run = clock.timed(REST, lambda: _run(campaign, Path(name)))()
    if run.failed:
        raise SystemExit(str(run.report))
    return clock.seconds


def _run(campaign: Path, folder: Path) -> Any:
    plan = congvan.plan(congvan.load_campaign(campaign))
    return congvan.render(plan, folder / "out", folder / "so.sqlite3", executor=_ThisProcess())


class _ThisProcess(Executor):
    """Calls in this process, so that its clock sees the work."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


class _Clock:
    """CPU seconds by stage; time in an inner stage is taken off the outer one."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._inner = [0.0]

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            started = time.process_time()
            self._inner.append(0.0)
            try:
                result = function(*args, **kwargs)
                return iter([*result]) if isgenerator(result) else result  # a generator works only while it is read
            finally:
                whole = time.process_time() - started
                self.seconds[stage] = self.seconds.get(stage, 0.0) + whole - self._inner.pop()
                self._inner[-1] += whole

        return timed


def _wrap(target: str, stage: str, clock: _Clock) -> None:
    """Time a function under every name it was imported by.

    Raises:
        AttributeError: when congvan has no such function any more; then :data:`STAGES` needs the one in its place.
    """
    module_name, _, path = target.partition(":")
    owner: Any = import_module(module_name)
    *classes, name = path.split(".")
    for one in classes:
        owner = getattr(owner, one)
    function = getattr(owner, name)
    timed = clock.timed(stage, function)
    setattr(owner, name, timed)
    for module in [module for key, module in sys.modules.items() if key.startswith("congvan") and not classes]:
        for bound in [bound for bound, value in vars(module).items() if value is function]:
            setattr(module, bound, timed)


if __name__ == "__main__":  # a process of its own: what is timed stays timed
    print(json.dumps(cpu_by_stage(SHAPES[sys.argv[1]], int(sys.argv[2]))))
