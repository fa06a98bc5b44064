"""Every way by name; run as a program, one way makes its letters and prints its measurement as JSON.

Every way writes one file a letter and format, and the last letter is read again: a way that leaves out letters, or
names in them, does not count.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import congvan_ways, other_ways
from benchmarks.job import Job, Measurement


@dataclass(frozen=True, slots=True)
class Way:
    """A function that makes letters; ``kind`` of file to look for the last letter in, None where nothing is written."""

    title: str
    function: Callable[[Job], Measurement]
    kind: str | None = "pdf"


WAYS = {
    "docxtpl": Way("(a) docxtpl, a loop", other_ways.docxtpl_loop, "docx"),
    "mailmerge": Way("(d) docx-mailmerge2, a loop", other_ways.mailmerge_loop, "docx"),
    "docxtpl-soffice": Way("(b) docxtpl + `soffice`, a process a letter", other_ways.docxtpl_soffice_each),
    "docxtpl-soffice-many": Way(
        "(c) docxtpl + `soffice`, many files a call, all cores", other_ways.docxtpl_soffice_many
    ),
    "soffice-many": Way("`soffice`, many files a call, all cores", other_ways.soffice_many),
    "congvan-word": Way("(e) congvan, Word only", congvan_ways.campaign_word, "docx"),
    "congvan-pdf": Way("(e) congvan, Word and PDF", congvan_ways.campaign_pdf),
    "congvan-python": Way("(e) congvan from Python", congvan_ways.campaign_from_python),
    "congvan-table": Way("(e) `congvan render TEMPLATE --data`", congvan_ways.table_from_command_line),
    "congvan-render-table": Way("(e) `congvan.render_table`", congvan_ways.table_from_python),
    "congvan-to-pdf": Way("(e) `congvan.to_pdf`, a loop", congvan_ways.documents_one_by_one),
    "congvan-to-pdfs": Way("(e) `congvan.to_pdfs`", congvan_ways.documents_at_once),
    "letter-warm": Way("`to_pdf(render_docx(letter))`, warm", congvan_ways.letter_warm, None),
    "pdf-warm": Way("`to_pdf(docx)` of a built-in template, warm", congvan_ways.pdf_warm, None),
    "clerk-pdf-warm": Way("`to_pdf(docx)` of a clerk's template, warm", congvan_ways.clerk_pdf_warm, None),
    "letter-cold": Way("`to_pdf(render_docx(letter))`, a new process", congvan_ways.letter_cold, None),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("way", choices=WAYS)
    parser.add_argument("--source", type=Path, required=True)
    parser.add_argument("--letters", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--last", required=True, help="words that the last letter must hold")
    parser.add_argument("--engine")
    parser.add_argument("--jobs", type=int, required=True)
    options = vars(parser.parse_args())
    way, last, job = WAYS[options.pop("way")], options.pop("last"), Job(**options)
    job.out.mkdir(parents=True)
    measurement = way.function(job)
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    measurement.cpu = sum(usage.ru_utime + usage.ru_stime for usage in usages)
    if way.kind:
        _require_last_letter(job.out, way.kind, last)
    print(json.dumps(asdict(measurement)))


def _require_last_letter(out: Path, kind: str, words: str) -> None:
    path = max(path for path in out.rglob(f"*.{kind}") if path.parent.name != "in")  # in/ has the print files
    text = _pdf_text(path) if kind == "pdf" else _docx_text(path)
    if words not in " ".join(text.split()):
        raise SystemExit(f"{path}: {words} is missing")


def _docx_text(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode())


def _pdf_text(path: Path) -> str:
    import pypdf

    return " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


if __name__ == "__main__":
    main()
