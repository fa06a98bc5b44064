"""Other ways of making the same letters: docxtpl, docx-mailmerge2 and ``soffice``.

They get their values ready in memory: only filling, converting and writing is in their time.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import congvan
from benchmarks.job import Job, Measurement, Watch

if TYPE_CHECKING:
    from jinja2 import Environment

_FILES_A_CALL = 100  # of soffice: more in one call is no faster and takes more memory


# --- docxtpl, alone and with soffice ---


# --- docxtpl, alone and with soffice ---


class Filling(NamedTuple):
    """A template and the values of each letter; ``environment`` has the filters a built-in template asks for."""

    template: bytes
    values: Sequence[Mapping[str, Any]]
    environment: Environment | None = None


def docxtpl_loop(job: Job) -> Measurement:
    filling, watch = _filling(job), Watch()
    files = watch("Word", lambda: _fill(filling, job.out))
    return watch.measurement(len(files), job.out)


def docxtpl_soffice_each(job: Job) -> Measurement:
    filling, watch = _filling(job), Watch()
    files = watch("Word", lambda: _fill(filling, job.out))
    watch("PDF", lambda: _soffice_each(files, job.out))
    return watch.measurement(len(files), job.out)


def docxtpl_soffice_many(job: Job) -> Measurement:
    filling, watch = _filling(job), Watch()
    files = watch("Word", lambda: _fill(filling, job.out))
    watch("PDF", lambda: _soffice_on_all_cores(files, job))
    return watch.measurement(len(files), job.out)


def soffice_many(job: Job) -> Measurement:
    """Documents that are finished already."""
    files, watch = sorted(job.source.glob("*.docx")), Watch()
    watch("PDF", lambda: _soffice_on_all_cores(files, job))
    return watch.measurement(len(files), job.out)


def _filling(job: Job) -> Filling:
    """The very template congvan fills, and the values of each letter; what starts only once is started here."""
    import docxtpl  # noqa: F401 - a small sample would pay for it what thousands of letters share

    if job.source.suffix == ".docx":
        from congvan.run.records import read_records

        records = read_records(job.source.with_name("khach.xlsx"))[: job.letters]
        return Filling(job.source.read_bytes(), [record.values for record in records])
    from congvan.word import template_for
    from congvan.word.letter_document import letter_values
    from congvan.word.package import DOCUMENT
    from congvan.word.template.environment import word_environment

    letters = congvan.plan(congvan.load_campaign(job.source), limit=job.letters).letters
    values = [letter_values(letter) for letter in letters]
    template = template_for(letters[0])
    sources = {part: source.encode() for part, source in template.sources.items()}
    return Filling(template.pack(sources.pop(DOCUMENT), sources), values, word_environment())


def _fill(filling: Filling, out: Path) -> list[Path]:
    from docxtpl import DocxTemplate

    files = []
    for number, values in enumerate(filling.values, start=1):
        document = DocxTemplate(io.BytesIO(filling.template))
        document.render(values, filling.environment)
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


def mailmerge_loop(job: Job) -> Measurement:
    from mailmerge import MailMerge

    source, records = _mailmerge_template(job)

    def fill() -> None:
        for number, values in enumerate(records, start=1):
            with MailMerge(io.BytesIO(source)) as document:
                document.merge(**values)
                document.write(job.out / f"{number:06}.docx")

    watch = Watch()
    watch("Word", fill)
    return watch.measurement(len(records), job.out)


def _mailmerge_template(job: Job) -> tuple[bytes, list[dict[str, str]]]:
    """The same letter with Word's own merge fields in place of what differs from one letter to the next."""
    from congvan.word import WordTemplate
    from congvan.word.package import Package

    source, contexts, _ = _filling(job)
    names = [name for name, value in contexts[0].items() if isinstance(value, str) and _differs(name, contexts)]
    marked = {**contexts[0], **{name: f"«{name}»" for name in names}, "kinh_gui": ["«kinh_gui»"]}
    marked["noi_nhan"] = [line.replace(contexts[0]["xa"], "«xa»") for line in contexts[0]["noi_nhan"]]
    filled = Package(WordTemplate(source).render(marked))
    document = _RUN.sub(_with_merge_fields, filled.text("word/document.xml"))
    records = [{name: values[name] for name in names} | {"kinh_gui": values["kinh_gui"][0]} for values in contexts]
    return filled.with_parts({"word/document.xml": document.encode()}), records


def _differs(name: str, contexts: Sequence[Mapping[str, Any]]) -> bool:
    return name in {"xa", "thon", "ong_ba"} or any(values[name] != contexts[0][name] for values in contexts)


_RUN = re.compile(r"<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t(?: [^>]*)?>([^<]*«[^<]*)</w:t></w:r>")


def _with_merge_fields(run: re.Match[str]) -> str:
    style, pieces = run[1] or "", re.split(r"«(\w+)»", run[2])
    runs = []
    for index, piece in enumerate(pieces):
        text = f'<w:r>{style}<w:t xml:space="preserve">{piece}</w:t></w:r>'
        runs.append(f'<w:fldSimple w:instr=" MERGEFIELD {piece} ">{text}</w:fldSimple>' if index % 2 else text)
    return "".join(runs)
