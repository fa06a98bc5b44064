"""The attachments of a letter: an official copy's own part, annexes, and a text the letter issues."""

from __future__ import annotations

from collections.abc import Sequence

from congvan.decree import phrases
from congvan.decree.measures import QUOC_HIEU_TEXT
from congvan.inspect.anatomy.unassigned import UnassignedLines
from congvan.inspect.model import Line


def take_copy(letter: UnassignedLines) -> None:
    """``ban_sao`` and ``hinh_thuc_sao``: on paper below the last part, under a line across the page (model 3.1)."""
    form = next((line for line in letter.lines[::-1] if phrases.is_copy(line.text)), None)
    if form is None:
        return
    tops = [rule.top for rule in letter.rules if rule.page == form.page and rule.top and letter.is_across(rule)]
    top = max((top for top in tops if top < (form.base or 0)), default=form.top or 0)
    start = next(at for at, line in enumerate(letter.lines) if _belongs_to_copy(line, form, top))
    letter.take("ban_sao", [line for line in letter.lines[start:] if line is not form])
    letter.take("hinh_thuc_sao", [form])


def _belongs_to_copy(line: Line, form: Line, top: float) -> bool:
    if line is form:
        return True
    if form.cell is not None:
        return line.cell is not None and line.cell.table == form.cell.table
    return line.page == form.page and line.base is not None and line.base > top


def annex_lines(letter: UnassignedLines) -> list[Line]:
    """The lines from the first annex on, put aside until the parts of the letter itself are found."""
    titles = (at for at, line in enumerate(letter.lines) if _is_annex_title(line, letter))
    return letter.put_aside(next(titles, len(letter.lines)))


def take_issued_text(letter: UnassignedLines) -> None:
    """``van_ban_kem_theo``: a text a decision issues begins on a page of its own with a heading of its own."""
    mottos = [line for line in letter.lines if phrases.likeness(line.text, QUOC_HIEU_TEXT) > phrases.NEARLY]
    if len(mottos) > 1:
        start = next(at for at, line in enumerate(letter.lines) if _begins_with(line, mottos[1]))
        letter.take("van_ban_kem_theo", letter.lines[start:])


def _begins_with(line: Line, motto: Line) -> bool:
    """True for the lines of the table, or else of the page after the first, a second heading with ``motto`` is in."""
    if motto.cell is not None:
        return line.cell is not None and line.cell.table == motto.cell.table
    return line is motto or line.page == motto.page > 1


def take_annexes(letter: UnassignedLines, lines: Sequence[Line]) -> None:
    """``phu_luc``, ``tieu_de_phu_luc``, ``kem_theo`` and ``noi_dung_phu_luc`` of all annexes."""
    name = ""
    for line in lines:
        name = _annex_part(line, name, letter)
        letter.take(name, [line])


def _annex_part(line: Line, before: str, letter: UnassignedLines) -> str:
    """The part of a line of an annex, after one of the part ``before``: number, title, the bracket line, then text."""
    if _is_annex_title(line, letter):
        return "phu_luc"
    if before != "noi_dung_phu_luc" and phrases.is_with_document(line.text):
        return "kem_theo"
    if letter.is_in_middle(line):
        if before == "kem_theo" and not letter.part("kem_theo")[-1].text.endswith(")"):
            return "kem_theo"
        if before in {"phu_luc", "tieu_de_phu_luc"}:
            return "tieu_de_phu_luc"
    return "noi_dung_phu_luc"


def _is_annex_title(line: Line, letter: UnassignedLines) -> bool:
    return phrases.is_annex_title(line.text) and letter.is_centred(line)
