"""A Word template: a .docx with docxtpl tags, compiled once and rendered as often as needed.

Every part with tags (body, headers, footers, notes, properties) becomes Jinja source once; a letter is one
filling of each, zipped with the template's other parts as they are. Values that are docxtpl's own objects, and
tables that change their columns, go through docxtpl itself with the same sources and the same environment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from congvan.errors import TemplateError
from congvan.findings import Place, Report, finding
from congvan.word import header
from congvan.word.body.markdown import TextArea, body_xml
from congvan.word.intake.admission import admit, read_docx
from congvan.word.package.docx_package import DOCUMENT, Package, read_part
from congvan.word.template.shared_parts import Shared, furnish
from congvan.word.template.tagged_part import TaggedPart, refuse_control_characters
from congvan.word.template.tags import docxtpl_objects, has_tags, jinja_source, keeps_its_columns, numbered_pictures
from congvan.word.template.unclosed_tags import refuse_tangled_tags

if TYPE_CHECKING:
    from docxtpl import DocxTemplate
    from lxml.etree import _Element

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY_PLACE: Final = re.compile(r"\s*\{\{p?\s*noi_dung\s*\}\}\s*")
_BODY_TAG: Final = re.compile(r"\{\{\s*noi_dung\s*\}\}")
_ANNEX_TAG: Final = re.compile(r"\{\{\s*phan\.noi_dung\s*\}\}")
_ATTACHED_TAG: Final = re.compile(r"\{\{\s*van_ban_kem_theo\.noi_dung\s*\}\}")
_CLOSING_TAG: Final = re.compile(r"\{\{\s*ket_thuc\s*\}\}")
_INNER_SECTION: Final = re.compile(r"<w:sectPr\b(?:(?!</w:sectPr>).)*</w:sectPr>(?=\s*</w:pPr>)", re.DOTALL)
_TAGGED: Final = re.compile(r"word/(header|footer|footnotes|endnotes)\d*\.xml|docProps/core\.xml")
_FURNITURE: Final = re.compile(r"word/(header|footer)\d*\.xml")
_NOTE: Final = re.compile(r"<w:(?:footnote|endnote)Reference\b")
_AFTER_DOCXTPL: Final = re.compile(r"word/endnotes\d*\.xml|docProps/core\.xml")
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
UNBOUND: Final = Shared()


class WordTemplate:
    """A .docx with fields.

    ``source`` is a path or the file's bytes. ``shared`` is what letters have in common: their Markdown body
    takes the place of the paragraph ``{{p noi_dung }}``, annexes that of ``{{p phan.noi_dung }}``, and both may
    hold fields themselves; contact line and circulation go into header and footer. ``report`` says what was taken
    out of the file because it reaches outside (:mod:`congvan.word.intake.admission`).

    Raises:
        UnreadableFileError: when the file is missing or not a Word file.
        TemplateError: when the file is not let in, a tag is broken, or the Markdown has no place or no form in a
            letter.
    """

    def __init__(self, source: Path | str | bytes, *, shared: Shared = UNBOUND, name: str | None = None) -> None:
        self.name = name or (Path(source).name if isinstance(source, Path | str) else "mau.docx")
        admitted = admit(source if isinstance(source, bytes) else read_docx(Path(source)), self.name)
        self.report = admitted.report
        self._bytes = admitted.docx
        self._shared = shared
        self.package = Package(self._bytes, self.name)
        refuse_tangled_tags(self.package, self.name)
        self._furniture: frozenset[str] = frozenset()
        self._furnished: Mapping[str, bytes] = {}
        if shared.noi_dung is not None:
            self._furnish()
        self._head, content, self._tail = _split(self._read_document())
        self._encoded_head, self._encoded_tail = self._head.encode(), self._tail.encode()
        self._body = TaggedPart(content, self.name)
        self._has_pictures = "<wp:docPr " in content
        self._others = {part: self._tagged(part) for part in self.package.names if self._is_tagged(part)}

    def _furnish(self) -> None:
        furnished = furnish(self.package, self._shared, self.name)
        self.package, self._furniture, self._furnished = furnished.package, furnished.fields, furnished.parts
        self._bytes = self.package.with_parts({})

    @cached_property
    def fields(self) -> frozenset[str]:
        """The names the template needs, those in headers, footers, notes and properties among them."""
        return self._furniture.union(self._body.fields, *(tagged.fields for tagged in self._others.values()))

    @property
    def has_body_place(self) -> bool:
        """True when the template still waits for its Markdown body, in a paragraph of its own."""
        return self._shared.noi_dung is None and self._place_style is not None

    @cached_property
    def covered(self) -> bool:
        """True when letters are rendered by the compiled sources alone, without docxtpl."""
        tagged = (self._body, *self._others.values())
        return bool(self.section) and self._keeps_its_columns and all(part.steady for part in tagged)

    @cached_property
    def shareable(self) -> bool:
        """True when letters differ in their bodies only, so that many can stand in one document.

        Notes would be numbered through all of them, and a header with fields is each letter's own.
        """
        own = any(part != "docProps/core.xml" for part in self._others)
        return self.covered and not own and not _NOTE.search(self._body.source)

    @property
    def source_docx(self) -> bytes:
        """The template as docxtpl would be given it: body, annexes and measures in place, tags still to be filled."""
        return self.pack(
            self._body.source.encode(), {part: tagged.source.encode() for part, tagged in self._others.items()}
        )

    def with_body(self, noi_dung: str, ket_thuc: str = "") -> WordTemplate:
        """This template with its body in place, compiled once for all letters that share it."""
        return bound_template(self._bytes, self.name, Shared(noi_dung, ket_thuc))

    def render(self, values: Mapping[str, Any], *, made_with: DocxTemplate | None = None) -> bytes:
        """The .docx with its fields filled.

        ``values`` may hold docxtpl's objects: rich text, listings, pictures, subdocuments. ``made_with`` is the
        ``DocxTemplate`` whose links (``build_url_id``) they use; that of a picture or a subdocument is known.

        Raises:
            TemplateError: when a field has no value, a value holds what a .docx cannot, or the template leaves
                the sandbox.
        """
        if self.has_body_place and isinstance(values.get("noi_dung"), str):
            bound = self.with_body(values["noi_dung"], str(values.get("ket_thuc", "")))
            return bound.render(values, made_with=made_with)
        if not self.covered or made_with is not None or any(docxtpl_objects(values)):
            return self._render_by_docxtpl(values, made_with)
        content = self.content(values)
        refuse_control_characters(content, self.name)
        return self.pack(content.encode(), self.other_parts(values))

    def content(self, values: Mapping[str, Any]) -> str:
        """The blocks of ``w:body`` without the last section's properties, filled; see :meth:`pack`.

        Raises:
            TemplateError: as :meth:`render`.
        """
        filled = self._body.fill(values)
        return numbered_pictures(filled) if self._has_pictures else filled

    def other_parts(self, values: Mapping[str, Any]) -> dict[str, bytes]:
        """Headers, footers, notes and properties that hold fields, filled.

        Raises:
            TemplateError: as :meth:`render`.
        """
        return {part: self._filled(tagged, values) for part, tagged in self._others.items()}

    def document(self, content: str) -> str:
        """A whole ``document.xml`` around ``content``."""
        return f"{self._head}{content}{self._tail}"

    def pack(self, content: bytes, parts: Mapping[str, bytes] | None = None) -> bytes:
        """The .docx around ``content``, with further ``parts`` replaced."""
        document = self._encoded_head + content + self._encoded_tail
        return self.package.with_parts({DOCUMENT: document, **(parts or {})})

    def content_of(self, docx: bytes) -> str:
        """What :meth:`pack` was given to make ``docx``."""
        document = read_part(docx, DOCUMENT).decode()
        return document[len(self._head) : len(document) - len(self._tail)]

    @property
    def section(self) -> str:
        """The last ``w:sectPr`` of the body: paper, margins, header and footer of the letter."""
        return self._tail[: self._tail.rindex("</w:body>")]

    def _read_document(self) -> str:
        """The source of ``document.xml``: measured, patched, with what its letters share in place."""
        root = _parsed(self.package.read(DOCUMENT), self.name)
        body = root.find(f"{_W}body")
        if body is None:
            raise TemplateError(Report((finding("word-template-unreadable", Place(file=self.name), why="w:body"),)))
        self._place_style = _mark_body_place(body, bound=self._shared.noi_dung is not None)
        self._width_pt = header.full_width(body)
        header.measure_header(body, self._width_pt)
        self._keeps_its_columns = keeps_its_columns(body)
        source = jinja_source(root)
        return source if self._shared.noi_dung is None else self._with_shared(source, self._shared.noi_dung)

    def _is_tagged(self, part: str) -> bool:
        return bool(_TAGGED.fullmatch(part)) and has_tags(self.package.text(part))

    def _tagged(self, part: str) -> TaggedPart:
        root = _parsed(self.package.read(part), self.name)
        if _FURNITURE.fullmatch(part):
            header.measure_header(root, self._width_pt)
        return TaggedPart(jinja_source(root), self.name, counted=False)

    def _filled(self, tagged: TaggedPart, values: Mapping[str, Any]) -> bytes:
        filled = tagged.fill(values)
        refuse_control_characters(filled, self.name)
        return f"{_DECLARATION}{filled}".encode()

    def _with_shared(self, source: str, noi_dung: str) -> str:
        style = self._place_style
        if style is None:
            raise TemplateError(Report((finding("word-body-place-missing", Place(file=self.name)),)))
        texts = (("phu_luc", self._shared.phu_luc, _ANNEX_TAG), ("van_ban_kem_theo", self._attached, _ATTACHED_TAG))
        for part, given, tag in texts:
            if given and not tag.search(source):
                raise TemplateError(Report((finding("word-part-not-printed", Place(file=self.name), part=part),)))
        closing = "" if _CLOSING_TAG.search(source) else self._shared.ket_thuc  # where the template writes it itself
        body = self._blocks(noi_dung, style, closing, signed=True)
        source = _BODY_TAG.sub(lambda _: body, source, count=1)
        attached = "".join(self._blocks(text, style, self._shared.ket_thuc) for text in self._attached)
        source = _ATTACHED_TAG.sub(lambda _: attached, source, count=1)
        annexes = [self._blocks(annex, style, self._shared.ket_thuc) for annex in self._shared.phu_luc]
        choice = "".join(
            f"{{% if loop.index == {number} %}}{xml}{{% endif %}}" for number, xml in enumerate(annexes, 1)
        )
        source = _ANNEX_TAG.sub(lambda _: choice, source)
        return _ending_with_further_text(source) if self._shared.has_further_texts else source

    @property
    def _attached(self) -> tuple[str, ...]:
        attached = self._shared.van_ban_kem_theo
        return (attached,) if attached else ()

    def _blocks(self, markdown: str, style: str, ending: str, *, signed: bool = False) -> str:
        known = frozenset(re.findall(r'w:styleId="([^"]+)"', self.package.text("word/styles.xml")))
        return body_xml(
            markdown,
            known_styles=known,
            base_style=style,
            area=TextArea.of(self._width_pt, self._shared.measures),
            ending=ending,
            signed=signed,
        )

    def _render_by_docxtpl(self, values: Mapping[str, Any], made_with: DocxTemplate | None) -> bytes:
        from congvan.word.template.docxtpl_renderer import Manuscript, render_by_docxtpl

        opening = self._head[self._head.index("<w:document") :]
        namespaces = " ".join(re.findall(r'xmlns:\w+="[^"]+"', opening))
        body = opening[opening.index("<w:body") :].replace("<w:body", f"<w:body {namespaces}", 1)
        closing = self._tail[: self._tail.rindex("</w:body>")] + "</w:body>"
        parts = {DOCUMENT: self._body, **self._others}
        made = render_by_docxtpl(Manuscript(self._bytes, parts, body, closing, self.name), values, made_with)
        left = {part: tagged for part, tagged in self._others.items() if _AFTER_DOCXTPL.fullmatch(part)}
        rest = {part: self._filled(tagged, values) for part, tagged in left.items()}
        # Written once more by our own package, whose time stamps are fixed.
        return Package(made, self.name).with_parts({**rest, **self._furnished})


@lru_cache(maxsize=256)
def bound_template(source: bytes, name: str, shared: Shared) -> WordTemplate:
    """A template with what its letters share in place, compiled once and kept."""
    return WordTemplate(source, shared=shared, name=name)


def _parsed(xml: bytes, name: str) -> _Element:
    from lxml import etree

    try:
        return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise TemplateError(Report((finding("word-template-unreadable", Place(file=name), why=error),))) from None


def _mark_body_place(body: _Element, *, bound: bool) -> str | None:
    """The style of the paragraph the body replaces, None if absent; ``bound`` makes its tag a paragraph's tag."""
    for paragraph in body.iter(f"{_W}p"):
        texts = list(paragraph.iter(f"{_W}t"))
        if _BODY_PLACE.fullmatch("".join(text.text or "" for text in texts)):
            if bound:
                texts[0].text = "{{p noi_dung }}"
                for text in texts[1:]:
                    text.text = ""
            style = paragraph.find(f"{_W}pPr/{_W}pStyle")
            return style.get(f"{_W}val", "") if style is not None else ""
    return None


def _split(source: str) -> tuple[str, str, str]:
    """What stands before the blocks of the body, the blocks, and the last section with all that follows."""
    start = source.index(">", source.index("<w:body")) + 1
    end = source.rindex("</w:body>")
    section = source.rfind("<w:sectPr", start, end)
    whole = section != -1 and source[section:end].count("</w:p>") == 0
    return _DECLARATION + source[:start], source[start : section if whole else end], source[section if whole else end :]


def _ending_with_further_text(source: str) -> str:
    """``source`` with its last section as further texts have it, without the letter's circulation and contact line.

    A template that ends in the section of the letter itself tells by its inner sections which one that is.
    """
    inner = _INNER_SECTION.findall(source)
    start = source.rfind("<w:sectPr")
    end = source.index("</w:sectPr>", start) + len("</w:sectPr>")
    if not inner or _stories(source[start:end]) != _stories(inner[0]):
        return source
    return f"{source[:start]}{inner[-1]}{source[end:]}"


def _stories(section: str) -> list[str]:
    """The headers and footers a section names."""
    return re.findall(r'r:id="([^"]+)"', section)
