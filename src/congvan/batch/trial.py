"""Letters laid out on trial, without being zipped or turned into PDF: what stops them shows, nothing comes of it."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.batch.task import Task, TemplateSource
from congvan.errors import TemplateError
from congvan.findings import Finding
from congvan.letter import Letter
from congvan.word import letter_content, template_for


def problems(task: Task) -> tuple[Finding, ...]:
    """What stops the letters of ``task``, in their order. A pure function that runs on any executor."""
    return tuple(problem for letter in task.letters for problem in _problems(letter, task.template))


def _problems(letter: Letter, source: TemplateSource) -> Iterator[Finding]:
    try:
        letter_content(letter, template_for(letter, source.mau, source.name))
    except TemplateError as error:
        yield from error.report
