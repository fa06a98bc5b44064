"""Letters laid out on trial, not yet turned into PDF: what stops them shows, the others need not be filled again."""

from __future__ import annotations

import os
from dataclasses import dataclass

from congvan.batch.basis import bases
from congvan.batch.proofs import own_proofs
from congvan.batch.task import Task, TemplateSource
from congvan.errors import TemplateError
from congvan.findings import Finding
from congvan.letter import Letter
from congvan.word import letter_content, render_letter, template_for


@dataclass(frozen=True, slots=True)
class Proof:
    """What a trial showed of a letter: what stops it, or its ``docx``, or the process that is its ``keeper``.

    Nothing of these where it is to be made anew.
    """

    findings: tuple[Finding, ...] = ()
    docx: bytes = b""
    keeper: int = 0


def proofs(task: Task) -> tuple[Proof, ...]:
    """Each letter of ``task`` on trial, handed back. A pure function that runs on any executor."""
    return tuple(_proof(letter, task.template) for letter in task.letters)


def kept_proofs(task: Task) -> tuple[Proof, ...]:
    """Each letter of ``task`` on trial, kept by this process as the task says."""
    assert task.kept is not None
    own, me = own_proofs(task.kept.run), os.getpid()
    shown = proofs(task)
    made_from = bases(task, ("docx",)) if task.pdf_engine is None else ("",) * len(shown)
    return tuple(
        Proof(one.findings, keeper=me if one.docx and own.keep(place, one.docx, basis) else 0)
        for place, one, basis in zip(task.kept.places, shown, made_from, strict=True)
    )


def _proof(letter: Letter, source: TemplateSource) -> Proof:
    try:
        template = template_for(letter, source.mau, source.name)
        if template.covered:
            return Proof(docx=render_letter(letter, template).docx)
        letter_content(letter, template)
    except TemplateError as error:
        return Proof(error.report.findings)
    return Proof()
