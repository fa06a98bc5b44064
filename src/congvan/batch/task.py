"""Some letters of one template, rendered: a pure function that runs on any executor.

A task takes letters and gives bytes. It touches no file and no register, so it can run in this process,
in another, or on another machine, with the same result.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from congvan.batch.proofs import Kept
from congvan.batch.target import Target
from congvan.errors import CongvanError, EngineError
from congvan.letter import Letter
from congvan.pdf import Bundle, Engine, Marks, engine
from congvan.word import CompiledTemplate, LetterDocument, bundle, render_letter, template_for

if TYPE_CHECKING:
    from congvan.pdf.split.cut import CutLetter

BUNDLE_SIZE = 50
"""Letters converted at once at the least, if there are so many; an engine may be quicker with more."""


@dataclass(frozen=True, slots=True)
class TemplateSource:
    """A template of the user's own as bytes, or None in ``mau`` for the built-in one of the letter's kind."""

    mau: bytes | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Letters that share template and body, and the engine that turns them into PDF (None for Word alone).

    ``targets`` are where their files go, for a process that lays them down itself; the others hand them back.
    ``proofs`` are their .docx as far as they were kept from the trial, nothing for a letter that is to be laid out;
    ``kept`` says who keeps those that were not handed back, or is to keep them.
    """

    letters: tuple[Letter, ...]
    template: TemplateSource
    pdf_engine: str | None
    targets: tuple[Target, ...] = ()
    proofs: tuple[bytes, ...] = ()
    kept: Kept | None = None

    def __len__(self) -> int:
        return len(self.letters)

    def apart(self) -> Iterator[Task]:
        """Each letter as a task of its own."""
        for letter, target, proof in zip_longest(self.letters, self.targets, self.proofs):
            targets, proofs = (target,) if target else (), (proof,) if proof else ()
            yield replace(self, letters=(letter,), targets=targets, proofs=proofs, kept=None)


class Outcome(NamedTuple):
    """One letter made: its files and pages, or ``failure`` saying why there are none."""

    docx: bytes = b""
    pdf: bytes = b""
    pages: int | None = None
    failure: str | None = None


def render_task(task: Task) -> tuple[Outcome, ...]:
    """Every letter of ``task``, in order. A letter that fails fails alone."""
    outcomes: dict[int, Outcome] = {}
    made: dict[int, tuple[Letter, LetterDocument]] = {}
    for index, (letter, proof) in enumerate(zip_longest(task.letters, task.proofs)):
        try:
            made[index] = letter, _document(letter, task.template, proof)
        except CongvanError as error:
            outcomes[index] = Outcome(failure=str(error))
    if task.pdf_engine is None:
        outcomes |= {index: Outcome(document.docx) for index, (_, document) in made.items()}
    else:
        converted = _converted(list(made.values()), task.template, engine(task.pdf_engine))
        outcomes |= dict(zip(made, converted, strict=True))
    return tuple(outcomes[index] for index in range(len(task.letters)))


def _document(letter: Letter, source: TemplateSource, proof: bytes | None) -> LetterDocument:
    template = template_for(letter, source.mau, source.name)
    return LetterDocument(proof, template) if proof else render_letter(letter, template)


def marks(letter: Letter) -> Marks:
    """What the PDF says of itself: the letter's subject, number and issuer, and its own date."""
    subject = f"{letter.kind.ten} {letter.so_ky_hieu}"
    author = letter.co_quan.replace("\n", " ")
    return Marks(title=letter.trich_yeu, subject=subject, author=author, created=letter.ngay.day)


def _converted(pairs: Sequence[tuple[Letter, LetterDocument]], source: TemplateSource, by: Engine) -> list[Outcome]:
    """Bundled where it can be; when a bundle fails, one by one, so that only the culprit is lost."""
    if not pairs:
        return []
    template = template_for(pairs[0][0], source.mau, source.name)
    try:
        cut_letters = _cut_bundle(pairs, template, by)
    except (EngineError, ValueError):
        return [_alone(letter, document, by) for letter, document in pairs]
    return [
        Outcome(document.docx, part.pdf, part.pages) for (_, document), part in zip(pairs, cut_letters, strict=True)
    ]


def _cut_bundle(
    pairs: Sequence[tuple[Letter, LetterDocument]], template: CompiledTemplate, by: Engine
) -> list[CutLetter]:
    from congvan.pdf.split.cut import cut

    contents = [document.content for _, document in pairs if document.content is not None]
    if len(contents) != len(pairs):
        raise ValueError("a letter of this template must stand alone")
    joined = bundle(template, contents)
    converted = by.convert(Bundle(joined.docx, joined.bookmarks))
    return cut(converted, [marks(letter) for letter, _ in pairs])


def _alone(letter: Letter, document: LetterDocument, by: Engine) -> Outcome:
    from congvan.pdf.convert import convert_one

    try:
        part = convert_one(document.docx, by, marks(letter))
    except EngineError as error:
        return Outcome(document.docx, failure=str(error))
    return Outcome(document.docx, part.pdf, part.pages)
