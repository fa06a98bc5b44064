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
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import dropwhile, pairwise, takewhile
from typing import Final

from congvan.decree import wording
from congvan.decree.facts import DocumentFacts, Frame, Line, Rule, Span
from congvan.decree.measures import QUOC_HIEU_TEXT, TIEU_NGU_TEXT

_HEAD_LINES: Final = 40
"""The heading stands among so many lines of a letter."""
_CENTRED: Final = 3.0  # mm off the middle of the text area
_NEAR_RULE: Final = 7.0  # mm below a line within which its rule stands
_FOOT: Final = 0.8  # of the page's height: where the contact line may stand
_WIDE: Final = 0.8  # of the text area: a rule or a line across it
_INDENTED: Final = 20.0  # mm right of the text's edge: the list of addressees
_RULED: Final = frozenset({"tieu_ngu", "co_quan", "trich_yeu"})
"""Components with a rule below (Annex I, part II, 1, 2 and 5a)."""
_SURE: Final = 0.95
_LONGEST_NAME: Final = 7  # words


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
    return _Search(facts).run()


class _Search:
    """One letter being read: lines are taken from ``open`` until none is left."""

    def __init__(self, facts: DocumentFacts) -> None:
        self.facts = facts
        self.open = list(facts.lines)
        self.lines: dict[str, list[Line]] = {}
        self.unsure: set[str] = set()
        self.loai: str | None = None
        self.left, self.right = _text_edges(facts)
        self.rules = [rule for rule in facts.rules if rule.level and not _is_side(rule, facts.frames)]
        self.floating = [rule for rule in self.rules if _floats(rule)]
        self.width = facts.sheets[0].width if facts.sheets else 0.0

    def run(self) -> Components:
        self._furniture()
        self._copy()
        annexes = self._annexes()
        self._attached()
        self._heading()
        self._title()
        self._subject_below_number()
        self._addressees()
        self._tail()
        self._text()
        self._annex_text(annexes)
        found = {ten: self._found(ten, lines) for ten, lines in self.lines.items() if lines}
        return Components(found, self.loai)

    # --- taking lines -------------------------------------------------------------------------

    def _take(self, ten: str, lines: Iterable[Line], *, sure: bool = True) -> None:
        taken = list(lines)
        if not taken:
            return
        self.lines.setdefault(ten, []).extend(taken)
        gone = set(map(id, taken))
        self.open = [line for line in self.open if id(line) not in gone]
        if not sure:
            self.unsure.add(ten)

    def _first(self, test: Callable[[Line], bool], lines: Iterable[Line] | None = None) -> Line | None:
        return next(filter(test, self._head() if lines is None else lines), None)

    def _head(self) -> list[Line]:
        """The lines the heading is among: the first ones of the first page."""
        return [line for line in self.open if line.page == 1][:_HEAD_LINES]

    def _after(self, line: Line) -> list[Line]:
        """The open lines behind ``line`` in reading order, which itself may be taken already."""
        order = {id(each): place for place, each in enumerate(self.facts.lines)}
        return [each for each in self.open if order[id(each)] > order[id(line)]]

    def _found(self, ten: str, lines: list[Line]) -> Found:
        first, last = lines[0], lines[-1]
        return Found(
            ten,
            tuple(lines),
            sure=ten not in self.unsure,
            rule=self._rule_of(ten, last),
            rule_above=next((rule for rule in self.rules if _is_above(rule, first)), None),
            frame=next((frame for frame in self.facts.frames if _is_inside(last, frame)), None),
        )

    def _rule_of(self, ten: str, last: Line) -> Rule | None:
        """The rule below a component. One that floats in a .docx belongs to the part it can only be meant for."""
        fixed = next((rule for rule in self.rules if _carrier(rule, self.facts.lines) is last), None)
        if fixed is not None or ten not in _RULED:
            return fixed
        loose = (rule for rule in self.floating if rule.page == last.page and _meets(rule, last))
        rule = next(loose, None)
        self.floating = [other for other in self.floating if other is not rule]
        return rule

    # --- what stands outside the text ---------------------------------------------------------

    def _furniture(self) -> None:
        """Page numbers, the contact line, and the marks of secrecy, urgency and circulation."""
        outside = [line for line in self.open if line.story in {"header", "footer"}]
        self._take("so_trang", [line for line in outside if "PAGE" in line.fields])
        for ten, marks in (
            ("luu_hanh", wording.CIRCULATION),
            ("do_khan", wording.URGENCY),
            ("do_mat", wording.SECRECY),
        ):
            alike = [(line, wording.nearest(line.text, marks)[1]) for line in self._head()]
            self._take(ten, [line for line, share in alike if share > wording.NEARLY], sure=_all_alike(alike))
        self._take("lien_he", self._contact_lines())

    def _contact_lines(self) -> list[Line]:
        """At the foot of page 1 below a line as wide as the text, or worded as an address."""
        foot = [line for line in self.open if line.page == 1 and self._is_at_foot(line)]
        rules = [rule for rule in self.rules if rule.page == 1 and rule.length > _WIDE * (self.right - self.left)]
        tops = [rule.top for rule in rules if rule.top is not None]
        below = [line for line in foot if line.top is None or any(top < line.top + 2 for top in tops)]
        return below or [line for line in foot if wording.is_contact(line.text)]

    def _is_at_foot(self, line: Line) -> bool:
        if line.top is None:
            return line.story == "footer"
        return line.top > _FOOT * self.facts.sheets[0].height

    # --- heading ------------------------------------------------------------------------------

    def _heading(self) -> None:
        self._model_line("quoc_hieu", QUOC_HIEU_TEXT)
        self._model_line("tieu_ngu", TIEU_NGU_TEXT)
        number = self._first(lambda line: wording.is_number(line.text))
        place = self._first(lambda line: wording.is_place_and_date(line.text))
        self._take("so_ky_hieu", [number] if number else [])
        self._take("dia_danh_ngay", [place] if place else [])
        self._issuer(number or place)
        if place is not None:
            self._take("dia_danh_ngay", [line for line in self._reading_on(place) if line.text.isdigit()][:1])

    def _model_line(self, ten: str, model: str) -> None:
        """The line most like a prescribed text; one that wrapped is put together again."""
        head = self._head()
        pairs = [[line] for line in head] + [[one, other] for one, other in pairwise(head)]
        joined = [(lines, wording.likeness(" ".join(line.text for line in lines), model)) for lines in pairs]
        lines, share = max(joined, key=lambda pair: (pair[1], -len(pair[0])), default=([], 0.0))
        if share > wording.NEARLY:
            self._take(ten, lines, sure=share > _SURE)

    def _issuer(self, end: Line | None) -> None:
        """Capitals left of the quốc hiệu, above the number: first the parent body, then, bold, the issuer."""
        left = [line for line in self._before(end) if self._is_left(line)]
        names = [line for line in left if wording.is_capitals(line.text)]
        if not names:
            self._take("co_quan", left, sure=False)
            return
        bold = [line for line in names if line.look.bold]
        parent = names[: -len(bold)] if bold and names[-len(bold) :] == bold else []
        others = [line for line in names if line.paragraph != names[-1].paragraph]
        sure = bool(parent) or (len(bold) == len(names) and (not others or self.facts.source == "pdf"))
        if not parent and self.facts.source == "docx":
            parent = others
        self._take("chu_quan", parent, sure=sure)
        self._take("co_quan", names[len(parent) :], sure=sure)

    def _before(self, end: Line | None, *, whole: bool = False) -> list[Line]:
        """The heading's lines before ``end``; without one, those level with the motto, or ``whole``."""
        head = self._head()
        if end is None and whole:
            return head
        if end is None:
            motto = self.lines.get("tieu_ngu") or self.lines.get("quoc_hieu") or []
            return [line for line in head if motto and _level_or_above(line, motto[-1])]
        if end.top is not None:
            return [line for line in head if line.top is not None and line.top < end.top]
        order = {id(each): place for place, each in enumerate(self.facts.lines)}
        return [line for line in head if order[id(line)] < order[id(end)]]

    def _is_left(self, line: Line) -> bool:
        motto = self.lines.get("quoc_hieu") or self.lines.get("tieu_ngu")
        return line.middle < (motto[0].left if motto else self.width / 2)

    def _reading_on(self, first: Line) -> Iterator[Line]:
        """The lines below ``first`` in its column that belong to the same text."""
        above = first
        for line in self._after(first):
            if line.cell is not None and line.cell != first.cell:
                continue
            if line.top is not None and not (line.left < first.right and first.left < line.right):
                continue
            if self._ends_text(line, above):
                return
            yield line
            above = line

    def _ends_text(self, line: Line, above: Line) -> bool:
        if line.base is not None and above.base is not None:
            apart = line.base - above.base > 2.2 * above.look.size * 25.4 / 72 or line.page != above.page
        else:
            apart = line.paragraph > above.paragraph + 1 or (line.cell is None and line.setting != above.setting)
        return apart or wording.begins_addressees(line.text) or line.look.size != above.look.size

    # --- title, subject, addressees -----------------------------------------------------------

    def _title(self) -> None:
        named = [(line, *wording.kind_named(line.text)) for line in self._head() if self._is_centred(line)]
        title = next((each for each in named if each[2] > wording.NEARLY and wording.is_capitals(each[0].text)), None)
        if title is None:
            return
        line, self.loai, share = title
        below = self._after(line)
        self._take("ten_loai", [line], sure=share > _SURE)
        subject = list(takewhile(self._is_subject, below))
        self._take("trich_yeu", self._above_rule(subject))
        authority = [each for each in takewhile(self._is_centred, self._after(line)) if wording.is_capitals(each.text)]
        self._take("tham_quyen", [each for each in authority if not each.text.endswith(":")])

    def _subject_below_number(self) -> None:
        """The subject of a công văn, after "V/v" in the left column, before any title."""
        title = self.lines.get("ten_loai")
        head = [line for line in self._before(title[0] if title else None, whole=True) if self._is_left(line)]
        subject = self._first(lambda line: wording.begins_subject(line.text), head)
        if subject is not None:
            self._take("trich_yeu_cong_van", [subject, *self._reading_on(subject)])

    def _is_subject(self, line: Line) -> bool:
        return (
            self._is_centred(line)
            and not wording.is_capitals(line.text)
            and not wording.begins_addressees(line.text)
            and not wording.begins_basis(line.text)
        )

    def _above_rule(self, lines: list[Line]) -> list[Line]:
        """Of centred lines, those up to the rule that ends the subject."""
        for place, line in enumerate(lines, 1):
            if self._rule_of("", line):
                return lines[:place]
        return lines

    def _is_centred(self, line: Line) -> bool:
        if line.setting is not None:
            return line.setting.align == "center" and self._is_in_middle(line)
        return self._is_in_middle(line) and line.left > self.left + 1

    def _is_in_middle(self, line: Line) -> bool:
        return abs(line.middle - (self.left + self.right) / 2) < _CENTRED

    def _addressees(self) -> None:
        first = self._first(lambda line: wording.begins_addressees(line.text))
        if first is None:
            return
        self._take("kinh_gui", [first, *takewhile(lambda line: self._is_listed(line, first), self._after(first))])

    def _is_listed(self, line: Line, first: Line) -> bool:
        if line.paragraph == first.paragraph and line.page == first.page:
            return True
        return line.text.startswith(("-", "–", "+")) or line.left > max(self.left + _INDENTED, first.left + 2)

    # --- recipients and signature -------------------------------------------------------------

    def _tail(self) -> None:
        """From the last line back: recipients on the left, authority, post and name on the right."""
        title = next((line for line in self.open[::-1] if wording.is_recipients_title(line.text)), None)
        after = set(map(id, self._after(title))) if title is not None else set[int]()
        tail: list[Line] = []
        for line in self.open[::-1]:
            in_list = line is title or (id(line) in after and self._is_narrow(line))
            if not (in_list or self._is_signers(line) or self._may_sign_left(line)):
                break
            tail.append(line)
        tail = self._from_signers(tail[::-1], title)
        right = [line for line in tail if self._is_signers(line)]
        listed = [line for line in tail if id(line) in after and line not in right]
        self._take("noi_nhan_tieu_de", [title] if title is not None else [])
        self._take("ky_trai", [line for line in tail if line is not title and line not in right + listed])
        self._take("xac_nhan", dropwhile(lambda line: not wording.begins_confirmation(line.text), listed))
        listed = [line for line in listed if line not in self.lines.get("xac_nhan", [])]
        self._take("noi_nhan", listed)
        self._signature(right)
        self.lines["nguoi_soan"] = [line for line in listed[-1:] if wording.has_drafter_code(line.text)]

    def _may_sign_left(self, line: Line) -> bool:
        """One of two who sign side by side: bold, short, and not at the text's edge."""
        return line.look.bold and self._is_narrow(line) and line.left > self.left + 1

    def _from_signers(self, tail: list[Line], title: Line | None) -> list[Line]:
        """The tail from where somebody signs on the right or "Nơi nhận" stands; bold lines before are headings."""
        firm = [line for line in tail if line is title or self._is_signers(line)]
        starts = (at for at, line in enumerate(tail) if any(line is one or _is_level(line, one) for one in firm))
        return tail[next(starts, len(tail)) :]

    def _is_narrow(self, line: Line) -> bool:
        return line.width < _WIDE * (self.right - self.left)

    def _is_signers(self, line: Line) -> bool:
        """True for a line that begins right of the column of the recipients."""
        return line.left > self.left + (self.right - self.left) / 3

    def _signature(self, signers: Sequence[Line]) -> None:
        bracketed = [line for line in signers if line.text.startswith("(")]
        told = [line for line in signers if line not in bracketed]
        names = [line for line in told if _is_name(line)]
        if names:
            self._take("ho_ten", names)
        elif len(told) > 1 and not wording.names_post(told[-1].text):
            self._take("ho_ten", told[-1:], sure=False)
        taken = self.lines.get("ho_ten", [])
        self._take("quyen_han", [line for line in told if line not in taken])
        self._take("khac", bracketed)

    # --- text and annexes ---------------------------------------------------------------------

    def _annexes(self) -> list[Line]:
        """The lines from the first annex on, put aside."""
        starts = (
            place
            for place, line in enumerate(self.open)
            if wording.is_annex_title(line.text) and self._is_centred(line)
        )
        start = next(starts, len(self.open))
        annexes, self.open = self.open[start:], self.open[:start]
        return annexes

    def _attached(self) -> None:
        """A text that is issued with a decision begins on a page of its own with a heading of its own."""
        mottos = [line for line in self.open if wording.likeness(line.text, QUOC_HIEU_TEXT) > wording.NEARLY]
        if len(mottos) > 1:
            place = next(at for at, line in enumerate(self.open) if _begins_with(line, mottos[1]))
            self._take("van_ban_kem_theo", self.open[place:])

    def _copy(self) -> None:
        """An official copy on paper stands below the last part, under a line across the page (model 3.1)."""
        form = next((line for line in self.open[::-1] if wording.is_copy(line.text)), None)
        if form is None:
            return
        across = [rule for rule in self.rules if rule.length > _WIDE * (self.right - self.left)]
        tops = [rule.top for rule in across if rule.page == form.page and rule.top is not None]
        top = max((top for top in tops if form.base is not None and top < form.base), default=form.top or 0)
        place = next(at for at, line in enumerate(self.open) if _belongs_to_copy(line, form, top))
        copy = self.open[place:]
        self._take("ban_sao", [line for line in copy if line is not form])
        self._take("hinh_thuc_sao", [form])

    def _text(self) -> None:
        bases: list[Line] = []
        for group in _paragraphs(self.open):
            if not _is_basis(group, bases):
                break
            bases.extend(group)
        self._take("can_cu", bases)
        body = [line for line in self.open if line.story == "body"]
        self._take("quyet_dinh", [line for line in body if wording.is_resolution(line.text)])
        self._take("o_bang", [line for line in self.open if self._is_in_table(line)])
        self._take("de_muc", [line for line in self.open if all(span.look.bold for span in _printed(line))])
        self._take("noi_dung", [line for line in self.open if line.story == "body"])
        self._take("khac", self.open)

    def _is_in_table(self, line: Line) -> bool:
        if line.cell is not None:
            return self.facts.tables[line.cell.table - 1].bordered
        return any(_is_inside(line, frame) for frame in self.facts.frames)

    def _annex_text(self, annexes: list[Line]) -> None:
        self.open = annexes
        part = ""
        for line in annexes:
            part = self._annex_part(line, part)
            self._take(part, [line])

    def _annex_part(self, line: Line, before: str) -> str:
        """What a line of an annex is: its number, its title, the bracket line, then text."""
        if wording.is_annex_title(line.text) and self._is_centred(line):
            return "phu_luc"
        if before != "noi_dung_phu_luc" and wording.is_with_document(line.text):
            return "kem_theo"
        if before == "kem_theo" and not self.lines["kem_theo"][-1].text.endswith(")") and self._is_in_middle(line):
            return "kem_theo"
        if before in {"phu_luc", "tieu_de_phu_luc"} and self._is_in_middle(line):
            return "tieu_de_phu_luc"
        return "noi_dung_phu_luc"


