"""The heading of a letter: from the quốc hiệu to the addressees (cells 1 to 5b and 9a of the decree's map)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from congvan.decree import phrases
from congvan.decree.measures import QUOC_HIEU_TEXT, TIEU_NGU_TEXT
from congvan.inspect.anatomy.relations import MM_PER_PT, is_level_or_above, meets
from congvan.inspect.anatomy.unassigned import SURE, UnassignedLines
from congvan.inspect.model import Line

_INDENTED: Final = 20.0  # mm right of the text's edge: the list of addressees
_APART: Final = 2.2  # type sizes between base lines from which two lines are no one text


def take_heading(letter: UnassignedLines) -> str | None:
    """Everything above the text; the kind of document its title names, None without a title."""
    _take_model_line(letter, "quoc_hieu", QUOC_HIEU_TEXT)
    _take_model_line(letter, "tieu_ngu", TIEU_NGU_TEXT)
    _take_number_and_date(letter)
    loai = _take_title(letter)
    _take_subject_below_number(letter)
    _take_addressees(letter)
    return loai


def _take_model_line(letter: UnassignedLines, name: str, model: str) -> None:
    """The line most like a prescribed text; one that wrapped is put together again."""
    head = letter.head()
    columns = ((one, _below_in_column(one, head[at:])) for at, one in enumerate(head, 1))
    candidates = [[line] for line in head] + [[one, other] for one, other in columns if other is not None]
    joined = [(lines, phrases.likeness(" ".join(line.text for line in lines), model)) for lines in candidates]
    lines, share = max(joined, key=lambda each: (each[1], -len(each[0])), default=([], 0.0))
    if share > phrases.NEARLY:
        letter.take(name, lines, sure=share > SURE)


def _below_in_column(line: Line, others: Sequence[Line]) -> Line | None:
    """The next line of the same column; in Word, whose lines have no height, the next one."""
    if line.top is None:
        return others[0] if others else None
    return next((other for other in others if meets(line, other)), None)


def _take_number_and_date(letter: UnassignedLines) -> None:
    number, place = letter.first(phrases.is_number), letter.first(phrases.is_place_and_date)
    letter.take("so_ky_hieu", [number] if number else [])
    letter.take("dia_danh_ngay", [place] if place else [])
    _take_issuer(letter, number or place)
    if place is not None:  # the year, where it slipped to the next line
        letter.take("dia_danh_ngay", [line for line in _reading_on(place, letter) if line.text.isdigit()][:1])


def _take_issuer(letter: UnassignedLines, end: Line | None) -> None:
    """Capitals or bold left of the quốc hiệu, above the number: first the parent body, then, bold, the issuer."""
    motto = letter.part("tieu_ngu", "quoc_hieu")
    level = [line for line in letter.head() if motto and is_level_or_above(line, motto[-1])]
    left = [line for line in (level if end is None else letter.before(end)) if letter.is_left(line)]
    names = [line for line in left if phrases.is_capitals(line.text) or line.font.bold]
    if not names:
        letter.take("co_quan", left if end is not None else [], sure=False)
        return
    parent, sure = _parent(names, in_word=letter.facts.source == "docx")
    letter.take("chu_quan", names[:parent], sure=sure)
    letter.take("co_quan", names[parent:], sure=sure)


def _parent(names: list[Line], *, in_word: bool) -> tuple[int, bool]:
    """The number of lines that are the parent body's, and whether their weight leaves no doubt."""
    bold = sum(line.font.bold for line in names)
    if 0 < bold < len(names) and all(line.font.bold for line in names[-bold:]):
        return len(names) - bold, True
    own_paragraphs = sum(line.paragraph != names[-1].paragraph for line in names)
    return own_paragraphs if in_word else 0, bold == len(names) and not (in_word and own_paragraphs)


def _reading_on(first: Line, letter: UnassignedLines) -> Iterator[Line]:
    """The lines below ``first`` in its column that belong to the same text."""
    above = first
    for line in letter.after(first):
        if (line.cell is not None and line.cell != first.cell) or (line.top is not None and not meets(line, first)):
            continue
        if _ends_text(line, above):
            return
        yield line
        above = line


def _ends_text(line: Line, above: Line) -> bool:
    if line.base is not None and above.base is not None:
        apart = line.base - above.base > _APART * above.font.size * MM_PER_PT or line.page != above.page
    else:
        apart = line.paragraph > above.paragraph + 1 or (
            line.cell is None and line.paragraph_format != above.paragraph_format
        )
    return apart or phrases.begins_addressees(line.text) or line.font.size != above.font.size


def _take_title(letter: UnassignedLines) -> str | None:
    """The kind's name in capitals, its subject below it down to a rule, and the authority line of a decision."""
    centred = [line for line in letter.head() if letter.is_centred(line) and phrases.is_capitals(line.text)]
    named = ((line, *phrases.kind_named(line.text)) for line in centred)
    line, loai, share = next((each for each in named if each[2] > phrases.NEARLY), (None, None, 0.0))
    if line is None:
        return None
    letter.take("ten_loai", [line], sure=share > SURE)
    letter.take("trich_yeu", _above_rule(takewhile(lambda each: _is_subject(each, letter), letter.after(line)), letter))
    authority = [each for each in takewhile(letter.is_centred, letter.after(line)) if phrases.is_capitals(each.text)]
    letter.take("tham_quyen", [each for each in authority if not each.text.endswith(":")])
    return loai


def _is_subject(line: Line, letter: UnassignedLines) -> bool:
    other = phrases.is_capitals(line.text) or phrases.begins_addressees(line.text) or phrases.begins_basis(line.text)
    return letter.is_centred(line) and not other


def _above_rule(lines: Iterator[Line], letter: UnassignedLines) -> Iterator[Line]:
    """Of centred lines, those up to the rule that ends the subject."""
    for line in lines:
        yield line
        if letter.rule_below(line):
            return


def _take_subject_below_number(letter: UnassignedLines) -> None:
    """The subject of a công văn, after "V/v" in the left column, before any title."""
    title = letter.part("ten_loai")
    head = letter.before(title[0]) if title else letter.head()
    subject = letter.first(phrases.begins_subject, filter(letter.is_left, head))
    if subject is not None:
        letter.take("trich_yeu_cong_van", [subject, *_reading_on(subject, letter)])


def _take_addressees(letter: UnassignedLines) -> None:
    first = letter.first(phrases.begins_addressees)
    if first is not None:
        listed = takewhile(lambda line: _is_listed(line, first, letter), letter.after(first))
        letter.take("kinh_gui", [first, *listed])


def _is_listed(line: Line, first: Line, letter: UnassignedLines) -> bool:
    if line.paragraph == first.paragraph and line.page == first.page:
        return True
    dashed = line.text.startswith(("-", "–", "+"))
    return dashed or line.left > max(letter.left + _INDENTED, first.left + 2)
