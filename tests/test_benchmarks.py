"""The benchmark measures what it says: a few letters for real, and the page from figures that are known."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _benchmarks_can_be_imported(monkeypatch):
    monkeypatch.syspath_prepend(ROOT)


def province(tmp_path, *words):
    places = ["--results", tmp_path / "results.json", "--page", tmp_path / "page.md", "--work", tmp_path]
    command = [sys.executable, "-m", "benchmarks.province", *map(str, places), *words]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_a_round_is_measured_once_and_stands_on_the_page(tmp_path):
    from benchmarks.results import Results

    asked = ["--quick", "--letters", "3", "--rounds", "1", "--only", "table,stages"]
    first = province(tmp_path, *asked)
    assert "congvan-table|-" in first.stdout, first.stderr

    results = Results(tmp_path / "results.json")
    measured = {result.case.way: result for result in results.cases.values()}
    assert {"congvan-table", "congvan-render-table"} <= set(measured), first.stderr
    assert all(result.median["pages"] == 3 for way, result in measured.items() if way.startswith("congvan"))
    assert all(result.each > 0 and result.peak_mb > 0 and result.median["bytes"] > 0 for result in measured.values())
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert "## A clerk's own template with a table: 3 letters" in page
    assert "| PDF: cut apart | " in page

    again = province(tmp_path, *asked[:-1], "table")
    assert "congvan-table|-" not in again.stdout
    assert Results(tmp_path / "results.json").cases == results.cases


@pytest.mark.slow
@pytest.mark.parametrize("way", ["congvan-word", "congvan-python"])
def test_a_campaign_is_measured_in_a_process_of_its_own(tmp_path, way):
    from benchmarks.measured import Case, measure

    measured = measure(Case("one-page", 3, way, "dxpdf" if way == "congvan-python" else None, 1, 3), tmp_path)

    assert measured["letters"] == 3
    assert measured["seconds"] > 0
    assert measured["cpu"] > 0


@pytest.mark.slow
def test_a_way_that_leaves_a_name_out_does_not_count(tmp_path, monkeypatch):
    from benchmarks import measured, shapes

    monkeypatch.setattr(
        measured, "_source", lambda *_: shapes.Source(shapes.write_table(tmp_path / "table", 3).path, "Nguyễn Vắng Mặt")
    )

    with pytest.raises(RuntimeError, match="Nguyễn Vắng Mặt is missing"):
        measured.measure(measured.Case("clerk-template", 3, "congvan-table", None, 1, 3), tmp_path)


def test_ways_take_turns_and_a_large_campaign_is_measured_once():
    from benchmarks.parts import rounds

    turns = [(current, case.way, case.letters) for current, case in rounds(["table", "large"], 2, None, 2)]

    table = [("docxtpl-soffice-many", 1000), ("congvan-table", 1000), ("congvan-render-table", 1000)]
    large = [("congvan-word", 64000), ("congvan-pdf", 64000)]
    assert turns == [*((0, *case) for case in [*table, *large]), *((1, *case) for case in table)]


def test_a_working_session_measures_fewer_letters():
    from benchmarks.parts import rounds

    assert {case.letters for _, case in rounds(["word", "letter"], 1, 500, 2)} == {500, 1}


@pytest.fixture
def results(tmp_path, monkeypatch):
    from benchmarks import results as module
    from benchmarks.measured import Case

    monkeypatch.setattr(module, "_libreoffice", lambda: "24.2")
    results = module.Results(tmp_path / "results.json")

    def add(way, letters, *rounds, sample=None, shape="one-page", engine=None, peak=100):
        sample = sample or letters
        for seconds in rounds:
            known = {"seconds": seconds, "bytes": 1024 * 1024 * sample, "cpu": seconds, "peak_mb": peak}
            results.add(Case(shape, letters, way, engine, 2, sample), {**known, "stages": {"Word": seconds}})
        return results

    results.measured = add
    return results


def row(page, name):
    (found,) = [line for line in page.splitlines() if line.startswith(f"| {name}")]
    return [cell.strip() for cell in found.strip("| ").split("|")][1:]


def test_the_median_round_stands_and_what_was_worked_out_is_marked(results):
    from benchmarks.page import page

    results.measured("docxtpl-soffice-many", 5000, 24.0, 20.0, 19.0, sample=200)
    results.measured("congvan-pdf", 5000, 12.0, 5.0, 10.0, engine="dxpdf")

    written = page(results)
    assert row(written, "(c)")[:5] == ["200", "10.0", "≈ 8 min 20 s", "1.0", ""]
    assert row(written, "(e)")[:5] == ["5,000", "500.0", "10.0 s", "50.0", "50.0, 100.0, 47.5"]
    assert "≈ 5,000.0" in written


def test_a_floor_holds_by_the_medians(results):
    from benchmarks.page import floor_table

    results.measured("docxtpl-soffice-many", 5000, 50.0, 52.0, 48.0, sample=200)
    results.measured("congvan-pdf", 5000, 50.0, 60.0, 10.0, engine="dxpdf")
    results.measured("congvan-python", 5000, 52.6, 60.0, 10.0, engine="dxpdf")

    table = floor_table(results)
    assert row(table, "Campaign, Word and PDF |") == [
        "5,000",
        "at least 25 × (c)",
        "25.0 ×",
        "25.0, 21.7, 120.0",
        "yes",
    ]
    assert row(table, "Campaign from Python")[1:] == ["at most 5 % slower", "+5.2 %", "+5.2, +0.0, +0.0", "**no**"]
    assert row(table, "Campaign, Word alone")[2] == "not measured"


def test_a_large_campaign_is_held_against_the_province(results):
    from benchmarks.page import floor_table

    results.measured("congvan-pdf", 5000, 10.0, engine="dxpdf")
    results.measured("congvan-pdf", 64000, 140.0, engine="dxpdf", peak=701)

    table = floor_table(results)
    assert row(table, "Large campaign beside")[2:] == ["+9.4 %", "+9.4", "yes"]
    assert row(table, "Large campaign, memory")[2:] == ["701 MB", "701", "**no**"]


def test_a_floor_is_not_judged_by_fewer_letters_than_it_is_for(results):
    from benchmarks.page import floor_table

    results.measured("docxtpl", 500, 50.0, sample=400)
    results.measured("congvan-word", 500, 1.0)

    assert row(floor_table(results), "Campaign, Word alone")[-1] == "too few letters: meant for 5,000"


def test_one_letter_is_shown_in_milliseconds(results):
    from benchmarks.page import floor_table, page

    results.measured("pdf-warm", 1, 0.0174, 0.0181, 0.0176, shape="one-letter")

    assert row(page(results), "`to_pdf(docx)` of a built-in template")[:2] == ["17.6", "17.4, 18.1, 17.6"]
    assert row(floor_table(results), "`to_pdf` of a one-page letter")[-1] == "yes"


def test_the_engine_stands_apart_from_congvan_itself(results):
    from benchmarks.page import page
    from benchmarks.stages import ENGINE

    seconds = {ENGINE: 0.3, "PDF: cut apart": 0.2, "the rest": 0.1}
    results.stages["one-page"] = {"letters": 100, "seconds": seconds}

    assert "the engine alone takes 3.00 ms a letter, congvan 3.00 ms" in page(results)


def test_memory_stands_side_by_side_for_all_sizes(results):
    from benchmarks.page import page

    results.measured("congvan-word", 100, 1.0, peak=90)
    results.measured("congvan-word", 5000, 9.0, peak=95)

    assert "| One page, (e) congvan, Word only | 90 | 95 |" in page(results)


def test_results_are_read_again_as_they_were_written(results, tmp_path):
    from benchmarks.page import page
    from benchmarks.results import Results

    results.measured("congvan-word", 100, 1.0, 1.1, 1.2)

    assert page(Results(tmp_path / "results.json")) == page(results)


def test_measuring_again_forgets_the_earlier_rounds(results):
    from benchmarks.measured import Case

    results.measured("congvan-word", 100, 1.0, 1.1)
    results.measured("congvan-word", 5000, 9.0)
    results.forget([Case("one-page", 100, "congvan-word", None, 2, 100)])

    assert [result.case.letters for result in results.cases.values()] == [5000]


def test_figures_of_two_machines_are_never_mixed(results, tmp_path, monkeypatch):
    from benchmarks import results as module

    results.header = {"day": "2026-01-01", "Python": "3.11"}
    results.measured("congvan-word", 100, 1.0)
    monkeypatch.setattr(module, "surroundings", lambda: {"day": "2026-01-02", "Python": "3.11"})
    module.Results(tmp_path / "results.json").require_same_surroundings()
    monkeypatch.setattr(module, "surroundings", lambda: {"day": "2026-01-02", "Python": "3.12"})

    with pytest.raises(SystemExit, match=r"Python: 3\.11 then, 3\.12 now"):
        module.Results(tmp_path / "results.json").require_same_surroundings()


def test_the_same_people_every_time(tmp_path):
    from benchmarks.shapes import SHAPES

    import congvan

    letters = [
        congvan.plan(congvan.load_campaign(SHAPES["one-page"].write(tmp_path / name, 60).path)).letters
        for name in ("a", "b")
    ]
    assert letters[0] == letters[1]
    assert len({(letter.truong["thon"], letter.truong["ma_xa"]) for letter in letters[0]}) == 60


def test_a_clerks_template_needs_the_eight_columns_of_its_table(tmp_path):
    from benchmarks.shapes import SHAPES

    import congvan
    from congvan.run.records import read_records

    source = SHAPES["clerk-template"].write(tmp_path / "table", 2)
    records = read_records(source.path.with_name("khach.xlsx"))

    fields = congvan.WordTemplate(source.path).fields
    assert len(fields) == 8
    assert [set(record.values) for record in records] == [set(fields)] * 2
    assert records[-1].values["ho_ten"] == source.last


def test_no_two_finished_documents_are_alike(tmp_path):
    from benchmarks.shapes import SHAPES

    source = SHAPES["unlike-documents"].write(tmp_path / "documents", 20)

    assert len({path.read_bytes() for path in source.path.iterdir()}) == 20


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
