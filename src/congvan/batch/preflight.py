"""Everything that can be wrong with a plan's letters, found before a number is taken or a file written.

Each letter is laid out once, without being turned into PDF: a field without a value, a tag that leaves the sandbox or
a character the font lacks shows here, for all letters at once. The processes that will make the letters share
this work too, and what they laid out can be kept until then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import replace
from itertools import chain
from pathlib import Path

from congvan.batch.crew import Crew
from congvan.batch.portion import Portion
from congvan.batch.proofs import RunProofs
from congvan.batch.stream import Awaited, submitted
from congvan.batch.task import Task
from congvan.batch.trial import Proof, kept_proofs, proofs
from congvan.campaign import Campaign
from congvan.errors import ExecutorError, TemplateError, UnreadableFileError
from congvan.findings import Finding, Place, Report, finding
from congvan.word.intake.admission import admit, read_docx

MAX_ALIKE = 10
"""So many findings of one code are told one by one; the rest are counted."""


def preflight(
    portions: Iterable[Portion],
    executor: Executor | None = None,
    kept: RunProofs | None = None,
    begun: Trial | None = None,
) -> Report:
    """Lay out every letter of ``portions``, here or by ``executor``, and report in their order what stops them.

    Those that nothing stops are ``kept``. What was ``begun`` before are the letters that come first.

    Raises:
        ExecutorError: when a cluster is lost.
    """
    every = chain(begun or (), _here(portions) if executor is None else Trial(portions, executor, kept))
    return Report.of(_not_flooding(_found(every, kept)))


class Trial:
    """Letters of ``portions`` laid out on trial by ``executor``; ``ahead`` portions or more are begun at once.

    Iterating over it gives the portions in order, each with what showed of its letters.

    Raises:
        ExecutorError: when a cluster is lost.
    """

    def __init__(
        self, portions: Iterable[Portion], executor: Executor, kept: RunProofs | None = None, ahead: int = 0
    ) -> None:
        asked = ((portion, _on_trial(portion, executor, kept)) for portion in portions)
        self._under_way = Awaited(asked, executor, ahead)

    def __iter__(self) -> Iterator[tuple[Portion, tuple[Proof, ...]]]:
        return ((portion, _shown(portion.task, future)) for portion, future in self._under_way)

    def call_off(self) -> None:
        """Try no more letters."""
        self._under_way.call_off()


def read_templates(campaign: Campaign) -> tuple[dict[Path, bytes], Report]:
    """The Word templates the campaign names, each read and let in once."""
    sources: dict[Path, bytes] = {}
    findings: list[Finding] = []
    for path in dict.fromkeys(tier.mau for tier in campaign.cap if tier.mau):
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


def _found(tried: Iterable[tuple[Portion, tuple[Proof, ...]]], kept: RunProofs | None) -> Iterator[Finding]:
    for portion, shown in tried:
        for place, proof in zip(portion.places, shown, strict=True):
            yield from proof.findings
            if kept:
                kept.take(place, proof.docx, proof.keeper)


def _here(portions: Iterable[Portion]) -> Iterator[tuple[Portion, tuple[Proof, ...]]]:
    return ((portion, proofs(portion.task)) for portion in portions)


def _on_trial(portion: Portion, executor: Executor, kept: RunProofs | None) -> Future[tuple[Proof, ...]]:
    if kept and isinstance(executor, Crew):
        return submitted(executor, kept_proofs, replace(portion.task, kept=kept.to_keep(portion.places)))
    return submitted(executor, proofs, portion.task)


def _shown(task: Task, future: Future[tuple[Proof, ...]]) -> tuple[Proof, ...]:
    try:
        return future.result()
    except ExecutorError:  # there is nobody left to ask
        raise
    except Exception:  # noqa: BLE001 - a process may be lost in any way; laying out a letter does this one no harm
        return proofs(task)


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
