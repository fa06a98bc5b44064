"""The worker's side of a run: a batch rendered, converted and written to the staging folder.

A pure function of the batch, so it runs in this process, in another, or on another machine with the same result. Word
documents are rendered first; that is also the check. Only a batch without a finding is converted to PDF.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from congvan.errors import CongvanError, EngineError, LostWordsError, TemplateError
from congvan.findings import Finding, Place, finding
from congvan.letter import Letter
from congvan.pdf import Bundle, Engine, PdfMetadata
from congvan.pdf.engine import verify
from congvan.run.batches import Batch, Record, TemplateSource
from congvan.run.fingerprint import fingerprints
from congvan.run.output.manifest import OutputFile
from congvan.run.workers.circuit_breaker import MOST_FAILURES
from congvan.support.files import write_whole
from congvan.word import CompiledTemplate, LetterDocument, RecordTemplate, bundle, render_letter, template_for

if TYPE_CHECKING:
    from congvan.pdf.ink.document_text import DocumentReader
    from congvan.pdf.split.bundle_splitter import LetterPdf  # loads pikepdf, which Word alone does not need

_COSTLY: Final = "field-too-costly"

STAGING: Final = ".congvan/staging"
"""The staging folder in the output folder."""


class StagedLetter(NamedTuple):
    """One letter rendered: fingerprints, files in the output folder (staged or in place already) and pages.

    ``findings`` are faults of the data: the run stops. ``failure`` is a machine's: the letter fails alone. ``contents``
    are the bytes of ``files`` where the worker cannot write to the staging folder. ``is_skipped`` says that it was not
    even tried, since those before it failed for one cause.
    """

    content: str = ""
    build: str = ""
    files: tuple[OutputFile, ...] = ()
    pages: int | None = None
    findings: tuple[Finding, ...] = ()
    failure: str | None = None
    contents: tuple[bytes, ...] = ()
    is_skipped: bool = False

    @property
    def is_costly(self) -> bool:
        """Whether its template spent the whole budget of a filling: so it will for the letters after it."""
        return any(found.code == _COSTLY for found in self.findings)


def stage_batch(batch: Batch, folder: str | None) -> tuple[StagedLetter, ...]:
    """Every letter of ``batch``, in order, its files staged below the output folder ``folder``.

    Without a folder the bytes are handed back.

    Raises:
        OSError: when the staging folder cannot be written.
    """
    rendered = list(_render_all(batch))
    if any(isinstance(result, StagedLetter) for result in rendered):
        return tuple(result if isinstance(result, StagedLetter) else StagedLetter() for result in rendered)
    documents = [document for document in rendered if isinstance(document, LetterDocument)]
    converted = _convert(batch, documents)
    lost = [
        _placed(pdf.report.findings, letter) if isinstance(pdf, LostWordsError) else ()
        for letter, pdf in zip(batch.letters, converted, strict=True)
    ]
    if any(lost):
        return tuple(StagedLetter(findings=found) for found in lost)
    pdfs = [pdf for pdf in converted if not isinstance(pdf, LostWordsError)]
    staged = []
    if batch.mark:  # PDF engines draw no watermark: there the mark is drawn behind the finished pages
        documents = [
            _marked(letter, document, batch) for letter, document in zip(batch.letters, documents, strict=True)
        ]
        pdfs = [_marked_pdf(pdf, batch.mark) for pdf in pdfs]
    for fingerprint, document, pdf in zip(fingerprints(batch), documents, pdfs, strict=True):
        letter = StagedLetter(fingerprint.content, fingerprint.build)
        staged.append(_write(letter, document, pdf, batch, folder))
    return tuple(staged)


def staged_path(build: str, kind: str) -> str:
    """The path in the output folder of a staged file; 256 folders, so that none holds too many."""
    return f"{STAGING}/{build[:2]}/{build[2:]}.{kind}"


def metadata(letter: Letter | Record) -> PdfMetadata:
    """The properties of the PDF: the letter's subject, number and issuer, and its own date."""
    if not isinstance(letter, Letter):
        return PdfMetadata(title="")
    subject = f"{letter.kind.ten} {letter.so_ky_hieu}"
    author = letter.co_quan.replace("\n", " ")
    return PdfMetadata(title=letter.trich_yeu, subject=subject, author=author, created=letter.ngay.day)


def _render_all(batch: Batch) -> Iterator[LetterDocument | StagedLetter]:
    """Each letter as a Word document, or what is wrong with its data; the rest is skipped after some costly ones."""
    costly = 0
    for letter in batch.letters:
        if costly == MOST_FAILURES:
            yield StagedLetter(is_skipped=True)
            continue
        result = _render(letter, batch)
        if isinstance(result, LetterDocument):
            yield result
        else:
            yield (refused := StagedLetter(findings=result))
            costly = costly + 1 if refused.is_costly else 0


