"""The results as a page: the floors, every way beside the others, and what was worked out from a sample."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from benchmarks.floors import floors
from benchmarks.results import Result, Results
from benchmarks.shapes import SHAPES
from benchmarks.stages import ENGINE, REST, STAGES
from benchmarks.ways import WAYS

_TABLES = (
    ("Word", ("docxtpl", "mailmerge", "congvan-word"), "docxtpl"),
    (
        "Word and PDF",
        (
            "docxtpl-soffice",
            "docxtpl-soffice-many",
            "congvan-pdf",
            "congvan-python",
            "congvan-table",
            "congvan-render-table",
        ),
        "docxtpl-soffice-many",
    ),
    ("PDF", ("soffice-many", "congvan-to-pdf", "congvan-to-pdfs"), "soffice-many"),
)
"""Title, ways, and the way the others are compared with."""
_MB = 1024 * 1024

_HEAD = """\
# Performance

Written by `python -m benchmarks.province` (or `make benchmark`); not by hand. Measured on {day}.

| | |
|---|---|
{surroundings}

Every way makes the same letters, each in a file of its own, in a fresh process. The ways are measured in turn, round by
round; every figure is that of the median round, *memory* is the largest of all rounds. **≈** marks what was worked out:
a slow way makes the number of letters in the column *measured*, and its rate stands for the rest. Seconds are wall
time; CPU seconds are those of all processes of the way, their start included. *Memory* is the largest sum of resident
memory of all its processes; pages that they share count more than once.

