"""The results as a page: what was measured, what was worked out from a sample, and the ratios between ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from benchmarks.results import Results
from benchmarks.shapes import SHAPES
from benchmarks.stages import ENGINE, STAGES

_TITLES = {
    "docxtpl": "(a) docxtpl, a loop",
    "mailmerge": "(d) docx-mailmerge2, a loop",
    "congvan-word": "(e) congvan, Word only",
    "docxtpl-soffice": "(b) docxtpl + `soffice`, a process a letter",
    "docxtpl-soffice-many": "(c) docxtpl + `soffice`, many files a call, all cores",
    "congvan-pdf": "(e) congvan, Word and PDF",
}
_WORD = ("docxtpl", "mailmerge", "congvan-word")
_PDF = ("docxtpl-soffice", "docxtpl-soffice-many", "congvan-pdf")
_MB = 1024 * 1024

_HEAD = """\
# Performance

Written by `python -m benchmarks.province` (or `make benchmark`); not by hand. Measured on {day}.

| | |
|---|---|
{surroundings}

Every way makes the same letters, each in a file of its own, in a fresh process. The ratios of a table compare ways
measured in the same run. **≈** marks what was worked out: a slow way makes the number of letters in the column
*measured*, and its rate stands for the rest. Seconds are the wall clock's; CPU seconds are those of what was measured,
all processes and their start included. *Memory* is the largest sum of resident memory of all processes of the way (what
they share counts more than once). congvan's seconds are those of the command `congvan render` and include everything
it does: reading its libraries and the campaign, starting its processes, checking every letter, taking numbers,
manifest, index page and, with PDF, the print file. The other ways are given their values ready made and do none of
that. All are compiled beforehand, as pip does when it installs a program. What is made stays until all is measured, and
nothing is measured while the disk is slow at making files because many were deleted a moment ago (ext4 looks back for
some minutes).