def _printed(line: Line) -> Iterator[Span]:
    return (span for span in line.spans if span.text.strip())


def _is_level(line: Line, other: Line) -> bool:
    """True for two lines side by side: on one base line, or in one row of a table."""
    if line.base is not None and other.base is not None:
        return line.page == other.page and abs(line.base - other.base) < 1
    if line.cell is not None and other.cell is not None:
        return (line.cell.table, line.cell.row) == (other.cell.table, other.cell.row)
    return line.paragraph == other.paragraph


def _begins_with(line: Line, motto: Line) -> bool:
    """True for the lines of the table, or else of the page after the first, a second heading with ``motto`` is in."""
    if motto.cell is not None:
        return line.cell is not None and line.cell.table == motto.cell.table
    return line is motto or line.page == motto.page > 1


def _belongs_to_copy(line: Line, form: Line, top: float) -> bool:
    if form.cell is not None:
        return line.cell is not None and line.cell.table == form.cell.table
    return line.page == form.page and line.base is not None and line.base > top


def _text_edges(facts: DocumentFacts) -> tuple[float, float]:
    """Left and right edge of the text in mm: the margins of a .docx, the widest page of a PDF."""
    pages = [sheet for sheet in facts.sheets if sheet.margins is not None]
    if facts.source == "docx":
        pages = pages[:1]
    edges = [(sheet.margins.left, sheet.width - sheet.margins.right) for sheet in pages if sheet.margins is not None]
    return min((left for left, _ in edges), default=0), max((right for _, right in edges), default=0)


