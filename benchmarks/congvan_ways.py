"""congvan from the command line and from Python; importing libraries and reading files is in the time."""

from __future__ import annotations

import io
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from typing import Any

import congvan
from benchmarks.job import Job, Measurement, Watch

_WARM_UP = 20
_WARM = 200
"""Letters made one by one in a warm process; their median counts."""


# --- many letters ---


def campaign_word(job: Job) -> Measurement:
    """``congvan render CAMPAIGN --formats docx``"""
    return _command_line(job, "--register", _register(job), "--formats", "docx")


def campaign_pdf(job: Job) -> Measurement:
    """``congvan render CAMPAIGN``"""
    return _command_line(job, "--register", _register(job))


def campaign_from_python(job: Job) -> Measurement:
    """The same campaign by :func:`congvan.render`."""

    def run() -> Any:
        plan = congvan.plan(congvan.load_campaign(job.source))
        return congvan.render(plan, job.out, _register(job), engine=job.engine, jobs=job.jobs)

    return _from_python(job, run)


def table_from_command_line(job: Job) -> Measurement:
    """``congvan render TEMPLATE.docx --data FILE.xlsx``"""
    return _command_line(job, "--data", job.source.with_name("khach.xlsx"))


def table_from_python(job: Job) -> Measurement:
    """The same template and table by :func:`congvan.render_table`."""
    data = job.source.with_name("khach.xlsx")
    return _from_python(job, lambda: congvan.render_table(job.source, data, job.out, engine=job.engine, jobs=job.jobs))


def _command_line(job: Job, *words: object) -> Measurement:
    command = ["congvan", "render", job.source, "--out", job.out, "--jobs", job.jobs, "--json", *words]
    command += ["--engine", job.engine] if job.engine else []
    watch = Watch()
    result = watch("congvan render", lambda: _call(command))
    if result["loi"]:
        raise SystemExit(f"{len(result['loi'])} letters failed: {result['findings']}")
    return watch.measurement(result["van_ban"], job.out, result["trang"] or None)


def _call(words: Sequence[object]) -> Any:
    """Run the command line in this process and return its JSON."""
    from congvan.cli import main

    sys.argv = [str(word) for word in words]
    with redirect_stdout(io.StringIO()) as output:
        try:
            main()
        except SystemExit as end:
            if end.code:
                raise SystemExit(f"{words}: {end.code}") from None
    return json.loads(output.getvalue())


def _from_python(job: Job, run: Callable[[], Any]) -> Measurement:
    watch = Watch()
    result = watch("from Python", run)
    if result.failed:
        raise SystemExit(f"{len(result.failed)} letters failed: {result.report}")
    return watch.measurement(len(result.letters), job.out, result.pages)


def _register(job: Job) -> Path:
    return job.out.parent / "so.sqlite3"


# --- finished documents ---


def documents_one_by_one(job: Job) -> Measurement:
    """:func:`congvan.to_pdf` in a loop."""
    return _documents(job, lambda documents: (congvan.to_pdf(document, job.engine) for document in documents))


def documents_at_once(job: Job) -> Measurement:
    """:func:`congvan.to_pdfs`."""
    return _documents(job, lambda documents: congvan.to_pdfs(documents, jobs=job.jobs, engine=job.engine))


def _documents(job: Job, convert: Callable[[Any], Any]) -> Measurement:
    paths = sorted(job.source.glob("*.docx"))
    documents = [path.read_bytes() for path in paths]

    def run() -> None:
        for path, pdf in zip(paths, convert(documents), strict=True):
            (job.out / f"{path.stem}.pdf").write_bytes(pdf)

    watch = Watch()
    watch("PDF", run)
    return watch.measurement(len(paths), job.out)


# --- one letter ---


def letter_warm(_: Job) -> Measurement:
    """A letter as data to PDF."""
    return _median([_letter(number) for number in range(_WARM_UP + _WARM)], _letter_pdf)


def pdf_warm(_: Job) -> Measurement:
    """A letter's .docx to PDF."""
    return _median([congvan.render_docx(_letter(number)) for number in range(_WARM_UP + _WARM)], congvan.to_pdf)


def clerk_pdf_warm(job: Job) -> Measurement:
    """A .docx with python-docx's own style sheet to PDF."""
    from benchmarks.shapes import write_table
    from congvan.run.records import read_records

    folder = job.out.parent / "table"
    source = write_table(folder, _WARM_UP + _WARM).path
    template = congvan.WordTemplate(source)
    rows = read_records(folder / "khach.xlsx")
    return _median([template.render(row.values) for row in rows], congvan.to_pdf)


def letter_cold(job: Job) -> Measurement:
    """A new Python process that makes one letter, from start to end."""
    watch = Watch()
    script = "from benchmarks.congvan_ways import one_letter; one_letter()"
    watch("process", lambda: subprocess.run([sys.executable, "-c", script], check=True))
    return watch.measurement(1, job.out)


def one_letter() -> None:
    _letter_pdf(_letter(1))


def _median(inputs: Sequence[Any], work: Callable[[Any], bytes]) -> Measurement:
    """Seconds of ``work`` at the median; no two inputs are the same, so that no cache of whole letters helps."""
    seconds = []
    for each in inputs:
        started = time.perf_counter()
        work(each)
        seconds.append(time.perf_counter() - started)
    return Measurement(1, statistics.median(seconds[_WARM_UP:]), 0)


def _letter_pdf(letter: congvan.Letter) -> bytes:
    return congvan.to_pdf(congvan.render_docx(letter))


def _letter(number: int) -> congvan.Letter:
    return congvan.Letter(
        chu_quan="CÔNG TY ĐIỆN LỰC THANH HÓA",
        co_quan="ĐIỆN LỰC HẬU LỘC",
        so=number + 1,
        ky_hieu="ĐLHL",
        dia_danh="Hậu Lộc",
        ngay=date(2026, 12, 7),
        loai="cong-van",
        trich_yeu="phối hợp tuyên truyền ngừng thu tiền điện tại nhà",
        kinh_gui=[f"Ông Nguyễn Văn Mẫu, Trưởng thôn {number + 1}"],
        noi_dung="Điện lực Hậu Lộc trân trọng thông báo đến bà con về việc ngừng thu tiền điện tại nhà. " * 6,
        noi_nhan=["Như trên", "Lưu: VT"],
        ky={"quyen_han": ["KT. GIÁM ĐỐC"], "chuc_vu": "PHÓ GIÁM ĐỐC", "ho_ten": "Lê Văn Mẫu"},
    )
