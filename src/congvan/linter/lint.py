"""Linting a letter: read it, recognise regime and kind, ask every rule."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from congvan.findings import Finding, Place, Severity, finding
from congvan.inspect.components import components
from congvan.inspect.document import facts as read_facts
from congvan.inspect.model import DocumentFacts
from congvan.linter import addressees, closing, content, header, leftovers, number, page, subject, writing
from congvan.linter.lint_report import CheckedRule, LintReport
from congvan.linter.read_letter import ReadLetter
from congvan.linter.regime import Regime, RegimeFound, recognise_regime
from congvan.linter.rule import NotEvaluated, Rule
from congvan.support.processes.warm_processes import TIME_LIMIT

RULES: Final[tuple[Rule, ...]] = (
    *page.RULES,
    *header.RULES,
    *number.RULES,
    *subject.RULES,
    *addressees.RULES,
    *content.RULES,
    *closing.RULES,
    *writing.RULES,
    *leftovers.RULES,
)
"""Every rule, in the order in which a letter is read."""
_ORDER: Final = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def lint(
    source: Path | str | bytes, name: Path | str | None = None, *, time_limit: float | None = TIME_LIMIT
) -> LintReport:
    """What is set or worded against Decree 30/2020 in a .docx or PDF, from whatever hand.

    ``name`` is what findings call bytes; ``time_limit`` in seconds as in :func:`congvan.facts`. A letter of another
    regime (a Party's, a normative text) gets one remark and no finding. Nothing is written.

    Raises:
        UnreadableFileError: when the file is missing or damaged, or is neither .docx nor .pdf.
        TemplateError: when a .docx is refused for what it holds: macros, a password, traps.
    """
    label = str(name or (source if isinstance(source, (Path, str)) else "file"))
    return lint_facts(read_facts(source, label, time_limit=time_limit), Path(label).name)


def lint_facts(facts: DocumentFacts, file: str = "") -> LintReport:
    """The report on a letter that has been measured already; ``file`` is what findings call it."""
    parts = components(facts)
    letter = ReadLetter(facts, parts, file or facts.name)
    regime = recognise_regime(facts, parts)
    kind = letter.kind.ma if letter.kind else None
    if facts.scanned:
        return _remark("lint-scanned", letter, regime)
    if regime.regime is Regime.UNKNOWN:
        return _remark("lint-regime-unknown", letter, regime)
    if regime.regime is not Regime.ADMINISTRATIVE:
        return _remark("lint-other-regime", letter, regime)
    found: list[Finding] = []
    checked = [_checked(rule, letter, found) for rule in RULES]
    return LintReport(tuple(in_order(found)), letter.file, regime, kind, tuple(checked))


def in_order(found: Iterable[Finding]) -> list[Finding]:
    """Findings by severity, errors first, then by page and paragraph."""
    return sorted(found, key=lambda one: (_ORDER.index(one.severity), _position(one.place)))


def _position(place: Place) -> tuple[int, float, int]:
    return place.page or 0, place.box[1] if place.box else 0.0, place.paragraph or 0


def _checked(rule: Rule, letter: ReadLetter, found: list[Finding]) -> CheckedRule:
    """Ask one rule; what it finds is added to ``found``."""
    failed, reason = False, None
    for result in rule.ask(letter):
        if isinstance(result, NotEvaluated):
            reason = result.reason
        else:
            failed = True
            found.append(result)
    if failed:
        return CheckedRule(rule.code, "failed")
    return CheckedRule(rule.code, "not_evaluated" if reason else "passed", reason)


def _remark(code: str, letter: ReadLetter, regime: RegimeFound) -> LintReport:
    names = finding(f"unjudged-regime-{regime.regime.value}")
    remark = finding(code, letter.file_place(), regime=names.message, confidence=regime.confidence)
    reason = finding("unjudged-regime")
    unjudged = tuple(CheckedRule(rule.code, "not_evaluated", reason) for rule in RULES)
    return LintReport((remark,), letter.file, regime, None, unjudged)
