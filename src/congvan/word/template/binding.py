"""The texts letters of one template have in common: body, annexes, contact line, circulation.

They are laid out once. All of them may hold fields except the contact line and the circulation mark, which are in the
header and footer of page 1: separate parts of a .docx, written once for all letters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from congvan.decree.measures import STANDARD, Measures
from congvan.letter.office_style import TrinhBay, measures_of
from congvan.word import header
from congvan.word.package import DOCUMENT, Package
from congvan.word.template.environment import TemplateExtensions, word_environment
from congvan.word.template.tagged_part import TaggedPart
from congvan.word.template.tags import jinja_source

if TYPE_CHECKING:
    from congvan.letter import Letter

HEADER_FOOTER_PARTS: Final = frozenset({"lien_he", "luu_hanh"})
"""Parts of a letter in the header and footer of page 1."""

_HEADER_OR_FOOTER: Final = re.compile(r"word/(?:header|footer)\d*\.xml")


class TemplateBinding(NamedTuple):
    """The texts a template is bound to; ``noi_dung`` is None for a template that still waits for its body.

    ``measures`` are those of the office; a built-in template is built to them.
    """

    noi_dung: str | None = None
    ket_thuc: str = ""
    phu_luc: tuple[str, ...] = ()
    van_ban_kem_theo: str | None = None
    lien_he: tuple[str, ...] = ()
    luu_hanh: str | None = None
    measures: Measures = STANDARD
    in_dia_chi: bool = False

    @classmethod
    def of(cls, letter: Letter) -> Self:
        """The texts ``letter`` has in common with the others of its batch."""
        annexes = tuple(annex.noi_dung for annex in letter.phu_luc)
        attached = letter.van_ban_kem_theo.noi_dung if letter.van_ban_kem_theo else None
        measures = _measures(letter.trinh_bay, letter.siet_trang)
        contact, circulation = letter.lien_he, letter.luu_hanh
        texts = (letter.noi_dung, letter.ket_thuc, annexes, attached, contact, circulation)
        return cls(*texts, measures, letter.in_dia_chi)

    @property
    def has_further_texts(self) -> bool:
        """True when texts follow the letter itself, on separate pages."""
        return bool(self.phu_luc or self.van_ban_kem_theo)

    @property
    def header_footer_values(self) -> dict[str, Any]:
        return {"lien_he": self.lien_he, "luu_hanh": self.luu_hanh or ""}


UNBOUND: Final = TemplateBinding()


@lru_cache(maxsize=64)  # an office has one style, and a tight one
def _measures(style: TrinhBay, tight: bool) -> Measures:
    return measures_of(style, tight=tight)


@dataclass(frozen=True, slots=True)
class FilledHeadersFooters:
    """The ``package`` with headers and footers that need no field any more, these ``parts``, and their ``fields``."""

    package: Package
    parts: Mapping[str, bytes]
    fields: frozenset[str]


def fill_headers_footers(
    package: Package, binding: TemplateBinding, name: str, extensions: TemplateExtensions
) -> FilledHeadersFooters:
    """Write contact line and circulation into headers and footers that ask for nothing else."""
    from lxml import etree

    changed: dict[str, bytes] = {}
    fields: set[str] = set()
    width = header.full_width(etree.fromstring(package.read(DOCUMENT))[0])
    for part in filter(_HEADER_OR_FOOTER.fullmatch, package.names):
        root = etree.fromstring(package.read(part))
        header.measure_header(root, width)
        tagged = TaggedPart(jinja_source(root), name, word_environment(extensions))
        if tagged.fields and tagged.fields <= HEADER_FOOTER_PARTS:
            fields |= tagged.fields
            changed[part] = tagged.fill(binding.header_footer_values).encode()
    filled = Package(package.with_parts(changed), name) if changed else package
    return FilledHeadersFooters(filled, changed, frozenset(fields))
