"""The symbol of a named kind begins with the code of the kind."""

from __future__ import annotations

from collections.abc import Iterator

from congvan.findings import Finding, finding
from congvan.linter.number.number_parts import number_parts
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """A symbol that begins otherwise; the code is looked for without regard to capitals."""
    parts = number_parts(letter)
    kind = letter.kind
    if parts is None or not parts.symbol or kind is None or kind.ky_hieu is None:
        return
    first = parts.symbol.partition("-")[0].strip()
    if first != kind.ky_hieu:
        place = letter.place(letter.parts["so_ky_hieu"].lines[0], *parts.symbol_span)
        yield finding("lint-symbol-kind", place, symbol=parts.symbol, code=kind.ky_hieu, kind=kind.ten)


KIND_CODE = Rule(
    "lint-symbol-kind", find, needs=("so_ky_hieu", "ten_loai"), kinds=lambda kind: kind.ky_hieu is not None
)
