"""A rule: what it judges, where it can be judged, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from congvan.decree.kinds import Kind
from congvan.decree.measures import COMPONENTS
from congvan.findings import Finding, finding
from congvan.inspect.model import Source
from congvan.linter.read_letter import ReadLetter


@dataclass(frozen=True, slots=True)
class NotEvaluated:
    """A rule could not be judged; ``reason`` is a finding of the area ``unjudged``, read for its sentence."""

    reason: Finding


Findings: TypeAlias = Iterable[Finding | NotEvaluated]


def not_evaluated(code: str, /, **values: object) -> NotEvaluated:
    """That a rule cannot be judged; ``code`` is of the area ``unjudged``."""
    return NotEvaluated(finding(code, **values))


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the linter; ``code`` is that of its findings, ``also`` are codes of what else it may find.

    ``find`` yields a finding a fault; or, before any, why it cannot tell. ``needs`` are components a letter must have,
    ``source`` the only kind of file that tells, ``kinds`` the kinds of document it is about. A rule is not asked about
    components recognised by likeness alone, unless it judges their very wording (``even_unsure``).
    """

    code: str
    find: Callable[[ReadLetter], Findings]
    needs: tuple[str, ...] = ()
    source: Source | None = None
    kinds: Callable[[Kind], bool] | None = None
    even_unsure: bool = False
    also: tuple[str, ...] = ()

    def unjudged(self, letter: ReadLetter) -> NotEvaluated | None:
        """Why the rule cannot be asked about ``letter``; None where it can."""
        if self.source is not None and letter.facts.source != self.source:
            return not_evaluated("unjudged-word-only" if self.source == "docx" else "unjudged-pdf-only")
        if self.kinds is not None:
            if letter.kind is None:
                return not_evaluated("unjudged-no-kind")
            if not self.kinds(letter.kind):
                return not_evaluated("unjudged-other-kind", kind=letter.kind.ten)
        for name in self.needs:
            part = letter.part(name)
            if part is None:
                return not_evaluated("unjudged-no-part", part=part_name(name))
            if not part.sure and not self.even_unsure:
                return not_evaluated("unjudged-unsure", part=part_name(name))
        return None

    def ask(self, letter: ReadLetter) -> Iterator[Finding | NotEvaluated]:
        """What the rule finds in ``letter``, or why it cannot tell."""
        unjudged = self.unjudged(letter)
        if unjudged is not None:
            yield unjudged
            return
        yield from self.find(letter)


def part_name(name: str) -> str:
    """A component's name as people say it: «Số, ký hiệu»."""
    return COMPONENTS[name].name if name in COMPONENTS else name
