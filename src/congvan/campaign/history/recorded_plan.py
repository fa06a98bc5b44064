"""What the register knows of a campaign's letters, brought into its plan. Pure.

A letter that was issued keeps its place in the plan and its words; later letters cite it as it was issued. A letter
that replaces it has a key, a number and a date of its own. A letter of recall or correction stands behind the one it
is about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from congvan.campaign.history.notices import note_of, notice
from congvan.campaign.planning.plan import NO_CHANGES, Plan, PlannedLetter, original_key
from congvan.letter import IssueDate, Letter
from congvan.letter.frozen_fields import FrozenFields
from congvan.letter.record.letter_state import LetterState, Relation, first_key
from congvan.letter.record.past_letter import History, PastLetter
from congvan.text import capitalize_first
from congvan.text.fields.pattern import Values

_REPLACES: Final = (
    "{{ thay_the.ten_loai_moi }} này thay thế {{ thay_the.ten_loai }} số {{ thay_the.so_ky_hieu }}"
    " {{ thay_the.ngay_dai }} của {{ thay_the.co_quan }}."
)
"""The sentence that closes the body of a letter that replaces another."""


def with_history(plan: Plan, history: History) -> Plan:
    """``plan`` as the register has it: issued letters stay, void numbers are taken anew, following letters added."""
    if not history.letters and not history.void_keys:
        return plan
    selected = {item.position for item in plan.items}
    whole: list[PlannedLetter] = []
    places: dict[int, int] = {}
    wanted: set[int] = set()
    living: dict[str, PlannedLetter] = {}
    for item in plan.whole:
        for recorded in _as_recorded(item, history):
            one = recorded
            if one.letter.ban_sao and one.past is None:
                one = _copy_of(one, living.get(original_key(item)))
            elif not one.is_notice:
                living[item.key] = one
            position = len(whole) + 1
            places.setdefault(item.position, position)
            cited = {cap: places[at] for cap, at in one.cited.items()} if one.cited else one.cited
            whole.append(one._replace(position=position, cited=cited))
            if item.position in selected:
                wanted.add(position)
    return plan.with_letters(whole, wanted)


def past_of(items: Iterable[PlannedLetter], history: History) -> Iterator[tuple[PlannedLetter, PastLetter]]:
    """The letters that no longer stand, each with the planned letter that took its place."""
    for item in items:
        for past in history.chains.get(first_key(item.key), ()):
            if past.khoa != item.key and past.trang_thai.is_sealed and not past.is_notice and not item.is_notice:
                yield item, past


def _as_recorded(item: PlannedLetter, history: History) -> Iterator[PlannedLetter]:
    chain = history.chains.get(item.key, ())
    own = [past for past in chain if not past.is_notice]
    living = _living(item, own, history)
    yield living
    for past in chain:
        if past.is_notice and past.trang_thai is not LetterState.VOID:
            about = next(one for one in chain if one.khoa == past.lien_quan)
            yield _notice(living if about is living.past else item, past, about)


def _living(item: PlannedLetter, own: Collection[PastLetter], history: History) -> PlannedLetter:
    """The letter of the recipient that counts now."""
    kept = [past for past in own if past.trang_thai is not LetterState.VOID]
    if not kept:
        return _renumbered(item, history)
    last = kept[-1]
    replaced = next((one for one in kept if one.khoa == last.lien_quan), None)
    if last.trang_thai is LetterState.REPLACED and len(kept) < len(own):  # the number of what replaced it is void
        void = [*own][-1]
        khoa = history.living_key(history.latest_key(item.key))
        return replacing(item, replace(void, khoa=khoa, khoa_so=khoa), last.letter)
    if replaced:
        item = replacing(item, last, replaced.letter)
    if last.trang_thai.is_sealed:
        sealed = item._replace(key=last.khoa, past=last)
        if item.letter.ban_sao:
            return sealed._replace(copy_number_key=last.khoa_so or None)
        return sealed._replace(number_key=last.khoa_so or None)
    return item if replaced else _renumbered(item, history)


def replacing(item: PlannedLetter, new: PastLetter, replaced: Letter) -> PlannedLetter:
    """The letter ``new`` that replaces ``replaced``: a number and a date of its own, and the sentence that says so."""
    letter = item.letter
    fields = Values(
        "thay_the", _citing(replaced, item) | {"ten_loai_moi": capitalize_first(letter.kind.ten), "ly_do": new.ly_do}
    )
    changes: dict[str, Any] = {"ngay": IssueDate.of(new.ngay) if new.ngay else letter.ngay}
    if item.tier.mau is None:
        changes["noi_dung"] = f"{letter.noi_dung.rstrip()}\n\n{_REPLACES}\n"
    changed = letter.model_copy(update={**changes, "truong": FrozenFields({"thay_the": fields}, letter.truong)})
    note = f"thay thế {replaced.so_ky_hieu.strip()}"
    return item._replace(key=new.khoa, number_key=new.khoa_so or None, letter=changed, changes=changes, note=note)


def _copy_of(copy: PlannedLetter, original: PlannedLetter | None) -> PlannedLetter:
    """A copy that is not issued yet: of its original as that was issued, or of the one that takes its place."""
    if original is None or (original.past is None and original.changes is NO_CHANGES):
        return copy
    letter = original.past.letter if original.past else original.letter
    parts = {name: value for name, value in vars(letter).items() if name != "ban_sao"}
    changed = copy.letter.model_copy(update=parts)
    return copy._replace(number_key=original.number_key, letter=changed, changes=parts)


def _notice(item: PlannedLetter, past: PastLetter, about: PastLetter) -> PlannedLetter:
    """The letter of recall or correction, which follows ``about``."""
    own = item._replace(
        key=past.khoa,
        number_key=past.khoa_so or None,
        cited={},
        is_notice=True,
        revise=None,
        past=None,
        changes=NO_CHANGES,
    )
    citing = _citing(about.letter, item)
    if past.trang_thai.is_sealed:  # the campaign says nothing about it: it stays what it was
        note = note_of(Relation(past.quan_he), citing)
        return own._replace(past=past, letter=past.letter, tier=replace(item.tier, mau=None), note=note)
    return notice(own, Relation(past.quan_he), about.letter, past.ngay, past.ly_do, citing)


def _renumbered(item: PlannedLetter, history: History) -> PlannedLetter:
    """``item`` under the next number, where the one it had is void."""
    number_key = item.number_key and history.living_key(item.number_key)
    copy_key = item.copy_number_key and history.living_key(item.copy_number_key)
    if number_key == item.number_key and copy_key == item.copy_number_key:
        return item
    key = item.key
    if not item.letter.ban_sao and item.number_key == item.key and number_key:
        key = number_key  # a number of its own: the letter is the next one, too
    return item._replace(key=key, number_key=number_key, copy_number_key=copy_key)


def _citing(letter: Letter, item: PlannedLetter) -> dict[str, Any]:
    """The parts by which a later letter to the recipient of ``item`` names ``letter``."""
    return {
        "ten_loai": capitalize_first(letter.kind.ten),
        "so_ky_hieu": letter.so_ky_hieu.strip(),
        "ngay": letter.ngay.ngan,
        "ngay_dai": letter.ngay.dai,
        "trich_yeu": letter.trich_yeu,
        "co_quan": letter.ten_thuong or item.don_vi.ten_thuong,
    }
