"""Everything that can be wrong with a plan's letters, found before a number is taken or a file written.

Each letter is laid out once, without being zipped or turned into PDF: a field without a value, a tag that
leaves the sandbox or a character the font lacks shows here, for all letters at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from congvan.batch.task import TemplateSource
from congvan.campaign import Plan, PlannedLetter
from congvan.errors import TemplateError, UnreadableFileError
from congvan.findings import Finding, Place, Report, finding
from congvan.word import letter_content, template_for
from congvan.word.intake import admit, read_docx

MAX_ALIKE = 10
"""So many findings of one code are told one by one; the rest are counted."""


def preflight(items: Iterable[PlannedLetter], sources: dict[Path, bytes]) -> Report:
    """Lay out every one of ``items`` and report what stops it."""
    found = (problem for item in items for problem in _problems(item, template_source(item, sources)))
    return Report.of(_not_flooding(found))


def read_templates(plan: Plan) -> tuple[dict[Path, bytes], Report]:
    """The Word templates the campaign names, each read and let in once."""
    sources: dict[Path, bytes] = {}
    findings: list[Finding] = []
    for path in dict.fromkeys(tier.mau for tier in plan.campaign.cap if tier.mau):
        try:
            admitted = admit(read_docx(path), path.name)
        except UnreadableFileError as error:
            findings.append(finding("batch-file-unreadable", Place(file=str(path)), why=error.reason))
        except TemplateError as error:
            findings += error.report
        else:
            sources[path] = admitted.docx
            findings += admitted.report
    return sources, Report.of(findings)


def template_source(item: PlannedLetter, sources: dict[Path, bytes]) -> TemplateSource:
    """The template a letter is laid out by."""
    mau = item.tier.mau
    return TemplateSource(sources.get(mau), mau.name) if mau else TemplateSource()


def _problems(item: PlannedLetter, source: TemplateSource) -> Iterator[Finding]:
    try:
        letter_content(item.letter, template_for(item.letter, source.mau, source.name))
    except TemplateError as error:
        yield from error.report


def _not_flooding(found: Iterable[Finding]) -> Iterator[Finding]:
    """The same problem is said once, and a code at most :data:`MAX_ALIKE` times; the rest are counted."""
    told: Counter[str] = Counter()
    more: Counter[str] = Counter()
    seen: set[tuple[object, ...]] = set()
    for problem in found:
        key = (problem.code, problem.place, tuple(sorted(problem.values.items())))
        if key in seen or told[problem.code] >= MAX_ALIKE:
            more[problem.code] += 1
            continue
        seen.add(key)
        told[problem.code] += 1
        yield problem
    yield from (finding("batch-similar-findings", code=code, count=count) for code, count in more.items())
