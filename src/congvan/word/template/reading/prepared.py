"""A clerk's Word file made ready to be compiled: admitted, read, and refused for what would make a wrong letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from congvan.errors import TemplateError
from congvan.findings import Finding, Place, Report, finding
from congvan.word.intake.admission import AdmittedDocx, admit
from congvan.word.intake.external_links import read_links
from congvan.word.package import Package
from congvan.word.template.reading.merge_fields import replace_merge_fields
from congvan.word.template.reading.paragraphs import STORY
from congvan.word.template.reading.revisions import (
    COMMENT_PARTS,
    accept_changes,
    hidden_styles,
    remove_hidden_text,
    revision_findings,
)
from congvan.word.template.reading.tag_slips import tag_slips
from congvan.word.template.reading.traces import without_traces
from congvan.word.template.reading.unclosed_tags import refuse_unclosed_tags
from congvan.word.xml_elements import remove_element

if TYPE_CHECKING:
    from lxml.etree import _Element

_DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES: Final = "[Content_Types].xml"
_STYLES: Final = "word/styles.xml"


@lru_cache(maxsize=16)
def prepare_template(
    source: bytes, name: str, *, accepts_changes: bool = False, exact_columns: bool = True, for_letters: bool = False
) -> AdmittedDocx:
    """Admit the template ``source``, read its merge fields as tags and look at all its tags.

    Args:
        source: the file as it came.
        name: what errors and findings call it by.
        accepts_changes: accept the tracked changes in it and delete its comments, instead of refusing both.
        exact_columns: name merge fields as they are written ("Họ và tên" is ``ho_va_ten``), and not as congvan names
            the columns of recipients (``ho_ten``).
        for_letters: take out who wrote the file, and when: letters are made from it that others get.

    Raises:
        UnreadableFileError: when it is no zip, or a damaged one.
        TemplateError: with everything it is refused for.
    """
    admitted = admit(source, name)
    refuse_unclosed_tags(Package(admitted.docx, name), name)
    template = _Template(admitted.parts, name)
    findings = [*template.read(accepts_changes=accepts_changes, exact_columns=exact_columns)]
    report = admitted.report + Report.of(findings)
    report.raise_errors(TemplateError)
    parts = template.contents()
    return AdmittedDocx(without_traces(parts) if for_letters else parts, report)


class _Template:
    """The parts of a template; those that hold words are parsed, and written back if they change."""

    def __init__(self, parts: Mapping[str, bytes], name: str) -> None:
        from lxml import etree

        self._parts = dict(parts)
        self._name = name
        self._roots = {part: etree.fromstring(content) for part, content in parts.items() if STORY.fullmatch(part)}
        self._changed: set[str] = set()

    def read(self, *, accepts_changes: bool, exact_columns: bool) -> Iterator[Finding]:
        """Make the words ready, reporting what is wrong; iterate once, to the end."""
        yield from self._revisions(accept=accepts_changes)
        yield from self._hidden_text()
        for part, root in self._word_roots():
            if b"MERGEFIELD" in self._parts[part] or b"w:instr" in self._parts[part]:
                yield from self._merge_fields(part, root, exact_columns=exact_columns)
        for part, root in self._roots.items():
            yield from tag_slips(root, part, self._name)

    def _merge_fields(self, part: str, root: _Element, *, exact_columns: bool) -> Iterator[Finding]:
        """Read the merge fields of a part; one with other fields alone, as of the page's number, stays as it is."""
        from lxml import etree

        from congvan.recipients.columns import column_name, field_name  # letters of other templates need no lists

        before = etree.tostring(root)
        yield from replace_merge_fields(root, part, self._name, field_name if exact_columns else column_name)
        if etree.tostring(root) != before:
            self._changed.add(part)

    def contents(self) -> dict[str, bytes]:
        """The parts as they are to be compiled."""
        from lxml import etree

        written = {part: _DECLARATION + etree.tostring(self._roots[part], encoding="UTF-8") for part in self._changed}
        return {**self._parts, **written}

    def _word_roots(self) -> Iterator[tuple[str, _Element]]:
        return ((part, root) for part, root in self._roots.items() if part.startswith("word/"))

    def _revisions(self, *, accept: bool) -> Iterator[Finding]:
        count = 0
        for part, root in self._word_roots():
            found = [*revision_findings(root, part, self._name)]
            if found and accept:
                accept_changes(root)
                self._changed.add(part)
                count += sum(int(one.values["count"]) for one in found)
            else:
                yield from found
        if count:
            yield finding("template-changes-accepted", Place(file=self._name), count=count)
        self._remove_comment_parts()

    def _remove_comment_parts(self) -> None:
        """Take comments and their authors out of the package, with every link to them."""
        from lxml import etree

        gone = {part for part in self._parts if COMMENT_PARTS.fullmatch(part)}
        if not gone:
            return
        for rels in [part for part in self._parts if part.endswith(".rels")]:
            root = etree.fromstring(self._parts[rels])
            for link in [one for one in read_links(rels, root) if one.target in gone]:
                remove_element(link.element)
            self._parts[rels] = _DECLARATION + etree.tostring(root, encoding="UTF-8")
        types = etree.fromstring(self._parts[_TYPES])
        for entry in [one for one in types if (one.get("PartName") or "").removeprefix("/") in gone]:
            remove_element(entry)
        self._parts[_TYPES] = _DECLARATION + etree.tostring(types, encoding="UTF-8")
        for part in gone:
            del self._parts[part]

    def _hidden_text(self) -> Iterator[Finding]:
        from lxml import etree

        styles = self._parts.get(_STYLES, b"")
        hidden = hidden_styles(etree.fromstring(styles)) if b"vanish" in styles else frozenset()
        removed = False
        for part, root in self._word_roots():
            if (hidden or b"vanish" in self._parts[part]) and remove_hidden_text(root, hidden):
                self._changed.add(part)
                removed = True
        if removed:
            yield finding("template-hidden-text", Place(file=self._name))
