"""A workbook is opened elsewhere: whatever it does there, here it is a finding."""

import gc
import os
import struct
import sys
import time
from importlib import import_module
from pathlib import Path

import pytest

from congvan.errors import UnreadableFileError
from congvan.recipients import read_directory
from congvan.recipients.sources import workbook_process
from congvan.recipients.sources.workbook import read_workbook
from congvan.recipients.sources.workbook_process import WorkbookProcess

linux = pytest.mark.skipif(sys.platform != "linux", reason="only here a process can limit its own memory for certain")


def children():
    """The processes this one has started and not yet seen the end of."""
    task = f"/proc/{os.getpid()}/task/{os.getpid()}/children"
    return Path(task).read_text(encoding="ascii").split()


def greedy_xls():
    """The head of an old workbook that says its table of sectors is as large as can be."""
    head = bytearray(512 + 2 * 512)
    head[:8] = bytes.fromhex("D0CF11E0A1B11AE1")
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", head, 40, 0, 0x7FFFFFFF, 1, 0, 4096, 1, 0x7FFFFFFF, 0xFFFFFFFE, 0)
    return bytes(head)


@pytest.fixture
def reader(tmp_path, monkeypatch):
    """Replaces what the child process does to open a workbook by a statement of the test."""

    def put(statement):
        module = f"reader_{tmp_path.name}"
        program = f"def open_workbook(path, cell_limit):\n    {statement}\n"
        (tmp_path / f"{module}.py").write_text(program, encoding="utf-8")
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.setattr(workbook_process, "open_workbook", import_module(module).open_workbook)

    return put


def test_a_reader_that_ends_for_want_of_memory_is_a_finding(reader, workbook):
    reader("import os; os.abort()")

    with pytest.raises(UnreadableFileError, match="1024 MB"):
        read_workbook(workbook(DS=[["ten"], ["Báo"]]))


@linux
def test_the_memory_of_the_reader_is_limited(reader, workbook):
    reader("bytes(2**31)")

    with pytest.raises(UnreadableFileError, match="bộ nhớ"):
        read_workbook(workbook(DS=[["ten"], ["Báo"]]))


def test_a_reader_that_does_not_answer_is_ended(reader, workbook, monkeypatch):
    reader("import time; time.sleep(600)")
    monkeypatch.setattr(workbook_process, "TIME_LIMIT", 0.3)
    began = time.monotonic()

    with pytest.raises(UnreadableFileError, match="giây"):
        read_workbook(workbook(DS=[["ten"], ["Báo"]]))
    assert time.monotonic() - began < 60  # the reader sleeps ten minutes


def test_what_a_reader_prints_does_no_harm(reader, workbook):
    reader("print('chào', flush=True); return [('DS', True)]")

    assert [sheet.place.sheet for sheet in read_workbook(workbook(DS=[["ten"], ["Báo"]]))] == ["DS"]


def test_rows_of_several_sheets_may_be_asked_for_in_turns(workbook):
    process = WorkbookProcess(workbook(Mot=[["a"], ["b"]] * 12_000, Hai=[["c"]]))
    first, second = process.rows(0), process.rows(1)

    assert (next(first), next(second), next(first)) == (["a"], ["c"], ["b"])
    assert sum(1 for _ in first) == 24_000 - 2
    assert list(second) == []


@linux
def test_no_process_is_left_behind(workbook):
    before = children()
    path = workbook(DS=[["ten"], ["Báo"]])
    sheets = read_workbook(path)
    rows = iter(sheets[0].rows)
    next(rows)
    assert len(children()) == len(before) + 1

    del sheets, rows
    gc.collect()
    assert children() == before


@pytest.mark.parametrize(("rows", "columns"), [(1_048_576, 16_384), (4_000_000_000, 1), (200_000, 1)])
def test_a_cell_repeated_without_end_is_refused(ods, monkeypatch, rows, columns):
    monkeypatch.setattr(workbook_process, "CELL_LIMIT", 100_000)
    cell = f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="string">'
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}<text:p>x</text:p></table:table-cell></table:table-row>'

    with pytest.raises(UnreadableFileError):
        read_directory(ods([["ten"], ["Báo"]], row), "tinh")


def test_blank_cells_repeated_to_the_end_of_the_sheet_do_no_harm(ods):
    path = ods(
        [["ten"], ["Báo"]],
        '<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/>'
        "</table:table-row>",
    )

    assert [one.ten for one in read_directory(path, "tinh")] == ["Báo"]


def test_an_old_workbook_that_promises_gigabytes_is_refused(tmp_path):
    path = tmp_path / "ds.xls"
    path.write_bytes(greedy_xls())

    with pytest.raises(UnreadableFileError):
        read_workbook(path)
