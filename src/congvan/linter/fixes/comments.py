"""Findings as comments of Word, each beside the words it is about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from docx.text.run import Run

from congvan.findings import Finding, Place
from congvan.inspect.model import Line
from congvan.linter.fixes.changes import AUTHOR
from congvan.linter.fixes.word_copy import WordCopy, open_copy

_INITIALS: Final = "cv"


def commented_copy(source: bytes, findings: Iterable[Finding], name: str = "docx") -> bytes:
    """A copy of the .docx ``source`` with a comment for each finding; the text is the same, word by word.

    A finding about the whole letter stands at its first line.

    Raises:
        FixError: for a letter that is signed, protected or no .docx.
        UnreadableFileError: when it is damaged.
        TemplateError: when a .docx is refused for what it holds: macros, a password, traps.
    """
    copy = open_copy(source, name)
    for one in findings:
        if runs := _runs(copy, one):
            text = f"{one.message} [{one.code}]\n{one.hint}".strip()
            ends = [Run(run, copy.document) for run in (runs[0], runs[-1])]
            comment = copy.document.add_comment(ends, text, AUTHOR, _INITIALS)
            comment._comment_elm.date = None  # noqa: SLF001 - python-docx writes the time of day
    return copy.saved()


def _runs(copy: WordCopy, one: Finding) -> list[Any]:
    line = _line(copy, one.place)
    if line is None:
        return []
    stretch = copy.stretch(line)
    if stretch is None:
        return []
    marked = one.place.marked
    if marked is None or stretch.text != line.text:
        return stretch.runs()
    return stretch.part(*marked).runs() or stretch.runs()


def _line(copy: WordCopy, place: Place) -> Line | None:
    """The line a finding is about: its paragraph's that says the quoted words; the first of the body for the letter."""
    body = [line for line in copy.facts.lines if line.region in {"body", "text-box"}]
    if place.paragraph is None:
        return body[0] if body else None
    inside = [line for line in body if line.paragraph == place.paragraph]
    return next((line for line in inside if line.text == place.near), inside[0] if inside else None)
