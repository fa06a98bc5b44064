"""A clerk's Word file made ready to be compiled: admitted, read, and refused for what would make a wrong letter."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from congvan.errors import TemplateError
from congvan.findings import Finding, Report
from congvan.word.intake.admission import AdmittedDocx, admit
from congvan.word.package import Package
from congvan.word.template.reading.paragraphs import STORY
from congvan.word.template.reading.tag_slips import tag_slips
from congvan.word.template.reading.unclosed_tags import refuse_unclosed_tags


@lru_cache(maxsize=16)
def prepare_template(source: bytes, name: str) -> AdmittedDocx:
    """Admit the template ``source`` and look at its tags; ``name`` is the file in errors and findings.

    Raises:
        UnreadableFileError: when it is no zip, or a damaged one.
        TemplateError: with everything it is refused for.
    """
    admitted = admit(source, name)
    refuse_unclosed_tags(Package(admitted.docx, name), name)
    report = admitted.report + Report.of(_slips(admitted, name))
    report.raise_errors(TemplateError)
    return AdmittedDocx(admitted.parts, report)


def _slips(admitted: AdmittedDocx, name: str) -> Iterator[Finding]:
    from lxml import etree

    for part, content in admitted.parts.items():
        if STORY.fullmatch(part) and (b"{" in content or b"}" in content):
            yield from tag_slips(etree.fromstring(content), part, name)
