"""What letters of one template share, and is therefore laid out once: body, annexes, contact line, circulation.

All of it may hold fields except the contact line and the circulation mark, which stand in the header and
footer of page 1: those are parts of their own in a .docx, written once for all letters that share them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from congvan.decree.measures import STANDARD, Measures
from congvan.word import header
from congvan.word.package.docx_package import DOCUMENT, Package
from congvan.word.template.tagged_part import TaggedPart
from congvan.word.template.tags import jinja_source

if TYPE_CHECKING:
    from congvan.letter import Letter
    from congvan.letter.office_style import TrinhBay

FURNITURE: Final = frozenset({"lien_he", "luu_hanh"})
"""Parts of a letter that stand in the header and footer of page 1."""

_PART: Final = re.compile(r"word/(?:header|footer)\d*\.xml")


class Shared(NamedTuple):
    """The texts a template is bound to; ``noi_dung`` is None for a template that still waits for its body.

    ``measures`` are the office's own; a built-in template is made to them.
    """

    noi_dung: str | None = None
    ket_thuc: str = ""
    phu_luc: tuple[str, ...] = ()
    van_ban_kem_theo: str | None = None
    lien_he: tuple[str, ...] = ()
    luu_hanh: str | None = None
    measures: Measures = STANDARD

    @classmethod
    def of(cls, letter: Letter) -> Self:
        """What ``letter`` shares with the others of its batch."""
        annexes = tuple(annex.noi_dung for annex in letter.phu_luc)
        attached = letter.van_ban_kem_theo.noi_dung if letter.van_ban_kem_theo else None
        furniture = (letter.lien_he, letter.luu_hanh)
        measures = _measures(letter.trinh_bay, letter.siet_trang)
        return cls(letter.noi_dung, letter.ket_thuc, annexes, attached, *furniture, measures)

    @property
    def has_further_texts(self) -> bool:
        """True when texts follow the letter itself, on pages of their own."""
        return bool(self.phu_luc or self.van_ban_kem_theo)

    @property
    def furniture(self) -> dict[str, Any]:
        return {"lien_he": self.lien_he, "luu_hanh": self.luu_hanh or ""}


@lru_cache(maxsize=64)  # an office has one style, and a tight one
def _measures(style: TrinhBay, tight: bool) -> Measures:
    return style.measures(tight=tight)


@dataclass(frozen=True, slots=True)
class Furnished:
    """A package whose headers and footers need no field any more, what those are now, and the names they needed."""

    package: Package
    parts: Mapping[str, bytes]
    fields: frozenset[str]


def furnish(package: Package, shared: Shared, name: str) -> Furnished:
    """Write contact line and circulation into headers and footers that ask for nothing else."""
    from lxml import etree

    changed: dict[str, bytes] = {}
    needed: set[str] = set()
    width = header.full_width(etree.fromstring(package.read(DOCUMENT))[0])
    for part in filter(_PART.fullmatch, package.names):
        root = etree.fromstring(package.read(part))
        header.measure_header(root, width)
        tagged = TaggedPart(jinja_source(root), name)
        if tagged.fields and tagged.fields <= FURNITURE:
            needed |= tagged.fields
            changed[part] = tagged.fill(shared.furniture).encode()
    settled = Package(package.with_parts(changed), name) if changed else package
    return Furnished(settled, changed, frozenset(needed))
