"""Letters named as on paper: ``18/ĐLHL``, ``18/ĐLHL@2026``, ``18/ĐLHL#key``, or by their key."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from congvan.campaign import PlannedLetter
from congvan.findings import Finding, finding

_NAME: Final = re.compile(r"(?P<so>\d+)\s*/\s*(?P<ky_hieu>[^@#]+?)\s*(?:@(?P<nam>\d{4}))?(?:#(?P<key>.+))?")


class LetterName(NamedTuple):
    """What a name says: a number and symbol, perhaps with year and key; or a key alone."""

    so: int | None
    ky_hieu: str
    nam: int | None
    key: str

    @classmethod
    def of(cls, text: str) -> LetterName:
        """Read a name."""
        whole = unicodedata.normalize("NFC", text.strip())
        if match := _NAME.fullmatch(whole):
            year = match["nam"]
            return cls(int(match["so"]), match["ky_hieu"], int(year) if year else None, match["key"] or "")
        return cls(None, "", None, whole)

    def means(self, item: PlannedLetter) -> bool:
        """Whether it names ``item``."""
        document = item.document
        if self.so is None:
            return item.key == self.key
        return (
            document.so == self.so
            and document.ky_hieu.casefold() == self.ky_hieu.casefold()
            and self.nam in (None, document.ngay.nam)
            and self.key in ("", item.key, item.ma)
        )


def named_letters(
    names: Sequence[str], letters: Iterable[PlannedLetter], others: Iterable[PlannedLetter] = (), why: str = ""
) -> tuple[list[PlannedLetter], list[Finding]]:
    """The letters that ``names`` mean, in order, and a finding for each name that means none; all without names.

    A name that means one of the ``others`` is the finding ``why``.
    """
    items, elsewhere = list(letters), list(others)
    if not names:
        return items, []
    wanted: set[int] = set()
    findings = []
    for name in names:
        read = LetterName.of(name)
        found = {item.position for item in items if read.means(item)}
        if not found:
            is_other = any(read.means(item) for item in elsewhere)
            findings.append(finding(why if is_other else "letter-name-unknown", name=name))
        wanted |= found
    return [item for item in items if item.position in wanted], findings
