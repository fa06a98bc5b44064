"""Word documents as PDF: one, or many in bundles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from congvan.errors import EngineError
from congvan.pdf.bundling import DocumentGroup, document_name
from congvan.pdf.engine import Bundle, Engine, verify
from congvan.pdf.engines.available import engine
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
            yield from _convert_bundle(group.bundle, by, metadata)
        except EngineError:  # one of them is at fault, and no engine says which
            pass
        else:
            return
    for number, (docx, about) in enumerate(zip(group.documents, metadata, strict=True), group.first):
        try:
            letter = convert_one(docx, by, about)
        except EngineError as error:
            raise EngineError(error.engine, f"{document_name(number)}: {error.reason}") from error
        yield letter


def convert_one(docx: bytes, by: Engine, metadata: PdfMetadata | None = None) -> LetterPdf:
    """``docx`` as PDF by an engine that is already open; the same bytes as the letter cut from a bundle.

    Raises:
        EngineError: when the engine fails, or would not draw the letter as Word does.
    """
    return _convert_bundle(Bundle(docx), by, [metadata or _NO_METADATA])[0]


def _convert_bundle(bundle: Bundle, by: Engine, metadata: Sequence[PdfMetadata]) -> list[LetterPdf]:
    return split_bundle(verify(by, bundle, by.convert(bundle)), metadata)
