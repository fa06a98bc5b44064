"""Places the Markdown texts of a binding in the source of a template: body, annexes, the attached text.

The texts become WordprocessingML before the template is compiled, so their fields are fields of the template.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from congvan.errors import TemplateError
from congvan.findings import Place, Report, finding
from congvan.support.ooxml import W
from congvan.word.body.attachments import Attachments
from congvan.word.body.markdown import TextArea, body_xml
from congvan.word.body.page_turns import LANDSCAPE, following_section, in_landscape, is_in_landscape, turned_size
from congvan.word.kept_words import lost_words
from congvan.word.template.binding import TemplateBinding

if TYPE_CHECKING:
    from lxml.etree import _Element

_FEW: Final = 10
"""Words that are named of those lost."""
_BODY_PARAGRAPH: Final = re.compile(r"\s*\{\{p?\s*noi_dung\s*\}\}\s*")
_BODY_TAG: Final = re.compile(r"\{\{\s*noi_dung\s*\}\}")
_ANNEX_TAG: Final = re.compile(r"\{\{\s*phan\.noi_dung\s*\}\}")
_ATTACHED_TAG: Final = re.compile(r"\{\{\s*van_ban_kem_theo\.noi_dung\s*\}\}")
_ENDING_TAG: Final = re.compile(r"\{\{\s*ket_thuc\s*\}\}")
_SIZE: Final = re.compile(r"<w:pgSz\b[^>]*/>")
_SECTION: Final = re.compile(r"<w:sectPr\b(?:(?!</w:sectPr>).)*</w:sectPr>", re.DOTALL)
_INNER_SECTION: Final = re.compile(r"<w:sectPr\b(?:(?!</w:sectPr>).)*</w:sectPr>(?=\s*</w:pPr>)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class BodyForm:
    """The form of bodies in a template: the style of their paragraphs, the styles it defines, the text area.

    What they bring besides text is collected in ``attachments``.
    """

    base_style: str
    known_styles: frozenset[str]
    area: TextArea
    attachments: Attachments
    prints_addresses: bool = False

    def blocks(self, text: BodyPart, ending: str, section: str, *, signed: bool = False) -> str:
        """Write a text as XML, in a ``section`` of the template.

        Raises:
            TemplateError: as :func:`~congvan.word.body.markdown.body_xml`, and when words of the text are in none of
                the blocks; each finding has the key of the text.
        """
        try:
            blocks = body_xml(
                text.markdown,
                known_styles=self.known_styles,
                base_style=self.base_style,
                area=self.area,
                ending=ending,
                signed=signed,
                attachments=self.attachments,
                section=section,
                prints_addresses=self.prints_addresses,
                in_landscape=text.in_landscape,
            )
            self._refuse_lost_words(text.markdown, blocks)
        except TemplateError as error:
            named = (replace(found, place=replace(found.place, key=text.key)) for found in error.report)
            raise TemplateError(Report.of(named)) from None
        return blocks

    def _refuse_lost_words(self, markdown: str, blocks: str) -> None:
        if lost := lost_words(markdown, [blocks, *self.attachments.note_texts]):
            raise TemplateError(Report.of([finding("word-body-words-lost", words=" ".join(lost[:_FEW]))]))


@dataclass(frozen=True, slots=True)
class BodyPart:
    """A text in Markdown, the ``key`` of the letter's part it is, and whether all its pages are in landscape."""

    markdown: str
    key: str
    in_landscape: bool = False


def find_body_style(body: _Element) -> str | None:
    """The style of the paragraph that waits for the body; None if there is no such paragraph."""
    paragraph = _body_paragraph(body)
    if paragraph is None:
        return None
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style.get(f"{W}val", "") if style is not None else ""


def mark_body_paragraph(body: _Element) -> None:
    """Write the tag of the body as ``{{p noi_dung }}``, which replaces the whole paragraph."""
    paragraph = _body_paragraph(body)
    if paragraph is not None:
        first, *others = paragraph.iter(f"{W}t")
        first.text = "{{p noi_dung }}"
        for text in others:
            text.text = ""


