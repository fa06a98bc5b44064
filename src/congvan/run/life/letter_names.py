"""Planned letters named as on paper: ``18/ĐLHL``, ``18/ĐLHL@2026``, ``18/ĐLHL#key``, or by their key."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from congvan.campaign import PlannedLetter
from congvan.findings import Finding, finding
from congvan.register.lookup.letter_name import LetterName
from congvan.text import fold


def named_letters(
    names: Sequence[str], letters: Iterable[PlannedLetter], others: Iterable[PlannedLetter] = (), why: str = ""
) -> tuple[list[PlannedLetter], list[Finding]]:
    """The letters that ``names`` mean, in order, and a finding for each name that means none; all without names.

    A name means all letters of one number; one that may mean several numbers is a finding that asks which. A name that
    means one of the ``others`` is the finding ``why``.
    """
    items, elsewhere = list(letters), list(others)
    if not names:
        return items, []
    wanted: set[int] = set()
    findings = []
    for name in names:
        found = [item for item in items if _means(name, item)]
        if not found:
            is_other = any(_means(name, item) for item in elsewhere)
            findings.append(finding(why if is_other else "letter-name-unknown", name=name))
        elif len({item.own_number_key or item.key for item in found}) > 1:
            known = "; ".join(map(_full_name, found))
            findings.append(finding("register-name-several", name=name, known=known))
        else:
            wanted.update(item.position for item in found)
    return [item for item in items if item.position in wanted], findings


def _means(text: str, item: PlannedLetter) -> bool:
    name = LetterName.parse(text)
    if name is None:
        return item.key == unicodedata.normalize("NFC", text.strip())
    document = item.document
    is_number = document.so == name.so and not name.so_phu and fold(document.ky_hieu) == fold(name.ky_hieu)
    return is_number and name.nam in (None, document.ngay.nam) and name.is_key(item.key)


def _full_name(item: PlannedLetter) -> str:
    """The name that means this letter alone."""
    document = item.document
    return str(LetterName(document.so or 0, "", document.ky_hieu, document.ngay.nam, item.key))
