"""A letter's files, laid beside their places by whoever made them; only the run itself puts them in place.

A process that makes letters may go on for a moment after its run was killed, while another run is at work in the
folder: what it lays down then is in nobody's way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from congvan.batch.basis import alike_alone, bases
from congvan.batch.own_proofs import own_proofs
from congvan.batch.proofs import Kept
from congvan.batch.target import Target
from congvan.batch.task import Outcome, Task, render_task
from congvan.batch.writing import is_same, lay_beside, reason

KEPT_WHOLE: Final = ("docx",)
"""Of letters in these formats a process keeps all there is to be made."""


class LaidFile(NamedTuple):
    """One file of a letter and its SHA-256; ``new`` unless the file in its place says the same."""

    kind: str
    sha256: str
    new: bool


class Laid(NamedTuple):
    """What there is of a letter: its files and pages, and what is wrong with it.

    ``failure`` says why it was not made whole, ``trouble`` why one of its files could not be written. ``basis`` is what
    it was made from, if that is the same whatever letters it was made with.
    """

    files: tuple[LaidFile, ...] = ()
    pages: int | None = None
    failure: str | None = None
    trouble: OSError | None = None
    basis: str | None = None


def lay_task(task: Task) -> tuple[Laid, ...]:
    """Every letter of ``task`` rendered and its files laid beside their places, in order."""
    if task.kept:
        task = replace(task, proofs=tuple(map(own_proofs(task.kept.run).docx, task.kept.places)), kept=None)
    own = bases(task, task.targets[0].kinds) if alike_alone(task) else (None,) * len(task.letters)
    made = zip(render_task(task), task.targets, own, strict=True)
    return tuple(lay_down(outcome, target, basis) for outcome, target, basis in made)


def lay_kept(kept: Kept, targets: Sequence[Target]) -> tuple[Laid, ...]:
    """The letters this process kept on trial laid beside their places, in order, as Word; none if it has not all."""
    own = own_proofs(kept.run)
    documents = [own.docx(place) for place in kept.places]
    if not all(documents):
        return ()
    made = zip(kept.places, documents, targets, strict=True)
    return tuple(lay_down(Outcome(docx), target, own.basis_of(place)) for place, docx, target in made)


def lay_down(outcome: Outcome, target: Target, basis: str | None = None) -> Laid:
    """The files of ``outcome``, made from ``basis``, as far as there are any, laid beside their places."""
    contents = {"docx": outcome.docx, "pdf": outcome.pdf}
    files: list[LaidFile] = []
    trouble = None
    for kind in target.kinds:
        path = target.path(kind)
        try:
            if content := contents[kind]:
                files.append(_laid(path, kind, content, target.run))
        except OSError as error:
            trouble = OSError(error.errno, reason(error), path)
    return Laid(tuple(files), outcome.pages, outcome.failure, trouble, basis)


def _laid(path: str, kind: str, content: bytes, run: int) -> LaidFile:
    new = not is_same(path, content)
    if new:
        lay_beside(path, run, lambda target: target.write(content))
    return LaidFile(kind, hashlib.sha256(content).hexdigest(), new)
