"""The Word templates a job names, each read once, and the PDF engine that converts its letters.

One engine converts all letters, unless a template of the user's own holds what that engine does not render as Word
does. Then the letters of that template go to LibreOffice, and a finding says so; where there is no LibreOffice, or the
user has named the engine, the template is refused before a number is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from congvan.errors import EngineError, TemplateError, UnreadableFileError
from congvan.findings import Finding, Place, Report, finding
from congvan.letter import Letter
from congvan.pdf.engine import Engine
from congvan.pdf.engines.available import engine
from congvan.run.batches import BATCH_SIZE, TemplateSource
from congvan.run.jobs import Job, Numbers
from congvan.run.options import RunOptions
from congvan.word import render_letter, template_for
from congvan.word.intake.admission import AdmittedDocx, read_docx
from congvan.word.template.binding import UNBOUND
from congvan.word.template.compiled_template import compile_template
from congvan.word.template.reading.prepared import prepare_template

_SUPPORTS_ALL: Final = "libreoffice"
_UNSUPPORTED_EVERYWHERE: Final = frozenset({"pdf-changing-field", "pdf-foreign-face"})


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates by path, and the engine of each; ``engine`` is that of all others, None for Word alone."""

    sources: Mapping[Path, bytes]
    report: Report
    engine: str | Engine | None = None
    exceptions: Mapping[Path, str] = field(default_factory=dict)

    def source_of(self, path: Path | None) -> TemplateSource:
        """The template at ``path``; the built-in one if there is none."""
        return TemplateSource(self.sources.get(path), path.name) if path else TemplateSource()

    def engine_of(self, path: Path | None) -> str | Engine | None:
        """The engine that converts the letters of the template at ``path``, or of the built-in one."""
        return self.exceptions.get(path, self.engine) if path else self.engine

    def batch_size(self, path: Path | None) -> int:
        """The most letters of that template in a batch."""
        by = self.engine_of(path)
        return engine(by).max_letters if by else BATCH_SIZE


def read_templates(paths: Iterable[Path], options: RunOptions, *, exact_columns: bool = False) -> Templates:
    """The templates at ``paths``, admitted, with the engines to convert their letters.

    The merge fields of a table's template name columns exactly; those of a campaign any spelling congvan knows.

    Raises:
        EngineError: when the engine asked for is not here.
    """
    sources: dict[Path, bytes] = {}
    findings: list[Finding] = []
    for path in dict.fromkeys(paths):
        try:
            admitted = _prepare(path, options, exact_columns=exact_columns)
        except UnreadableFileError as error:
            findings.append(finding("batch-file-unreadable", Place(file=str(path)), why=error.reason))
        except TemplateError as error:
            findings += error.report
        else:
            sources[path] = admitted.docx
            findings += admitted.report
    if not options.makes_pdf:
        return Templates(sources, Report.of(findings))
    exceptions, reasons = _choose_engines(sources, options.engine)
    usual = options.engine if options.engine is not None else engine(None).name
    return Templates(sources, Report.of([*findings, *reasons]), usual, exceptions)


def fields_of(path: Path, options: RunOptions) -> frozenset[str]:
    """The fields of a table's template; none of one that cannot be read, which the run then reports."""
    try:
        return compile_template(_prepare(path, options, exact_columns=True).docx, path.name, UNBOUND).fields
    except (UnreadableFileError, TemplateError):
        return frozenset()


def _prepare(path: Path, options: RunOptions, *, exact_columns: bool) -> AdmittedDocx:
    accepts = options.accepts_changes
    return prepare_template(
        read_docx(path), path.name, accepts_changes=accepts, exact_columns=exact_columns, for_letters=True
    )


def first_letter_findings(job: Job[Any], numbers: Numbers, templates: Templates) -> Iterator[Finding]:
    """What stands against the user's own templates: one without a field, or whose letters lack a part.

    The first letter of each tier is read as a stranger would read it, before any letter is numbered.
    """
    paths = set(job.template_paths) & templates.sources.keys()
    for path in sorted(paths):
        if not compile_template(templates.sources[path], path.name, UNBOUND).fields:
            yield finding("template-no-fields", Place(file=path.name))
    seen: set[tuple[Path | None, str]] = set()
    for planned in job.letters(numbers) if paths else ():
        template, letter = job.template_of(planned), job.source_of(planned)
        if template in paths and (template, planned.cap) not in seen and isinstance(letter, Letter):
            seen.add((template, planned.cap))
            yield from _unreadable_parts(letter, templates.source_of(template))


def _unreadable_parts(letter: Letter, source: TemplateSource) -> Iterator[Finding]:
    from congvan.inspect.required_parts import unreadable_parts  # the built-in templates need no reader

    try:
        document = render_letter(letter, template_for(letter, source.docx, source.name))
    except TemplateError:
        return  # reported with all other letters when they are staged
    yield from unreadable_parts(letter, document)


def _choose_engines(
    sources: Mapping[Path, bytes], wanted: str | Engine | None
) -> tuple[dict[Path, str], list[Finding]]:
    """The templates another engine has to convert, and what there is to say about it."""
    usual = engine(wanted)
    exceptions: dict[Path, str] = {}
    findings: list[Finding] = []
    for path, docx in sources.items():
        problems = list(_unsupported(usual, path, docx))
        everywhere = any(problem.code in _UNSUPPORTED_EVERYWHERE for problem in problems)
        if problems and not everywhere and wanted is None and _is_installed(_SUPPORTS_ALL):
            exceptions[path] = _SUPPORTS_ALL
            why = "; ".join(str(problem.values.get("what", problem.code)) for problem in problems)
            findings.append(finding("batch-other-engine", Place(file=path.name), usual=usual.name, why=why))
        else:
            findings += problems
    return exceptions, findings


def _unsupported(usual: Engine, path: Path, docx: bytes) -> Iterator[Finding]:
    try:
        unsupported = usual.unsupported(docx)
    except EngineError:  # no Word document at all: admission has said so
        return
    for problem in unsupported:
        yield finding(problem.code, Place(file=path.name), **problem.values)


def _is_installed(name: str) -> bool:
    try:
        engine(name)
    except EngineError:
        return False
    return True
