"""Fields that count pages: ``PAGE``, ``NUMPAGES``, ``SECTIONPAGES``, as the embedded engine understands them.

It counts the pages of the file it makes, so that in a bundle every letter would say the bundle's total; it leaves a
field that has no result yet empty; and it does not count the pages of a section.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from congvan.pdf.engines.dxpdf.unsupported import field_codes
from congvan.support.ooxml import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_TYPE: Final = f"{W}fldCharType"
OF_LETTER, OF_SECTION = "NUMPAGES", "SECTIONPAGES"


def page_totals(parts: Iterable[_Element]) -> set[str]:
    """The totals that fields in ``parts`` ask for: of the letter, of a section."""
    codes = [code for part in parts for code in field_codes(part)]
    return {total for total in (OF_LETTER, OF_SECTION) for code in codes if total in code.split()}


def complete_fields(part: _Element) -> None:
    """Give every field the mark before its result, which the engine waits for."""
    separated = True
    for mark in list(part.iter(f"{W}fldChar")):
        kind = mark.get(_TYPE)
        if kind == "end" and not separated:
            _separate_before(mark)
        separated = kind != "begin"


def count_section_as_letter(part: _Element) -> None:
    """Replace the total of the section by that of the letter, for a letter of one section."""
    for code in part.iter(f"{W}instrText"):
        code.text = (code.text or "").replace(OF_SECTION, OF_LETTER)
    for field in part.iter(f"{W}fldSimple"):
        field.set(f"{W}instr", field.get(f"{W}instr", "").replace(OF_SECTION, OF_LETTER))


def _separate_before(end: _Element) -> None:
    run = end.getparent()
    if run is None:
        return
    separate = run.makeelement(f"{W}r", {})
    separate.append(separate.makeelement(f"{W}fldChar", {_TYPE: "separate"}))
    run.addprevious(separate)
