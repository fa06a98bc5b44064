"""The benchmark measures what it says: a few letters for real, and the page from figures that are known."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def province(tmp_path, *words):
    places = ["--results", tmp_path / "results.json", "--page", tmp_path / "page.md"]
    command = [sys.executable, "-m", "benchmarks.province", *map(str, places), *words]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_a_case_is_measured_once_and_told_on_the_page(tmp_path):
    asked = [
        "--letters",
        "3",
        "--shapes",
        "two-pages",
        "--ways",
        "docxtpl,congvan-pdf",
        "--engines",
        "dxpdf",
        "--stages",
        "3",
    ]
    first = province(tmp_path, *asked)
    assert first.returncode == 0, first.stderr

    cases = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))["cases"]
    assert {(case["way"], case["letters"]) for case in cases.values()} == {("docxtpl", 3), ("congvan-pdf", 3)}
    assert all(case["seconds"] > 0 and case["bytes"] > 0 and case["peak_mb"] > 0 for case in cases.values())
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert "## Two pages with a numbered list: 3 letters" in page
    assert "| PDF: cut apart | " in page

    again = province(tmp_path, *asked[:-1], "0")
    assert (again.returncode, again.stdout) == (0, "")


@pytest.fixture
def told(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(ROOT)
    from benchmarks import results as kept
    from benchmarks.measured import Case
    from benchmarks.page import page
    from benchmarks.results import Results

    monkeypatch.setattr(kept, "_libreoffice", lambda: "24.2")

    def make(*figures):
        results = Results(tmp_path / "results.json")
        for way, letters, sample, seconds, peak, *rounds in figures:
            known = {
                "rounds": rounds or [seconds],
                "letters": sample,
                "seconds": seconds,
                "bytes": 1024 * 1024 * sample,
                "cpu": seconds,
                "peak_mb": peak,
                "stages": {"Word": seconds},
            }
            results.add(Case("one-page", letters, way, "dxpdf" if way == "congvan-pdf" else None, 2, sample), known)
        return page(Results(tmp_path / "results.json"))

    return make


def row(page, name):
    (found,) = [line for line in page.splitlines() if line.startswith(f"| {name}")]
    return [cell.strip() for cell in found.strip("| ").split("|")][1:7]


def test_what_was_worked_out_is_marked_and_ratios_are_between_rates(told):
    page = told(("docxtpl-soffice-many", 5000, 200, 20.0, 400), ("congvan-pdf", 5000, 5000, 10.0, 300))

    assert row(page, "(c)") == ["200", "10.0", "≈ 8 min 20 s", "1.0", "", "20.0"]
    assert row(page, "(e)") == ["5,000", "500.0", "10.0 s", "50.0", "", "10.0"]
    assert "≈ 5,000.0" in page


def test_the_ratio_of_every_round_is_told_where_there_were_several(told):
    page = told(("docxtpl", 5000, 400, 10.0, 80, 16.0, 10.0), ("congvan-word", 5000, 5000, 2.5, 200, 5.0, 2.5))

    assert row(page, "(a)")[3:5] == ["1.0", ""]
    assert row(page, "(e)")[3:5] == ["50.0", "40.0, 50.0"]


def test_the_floor_of_a_run_is_what_the_engine_takes(tmp_path, told):
    from benchmarks.page import page
    from benchmarks.results import Results

    told(("congvan-word", 100, 100, 1.0, 90))
    results = Results(tmp_path / "results.json")
    seconds = {"PDF: laid out by the engine": 0.3, "PDF: cut apart": 0.2, "the rest": 0.1}
    results.stages["one-page"] = {"letters": 100, "seconds": seconds}

    assert "the floor is what the engine itself takes, 3.00 ms a letter. Above it are 3.00 ms" in page(results)


def test_memory_stands_side_by_side_for_all_sizes(told):
    page = told(("congvan-word", 100, 100, 1.0, 90), ("congvan-word", 5000, 5000, 9.0, 95))

    assert "| One page, (e) congvan, Word only | 90 | 95 |" in page


def test_figures_of_two_machines_are_never_mixed(told, tmp_path, monkeypatch):
    from benchmarks import results

    monkeypatch.setattr(results, "surroundings", lambda: {"day": "2026-01-01", "Python": "3.11"})
    told(("congvan-word", 100, 100, 1.0, 90))
    results.Results(tmp_path / "results.json").require_same_surroundings()
    monkeypatch.setattr(results, "surroundings", lambda: {"day": "2026-01-02", "Python": "3.12"})

    with pytest.raises(SystemExit, match=r"Python: 3\.11 then, 3\.12 now"):
        results.Results(tmp_path / "results.json").require_same_surroundings()


def test_the_same_people_every_time(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(ROOT)
    from benchmarks.shapes import SHAPES, write_campaign

    import congvan

    letters = [
        congvan.plan(congvan.load_campaign(write_campaign(tmp_path / name, SHAPES["one-page"], 60))).letters
        for name in ("a", "b")
    ]
    assert letters[0] == letters[1]
    assert len({(letter.truong["thon"], letter.truong["ma_xa"]) for letter in letters[0]}) == 60


def test_a_benchmark_waits_while_the_disk_is_slow_at_making_files_but_not_for_ever(tmp_path, monkeypatch, capsys):
    from benchmarks import quiet_disk

    slow, slept = iter([300e-6, 150e-6, 20e-6]), []
    monkeypatch.setattr(quiet_disk, "_seconds_a_file", lambda _: next(slow))
    monkeypatch.setattr(quiet_disk.time, "sleep", slept.append)
    quiet_disk.wait_for_quiet_disk(tmp_path)
    assert slept == [20, 20]
    assert "300 µs" in capsys.readouterr().out

    monkeypatch.setattr(quiet_disk, "_seconds_a_file", lambda _: 1.0)
    monkeypatch.setattr(quiet_disk, "_LONGEST", 0)
    quiet_disk.wait_for_quiet_disk(tmp_path)
    assert slept == [20, 20]


def test_a_new_file_is_timed_by_making_some(tmp_path):
    from benchmarks import quiet_disk

    assert quiet_disk._seconds_a_file(tmp_path) > 0
    assert len(list(tmp_path.rglob("0*"))) == 300
