"""Which PDF engine draws the letters of which template.

One engine draws them all, unless a template of the user's own holds what it cannot draw as Word does. Then the
letters of that template go to LibreOffice, which can, and the user is told; where there is no LibreOffice, or the
user has named the engine, the template is refused before a number is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from congvan.errors import EngineError
from congvan.findings import Finding, Place, Report, finding
from congvan.pdf.engine import Engine, engine

_DRAWS_ALL: Final = "libreoffice"
_SAME_EVERYWHERE: Final = frozenset({"pdf-changing-field", "pdf-foreign-face"})
"""Objections that no engine overcomes."""


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """The engine of most letters (None for Word alone), and others by template."""

    usual: str | None
    of_template: Mapping[Path, str] = field(default_factory=dict)

    def engine_of(self, template: Path | None) -> str | None:
        """The engine that draws the letters of ``template``, or of the built-in ones."""
        return self.of_template.get(template, self.usual) if template else self.usual


def choose_engines(sources: Mapping[Path, bytes], wanted: str | None) -> tuple[EngineChoice, Report]:
    """The engines to draw the letters of the templates in ``sources`` with, and what there is to say about it.

    Raises:
        EngineError: when the engine ``wanted`` is not here.
    """
    usual = engine(wanted)
    others: dict[Path, str] = {}
    findings: list[Finding] = []
    for path, docx in sources.items():
        problems = list(_objections(usual, path, docx))
        hard = any(problem.code in _SAME_EVERYWHERE for problem in problems)
        if problems and not hard and wanted is None and _is_here(_DRAWS_ALL):
            others[path] = _DRAWS_ALL
            why = "; ".join(str(problem.values.get("what", problem.code)) for problem in problems)
            findings.append(finding("batch-other-engine", Place(file=path.name), usual=usual.name, why=why))
        else:
            findings += problems
    return EngineChoice(usual.name, others), Report.of(findings)


def _objections(usual: Engine, path: Path, docx: bytes) -> Iterator[Finding]:
    try:
        objections = usual.objections(docx)
    except EngineError:  # no Word document at all: that is found and said elsewhere
        return
    for problem in objections:
        yield finding(problem.code, Place(file=path.name), **problem.values)


def _is_here(name: str) -> bool:
    try:
        engine(name)
    except EngineError:
        return False
    return True
