"""The ways of making the same letters, one function each; run as a program, one way makes its letters and reports.

Every way gets the letters of one campaign and writes one file a letter and format. The campaign is already read and the
values are in memory, except for congvan itself, which starts from the campaign file and also numbers, checks, lists and
(with PDF) writes a print file.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import congvan

_FILES_A_CALL = 100  # of soffice: more in one call is no faster and takes more memory


@dataclass(frozen=True, slots=True)
class Job:
    """What a way is to do: the letters of ``campaign``, ``letters`` of them, into ``out``."""

    campaign: Path
    letters: int
    out: Path
    engine: str | None
    jobs: int


@dataclass(slots=True)
class Told:
    """What came of it: time in seconds by stage, bytes of the files made, CPU seconds of this and all children."""

    letters: int
    seconds: float
    bytes: int
    stages: dict[str, float] = field(default_factory=dict)
    cpu: float = 0.0
    pages: int | None = None


# --- congvan ---


def congvan_word(job: Job) -> Told:
    return _congvan(job, ["docx"], None)


def congvan_pdf(job: Job) -> Told:
    return _congvan(job, ["docx", "pdf"], job.engine)


def _congvan(job: Job, formats: Sequence[str], engine: str | None) -> Told:
    """``congvan render`` as a clerk would type it, in this process."""
    words = ["--out", job.out, "--register", job.out.parent / "so.sqlite3", "--jobs", job.jobs, "--json"]
    words += ["--formats", ",".join(formats), *(["--engine", engine] if engine else [])]
    watch = _Watch()
    told = watch("congvan render", lambda: _command(["congvan", "render", job.campaign, *words]))
    if told["loi"]:
        raise SystemExit(f"{len(told['loi'])} letters failed: {told['findings']}")
    return replace(watch.told(told["van_ban"], job.out), pages=told["trang"] if "pdf" in formats else None)


def _command(words: Sequence[object]) -> Any:
    """What the command line says to ``words``, as JSON."""
    from congvan.cli import main

    sys.argv = [str(word) for word in words]
    with redirect_stdout(io.StringIO()) as said:
        try:
            main()
        except SystemExit as end:
            if end.code:
                raise SystemExit(f"{words}: {end.code}") from None
    return json.loads(said.getvalue())


# --- docxtpl, alone and with soffice ---


def docxtpl_loop(job: Job) -> Told:
    source, contexts = _docxtpl_template(job)
    watch = _Watch()
    watch("Word", lambda: _docxtpl_files(source, contexts, job.out))
    return watch.told(len(contexts), job.out)


def docxtpl_soffice_each(job: Job) -> Told:
    source, contexts = _docxtpl_template(job)
    watch = _Watch()
    files = watch("Word", lambda: _docxtpl_files(source, contexts, job.out))
    watch("PDF", lambda: _soffice_each(files, job.out))
    return watch.told(len(contexts), job.out)


def docxtpl_soffice_many(job: Job) -> Told:
    source, contexts = _docxtpl_template(job)
    watch = _Watch()
    files = watch("Word", lambda: _docxtpl_files(source, contexts, job.out))
    watch("PDF", lambda: _soffice_on_all_cores(files, job))
    return watch.told(len(contexts), job.out)


def _docxtpl_template(job: Job) -> tuple[bytes, list[dict[str, Any]]]:
    """The very template congvan fills, and the values of each letter."""
    from congvan.word import template_for
    from congvan.word.letter_values import letter_values
    from congvan.word.package import DOCUMENT

    letters = congvan.plan(congvan.load_campaign(job.campaign), limit=job.letters).letters
    template = template_for(letters[0])
    sources = {part: source.encode() for part, source in template.sources.items()}
    return template.pack(sources.pop(DOCUMENT), sources), [letter_values(letter) for letter in letters]


def _docxtpl_files(source: bytes, contexts: Sequence[dict[str, Any]], out: Path) -> list[Path]:
    from docxtpl import DocxTemplate

    from congvan.word.template.environment import word_environment

    files = []
    for number, values in enumerate(contexts, start=1):
        document = DocxTemplate(io.BytesIO(source))
        document.render(values, word_environment())
        files.append(out / f"{number:06}.docx")
        document.save(files[-1])
    return files


def _soffice_each(files: Sequence[Path], out: Path) -> None:
    for path in files:
        _soffice([path], out, "one")


def _soffice_on_all_cores(files: Sequence[Path], job: Job) -> None:
    shares = [files[start :: job.jobs] for start in range(job.jobs)]

    def convert(share: int) -> None:
        for start in range(0, len(shares[share]), _FILES_A_CALL):
            _soffice(shares[share][start : start + _FILES_A_CALL], job.out, f"share{share}")

    with ThreadPoolExecutor(job.jobs) as pool:
        list(pool.map(convert, range(job.jobs)))


def _soffice(files: Sequence[Path], out: Path, profile: str) -> None:
    home = (out.parent / f"soffice-{profile}").as_uri()
    words = [f"-env:UserInstallation={home}", "--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(out)]
    subprocess.run([shutil.which("soffice") or "soffice", *words, *map(str, files)], check=True, capture_output=True)


# --- docx-mailmerge2 ---


def mailmerge_loop(job: Job) -> Told:
    from mailmerge import MailMerge

    source, records = _mailmerge_template(job)

    def fill() -> None:
        for number, values in enumerate(records, start=1):
            with MailMerge(io.BytesIO(source)) as document:
                document.merge(**values)
                document.write(job.out / f"{number:06}.docx")

    watch = _Watch()
    watch("Word", fill)
    return watch.told(len(records), job.out)


def _mailmerge_template(job: Job) -> tuple[bytes, list[dict[str, str]]]:
    """The same letter with Word's own merge fields in place of what differs from one letter to the next."""
    from congvan.word import WordTemplate
    from congvan.word.package import Package

    source, contexts = _docxtpl_template(job)
    names = [name for name, value in contexts[0].items() if isinstance(value, str) and _differs(name, contexts)]
    marked = {**contexts[0], **{name: f"«{name}»" for name in names}, "kinh_gui": ["«kinh_gui»"]}
    marked["noi_nhan"] = [line.replace(contexts[0]["xa"], "«xa»") for line in contexts[0]["noi_nhan"]]
    filled = Package(WordTemplate(source).render(marked))
    document = _RUN.sub(_with_merge_fields, filled.text("word/document.xml"))
    records = [{name: values[name] for name in names} | {"kinh_gui": values["kinh_gui"][0]} for values in contexts]
    return filled.with_parts({"word/document.xml": document.encode()}), records


