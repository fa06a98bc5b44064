"""Linting files of an office: folders, exceptions of ``co-quan.yaml``, Word files with their PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fnmatch import fnmatch
from functools import cache
from pathlib import Path, PurePath
from typing import Final

from congvan.campaign import office_of
from congvan.campaign.office import LintException
from congvan.errors import CongvanError
from congvan.inspect.document import facts as read_facts
from congvan.inspect.model import DocumentFacts
from congvan.linter.lint import in_order, lint_facts
from congvan.linter.lint_report import CheckedRule, LintReport, Suppressed
from congvan.linter.lost_words import lost_words

_SUFFIXES: Final = frozenset({".docx", ".pdf"})


def lint_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The letters among ``paths``: files as they are, of folders every .docx and PDF below them, by name."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for inside in sorted(path.rglob("*")):
            hidden = any(part.startswith((".", "~$")) for part in inside.relative_to(path).parts)
            if inside.suffix.lower() in _SUFFIXES and inside.is_file() and not hidden:
                yield inside


def lint_paths(paths: Iterable[Path]) -> Iterator[LintReport | CongvanError]:
    """The report on each file, or why it cannot be read; what their office leaves is left.

    Where a Word file and a PDF of one name are both given, the PDF must show the words of the Word file.
    """
    word_files: dict[Path, DocumentFacts] = {}
    for path in sorted(paths, key=lambda path: (path.with_suffix(""), path.suffix.lower())):
        try:
            facts = read_facts(path)
        except CongvanError as error:
            yield error
            continue
        report = lint_facts(facts, str(path))
        if facts.source == "docx":
            word_files = {path.with_suffix(""): facts}
        elif (word := word_files.get(path.with_suffix(""))) is not None:
            report = _with_lost_words(report, word, facts)
        yield without_exceptions(report, _exceptions(path.absolute().parent))


def without_exceptions(report: LintReport, exceptions: Iterable[LintException]) -> LintReport:
    """``report`` with the findings the office leaves among the suppressed ones."""
    chosen = [one for one in exceptions if fnmatch(PurePath(report.file).name, one.tep)]
    reasons = {one.ma: one.ly_do for one in chosen}
    if not reasons:
        return report
    left = tuple(Suppressed(found, reasons[found.code]) for found in report if found.code in reasons)
    kept = tuple(found for found in report if found.code not in reasons)
    return replace(report, findings=kept, suppressed=(*report.suppressed, *left))


def _with_lost_words(report: LintReport, word: DocumentFacts, pdf: DocumentFacts) -> LintReport:
    lost = list(lost_words(word, pdf, report.file))
    checked = CheckedRule("lint-lost-words", "failed" if lost else "passed")
    return replace(report, findings=tuple(in_order((*report.findings, *lost))), rules=(*report.rules, checked))


@cache
def _exceptions(folder: Path) -> tuple[LintException, ...]:
    office, _ = office_of(folder)
    return office.ngoai_le if office else ()