def place_bodies(source: str, binding: TemplateBinding, form: BodyForm, name: str) -> str:
    """Put body, annexes and the attached text of ``binding`` in the places ``source`` has for them.

    Raises:
        TemplateError: when there is no place for a text, or a text has no form in a letter; ``name`` is the template.
    """
    attached = (binding.van_ban_kem_theo,) if binding.van_ban_kem_theo else ()
    _require_place(source, "phu_luc", binding.phu_luc, _ANNEX_TAG, name)
    _require_place(source, "van_ban_kem_theo", attached, _ATTACHED_TAG, name)
    ending = binding.ket_thuc
    body_ending = "" if _ENDING_TAG.search(source) else ending  # some templates print it elsewhere
    sections = _SECTION.findall(source)
    inner = _INNER_SECTION.findall(source)
    own = sections[-1] if sections else ""
    further = inner[-1] if inner else own
    if binding.has_further_texts:
        source = _with_last_section_of_further_texts(source)
    landscape = [index for index, text in enumerate(binding.phu_luc) if is_in_landscape(text)]
    source = _with_landscape_annexes(source, landscape, len(binding.phu_luc))
    body = form.blocks(BodyPart(binding.noi_dung or "", "noi_dung"), body_ending, own, signed=True)
    if LANDSCAPE in body:
        source = _with_pages_after_turns(source, own)
    source = _BODY_TAG.sub(lambda _: body, source, count=1)
    attached_blocks = "".join(
        form.blocks(BodyPart(text, "van_ban_kem_theo.noi_dung"), ending, further) for text in attached
    )
    source = _ATTACHED_TAG.sub(lambda _: attached_blocks, source, count=1)
    annexes = _choose_by_index(
        [
            form.blocks(BodyPart(text, f"phu_luc[{index}].noi_dung", index in landscape), ending, further)
            for index, text in enumerate(binding.phu_luc)
        ]
    )
    return _ANNEX_TAG.sub(lambda _: annexes, source)


def _with_landscape_annexes(source: str, landscape: Sequence[int], count: int) -> str:
    """Lay the pages of whole annexes across: those with these indices, of ``count``.

    The section of an annex ends before the next one, inside the loop over annexes, that of the last with the document.
    """
    inner = list(_INNER_SECTION.finditer(source))
    if not landscape or not inner:
        return source
    between = inner[-1]
    ends = ", ".join(str(index + 1) for index in landscape)
    section = _SIZE.sub(
        lambda size: f"{{% if loop.index0 in [{ends}] %}}{turned_size(size[0])}{{% else %}}{size[0]}{{% endif %}}",
        between[0],
    )
    source = f"{source[: between.start()]}{section}{source[between.end() :]}"
    if count - 1 not in landscape:
        return source
    last = source.rindex("<w:sectPr")
    return source[:last] + in_landscape(source[last:])


def _with_pages_after_turns(source: str, own: str) -> str:
    """The letter's own section where it ends: its pages go on after those in landscape in its text."""
    names = _headers_footers(own)
    following = following_section(own, is_wide=False)
    return _SECTION.sub(lambda found: following if _headers_footers(found.group()) == names else found.group(), source)


def _body_paragraph(body: _Element) -> _Element | None:
    for paragraph in body.iter(f"{W}p"):
        if _BODY_PARAGRAPH.fullmatch("".join(text.text or "" for text in paragraph.iter(f"{W}t"))):
            return paragraph
    return None


def _require_place(source: str, part: str, texts: tuple[str, ...], tag: re.Pattern[str], name: str) -> None:
    if texts and not tag.search(source):
        raise TemplateError(Report((finding("word-part-not-printed", Place(file=name), part=part),)))


def _choose_by_index(annexes: list[str]) -> str:
    """The annexes stand in a loop of the template: each round prints its own."""
    return "".join(f"{{% if loop.index == {number} %}}{xml}{{% endif %}}" for number, xml in enumerate(annexes, 1))


def _with_last_section_of_further_texts(source: str) -> str:
    """Give ``source`` the last section of further texts, without the letter's circulation and contact line.

    Where the template ends in the section of the letter itself, its last inner section is that of further texts.
    """
    inner = _INNER_SECTION.findall(source)
    start = source.rfind("<w:sectPr")
    end = source.index("</w:sectPr>", start) + len("</w:sectPr>")
    if not inner or _headers_footers(source[start:end]) != _headers_footers(inner[0]):
        return source
    return f"{source[:start]}{inner[-1]}{source[end:]}"


def _headers_footers(section: str) -> list[str]:
    """The headers and footers a section names."""
    return re.findall(r'r:id="([^"]+)"', section)
