"""Finds the decree's components among the lines of a letter, by wording and position.

Style names are never asked: the letter may come from any hand. What is recognised by likeness or by
elimination only says so (``sure`` is False). Names are those of :data:`congvan.decree.measures.COMPONENTS`;
besides: ``tham_quyen`` (the authority line of a decision), ``quyet_dinh`` (its words "QUYẾT ĐỊNH:"), ``de_muc``
(headings in the text), ``o_bang`` (tables of the text), ``ky_trai`` (who signs on the left), ``nguoi_soan`` (the line
with the drafter's code), ``xac_nhan`` (room to confirm a leave), ``van_ban_kem_theo`` (a text that is issued, with
its own heading), ``noi_dung_phu_luc`` (text of annexes), ``ban_sao`` with ``hinh_thuc_sao`` (an official copy),
``chu_ky_so`` (what digital signatures and stamps show), and ``khac`` (what has no place).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from congvan.decree import phrases
from congvan.decree.measures import COMPONENTS
from congvan.inspect.anatomy import relations
from congvan.inspect.anatomy.attachments import annex_lines, take_annexes, take_copy, take_issued_text
from congvan.inspect.anatomy.body_text import take_text
from congvan.inspect.anatomy.closing import take_closing
from congvan.inspect.anatomy.heading import take_heading
from congvan.inspect.anatomy.relations import meets
from congvan.inspect.anatomy.unassigned import SURE, UnassignedLines
from congvan.inspect.model import DocumentFacts, Frame, Line, Rule

_FOOT: Final = 0.8  # of the page's height: where the contact line may stand
_SMALLEST_TEXT: Final = COMPONENTS["noi_dung"].allowed.low
"""Points: a contact line is set smaller than the text, whose last lines may name an address too."""
_MARKS: Final = (("luu_hanh", phrases.CIRCULATION), ("do_khan", phrases.URGENCY), ("do_mat", phrases.SECRECY))
_RULED: Final = frozenset({"tieu_ngu", "co_quan", "trich_yeu"})
"""Components with a rule below (Annex I, part II, 1, 2 and 5a); a line drawn in Word is meant for one of them."""


@dataclass(frozen=True, slots=True)
class Component:
    """One component: its lines in order, the rules next to it and the frame around it, if any.

    ``sure`` is False when likeness or elimination decided, not wording and place.
    """

    name: str
    lines: tuple[Line, ...]
    sure: bool = True
    rule: Rule | None = None
    rule_above: Rule | None = None
    frame: Frame | None = None

    @property
    def text(self) -> str:
        """Its text on one line."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Components:
    """The components of one letter by name; what it lacks is not among them. ``loai`` is the kind its title names."""

    found: dict[str, Component] = field(default_factory=dict)
    loai: str | None = None

    def __getitem__(self, name: str) -> Component:
        return self.found[name]

    def __contains__(self, name: object) -> bool:
        return name in self.found

    def __iter__(self) -> Iterator[Component]:
        return iter(self.found.values())

    def get(self, name: str) -> Component | None:
        """The component of that name, None if the letter has none."""
        return self.found.get(name)

    def to_json(self) -> str:
        """Each component with its lines and whether it is sure, as one JSON object."""
        components = {
            found.name: {"dong": [line.text for line in found.lines], "chac_chan": found.sure} for found in self
        }
        return json.dumps({"loai": self.loai, "thanh_phan": components}, ensure_ascii=False)


def components(facts: DocumentFacts) -> Components:
    """The components of the letter ``facts`` were read from."""
    letter = UnassignedLines(facts)
    _take_page_marks(letter)
    take_copy(letter)
    annexes = annex_lines(letter)
    take_issued_text(letter)
    loai = take_heading(letter)
    take_closing(letter)
    take_text(letter)
    take_annexes(letter, annexes)
    return Components(dict(_components(letter)), loai)


def _take_page_marks(letter: UnassignedLines) -> None:
    """``chu_ky_so``, ``so_trang``, ``luu_hanh``, ``do_khan``, ``do_mat`` and ``lien_he``."""
    letter.take("chu_ky_so", [line for line in letter.lines if line.region == "stamp"])
    outside = [line for line in letter.lines if line.region in {"header", "footer"}]
    letter.take("so_trang", [line for line in outside if "PAGE" in line.fields])
    for name, marks in _MARKS:
        for line in letter.head():
            share = phrases.nearest(line.text, marks)[1]
            letter.take(name, [line] if share > phrases.NEARLY else [], sure=share > SURE)
    letter.take("lien_he", _contact_lines(letter))


def _contact_lines(letter: UnassignedLines) -> list[Line]:
    """At the foot of page 1 below a line as wide as the text, or worded as an address."""
    foot = [line for line in letter.lines if line.page == 1 and _is_at_foot(line, letter)]
    across = [rule for rule in letter.rules if rule.page == 1 and letter.is_across(rule)]
    tops = [rule.top for rule in across if rule.top is not None]
    below = [line for line in foot if line.top is None or any(top < line.top + 2 for top in tops)]
    return below or [line for line in foot if line.font.size < _SMALLEST_TEXT and phrases.is_contact(line.text)]


def _is_at_foot(line: Line, letter: UnassignedLines) -> bool:
    if line.top is None:
        return line.region == "footer"
    return line.top > _FOOT * letter.facts.sheets[0].height


def _components(letter: UnassignedLines) -> Iterator[tuple[str, Component]]:
    drawn = _drawn_rules(letter)
    for name, lines in letter.parts.items():
        yield (
            name,
            Component(
                name,
                tuple(lines),
                sure=name not in letter.unsure,
                rule=letter.rule_below(lines[-1]) or drawn.get(name),
                rule_above=next((above for above in letter.rules if relations.is_above(above, lines[0])), None),
                frame=next((frame for frame in letter.facts.frames if relations.is_inside(lines[-1], frame)), None),
            ),
        )


def _drawn_rules(letter: UnassignedLines) -> dict[str, Rule]:
    """The lines drawn in Word by the component each is meant for: of those above or below it, the nearest."""
    ruled = {name: lines[-1] for name, lines in letter.parts.items() if name in _RULED}
    ruled = {name: line for name, line in ruled.items() if letter.rule_below(line) is None}
    found: dict[str, Rule] = {}
    for rule in filter(relations.floats, letter.rules):
        under = {name: line for name, line in ruled.items() if line.page == rule.page and meets(rule, line)}
        nearest = min(under, key=lambda name: abs((rule.paragraph or 0) - under[name].paragraph), default=None)
        if nearest is not None:
            found.setdefault(nearest, rule)
    return found
