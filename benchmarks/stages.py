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
from benchmarks.shapes import SHAPES, Shape, write_campaign

ENGINE = "PDF: laid out by the engine"
STAGES = {
    "campaign file and lists read": "congvan.campaign.load:load_campaign",
    "letters planned": "congvan.campaign.planning.planner:plan",
    "every letter checked beforehand": "congvan.batch.preflight:preflight",
    "numbers reserved": "congvan.register.register:Register.reserve",
    "numbers issued": "congvan.register.register:Register.issue",
    "Word: laid out and zipped": "congvan.word.letter_document:render_letter",
    "Word: joined for the engine": "congvan.word.template.bundle:bundle",
    ENGINE: "{engine}.convert",
    "PDF: cut apart": "congvan.pdf.split.cut:cut",
    "letters written": "congvan.batch.output:OutputFolder.write_portion",
    "print file, as letters are made": "congvan.batch.output:OutputFolder.print_so_far",
    "print file, its end": "congvan.batch.output:OutputFolder.write_print_files",
    "lists and index page": "congvan.batch.lists:lay_lists",
}
REST = "the rest"


def cpu_by_stage(shape: Shape, letters: int) -> dict[str, float]:
    """CPU seconds by stage of a default run of ``letters``, Word and PDF, everything in this process."""
    from congvan.pdf.engine import engine

    maker = type(engine())
    with tempfile.TemporaryDirectory(prefix="congvan-") as name:
        campaign = write_campaign(Path(name), shape, letters)
        clock = _Clock()
        for stage, target in STAGES.items():
            _wrap(target.format(engine=f"{maker.__module__}:{maker.__qualname__}"), stage, clock)
        run = clock.timed(REST, lambda: _run(campaign, Path(name)))()
    if run.failed:
        raise SystemExit(str(run.report))
    return clock.seconds


def _run(campaign: Path, folder: Path) -> Any:
    planned = congvan.plan(congvan.load_campaign(campaign))
    return congvan.render(planned, folder / "out", folder / "so.sqlite3", executor=_Here())


class _Here(Executor):
    """This process itself, so that its clock sees the work."""

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
        def watched(*args: Any, **kwargs: Any) -> Any:
            started = time.process_time()
            self._inner.append(0.0)
            try:
                made = function(*args, **kwargs)
                return iter([*made]) if isgenerator(made) else made  # what gives bit by bit works only then
            finally:
                whole = time.process_time() - started
                self.seconds[stage] = self.seconds.get(stage, 0.0) + whole - self._inner.pop()
                self._inner[-1] += whole

        return watched


def _wrap(target: str, stage: str, clock: _Clock) -> None:
    """Watch a function under every name it was imported by.

    Raises:
        AttributeError: when congvan has no such function any more; then :data:`STAGES` must say what took its place.
    """
    module_name, _, path = target.partition(":")
    owner: Any = import_module(module_name)
    *classes, name = path.split(".")
    for one in classes:
        owner = getattr(owner, one)
    function = getattr(owner, name)
    watched = clock.timed(stage, function)
    setattr(owner, name, watched)
    for module in [module for key, module in sys.modules.items() if key.startswith("congvan") and not classes]:
        for bound in [bound for bound, value in vars(module).items() if value is function]:
            setattr(module, bound, watched)


if __name__ == "__main__":  # a process of its own: what is watched stays watched
    print(json.dumps(cpu_by_stage(SHAPES[sys.argv[1]], int(sys.argv[2]))))
