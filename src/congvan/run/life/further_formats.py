"""The PDF of an issued letter that was issued in Word alone: made from the issued Word file, which stays as it is.

The journal has the PDF before it lies in its place, the register after: a run that is cut short makes it again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from congvan.campaign import PlannedLetter
from congvan.errors import CongvanError
from congvan.findings import Finding, finding
from congvan.pdf import Engine
from congvan.run.numbers import Numbers
from congvan.run.output.folder import OutputFolder, shortened
from congvan.run.output.journal import LetterLine
from congvan.run.output.manifest import OutputFile
from congvan.run.rendering import metadata
from congvan.run.templates import Templates
from congvan.support.files import write_whole


def add_formats(
    letters: Iterable[tuple[PlannedLetter, LetterLine]],
    formats: Sequence[str],
    folder: OutputFolder,
    numbers: Numbers,
    templates: Templates,
) -> Iterator[LetterLine | Finding]:
    """Make the PDF that issued letters lack; yields their lines with it, and what there is to say.

    A letter whose Word file is missing or changed gets none, and one issued as PDF alone no Word file: it would not be
    what was issued.
    """
    added, without_word = [], []
    for letter, line in letters:
        row = line.row
        if "docx" in formats and row.docx is None:
            without_word.append(row.name)
        if "pdf" not in formats or row.pdf or row.docx is None or not folder.is_whole(row.docx):
            continue
        try:
            with_pdf = _with_pdf(letter, line, folder, templates.engine_of(letter.tier.mau))
        except (CongvanError, OSError) as error:
            yield finding("batch-issued-pdf-failed", letter=row.name, why=str(error))
            continue
        pdf = with_pdf.row.pdf
        assert pdf is not None
        numbers.keeper.place(line.key, {"pdf": pdf.path, "pdf_sha256": pdf.sha256, "trang": with_pdf.row.trang})
        added.append(row.name)
        yield with_pdf
    if added:
        yield finding("batch-issued-pdf-added", count=len(added), letters=shortened(added))
    if without_word:
        yield finding("batch-issued-without-word", count=len(without_word), letters=shortened(without_word))


def _with_pdf(letter: PlannedLetter, line: LetterLine, folder: OutputFolder, by: str | Engine | None) -> LetterLine:
    """The line of the letter with its PDF, which lies in its place.

    Raises:
        CongvanError: when it cannot be converted.
        OSError: when it cannot be written, or something else lies in its place.
    """
    from congvan.pdf.convert import convert_one
    from congvan.pdf.engines.available import engine
    from congvan.word.intake.admission import admit, read_docx

    docx = line.row.docx
    assert docx is not None
    assert letter.past is not None
    content = admit(read_docx(folder.path / docx.path), docx.path).docx
    made = convert_one(content, engine(by), metadata(letter.past.letter))
    pdf = OutputFile(f"{docx.path.removesuffix('.docx')}.pdf", hashlib.sha256(made.pdf).hexdigest())
    if not folder.is_whole(pdf) and folder.is_edited(pdf):
        raise FileExistsError(finding("batch-file-of-somebody", letter=line.row.name, path=pdf.path).message)
    with_pdf = replace(line, row=replace(line.row, pdf=pdf, trang=made.pages))
    with folder.journal as journal:
        journal.add(with_pdf)
    write_whole(folder.path / pdf.path, made.pdf)
    return with_pdf