def _paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if group and (line.page, line.paragraph) != (group[-1].page, group[-1].paragraph):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _is_basis(group: Sequence[Line], before: Sequence[Line]) -> bool:
    """A paragraph of căn cứ: it says so, and is italic, ends with ``;`` or goes on after one that does."""
    goes_on = bool(before) and before[-1].text.endswith(";")
    italic = all(line.look.italic for line in group)
    return (wording.begins_basis(group[0].text) and (italic or goes_on or group[-1].text.endswith(";"))) or (
        italic and (goes_on or group[-1].text.endswith(";"))
    )


def _is_name(line: Line) -> bool:
    """A person's name: a few words, each with a capital first letter, not all in capitals."""
    words = line.text.split()
    begun = all(word[0].isupper() for word in words)
    return begun and 1 < len(words) <= _LONGEST_NAME and not wording.is_capitals(line.text) and ":" not in line.text


def _all_alike(alike: Sequence[tuple[Line, float]]) -> bool:
    return all(share > _SURE for _, share in alike if share > wording.NEARLY)


def _level_or_above(line: Line, other: Line) -> bool:
    if line.base is not None and other.base is not None:
        return line.base <= other.base + 2 * other.look.size * 25.4 / 72
    return line.cell is None or other.cell is None or line.cell.row <= other.cell.row


