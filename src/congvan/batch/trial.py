"""Letters laid out on trial, not yet turned into PDF: what stops them shows, the others need not be filled again."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from congvan.batch.basis import bases
from congvan.batch.laying import KEPT_WHOLE
from congvan.batch.own_proofs import OwnProofs, own_proofs
from congvan.batch.task import Task, TemplateSource
from congvan.errors import TemplateError
from congvan.findings import Finding
from congvan.letter import Letter
from congvan.word import CompiledTemplate, fill_content, fill_letter, render_letter, template_for


class Proof(NamedTuple):
    """What a trial showed of a letter: what stops it, or its ``docx``, or the process that is its ``keeper``.

    Nothing of these where it is to be made anew.
    """

    findings: tuple[Finding, ...] = ()
    docx: bytes = b""
    keeper: int = 0


def proofs(task: Task) -> tuple[Proof, ...]:
    """Each letter of ``task`` on trial, handed back. A pure function that runs on any executor."""
    return tuple(_proof(letter, task.template, _handed_back) for letter in task.letters)


def kept_proofs(task: Task) -> tuple[Proof, ...]:
    """Each letter of ``task`` on trial, kept by this process as the task says."""
    assert task.kept is not None
    own = own_proofs(task.kept.run)
    made_from = bases(task, KEPT_WHOLE) if task.pdf_engine is None else ("",) * len(task.letters)
    each = zip(task.letters, task.kept.places, made_from, strict=True)
    return tuple(_proof(letter, task.template, partial(_kept, own, place, basis)) for letter, place, basis in each)


def _kept(own: OwnProofs, place: int, basis: str, letter: Letter, template: CompiledTemplate) -> Proof:
    kept = own.keep(place, fill_letter(letter, template), template, basis)
    return Proof(keeper=os.getpid() if kept else 0)


def _handed_back(letter: Letter, template: CompiledTemplate) -> Proof:
    return Proof(docx=render_letter(letter, template).docx)


def _proof(letter: Letter, source: TemplateSource, show: Callable[[Letter, CompiledTemplate], Proof]) -> Proof:
    try:
        template = template_for(letter, source.mau, source.name)
        if template.uses_fast_path:
            return show(letter, template)
        fill_content(letter, template)
    except TemplateError as error:
        return Proof(error.report.findings)
    return Proof()
