"""What letters of one template share, and is therefore laid out once: body, annexes, contact line, circulation.

All of it may hold fields except the contact line and the circulation mark, which stand in the header and
footer of page 1: those are parts of their own in a .docx, written once for all letters that share them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from congvan.word import header
from congvan.word.package import DOCUMENT, Package
from congvan.word.tagged_part import TaggedPart
from congvan.word.tags import jinja_source

if TYPE_CHECKING:
    from congvan.letter import Letter

FURNITURE: Final = frozenset({"lien_he", "luu_hanh"})
"""Parts of a letter that stand in the header and footer of page 1."""

_PART: Final = re.compile(r"word/(?:header|footer)\d*\.xml")


@dataclass(frozen=True, slots=True)
class Shared:
    """The texts a template is bound to; ``noi_dung`` is None for a template that still waits for its body."""

    noi_dung: str | None = None
    ket_thuc: str = ""
    phu_luc: tuple[str, ...] = ()
    lien_he: tuple[str, ...] = ()
    luu_hanh: str | None = None

    @classmethod
    def of(cls, letter: Letter) -> Self:
        """What ``letter`` shares with the others of its batch."""
        annexes = tuple(annex.noi_dung for annex in letter.phu_luc)
        return cls(letter.noi_dung, letter.ket_thuc, annexes, letter.lien_he, letter.luu_hanh)

    @property
    def furniture(self) -> dict[str, Any]:
        return {"lien_he": self.lien_he, "luu_hanh": self.luu_hanh or ""}


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