def _carrier(rule: Rule, lines: Sequence[Line]) -> Line | None:
    """The line a rule stands below: the last one before it in its column, if it is near."""
    if _floats(rule) or (rule.above and any(line.paragraph == rule.paragraph for line in lines)):
        return None
    over = [line for line in lines if line.page == rule.page and _is_before(line, rule)]
    if rule.top is None:
        return over[-1] if over and over[-1].paragraph >= (rule.paragraph or 0) - 2 else None
    last = max(over, key=lambda line: line.base or 0, default=None)
    return last if last is not None and rule.top < (last.base or 0) + _NEAR_RULE else None


def _floats(rule: Rule) -> bool:
    """True for a line drawn in a .docx: Word keeps it near its paragraph, nobody knows how far."""
    return rule.kind == "drawn" and rule.top is None


def _meets(rule: Rule, line: Line) -> bool:
    return rule.left < line.right and line.left < rule.right


def _is_before(line: Line, rule: Rule) -> bool:
    if not _meets(rule, line):
        return False
    if rule.top is not None and line.base is not None:
        return line.base < rule.top + 1
    return line.paragraph < (rule.paragraph or 0) + (0 if rule.above else 1)


def _is_above(rule: Rule, line: Line) -> bool:
    """True for a rule right above ``line``."""
    if rule.page != line.page or not _meets(rule, line):
        return False
    if rule.bottom is not None and line.top is not None:
        return line.top - _NEAR_RULE < rule.bottom < line.top + 1
    return rule.above and rule.paragraph == line.paragraph


def _is_side(rule: Rule, frames: Sequence[Frame]) -> bool:
    """True for a rule that is the upper or lower side of a frame."""
    own = (frame for frame in frames if frame.top is not None and frame.page == rule.page)
    return any(
        abs(rule.left - frame.left) < 1
        and abs(rule.right - frame.right) < 1
        and min(abs((rule.top or 0) - (frame.top or 0)), abs((rule.bottom or 0) - (frame.top or 0) - frame.height)) < 1
        for frame in own
    )


def _is_inside(line: Line, frame: Frame) -> bool:
    if frame.page != line.page:
        return False
    if frame.top is None or line.base is None:
        return frame.paragraph == line.paragraph
    return (
        frame.left - 1 < line.left and line.right < frame.right + 1 and frame.top < line.base < frame.top + frame.height
    )
