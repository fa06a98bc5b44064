"""Word documents as PDF: one, or many in bundles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from congvan.errors import EngineError, LostWordsError
from congvan.findings import Place, Report
from congvan.pdf.bundling import DocumentGroup, document_name
from congvan.pdf.engine import Bundle, Engine, verify
from congvan.pdf.engines.available import engine
from congvan.pdf.ink.document_text import DocumentReader, LetterWords, read_letter_words
from congvan.pdf.metadata import PdfMetadata
from congvan.pdf.split.bundle_splitter import LetterPdf, split_bundle
from congvan.word.intake.admission import admit

_NO_METADATA: Final = PdfMetadata(title="")


def to_pdf(docx: bytes, by: str | Engine | None = None, metadata: PdfMetadata | None = None) -> bytes:
    """:func:`congvan.pdf.to_pdf` in this process."""
    admitted = admit(docx, "docx")
    return convert_one(admitted.docx, engine(by), metadata or PdfMetadata.of_docx(admitted.parts)).pdf


def convert_group(group: DocumentGroup, by: Engine, metadata: Sequence[PdfMetadata]) -> Iterator[LetterPdf]:
    """The documents of ``group`` in order; as a bundle, or one by one where that fails, so that only one is lost.

    Raises:
        EngineError: when a document cannot be converted, after those before it; its number is in the message.
    """
    if len(group) > 1:
        try:
            reader = DocumentReader(group.parts)
            words = [_read(reader, text) for text in group.texts]
            yield from _convert_bundle(group.bundle, by, metadata, words)
        except EngineError:  # one of them is at fault, and no engine says which
            pass
        else:
            return
    for number, (docx, about) in enumerate(zip(group.documents, metadata, strict=True), group.first):
        try:
            letter = convert_one(docx, by, about)
        except EngineError as error:
            raise _named(error, document_name(number)) from error
        yield letter


def convert_one(docx: bytes, by: Engine, metadata: PdfMetadata | None = None) -> LetterPdf:
    """``docx`` as PDF by an engine that is already open; the same bytes as the letter cut from a bundle.

    Raises:
        EngineError: when the engine fails, or would not draw the letter as Word does.
        LostWordsError: when the pages do not show all words of the letter.
    """
    return _convert_bundle(Bundle(docx), by, [metadata or _NO_METADATA], [read_letter_words(docx)])[0]


def _convert_bundle(
    bundle: Bundle, by: Engine, metadata: Sequence[PdfMetadata], words: Sequence[LetterWords | None]
) -> list[LetterPdf]:
    return split_bundle(verify(by, bundle, by.convert(bundle)), metadata, words)


def _read(reader: DocumentReader, text: str) -> LetterWords | None:
    try:
        return reader.read(text)
    except ValueError:  # the engine says what is wrong with it
        return None


def _named(error: EngineError, name: str) -> EngineError:
    """The error with the name of the document it is about."""
    if isinstance(error, LostWordsError):
        place = Place(file=name)
        return LostWordsError(error.engine, Report.of(replace(found, place=place) for found in error.report))
    return EngineError(error.engine, f"{name}: {error.reason}")
