"""Reads a body line by line: paragraphs, labels, headings, tables, page breaks, footnotes.

A line that begins with a label is a paragraph of its own, with or without a blank line before it, wherever it is
indented; labels are printed as they were typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from congvan.findings import Finding
from congvan.word.body.reading.attributes import aligned, paragraph_attributes, read_attributes
from congvan.word.body.reading.inlines import InlineReader
from congvan.word.body.reading.labels import Label, is_ended, is_first, label_of
from congvan.word.body.reading.model import Block, Control, Heading, PageBreak, PageTurn, Paragraph
from congvan.word.body.reading.source_text import Passage, SourceText, joined
from congvan.word.body.reading.table_reader import TableReader, control_tags, find_table

_QUOTE: Final = re.compile(r"\s*(?:>\s?)+")
_NOTE: Final = re.compile(r"\s{0,3}\[\^([^\]\s]+)\]:\s*")
_INDENTED: Final = re.compile(r"\s{2,}\S")
_FENCE: Final = re.compile(r"\s*(`{3,}|~{3,})")
_HEADING: Final = re.compile(r"\s*(#{1,6})(?:\s+(.*?))?(?:\s+#+)?\s*$")
_TIGHT_HEADING: Final = re.compile(r"\s*#{1,6}[^\s#\d]")
_PAGE_BREAK: Final = re.compile(r"\s*-{3,}\s*")
_RULE: Final = re.compile(r"\s*(?:(?:\*\s*){3,}|(?:_\s*){3}|(?:-\s+){2,}-|=+)\s*")
_ADDRESS: Final = re.compile(r"\s*\[[^\]^]+\]:\s*\S")
_TABLE_LINE: Final = re.compile(r"\s*\|.*\|\s*")
_LINE_ATTRIBUTES: Final = re.compile(r"\s*\{([a-z][^{}]*)\}\s*")
_PAGES: Final = frozenset({"ngat-trang", "kho-ngang", "kho-doc"})


@dataclass(frozen=True, slots=True)
class ReadBody:
    """A body that was read, and what is wrong with it."""

    source: SourceText
    blocks: Sequence[Block]
    findings: Sequence[Finding]


def read_body(written: str, *, prints_addresses: bool = False) -> ReadBody:
    """Read a body; with ``prints_addresses`` the address of a link is printed behind it."""
    source = SourceText.of(written)
    findings: list[Finding] = []
    lines, notes = _without_notes([_unquoted(line) for line in source.lines()])
    inlines = InlineReader(
        source, {name: text for name, (text, _) in notes.items()}, findings, prints_addresses=prints_addresses
    )
    blocks = list(_BlockReader(source, inlines).read(lines))
    for name, (_, offset) in notes.items():
        if name not in inlines.used_notes:
            inlines.note("word-note-unused", offset, name=name)
    return ReadBody(source, blocks, findings)


def _unquoted(line: Passage) -> Passage:
    quote = _QUOTE.match(line.text) if ">" in line.text else None
    return line.part(quote.end()) if quote else line


def _without_notes(lines: Sequence[Passage]) -> tuple[list[Passage], dict[str, tuple[Passage, int]]]:
    """The lines without those of footnotes, and each footnote by its name, with its place."""
    kept: list[Passage] = []
    notes: dict[str, tuple[Passage, int]] = {}
    index = 0
    while index < len(lines):
        found = _NOTE.match(lines[index].text)
        if found is None or found[1] in notes:  # a second one of a name is found as brackets that stand alone
            kept.append(lines[index])
            index += 1
            continue
        text = [lines[index].part(found.end())]
        index += 1
        while index < len(lines) and _INDENTED.match(lines[index].text):
            text.append(lines[index].stripped())
            index += 1
        notes[found[1]] = (joined(text).stripped(), text[0].offset(0))
    return kept, notes


class _BlockReader:
    def __init__(self, source: SourceText, inlines: InlineReader) -> None:
        self._source = source
        self._inlines = inlines
        self._tables = TableReader(source, inlines)

    def read(self, lines: Sequence[Passage]) -> Iterator[Block]:
        """The blocks of ``lines``."""
        index = 0
        while index < len(lines):
            if not lines[index].text.strip():
                index += 1
            elif fence := _FENCE.match(lines[index].text):
                index = self._skip_code(lines, index, fence[1])
            else:
                end = index
                while end < len(lines) and lines[end].text.strip() and not _FENCE.match(lines[end].text):
                    end += 1
                yield from self._chunk(lines[index:end])
                index = end

    def _skip_code(self, lines: Sequence[Passage], index: int, fence: str) -> int:
        self._refuse(lines[index], fence)
        for end in range(index + 1, len(lines)):
            if lines[end].text.strip().startswith(fence):
                return end + 1
        return len(lines)

    def _chunk(self, lines: Sequence[Passage]) -> Iterator[Block]:
        """The blocks of lines without a blank one between them."""
        if not self._has_structure(lines):
            yield from self._text(lines)
            return
        text: list[Passage] = []
        index = 0
        while index < len(lines):
            line = lines[index]
            table = find_table(lines, index, self._source) if "|" in line.text else None
            if table or self._stands_alone(line, has_text=bool(text)):
                yield from self._paragraphs(text)
                text = []
            if table:
                yield self._tables.read(lines[index : index + table.length], table.heads)
                index += table.length
                continue
            if self._stands_alone(line, has_text=bool(text)):
                yield from self._line(line)
            else:
                text.append(line)
            index += 1
        yield from self._paragraphs(text)

    def _has_structure(self, lines: Sequence[Passage]) -> bool:
        """False for a paragraph of plain lines, whose tags stand inside it even on lines of their own."""
        return any(
            label_of(line.text.lstrip())
            or self._stands_alone(line, has_text=index > 0, with_tags=False)
            or "|" in line.text
            or paragraph_attributes(line.text)
            for index, line in enumerate(lines)
        )

    def _text(self, lines: Sequence[Passage]) -> Iterator[Block]:
        """A paragraph of plain lines, or tags alone."""
        tags = control_tags("".join(line.text for line in lines), self._source)
        yield Control(tags) if tags is not None else self._paragraph(None, lines)

    def _stands_alone(self, line: Passage, *, has_text: bool, with_tags: bool = True) -> bool:
        """Whether a line is a block by itself: heading, page break, what a letter cannot print, tags."""
        text = line.text
        return bool(
            _HEADING.fullmatch(text)
            or _TIGHT_HEADING.match(text)
            or _PAGE_BREAK.fullmatch(text)
            or _RULE.fullmatch(text)
            or _ADDRESS.match(text)
            or _LINE_ATTRIBUTES.fullmatch(text)
            or (_TABLE_LINE.fullmatch(text) and not has_text)
            or (with_tags and control_tags(text, self._source) is not None)
        )

    def _line(self, line: Passage) -> Iterator[Block]:
        """The block a line is by itself."""
        text = line.text
        if heading := _HEADING.fullmatch(text):
            yield self._heading(line, heading)
        elif (tags := control_tags(text, self._source)) is not None:
            yield Control(tags)
        elif _PAGE_BREAK.fullmatch(text):
            yield PageBreak(line.offset(0))
        elif attributes := _LINE_ATTRIBUTES.fullmatch(text):
            note = partial(self._inlines.note, offset=line.offset(0))
            given = read_attributes(attributes[1], _PAGES, note)
            for name in given.names:
                yield PageBreak(line.offset(0)) if name == "ngat-trang" else PageTurn(is_wide=name == "kho-ngang")
        else:
            self._refuse(line, text.strip())

    def _heading(self, line: Passage, heading: re.Match[str]) -> Heading:
        passage = line.part(heading.start(2), heading.end(2)) if heading[2] else line.part(len(line.text))
        passage, align = aligned(passage, self._inlines)
        return Heading(tuple(self._inlines.read(passage)), len(heading[1]), align)

    def _paragraphs(self, lines: Sequence[Passage]) -> Iterator[Block]:
        """Paragraphs: each line with a label begins one, and one that is aligned ends there."""
        label: Label | None = None
        current: list[Passage] = []
        for line in lines:
            found = self._label(line, current, label)
            if current and found:
                yield self._paragraph(label, current)
                current = []
            if not current:
                label = found
            current.append(line)
            if paragraph_attributes(line.text):
                yield self._paragraph(label, current)
                current = []
        if current:
            yield self._paragraph(label, current)

    def _label(self, line: Passage, before: Sequence[Passage], last: Label | None) -> Label | None:
        """The label of ``line``; a number in the middle of a sentence that goes on is asked about."""
        text = line.text.lstrip()
        found = label_of(text)
        may_go_on = before and last is None and not is_ended(before[-1].text)
        if found and found.is_ambiguous and may_go_on and not is_first(text):
            self._inlines.note("word-line-unclear", line.offset(len(line.text) - len(text)), what=text.split()[0])
        return found

    def _paragraph(self, label: Label | None, lines: Sequence[Passage]) -> Paragraph:
        bare = [line.part(len(line.text) - len(line.text.lstrip())) for line in lines]
        if label:
            bare[0] = bare[0].part(label.length)
        passage, align = aligned(joined(bare).stripped(), self._inlines)
        return Paragraph(
            tuple(self._inlines.read(passage)), label.shown if label else "", label.kind if label else "other", align
        )

    def _refuse(self, line: Passage, what: str) -> None:
        indent = len(line.text) - len(line.text.lstrip())
        self._inlines.note("word-block-unknown", line.offset(indent), kind=what[:40])