congvan's seconds include everything it does: it imports its libraries, reads the campaign or the table, starts its
processes, checks every letter, takes numbers, writes manifest, index page and, with PDF, the print file. The other ways
have libraries and values in memory and do none of that. All modules are compiled beforehand, as pip does when it
installs a program. All files stay until the end, and nothing is measured while the disk is slow at making files because
many were deleted a moment ago (ext4 looks back for some minutes).
"""


def page(results: Results) -> str:
    """The whole page as Markdown."""
    facts = "\n".join(f"| {name} | {value} |" for name, value in results.header.items() if name != "day")
    parts = [_HEAD.format(day=results.header["day"], surroundings=facts), floor_table(results)]
    cases = sorted(results.cases.values(), key=_shape_and_size)
    for (shape, letters), group in groupby(cases, key=lambda result: (result.case.shape, result.case.letters)):
        if shape == "one-letter":
            parts += _one_letter(list(group))
        else:
            parts += _section(shape, letters, list(group))
    parts += _memory(cases)
    parts += _stages(results.stages)
    return "\n".join(parts).rstrip() + "\n"


def floor_table(results: Results) -> str:
    """What a release must reach, as one table."""
    lines = ["## Floors\n", "| | letters | wanted | measured | by round | holds |", "|---|---:|---|---:|---|---|"]
    for floor in floors(results):
        value = floor.value or "not measured"
        cells = (floor.what, f"{floor.letters:,}", floor.wanted, value, floor.by_round, floor.verdict)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _shape_and_size(result: Result) -> tuple[int, int]:
    return list(SHAPES).index(result.case.shape), result.case.letters


def _section(shape: str, letters: int, results: Sequence[Result]) -> Iterator[str]:
    yield f"## {SHAPES[shape].title}: {letters:,} letters\n"
    for title, ways, base in _TABLES:
        chosen = [result for result in results if result.case.way in ways]
        if chosen:
            yield _table(title, letters, sorted(chosen, key=lambda result: ways.index(result.case.way)), base)


def _table(title: str, letters: int, results: Sequence[Result], base_way: str) -> str:
    base = next((result for result in results if result.case.way == base_way), None)
    columns = (
        title,
        "measured",
        "letters/s",
        f"{letters:,} letters",
        f"× {_letter(base_way)}",
        "by round",
        "CPU s",
        "memory MB",
        "written MB",
        "stages, s",
    )
    lines = [f"| {' | '.join(columns)} |", "|---|---:|---:|---:|---:|---|---:|---:|---:|---|"]
    lines += [_line(result, base) for result in results]
    return "\n".join(lines) + "\n"


def _letter(way: str) -> str:
    """The letter the way is called by, or its program."""
    title = WAYS[way].title
    return title[:3] if title.startswith("(") else title.partition(",")[0]


def _line(result: Result, base: Result | None) -> str:
    case, median = result.case, result.median
    worked_out = "≈ " if case.sample < case.letters else ""
    share = case.letters / case.sample
    cells = (
        _name(result),
        f"{case.sample:,}",
        f"{1 / result.each:,.1f}",
        f"{worked_out}{_span(case.letters * result.each)}",
        f"{base.each / result.each:,.1f}" if base else "",
        _by_round(result, base),
        f"{median['cpu']:,.1f}",
        f"{result.peak_mb:,}",
        f"{worked_out}{median['bytes'] / _MB * share:,.1f}",
        ", ".join(f"{stage} {seconds:,.1f}" for stage, seconds in median["stages"].items()),
    )
    return f"| {' | '.join(cells)} |"


def _by_round(result: Result, base: Result | None) -> str:
    """The ratio of each round in which both were measured; nothing where there was but one."""
    if base is None or base is result or len(result.rounds) != len(base.rounds) or len(result.rounds) == 1:
        return ""
    pairs = zip(result.each_by_round, base.each_by_round, strict=True)
    return ", ".join(f"{other / own:,.1f}" for own, other in pairs)


def _name(result: Result) -> str:
    engine = result.case.engine
    return WAYS[result.case.way].title + (f", {engine}" if engine else "")


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes:,} min {rest:02} s" if minutes else f"{seconds:.1f} s"


def _one_letter(results: Sequence[Result]) -> Iterator[str]:
    yield f"## {SHAPES['one-letter'].title}\n"
    yield "Warm is the median of 200 letters in one process; a new process counts from its start to its end.\n"
    yield "| | ms | by round | memory MB |\n|---|---:|---|---:|"
    for result in sorted(results, key=lambda result: list(WAYS).index(result.case.way)):
        by_round = ", ".join(f"{1000 * each:.1f}" for each in result.each_by_round)
        yield f"| {_name(result)} | {1000 * result.each:.1f} | {by_round} | {result.peak_mb:,} |"
    yield ""


def _memory(results: Sequence[Result]) -> Iterator[str]:
    """Memory that stays flat shows as one figure whatever the number of letters."""
    peaks: dict[str, dict[int, int]] = {}
    for result in results:
        if result.case.way in {"congvan-word", "congvan-pdf"}:
            name = f"{SHAPES[result.case.shape].title}, {_name(result)}"
            peaks.setdefault(name, {})[result.case.letters] = result.peak_mb
    sizes = sorted({size for by_size in peaks.values() for size in by_size})
    if len(sizes) > 1:
        yield "## Memory by number of letters, MB\n"
        yield f"| | {' | '.join(f'{size:,}' for size in sizes)} |\n|---|{'---:|' * len(sizes)}"
        for name, by_size in peaks.items():
            yield f"| {name} | {' | '.join(f'{by_size[size]:,}' if size in by_size else '' for size in sizes)} |"
        yield ""


def _stages(stages: dict[str, dict[str, Any]]) -> Iterator[str]:
    if not stages:
        return
    yield "## CPU time of a run by stage\n"
    yield "CPU milliseconds a letter, everything in one process, each stage without those inside it.\n"
    names = [name for name in SHAPES if name in stages]
    heads = [f"{SHAPES[name].title}, {stages[name]['letters']:,} letters" for name in names]
    yield f"| stage | {' | '.join(heads)} |\n|---|{'---:|' * len(names)}"
    for stage in (*STAGES, REST):
        yield f"| {stage} | {' | '.join(_share(stages[name], stage) for name in names)} |"
    totals = (f"**{1000 * sum(stages[name]['seconds'].values()) / stages[name]['letters']:.2f}**" for name in names)
    yield f"| **all** | {' | '.join(totals)} |\n"
    yield _beside_engine(names[0], stages[names[0]])


def _beside_engine(shape: str, measured: dict[str, Any]) -> str:
    """What no run can go below with this engine, and the largest stages of what is above it."""
    each = {stage: 1000 * seconds / measured["letters"] for stage, seconds in measured["seconds"].items()}
    engine, rest = each.pop(ENGINE, 0.0), sum(each.values())
    largest = sorted(each, key=lambda stage: each[stage], reverse=True)[:4]
    stages = ", ".join(f"{stage} {each[stage]:.2f}" for stage in largest)
    return (
        f"{SHAPES[shape].title}: the engine alone takes {engine:.2f} ms a letter, congvan {rest:.2f} ms, most of it in:"
        f" {stages}. Reading, planning and looking hold what any run does once and many letters share.\n"
    )


def _share(measured: dict[str, Any], stage: str) -> str:
    seconds, whole = measured["seconds"].get(stage, 0.0), sum(measured["seconds"].values())
    return f"{1000 * seconds / measured['letters']:.2f} ({seconds / whole:.0%})"
