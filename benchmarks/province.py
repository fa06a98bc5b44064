"""Measure the ways of making a province's letters and write docs/performance.md.

Cases already in the results file are not measured again, so that a run that was stopped goes on where it was; the
page is written anew after every case. ``--page-only`` writes it from the results alone.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from operator import itemgetter
from pathlib import Path
from typing import Any

import congvan
from benchmarks.measured import Case, measured
from benchmarks.page import page
from benchmarks.quiet_disk import wait_for_quiet_disk
from benchmarks.results import Results
from benchmarks.shapes import SHAPES
from benchmarks.ways import WAYS

_ROOT = Path(__file__).parents[1]
_SAMPLES = {"docxtpl": 1000, "mailmerge": 1000, "docxtpl-soffice": 10, "docxtpl-soffice-many": 200}
"""Letters a slow way makes at most; its rate stands for the rest."""
_MANY = 1000
"""Letters from which on it shows how long the disk takes for a new file."""


def main() -> None:
    asked = _asked()
    results = Results(asked.results)
    failed = 0 if asked.page_only else _measure(asked, results)
    _write(asked.page, results)
    raise SystemExit(1 if failed else 0)


def _measure(asked: argparse.Namespace, results: Results) -> int:
    """Every case that is not in the results yet; how many could not be measured. One that fails, fails alone."""
    results.require_same_surroundings()
    # As pip does when it installs a program; a working copy would be compiled anew by every process of a run.
    compileall.compile_dir(Path(congvan.__file__).parent, quiet=2)
    wanted = [case for case in _cases(asked) if asked.again or case.key not in results.cases]
    quickest: dict[str, dict[str, Any]] = {}
    failed: set[str] = set()
    with tempfile.TemporaryDirectory(dir=asked.work, prefix="congvan-") as work:
        if any(case.letters >= _MANY for case in wanted):
            wait_for_quiet_disk(Path(work))
        # In turn: a machine that is slower for a while is slower for all ways.
        for case in wanted * asked.repeat:
            try:
                told = _told(case, Path(work))
            except RuntimeError as error:
                print(error, file=sys.stderr)
                failed.add(case.key)
                continue
            best = quickest.get(case.key, told)
            rounds = [*best.get("rounds", []), told["seconds"]]
            quickest[case.key] = {**min(told, best, key=itemgetter("seconds")), "rounds": rounds}
            results.add(case, quickest[case.key])
            _write(asked.page, results)
    for shape in asked.shapes if asked.stages else []:
        results.stages[shape] = {"letters": asked.stages, "seconds": _stages(shape, asked.stages)}
        results.save()
    return len(failed)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=_numbers, default=[100, 1000, 5000, 64000], help="100,1000,5000,64000")
    parser.add_argument("--shapes", type=_names(SHAPES), default=list(SHAPES), help=",".join(SHAPES))
    parser.add_argument("--ways", type=_names(WAYS), default=list(WAYS), help=",".join(WAYS))
    parser.add_argument("--engines", type=lambda text: text.split(","), default=_engines(), help="all that are here")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes; all cores")
    parser.add_argument(
        "--sample", type=_sample, action="append", default=[], metavar="WAY=LETTERS", help="a way's sample"
    )
    parser.add_argument(
        "--repeat", type=int, default=1, help="times all cases are measured, in turn; the quickest stands"
    )
    parser.add_argument("--stages", type=int, default=1000, help="letters for the CPU by stage; 0 leaves it out")
    parser.add_argument("--results", type=Path, default=_ROOT / "benchmarks" / "results.json")
    parser.add_argument("--page", type=Path, default=_ROOT / "docs" / "performance.md")
    parser.add_argument("--work", type=Path, help="a folder with room for all letters of all cases")
    parser.add_argument("--again", action="store_true", help="measure also what the results already have")
    parser.add_argument("--page-only", action="store_true", help="measure nothing")
    return parser.parse_args()


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def _names(known: Mapping[str, object]) -> Callable[[str], list[str]]:
    def read(text: str) -> list[str]:
        names = text.split(",")
        if unknown := [name for name in names if name not in known]:
            raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: not one of {', '.join(known)}")
        return names

    return read


def _sample(text: str) -> tuple[str, int]:
    way, _, letters = text.partition("=")
    return way, int(letters)


def _engines() -> list[str]:
    from congvan.pdf import engines

    return [name for name, state in engines().items() if state.version]


def _cases(asked: argparse.Namespace) -> Iterator[Case]:
    samples = {**_SAMPLES, **dict(asked.sample)}
    for letters in sorted(asked.letters):  # quick cases first: something to look at soon
        for shape in asked.shapes:
            for way in asked.ways:
                for engine in asked.engines if way == "congvan-pdf" else [None]:
                    yield Case(shape, letters, way, engine, asked.jobs, min(letters, samples.get(way, letters)))


def _told(case: Case, work: Path) -> dict[str, Any]:
    print(case.key, end=" ", flush=True)
    told = measured(case, SHAPES[case.shape], work)
    print(f"{told['letters'] / told['seconds']:,.1f} letters/s, {told['peak_mb']} MB", flush=True)
    return told


def _stages(shape: str, letters: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.stages", shape, str(letters)]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return dict(json.loads(done.stdout))


def _write(path: Path, results: Results) -> None:
    path.write_text(page(results), encoding="utf-8")


if __name__ == "__main__":
    main()