def _render(letter: Letter | Record, batch: Batch) -> LetterDocument | tuple[Finding, ...]:
    """The letter as a Word document, or what is wrong with its data."""
    source = batch.template
    try:
        if isinstance(letter, Letter):
            document = render_letter(letter, template_for(letter, source.docx, source.name))
            return document if source.docx is None else tuple(_missing(letter, document)) or document
        template = _record_template(source).compiled_for(letter.values)
        return LetterDocument(template.render(letter.values), template)
    except TemplateError as error:
        if isinstance(letter, Letter):
            return error.report.findings
        # The user mends the row, not the template that asks for its value.
        return tuple(finding(found.code, letter.place, **found.values) for found in error.report)


def _missing(letter: Letter, document: LetterDocument) -> Iterator[Finding]:
    from congvan.inspect.required_parts import missing_parts  # the built-in templates need no reader

    return missing_parts(letter, document)


@lru_cache(maxsize=8)  # a worker may serve several runs
def _record_template(source: TemplateSource) -> RecordTemplate:
    assert source.docx is not None, "a table always has a template"
    assert source.name is not None, "a template of the user's has a name"
    return RecordTemplate(source.docx, source.name)


def _convert(batch: Batch, documents: Sequence[LetterDocument]) -> Sequence[LetterPdf | LostWordsError | str | None]:
    """The PDF of each letter, or the reason why there is none; None where none is to be made.

    All at once where their template allows it; if that fails one by one, so that one letter alone fails.
    """
    engine = batch.pdf_engine
    if engine is None:
        return [None] * len(documents)
    try:
        return _convert_bundle(batch, documents, engine)
    except (EngineError, ValueError):
        pairs = zip(batch.letters, documents, strict=True)
        return [_convert_one(letter, document, engine) for letter, document in pairs]


def _convert_bundle(batch: Batch, documents: Sequence[LetterDocument], engine: Engine) -> list[LetterPdf]:
    from congvan.pdf.split.bundle_splitter import split_bundle

    contents = [content for document in documents if (content := document.content) is not None]
    if len(contents) != len(documents) or any(one.template is not documents[0].template for one in documents):
        raise ValueError("a letter of this template must stand alone")
    joined = bundle(documents[0].template, contents)
    source = Bundle(joined.docx, joined.bookmarks)
    converted = verify(engine, source, engine.convert(source))
    template = documents[0].template
    words = [_words_of(template).read(template.document_xml(content)) for content in contents]
    return split_bundle(converted, [metadata(letter) for letter in batch.letters], words)


@lru_cache(maxsize=8)
def _words_of(template: CompiledTemplate) -> DocumentReader:
    from congvan.pdf.ink.document_text import DocumentReader

    return DocumentReader({name: template.package.read(name) for name in template.package.names})


def _convert_one(letter: Letter | Record, document: LetterDocument, engine: Engine) -> LetterPdf | LostWordsError | str:
    from congvan.pdf.convert import convert_one

    try:
        return convert_one(document.docx, engine, metadata(letter))
    except LostWordsError as error:
        return error
    except CongvanError as error:
        return str(error)


def _placed(found: Sequence[Finding], letter: Letter | Record) -> tuple[Finding, ...]:
    """Findings about what a letter's pages lack, with the letter as its clerk knows it."""
    if isinstance(letter, Letter):
        place = Place(file=", ".join([letter.so_ky_hieu, *map(str, letter.kinh_gui[:1])]))
    else:
        place = letter.place
    return tuple(replace(one, place=place) for one in found)


def _marked(letter: Letter | Record, document: LetterDocument, batch: Batch) -> LetterDocument:
    assert isinstance(letter, Letter), "only a campaign has drafts"
    source = batch.template
    return LetterDocument(
        render_letter(letter, template_for(letter, source.docx, source.name, batch.mark)).docx, document.template
    )


def _marked_pdf(pdf: LetterPdf | str | None, mark: str) -> LetterPdf | str | None:
    from congvan.pdf.print.draft_mark import mark_pages

    return pdf if pdf is None or isinstance(pdf, str) else replace(pdf, pdf=mark_pages(pdf.pdf, mark))


def _write(
    letter: StagedLetter,
    document: LetterDocument,
    pdf: LetterPdf | str | None,
    batch: Batch,
    folder: str | None,
) -> StagedLetter:
    if isinstance(pdf, str):
        return letter._replace(failure=pdf)
    contents = {"docx": document.docx, "pdf": pdf.pdf if pdf else b""}
    files, handed_back = [], []
    for kind in batch.formats:
        path, content = staged_path(letter.build, kind), contents[kind]
        files.append(OutputFile(path, hashlib.sha256(content).hexdigest()))
        if folder is None:
            handed_back.append(content)
        else:
            # Renamed, since a straggler of a killed run may be writing the very same file.
            write_whole(Path(folder, path), content)
    pages = pdf.pages if pdf else None
    return letter._replace(files=tuple(files), pages=pages, contents=tuple(handed_back))
