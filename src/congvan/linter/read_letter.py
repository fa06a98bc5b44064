"""A letter as the rules read it: its facts, its components, its kind, and its text by passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from congvan.decree.kinds import KINDS, Kind
from congvan.findings import Place
from congvan.inspect.components import Component, Components
from congvan.inspect.model import DocumentFacts, Line

TEXT_PARTS: Final = ("can_cu", "noi_dung", "de_muc", "o_bang", "noi_dung_phu_luc")
"""The components that hold a letter's sentences."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines that read as one text: a paragraph of a .docx, or the lines of one on a page."""

    letter: ReadLetter
    part: str
    lines: tuple[Line, ...]
    text: str

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """The place of the characters from ``start`` to ``end`` of its text, in the line they begin on."""
        last = len(self.text) if end is None else end
        behind = 0
        for line in self.lines:
            length = len(line.text) + 1
            if start < behind + length or line is self.lines[-1]:
                return self.letter.place(line, start - behind, min(last - behind, len(line.text)))
            behind += length
        return self.letter.place(self.lines[0])


@dataclass(frozen=True)
class ReadLetter:
    """``facts`` as measured, ``parts`` as recognised; what the rules ask."""

    facts: DocumentFacts
    parts: Components
    file: str = ""
    passages_by_part: dict[str, tuple[Passage, ...]] = field(default_factory=dict)

    @cached_property
    def kind(self) -> Kind | None:
        """The kind of document: by its title, or công văn by its subject or addressees; None where neither tells."""
        if self.parts.loai:
            return KINDS[self.parts.loai]
        is_letter = "trich_yeu_cong_van" in self.parts or ("kinh_gui" in self.parts and "so_ky_hieu" in self.parts)
        return KINDS["cong-van"] if is_letter and "ten_loai" not in self.parts else None

    @property
    def printed(self) -> tuple[Line, ...]:
        """The lines of the letter itself, without what a signature or a stamp lays over a page."""
        return tuple(line for line in self.facts.lines if line.region != "stamp")

    @property
    def in_word(self) -> bool:
        """Whether it is a .docx, whose formats are known and whose pages are not."""
        return self.facts.source == "docx"

    def part(self, name: str) -> Component | None:
        """The component of that name, None where the letter has none."""
        return self.parts.get(name)

    def place(self, line: Line, start: int | None = None, end: int | None = None) -> Place:
        """The place of a line, or of some characters of its text."""
        cell = line.cell
        box = None
        if line.top is not None and line.bottom is not None:
            box = (round(line.left, 1), round(line.top, 1), round(line.right, 1), round(line.bottom, 1))
        return Place(
            file=self.file or None,
            paragraph=line.paragraph if self.in_word else None,
            region=line.region if line.region != "body" else None,
            table=cell.table if cell else None,
            row=cell.row if cell else None,
            column=str(cell.column) if cell else None,
            near=line.text,
            page=None if self.in_word else line.page,
            box=box,
            marked=None if start is None else (start, end if end is not None else start + 1),
        )

    def file_place(self, page: int | None = None) -> Place:
        """The place of what concerns the whole letter, or a page of it."""
        return Place(file=self.file or None, page=page)

    def passages(self, *names: str) -> Iterator[Passage]:
        """The passages of these components in order; of all that hold sentences where none is named."""
        for name in names or TEXT_PARTS:
            part = self.parts.get(name)
            if part is not None:
                if name not in self.passages_by_part:
                    self.passages_by_part[name] = tuple(self._joined(name, part.lines))
                yield from self.passages_by_part[name]

    @cached_property
    def body(self) -> tuple[Passage, ...]:
        """The paragraphs and headings of the text in their order, tables and căn cứ left out."""
        order = {id(line): at for at, line in enumerate(self.facts.lines)}
        passages = self.passages("noi_dung", "de_muc")
        return tuple(sorted(passages, key=lambda passage: order[id(passage.lines[0])]))

    def _joined(self, name: str, lines: Sequence[Line]) -> Iterator[Passage]:
        group: list[Line] = []
        for line in lines:
            if group and not _reads_on(group[-1], line):
                yield self._passage(name, group)
                group = []
            group.append(line)
        if group:
            yield self._passage(name, group)

    def _passage(self, name: str, lines: Sequence[Line]) -> Passage:
        return Passage(self, name, tuple(lines), " ".join(line.text for line in lines))


def _reads_on(line: Line, after: Line) -> bool:
    """Whether two lines are of one paragraph; on paper one may go on over the page."""
    if (line.page, line.paragraph) == (after.page, after.paragraph):
        return line.cell == after.cell
    ends = line.text.rstrip("”»\"')")[-1:] in ".;:!?"
    begins_small = after.text[:1].islower()
    return after.page == line.page + 1 and after.base is not None and not ends and begins_small
