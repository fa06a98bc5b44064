"""The text of a letter between heading and signature: its bases, headings, tables and paragraphs (cell 6)."""

from __future__ import annotations

from collections.abc import Sequence

from congvan.decree import phrases
from congvan.inspect.anatomy.relations import is_inside, paragraphs
from congvan.inspect.anatomy.unassigned import UnassignedLines
from congvan.inspect.model import Line


def take_text(letter: UnassignedLines) -> None:
    """``can_cu``, ``quyet_dinh``, ``o_bang``, ``de_muc``, ``noi_dung``; what is not in the body is ``khac``."""
    letter.take("can_cu", _bases(letter))
    letter.take("quyet_dinh", [line for line in letter.lines if phrases.is_resolution(line.text)])
    letter.take("o_bang", [line for line in letter.lines if _is_in_table(line, letter)])
    body = [line for line in letter.lines if line.region == "body"]
    letter.take("de_muc", filter(_is_bold, body))
    letter.take("noi_dung", [line for line in letter.lines if line.region == "body"])
    letter.take("khac", letter.lines)


def _bases(letter: UnassignedLines) -> list[Line]:
    bases: list[Line] = []
    for paragraph in paragraphs(letter.lines):
        if not _is_basis(paragraph, bases):
            break
        bases.extend(paragraph)
    return bases


def _is_basis(paragraph: Sequence[Line], before: Sequence[Line]) -> bool:
    """A paragraph of căn cứ: italic or worded as one, and one of several that end with ``;``.

    In a công văn a sentence may begin with "Căn cứ" too; it is upright and ends otherwise.
    """
    listed = paragraph[-1].text.endswith(";") or (bool(before) and before[-1].text.endswith(";"))
    italic, worded = all(line.font.italic for line in paragraph), phrases.begins_basis(paragraph[0].text)
    return (worded and italic) or (listed and (worded or italic))


def _is_in_table(line: Line, letter: UnassignedLines) -> bool:
    if line.cell is not None:
        return letter.facts.tables[line.cell.table - 1].bordered
    return any(is_inside(line, frame) for frame in letter.facts.frames)


def _is_bold(line: Line) -> bool:
    return all(span.font.bold for span in line.spans if span.text.strip())
