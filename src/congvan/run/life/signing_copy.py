"""Letters as their signer got them, and those that say something else by the time they are numbered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from congvan.campaign import Plan
from congvan.findings import Finding, finding
from congvan.run.batches import Batch, batched
from congvan.run.fingerprint import fingerprints
from congvan.run.jobs import CampaignJob
from congvan.run.output.folder import shortened
from congvan.run.output.journal import JOURNAL, Journal
from congvan.run.templates import Templates

SIGNING_COPIES: Final = "trinh-ky"
"""The folder of signing copies below the output folder."""

_AT_ONCE: Final = 50


def unsigned_changes(plan: Plan, out: Path, templates: Templates) -> Iterator[Finding]:
    """A finding that names the letters whose words are no longer those of the signing copy, apart from number and date.

    ``plan`` is without numbers; nothing is found where no signing copy was made.
    """
    if not (out / SIGNING_COPIES / JOURNAL).is_file():
        return
    signed = Journal(out / SIGNING_COPIES / JOURNAL).letters
    job = CampaignJob(plan, signing=True)
    changed = []
    for group in batched(job.letters({}), job.batch_key, lambda _: _AT_ONCE):
        template = templates.source_of(job.template_of(group[0]))
        batch = Batch(tuple(map(job.source_of, group)), template, ("docx",))
        for letter, now in zip(group, fingerprints(batch), strict=True):
            line = signed.get(letter.key)
            if line and line.content != now.content:
                addressees = letter.document.nguoi_nhan
                changed.append(addressees[0] if addressees else letter.key)
    if changed:
        yield finding("batch-signed-differs", count=len(changed), letters=shortened(changed))
