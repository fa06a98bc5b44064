"""Measure congvan beside the other ways of making a province's letters, and write docs/performance.md.

A round that is already in the results file is not measured again, so that a benchmark that was stopped goes on; the
page is written anew after every measurement. ``--page-only`` writes it from the results alone. A quick benchmark shows
whether something became slower: it prints the floors and leaves page and results of the full one alone.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import congvan
from benchmarks.measured import Case, measure
from benchmarks.page import floor_table, page
from benchmarks.parts import PARTS, rounds
from benchmarks.quiet_disk import wait_for_quiet_disk
from benchmarks.results import Results
from benchmarks.shapes import CAMPAIGNS

_ROOT = Path(__file__).parents[1]
_STAGES = "stages"
"""The part that is no comparison: CPU time of a run by stage."""
_QUICK_LETTERS, _QUICK_ROUNDS = 500, 3
_ROUNDS = 5
_MANY = 1000
"""Letters from which on it shows how long the disk takes for a new file."""


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.work, prefix="congvan-") as work:
        if options.quick:
            options.results = options.results or Path(work, "results.json")
            options.page = options.page or Path(work, "performance.md")
        results = Results(options.results or _ROOT / "benchmarks" / "results.json")
        options.page = options.page or _ROOT / "docs" / "performance.md"
        failed = 0 if options.page_only else _measure_all(options, results, Path(work))
        _write(options.page, results)
        print(floor_table(results))
    raise SystemExit(1 if failed else 0)


def _options() -> argparse.Namespace:
    parts = "\n".join(f"  {name:<12}{part.title}" for name, part in PARTS.items())
    parser = argparse.ArgumentParser(
        description=f"{__doc__}\nparts:\n{parts}\n  {_STAGES:<12}CPU time of a run by stage",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--quick", action="store_true", help="at most 500 letters, 3 rounds, the parts with floors")
    parser.add_argument("--only", type=_parts, metavar="PART,…", help="these parts; all but the large one if left out")
    parser.add_argument("--rounds", type=int, help=f"how often all ways are measured, in turn; {_ROUNDS} if left out")
    parser.add_argument("--letters", type=int, metavar="MOST", help="at most so many letters in any part")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes; all cores")
    parser.add_argument("--results", type=Path, help="benchmarks/results.json if left out")
    parser.add_argument("--page", type=Path, help="docs/performance.md if left out")
    parser.add_argument("--work", type=Path, help="a folder with room for all letters of all rounds")
    parser.add_argument("--again", action="store_true", help="forget earlier rounds of what is measured now")
    parser.add_argument("--page-only", action="store_true", help="measure nothing")
    options = parser.parse_args()
    options.only = options.only or [
        *(name for name, part in PARTS.items() if not part.optional and (part.quick or not options.quick)),
        *([] if options.quick else [_STAGES]),
    ]
    options.letters = options.letters or (_QUICK_LETTERS if options.quick else None)
    options.rounds = options.rounds or (_QUICK_ROUNDS if options.quick else _ROUNDS)
    return options


def _parts(text: str) -> list[str]:
    names = text.split(",")
    known = [*PARTS, _STAGES]
    if unknown := [name for name in names if name not in known]:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: not one of {', '.join(known)}")
    return names


def _measure_all(options: argparse.Namespace, results: Results, work: Path) -> int:
    """Measure every round that is not in the results yet; returns how many cases failed. A case fails alone."""
    results.require_same_surroundings()
    # As pip does when it installs a program; a working copy would be compiled anew by every process of a run.
    compileall.compile_dir(Path(congvan.__file__).parent, quiet=2)
    compared = [name for name in options.only if name in PARTS]
    planned = list(rounds(compared, options.rounds, options.letters, options.jobs))
    if any(case.letters >= _MANY for _, case in planned):
        wait_for_quiet_disk(work)
    if options.again:
        results.forget({case for _, case in planned})
    failed: set[str] = set()
    for current, case in planned:
        if case.key in failed or results.round_count(case) > current:
            continue
        try:
            results.add(case, _measure(case, work))
        except RuntimeError as error:
            print(error, file=sys.stderr)
            failed.add(case.key)
        _write(options.page, results)
    if _STAGES in options.only:
        _measure_stages(min(1000, options.letters or 1000), results)
    return len(failed)


def _measure(case: Case, work: Path) -> dict[str, Any]:
    print(case.key, end=" ", flush=True)
    measured = measure(case, work)
    print(f"{1000 * measured['seconds'] / case.sample:,.2f} ms a letter, {measured['peak_mb']} MB", flush=True)
    return measured


def _measure_stages(letters: int, results: Results) -> None:
    for shape in CAMPAIGNS:
        command = [sys.executable, "-m", "benchmarks.stages", shape, str(letters)]
        done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr)
        results.stages[shape] = {"letters": letters, "seconds": json.loads(done.stdout)}
        results.save()


def _write(path: Path, results: Results) -> None:
    path.write_text(page(results), encoding="utf-8")


if __name__ == "__main__":
    main()
