"""How fast letters are made: a docxtpl loop, congvan's Word, congvan's Word and PDF, side by side in one run.

    python benchmarks/letters.py --letters 300

Reads the hamlet tier of the example campaign; prints letters a second, ratios to the docxtpl loop, and the peak memory.
"""

from __future__ import annotations

import argparse
import io
import platform
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from docxtpl import DocxTemplate

import congvan
from congvan.batch.run import render
from congvan.letter import Letter
from congvan.word import render_docx, template_for
from congvan.word.context import letter_values
from congvan.word.environment import word_environment

CAMPAIGN = Path(__file__).parents[1] / "examples" / "xoa-thu-tien-dien" / "campaign.yaml"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=300)
    count = parser.parse_args().letters
    plan = congvan.plan(congvan.load_campaign(CAMPAIGN), only=["thon"], limit=count)
    letters = plan.letters
    ways = {
        "docxtpl, one template object a letter": lambda: _docxtpl_loop(letters),
        "congvan, Word in memory": lambda: [render_docx(letter) for letter in letters],
        "congvan, Word on disk with lists": lambda: _run(plan, ["docx"], jobs=1),
        "congvan, Word and PDF on disk, one process": lambda: _run(plan, ["docx", "pdf"], jobs=1),
        "congvan, Word and PDF on disk, all cores": lambda: _run(plan, ["docx", "pdf"], jobs=None),
    }
    print(f"Python {platform.python_version()}, {platform.machine()}, {len(letters)} letters of one page")
    base = None
    for name, way in ways.items():
        seconds = _seconds(way)
        base = base or seconds
        print(f"{name:<46} {len(letters) / seconds:>9.1f} letters/s   x {base / seconds:.1f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process: {peak:.0f} MB")


def _docxtpl_loop(letters: Sequence[Letter]) -> None:
    """What a script would do: the same template with its body in place, loaded, rendered and saved each time."""
    template = template_for(letters[0])
    source = template.pack(template._content_source)
    for letter in letters:
        document = DocxTemplate(io.BytesIO(source))
        document.render(letter_values(letter), word_environment())
        document.save(io.BytesIO())


def _run(plan: congvan.Plan, formats: Sequence[str], jobs: int | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        render(plan, Path(folder) / "out", formats=formats, jobs=jobs)


def _seconds(way: Callable[[], object]) -> float:
    started = time.perf_counter()
    way()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