Where a table has ratios *by round*, its ways were measured one after the other, round by round; the quickest round of
each way stands in the other columns.
"""


def page(results: Results) -> str:
    """The whole page as Markdown."""
    facts = "\n".join(f"| {name} | {value} |" for name, value in results.header.items() if name != "day")
    parts = [_HEAD.format(day=results.header["day"], surroundings=facts)]
    cases = sorted(results.cases.values(), key=lambda case: (list(SHAPES).index(case["shape"]), case["letters"]))
    for (shape, letters), group in groupby(cases, key=lambda case: (case["shape"], case["letters"])):
        parts += _section(shape, letters, list(group))
    parts += _memory(cases)
    parts += _stages(results.stages)
    return "\n".join(parts).rstrip() + "\n"


def _section(shape: str, letters: int, cases: list[dict[str, Any]]) -> Iterator[str]:
    yield f"## {SHAPES[shape].title}: {letters:,} letters\n"
    for title, ways, base in (("Word", _WORD, "docxtpl"), ("Word and PDF", _PDF, "docxtpl-soffice-many")):
        chosen = sorted((case for case in cases if case["way"] in ways), key=lambda case: ways.index(case["way"]))
        if chosen:
            yield _table(title, letters, chosen, base)


def _table(title: str, letters: int, cases: Iterable[dict[str, Any]], base: str) -> str:
    cases = list(cases)
    against = _TITLES[base][:3]
    compared = next((case for case in cases if case["way"] == base), None)
    columns = (
        title,
        "measured",
        "letters/s",
        f"{letters:,} letters",
        f"× {against}",
        "by round",
        "CPU s",
        "memory MB",
        "written MB",
    )
    head = f"| {' | '.join(columns)} | stages, s |"
    lines = [head, "|---|---:|---:|---:|---:|---|---:|---:|---:|---|"]
    lines += [_line(case, letters, compared) for case in cases]
    return "\n".join(lines) + "\n"


def _line(case: dict[str, Any], letters: int, base: dict[str, Any] | None) -> str:
    worked_out = "≈ " if case["sample"] < letters else ""
    ratio = f"{_rate(case) / _rate(base):,.1f}" if base else ""
    stages = ", ".join(f"{stage} {seconds:,.1f}" for stage, seconds in case["stages"].items())
    share = letters / case["sample"]
    cells = (
        _name(case),
        f"{case['sample']:,}",
        f"{_rate(case):,.1f}",
        f"{worked_out}{_span(letters / _rate(case))}",
        ratio,
        _by_round(case, base) if base and base is not case else "",
        f"{case['cpu']:,.1f}",
        f"{case['peak_mb']:,}",
        f"{worked_out}{case['bytes'] / _MB * share:,.1f}",
        stages,
    )
    return f"| {' | '.join(cells)} |"


def _by_round(case: dict[str, Any], base: dict[str, Any]) -> str:
    """The ratio of each round in which both were measured; nothing where there was but one."""
    rounds, others = case.get("rounds", []), base.get("rounds", [])
    if len(rounds) != len(others) or len(rounds) == 1:
        return ""
    share = case["sample"] / base["sample"]
    return ", ".join(f"{share * other / own:,.1f}" for own, other in zip(rounds, others, strict=True))


def _name(case: dict[str, Any]) -> str:
    return _TITLES[case["way"]] + (f", {case['engine']}" if case["engine"] else "")


def _rate(case: dict[str, Any]) -> float:
    return float(case["sample"] / case["seconds"])


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes:,} min {rest:02} s" if minutes else f"{seconds:.1f} s"


def _memory(cases: list[dict[str, Any]]) -> Iterator[str]:
    """Memory that stays flat shows as one figure whatever the number of letters."""
    peaks: dict[str, dict[int, int]] = {}
    for case in (case for case in cases if case["way"].startswith("congvan")):
        peaks.setdefault(f"{SHAPES[case['shape']].title}, {_name(case)}", {})[case["letters"]] = case["peak_mb"]
    sizes = sorted({size for found in peaks.values() for size in found})
    if len(sizes) > 1:
        yield "## Memory by number of letters, MB\n"
        yield f"| | {' | '.join(f'{size:,}' for size in sizes)} |\n|---|{'---:|' * len(sizes)}"
        for name, found in peaks.items():
            yield f"| {name} | {' | '.join(f'{found[size]:,}' if size in found else '' for size in sizes)} |"
        yield ""


def _stages(stages: dict[str, dict[str, Any]]) -> Iterator[str]:
    if not stages:
        return
    yield "## Where the time of a default run goes\n"
    yield "CPU milliseconds a letter by stage, everything in one process, each stage without those inside it.\n"
    names = [name for name in SHAPES if name in stages]
    heads = [f"{SHAPES[name].title}, {stages[name]['letters']:,} letters" for name in names]
    yield f"| stage | {' | '.join(heads)} |\n|---|{'---:|' * len(names)}"
    for stage in (*STAGES, "the rest"):
        yield f"| {stage} | {' | '.join(_share(stages[name], stage) for name in names)} |"
    totals = (f"**{1000 * sum(stages[name]['seconds'].values()) / stages[name]['letters']:.2f}**" for name in names)
    yield f"| **all** | {' | '.join(totals)} |\n"
    yield from _floor(names[0], stages[names[0]])


def _floor(shape: str, measured: dict[str, Any]) -> Iterator[str]:
    """What no run can go below with this engine, and the largest stages of what is above it."""
    each = {stage: 1000 * seconds / measured["letters"] for stage, seconds in measured["seconds"].items()}
    floor, whole = each.pop(ENGINE, 0.0), sum(each.values())
    largest = sorted(each, key=lambda stage: each[stage], reverse=True)[:4]
    told = ", ".join(f"{stage} {each[stage]:.2f}" for stage in largest)
    yield (
        f"{SHAPES[shape].title}: the floor is what the engine itself takes, {floor:.2f} ms a letter. Above it are"
        f" {whole:.2f} ms of congvan's own, most of it in: {told}. Reading, planning and checking hold what any run"
        " takes once, libraries and templates, which many letters share. What of this could still be saved, and why it"
        " was left, is in `docs/decisions/0018` (the run) and `0019` (Word and PDF).\n"
    )


def _share(measured: dict[str, Any], stage: str) -> str:
    seconds, whole = measured["seconds"].get(stage, 0.0), sum(measured["seconds"].values())
    return f"{1000 * seconds / measured['letters']:.2f} ({seconds / whole:.0%})"