def _differs(name: str, contexts: Sequence[dict[str, Any]]) -> bool:
    return name in {"xa", "thon", "ong_ba"} or any(values[name] != contexts[0][name] for values in contexts)


_RUN = re.compile(r"<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t(?: [^>]*)?>([^<]*«[^<]*)</w:t></w:r>")


def _with_merge_fields(run: re.Match[str]) -> str:
    style, pieces = run[1] or "", re.split(r"«(\w+)»", run[2])
    made = []
    for index, piece in enumerate(pieces):
        shown = f'<w:r>{style}<w:t xml:space="preserve">{piece}</w:t></w:r>'
        made.append(f'<w:fldSimple w:instr=" MERGEFIELD {piece} ">{shown}</w:fldSimple>' if index % 2 else shown)
    return "".join(made)


WAYS: dict[str, Callable[[Job], Told]] = {
    "docxtpl": docxtpl_loop,
    "mailmerge": mailmerge_loop,
    "congvan-word": congvan_word,
    "docxtpl-soffice": docxtpl_soffice_each,
    "docxtpl-soffice-many": docxtpl_soffice_many,
    "congvan-pdf": congvan_pdf,
}


class _Watch:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}

    def __call__(self, stage: str, work: Callable[[], Any]) -> Any:
        started = time.perf_counter()
        made = work()
        self.stages[stage] = time.perf_counter() - started
        return made

    def told(self, letters: int, out: Path) -> Told:
        written = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
        return Told(letters, sum(self.stages.values()), written, self.stages)


def _last_letter_is_whole(out: Path, recipient: str, *, pdf: bool) -> None:
    """A way that leaves letters out, or names in them, is no way: the last letter must hold its recipient's name."""
    import pypdf

    docx = max(out.rglob("*.docx"))
    with zipfile.ZipFile(docx) as archive:
        text = re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode())
    if pdf:
        text = " ".join(page.extract_text() for page in pypdf.PdfReader(docx.with_suffix(".pdf")).pages)
    if recipient not in " ".join(text.split()):
        raise SystemExit(f"{docx}: {recipient} is missing")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("way", choices=WAYS)
    parser.add_argument("--campaign", type=Path, required=True)
    parser.add_argument("--letters", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--engine")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = vars(parser.parse_args())
    way, job = asked.pop("way"), Job(**asked)
    job.out.mkdir(parents=True)
    told = WAYS[way](job)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    told.cpu = sum(one.ru_utime + one.ru_stime for one in used)
    last = (job.campaign.parent / "thon.csv").read_text(encoding="utf-8").splitlines()[job.letters].split(",")
    _last_letter_is_whole(job.out, last[7], pdf="soffice" in way or way == "congvan-pdf")
    print(json.dumps(asdict(told)))


if __name__ == "__main__":
    main()
