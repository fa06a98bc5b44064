"""Letters and signs that are not as prescribed, line by line: what a line says, and what it should say.

Signs, zeros and the form of letters are part of the layout; words are changed only where that is asked for. Each
function is pure: it takes a line of a component and returns what the line should say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from congvan.decree import phrases
from congvan.decree.measures import QUOC_HIEU_TEXT, TIEU_NGU_TEXT
from congvan.findings import Finding, finding
from congvan.inspect.components import Component
from congvan.inspect.model import Line
from congvan.inspect.visible_text import encoding_of
from congvan.linter.fixes.changes import Changes
from congvan.linter.fixes.fix import place_of
from congvan.linter.fixes.word_copy import WordCopy
from congvan.text.tone_marks import ToneStyle, with_tones
from congvan.text.unicode_form import lookalikes, nfc

_NUMBER: Final = re.compile(r"(?P<before>S[ốÔô]\s*[:.]?\s*)(?P<number>\d+)(?P<after>\s*/)", re.IGNORECASE)
_DAY: Final = re.compile(r"(?P<before>ngày\s+)(?P<number>\d{1,2})(?P<after>\s+tháng\b)", re.IGNORECASE)
_MONTH: Final = re.compile(r"(?P<before>tháng\s+)(?P<number>\d{1,2})(?P<after>\s+năm\b)", re.IGNORECASE)
_DASH: Final = re.compile(r"^\s*[-–—−•+*]\s*")
_MARK: Final = re.compile(r"[\s;,.]*$")
_DRAFTER: Final = re.compile(r"\)\s*$")
_ABOUT: Final = re.compile(r"^\s*([Vv]\s*/\s*[Vv]|[Vv]ề việc)\s*[:.]?\s*")
_SPACES: Final = re.compile(r"(?<=\S) {2,}(?=\S)")
_SPACE_BEFORE_MARK: Final = re.compile(r" +(?=[,;:](?:\s|$)|\.(?:\s|$))")
_ROOM_TO_WRITE: Final = re.compile(r"[.…_]{3,}|ngày\s{2,}|tháng\s{2,}|:\s{2,}/")

Wording = Callable[[str, Line, Component], str]


@dataclass(frozen=True, slots=True)
class Rewording:
    """``wanted`` says what a line of the components ``parts`` should say, of all where none is named.

    ``code`` is the remark about a change, ``mends`` the findings it answers. With ``is_text`` it changes words.
    """

    code: str
    mends: frozenset[str]
    parts: tuple[str, ...]
    wanted: Wording
    is_text: bool = False


def reword(copy: WordCopy, changes: Changes, rewordings: Sequence[Rewording]) -> Iterator[Finding]:
    """Change every line as the ``rewordings`` say, each line once; lines in a font from before Unicode stay."""
    for part in copy.parts:
        asked = [each for each in rewordings if not each.parts or part.name in each.parts] if part.sure else []
        for line in part.lines:
            yield from _reword_line(copy, changes, line, part, asked)


def _reword_line(
    copy: WordCopy, changes: Changes, line: Line, part: Component, asked: Sequence[Rewording]
) -> Iterator[Finding]:
    stretch = copy.stretch(line)
    if stretch is None or any(encoding_of(span.font.family) for span in line.spans):
        return
    said = before = stretch.text
    for rewording in asked:
        wanted = rewording.wanted(said, line, part)
        if wanted != said:
            yield finding(rewording.code, place_of(copy, line), before=said.strip(), after=wanted.strip())
        said = wanted
    if said != before:
        changes.text(line, said)


def _composed(text: str, line: Line, part: Component) -> str:  # noqa: ARG001 - a Wording
    return nfc(text)


def _number_zero(text: str, line: Line, part: Component) -> str:  # noqa: ARG001 - a Wording
    return _NUMBER.sub(lambda found: f"{found['before']}{int(found['number']):02}{found['after']}", text)


def _date_zeros(text: str, line: Line, part: Component) -> str:  # noqa: ARG001 - a Wording
    text = _DAY.sub(lambda found: _with_zero(found, 10), text)
    return _MONTH.sub(lambda found: _with_zero(found, 3), text)


def _with_zero(found: re.Match[str], below: int) -> str:
    """The number with a zero before it where it is less than ``below``, and without one otherwise."""
    number = int(found["number"])
    shown = f"{number:02}" if number < below else str(number)
    return f"{found['before']}{shown}{found['after']}"


def _dash(text: str, line: Line, part: Component) -> str:
    """A hyphen and a space before each recipient; not where Word sets the sign, nor where a line goes on."""
    if _begins_with_label(line, text) or not _begins_item(line, part):
        return text
    bare = _DASH.sub("", text)
    return f"- {bare}"


def _mark(text: str, line: Line, part: Component) -> str:
    """A semicolon behind each recipient, a full stop behind the last."""
    if _DRAFTER.search(text) or text.rstrip().endswith(":") or not _ends_item(line, part):
        return text
    return _MARK.sub("." if line is part.lines[-1] else ";", text, count=1)


def _addressee_dash(text: str, line: Line, part: Component) -> str:
    """As for recipients; the members of a group have a plus sign."""
    is_member = text.lstrip().startswith("+")
    return text if is_member or _is_label(line, part) or _is_one(part) else _dash(text, line, part)


def _addressee_mark(text: str, line: Line, part: Component) -> str:
    return text if _is_label(line, part) or _is_one(part) else _mark(text, line, part)


def _is_label(line: Line, part: Component) -> bool:
    return line is part.lines[0]


def _is_one(part: Component) -> bool:
    """One addressee on the line of the label has no marks; what follows it is its own second line."""
    label = phrases.plain(part.lines[0].text).rstrip()
    return not label.endswith(":")


def _begins_with_label(line: Line, text: str) -> bool:
    """True where Word puts the sign: the line reads otherwise than the file says."""
    return bool(_DASH.match(line.text)) and not _DASH.match(text)


def _begins_item(line: Line, part: Component) -> bool:
    """True for the first line of an item; with dashes on most, a line without one goes on from the one above."""
    first = next(each for each in part.lines if each.paragraph_id == line.paragraph_id)
    return line is first or bool(_DASH.match(line.text))


def _ends_item(line: Line, part: Component) -> bool:
    after = part.lines[_index(line, part) + 1 :]
    return not after or _begins_item(after[0], part)


def _index(line: Line, part: Component) -> int:
    return next(at for at, each in enumerate(part.lines) if each is line)


def _motto(text: str, line: Line, part: Component) -> str:
    return _prescribed(text, line, part, TIEU_NGU_TEXT)


def _nation(text: str, line: Line, part: Component) -> str:
    return _prescribed(text, line, part, QUOC_HIEU_TEXT)


def _prescribed(text: str, line: Line, part: Component, wanted: str) -> str:
    """The prescribed words, where they stand on one line and are otherwise worded than by the place of tone marks."""
    if len(part.lines) > 1 or with_tones(line.text, ToneStyle.OLD) == wanted:
        return text
    return wanted


def _about(text: str, line: Line, part: Component) -> str:
    return text if line is not part.lines[0] else _ABOUT.sub("V/v ", text)


def _end_sign(text: str, line: Line, part: Component) -> str:
    """``./.`` behind the last paragraph, in place of its full stop."""
    bare = text.rstrip()
    if line is not part.lines[-1] or bare.replace(" ", "").endswith("./.") or bare.endswith(":"):
        return text
    return f"{bare.rstrip('./ ')}./."


def _single_spaces(text: str, line: Line, part: Component) -> str:  # noqa: ARG001 - a Wording
    if _ROOM_TO_WRITE.search(text):
        return text
    return _SPACE_BEFORE_MARK.sub("", _SPACES.sub(" ", text))


def _look_alikes(text: str, line: Line, part: Component) -> str:  # noqa: ARG001 - a Wording
    for one in lookalikes(text):
        if one.meant.isalpha():
            text = text.replace(one.character, one.meant)
    return text


REWORDINGS: Final = (
    Rewording("fix-composed", frozenset({"lint-decomposed"}), (), _composed),
    Rewording("fix-number-zero", frozenset({"lint-number-zero"}), ("so_ky_hieu",), _number_zero),
    Rewording("fix-date-zeros", frozenset({"lint-date-zero"}), ("dia_danh_ngay",), _date_zeros),
    Rewording("fix-dash", frozenset({"lint-recipients-dash"}), ("noi_nhan",), _dash),
    Rewording("fix-mark", frozenset({"lint-recipients-mark"}), ("noi_nhan",), _mark),
    Rewording("fix-dash", frozenset({"lint-addressees-dash"}), ("kinh_gui",), _addressee_dash),
    Rewording("fix-mark", frozenset({"lint-addressees-mark"}), ("kinh_gui",), _addressee_mark),
    Rewording("fix-words", frozenset({"lint-motto"}), ("tieu_ngu",), _motto, is_text=True),
    Rewording("fix-words", frozenset({"lint-nation"}), ("quoc_hieu",), _nation, is_text=True),
    Rewording("fix-words", frozenset({"lint-subject-about"}), ("trich_yeu_cong_van",), _about, is_text=True),
    Rewording("fix-words", frozenset({"lint-end-sign"}), ("noi_dung",), _end_sign, is_text=True),
    Rewording(
        "fix-words",
        frozenset({"lint-double-space", "lint-space-before-mark"}),
        ("noi_dung", "can_cu", "de_muc"),
        _single_spaces,
        is_text=True,
    ),
    Rewording("fix-words", frozenset({"lint-lookalike"}), (), _look_alikes, is_text=True),
)
