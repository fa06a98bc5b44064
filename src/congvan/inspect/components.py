"""Which lines of a letter are which of the decree's components, told by wording and place.

Style names are never asked: the letter may come from any hand. What is recognised by likeness or by
elimination only says so (``sure`` is False). Names are those of :data:`congvan.decree.measures.COMPONENTS`;
besides: ``tham_quyen`` (the authority line of a decision), ``quyet_dinh`` (its words "QUYẾT ĐỊNH:"), ``de_muc``
(headings in the text), ``o_bang`` (tables of the text), ``ky_trai`` (who signs on the left), ``nguoi_soan`` (the line
with the drafter's code), ``xac_nhan`` (room to confirm a leave), ``van_ban_kem_theo`` (a text that is issued, with
its own heading), ``noi_dung_phu_luc`` (text of annexes), ``ban_sao`` with ``hinh_thuc_sao`` (an official copy), and
``khac`` (what has no place).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from congvan.inspect.anatomy import relations
from congvan.inspect.anatomy.attachments import annex_lines, take_annexes, take_copy, take_issued_text
from congvan.inspect.anatomy.body_text import take_text
from congvan.inspect.anatomy.closing import take_closing
from congvan.inspect.anatomy.heading import take_heading
from congvan.inspect.anatomy.page_marks import take_furniture
from congvan.inspect.anatomy.relations import meets
from congvan.inspect.anatomy.unassigned import Unread
from congvan.inspect.model import DocumentFacts, Frame, Line, Rule

_RULED: Final = frozenset({"tieu_ngu", "co_quan", "trich_yeu"})
"""Components with a rule below (Annex I, part II, 1, 2 and 5a); a line drawn in Word is meant for one of them."""


@dataclass(frozen=True, slots=True)
class Found:
    """One component: its lines in order, the rules next to it and the frame around it, if any.

    ``sure`` is False when likeness or elimination decided, not wording and place.
    """

    ten: str
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

    found: dict[str, Found] = field(default_factory=dict)
    loai: str | None = None

    def __getitem__(self, ten: str) -> Found:
        return self.found[ten]

    def __contains__(self, ten: object) -> bool:
        return ten in self.found

    def __iter__(self) -> Iterator[Found]:
        return iter(self.found.values())

    def get(self, ten: str) -> Found | None:
        """The component of that name, None if the letter has none."""
        return self.found.get(ten)

    def to_json(self) -> str:
        """Each component with its lines and whether it is sure, as one JSON object."""
        told = {found.ten: {"dong": [line.text for line in found.lines], "chac_chan": found.sure} for found in self}
        return json.dumps({"loai": self.loai, "thanh_phan": told}, ensure_ascii=False)


def components(facts: DocumentFacts) -> Components:
    """The components of the letter ``facts`` were read from."""
    letter = Unread(facts)
    take_furniture(letter)
    take_copy(letter)
    annexes = annex_lines(letter)
    take_issued_text(letter)
    loai = take_heading(letter)
    take_closing(letter)
    take_text(letter)
    take_annexes(letter, annexes)
    return Components(dict(_found(letter)), loai)


def _found(letter: Unread) -> Iterator[tuple[str, Found]]:
    floating = list(filter(relations.floats, letter.rules))
    for ten, lines in letter.parts.items():
        rule = letter.rule_below(lines[-1])
        if rule is None and ten in _RULED:
            rule = next((loose for loose in floating if loose.page == lines[-1].page and meets(loose, lines[-1])), None)
            floating = [loose for loose in floating if loose is not rule]
        yield (
            ten,
            Found(
                ten,
                tuple(lines),
                sure=ten not in letter.unsure,
                rule=rule,
                rule_above=next((above for above in letter.rules if relations.is_above(above, lines[0])), None),
                frame=next((frame for frame in letter.facts.frames if relations.is_inside(lines[-1], frame)), None),
            ),
        )
