"""A Word template: a .docx with docxtpl tags, compiled once and rendered as often as needed.

docxtpl's own patching turns the document into Jinja source; the source is compiled in congvan's sandbox
and each letter is one rendering of it, zipped with the template's other parts as they are. A template
that uses what this way does not cover (tags outside the body, pictures, merged loops) goes through
docxtpl itself with the same environment. This folder is the only importer of docxtpl.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import TemplateSyntaxError, meta

from congvan.errors import TemplateError, UnreadableFileError
from congvan.findings import Place, Report, finding
from congvan.text.fields import FieldEnvironment, environment, field_finding
from congvan.word import enumeration, header, page_sense
from congvan.word.body import TextArea, body_xml
from congvan.word.package import Package
from congvan.word.shared import Shared, furnish

if TYPE_CHECKING:
    from docxtpl import DocxTemplate
    from jinja2 import Template
    from lxml.etree import _Element

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT: Final = "word/document.xml"
_BODY_PLACE: Final = re.compile(r"\s*\{\{p?\s*noi_dung\s*\}\}\s*")
_BODY_TAG: Final = re.compile(r"\{\{\s*noi_dung\s*\}\}")
_ANNEX_TAG: Final = re.compile(r"\{\{\s*phan\.noi_dung\s*\}\}")
_ATTACHED_TAG: Final = re.compile(r"\{\{\s*van_ban_kem_theo\.noi_dung\s*\}\}")
_CLOSING_TAG: Final = re.compile(r"\{\{\s*ket_thuc\s*\}\}")
_INNER_SECTION: Final = re.compile(r"<w:sectPr\b(?:(?!</w:sectPr>).)*</w:sectPr>(?=\s*</w:pPr>)", re.DOTALL)
_TAG_SIGNS: Final = ("{{", "{%")
_NEEDS_DOCXTPL: Final = re.compile(r"\{%\s*(tc|hm|vm|colspan|cellbg)\b|\{\{r\s|wp:docPr")
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LISTING: Final = re.compile(r"[\n\t\a\f]")
UNBOUND: Final = Shared()
_PLAIN: Final = (str, int, float, bool, Mapping, list, tuple)


@cache
def word_environment() -> FieldEnvironment:
    """The sandbox Word templates are read in: values are escaped, lists and the header can be laid out."""
    env = environment(autoescape=True)
    env.filters.update(header.FILTERS)
    env.filters.update(gach_dau_dong=enumeration.dashed, tung_dong=enumeration.punctuated, ma_soan=enumeration.drafter)
    env.filters.update(page_sense.FILTERS)
    env.tests.update(dong_con=enumeration.is_inner_line, mot_noi=enumeration.is_single)
    return env


class WordTemplate:
    """A .docx with fields.

    ``source`` is a path or the file's bytes. ``shared`` is what letters have in common: their Markdown body
    takes the place of the paragraph ``{{p noi_dung }}``, annexes that of ``{{p phan.noi_dung }}``, and both may
    hold fields themselves; contact line and circulation go into header and footer.

    Raises:
        UnreadableFileError: when the file is missing or not a Word file.
        TemplateError: when a tag is broken, or the Markdown has no place or no form in a letter.
    """

    def __init__(self, source: Path | str | bytes, *, shared: Shared = UNBOUND, name: str | None = None) -> None:
        self.name = name or (Path(source).name if isinstance(source, Path | str) else "mau.docx")
        self._bytes = source if isinstance(source, bytes) else _read(Path(source))
        self._shared = shared
        self.package = Package(self._bytes, self.name)
        self._furniture: frozenset[str] = frozenset()
        if shared.noi_dung is not None:
            self._furnish()
        self._source = self._compiled_source()
        self._head, self._content_source, self._tail = _split(self._source)
        self._template = self._compile(self._content_source)

    def _furnish(self) -> None:
        patch = self._docxtpl.patch_xml
        furnished = furnish(self.package, self._shared, word_environment(), patch, self.name)
        self.package, self._furniture = furnished.package, furnished.fields
        self._bytes = self.package.with_parts({})
        del self._docxtpl  # it still holds the file as it was

    @cached_property
    def fields(self) -> frozenset[str]:
        """The names the template needs, those in headers, footers and properties among them."""
        sources = [self._content_source, *map(self._docxtpl.patch_xml, self._tagged_parts.values())]
        return self._furniture.union(
            *(meta.find_undeclared_variables(word_environment().parse(text)) for text in sources)
        )

    @property
    def has_body_place(self) -> bool:
        """True when the template still waits for its Markdown body."""
        return self._shared.noi_dung is None and bool(_BODY_TAG.search(self._content_source))

    @property
    def covered(self) -> bool:
        """True when letters are rendered by the compiled source alone, without docxtpl."""
        return bool(self.section) and not self._tagged_parts and not _NEEDS_DOCXTPL.search(self._document)

    def with_body(self, noi_dung: str, ket_thuc: str = "") -> WordTemplate:
        """This template with its body in place, compiled once for all letters that share it."""
        return bound_template(self._bytes, self.name, Shared(noi_dung, ket_thuc))

    def render(self, values: Mapping[str, Any]) -> bytes:
        """The .docx with its fields filled.

        Raises:
            TemplateError: when a field has no value, or the template leaves the sandbox.
        """
        if self.has_body_place and isinstance(values.get("noi_dung"), str):
            return self.with_body(values["noi_dung"], str(values.get("ket_thuc", ""))).render(values)
        if self.covered and all(isinstance(value, _PLAIN) or value is None for value in values.values()):
            return self.pack(self.content(values))
        return self._render_through_docxtpl(values)

    def content(self, values: Mapping[str, Any]) -> str:
        """The blocks of ``w:body`` without the last section's properties, filled; see :meth:`pack`.

        Raises:
            TemplateError: as :meth:`render`.
        """
        try:
            filled = self._template.render(values)
        except Exception as error:
            raise self._failure(error, values) from error
        return self._docxtpl.resolve_listing(filled) if _LISTING.search(filled) else filled

    def document(self, content: str) -> str:
        """A whole ``document.xml`` around ``content``."""
        return f"{self._head}{content}{self._tail}"

    def pack(self, content: str, parts: Mapping[str, bytes] | None = None) -> bytes:
        """The .docx around ``content``, with further ``parts`` replaced."""
        return self.package.with_parts({DOCUMENT: self.document(content).encode(), **(parts or {})})

    @property
    def section(self) -> str:
        """The last ``w:sectPr`` of the body: paper, margins, header and footer of the letter."""
        return self._tail[: self._tail.rindex("</w:body>")]

    @cached_property
    def _document(self) -> str:
        return self.package.text(DOCUMENT)

    @cached_property
    def _tagged_parts(self) -> dict[str, str]:
        """Parts beside the body that hold tags: headers, footers, notes, properties."""
        looked_at = re.compile(r"word/(header|footer|footnotes|endnotes)\d*\.xml|docProps/core\.xml")
        texts = {part: self.package.text(part) for part in self.package.names if looked_at.fullmatch(part)}
        return {part: text for part, text in texts.items() if any(sign in _bare(text) for sign in _TAG_SIGNS)}

    @cached_property
    def _docxtpl(self) -> DocxTemplate:
        return _docxtpl_class()(io.BytesIO(self._bytes))

    def _compiled_source(self) -> str:
        root = _parsed(self.package.read(DOCUMENT), self.name)
        body = root.find(f"{_W}body")
        if body is None:
            raise TemplateError(Report((finding("word-template-unreadable", Place(file=self.name), why="w:body"),)))
        style = _mark_body_place(body)
        self._width_pt = header.full_width(body)
        header.measure_header(body, self._width_pt)
        source = self._docxtpl.patch_xml(self._docxtpl.xml_to_string(root))
        for escaped, sign in (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}")):
            source = source.replace(escaped, f"{{{{ '{sign}' }}}}")
        return source if self._shared.noi_dung is None else self._with_shared(source, self._shared.noi_dung, style)

    def _with_shared(self, source: str, noi_dung: str, style: str | None) -> str:
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

    def _compile(self, source: str) -> Template:
        try:
            return word_environment().from_string(source)
        except TemplateSyntaxError as error:
            place = Place(file=self.name, paragraph=_paragraph(_broken_line(_line_a_paragraph(source))))
            raise TemplateError(Report((field_finding(error, place),))) from error

    def _failure(self, error: Exception, values: Mapping[str, Any]) -> TemplateError:
        """The same rendering once more, one paragraph a line, to say in which paragraph it failed."""
        paragraph: int | None = None
        try:
            word_environment().from_string(_line_a_paragraph(self._content_source)).render(values)
        except Exception as again:  # noqa: BLE001  # whatever failed before fails here
            paragraph = _paragraph(_template_line(again))
        return TemplateError(Report((field_finding(error, Place(file=self.name, paragraph=paragraph)),)))

    def _render_through_docxtpl(self, values: Mapping[str, Any]) -> bytes:
        template = _docxtpl_class()(io.BytesIO(self._bytes), body=self._source_body())
        target = io.BytesIO()
        try:
            template.render(dict(values), word_environment())
            template.save(target)
        except Exception as error:
            raise TemplateError(Report((field_finding(error, Place(file=self.name)),))) from error
        # Written once more by our own package, whose time stamps are fixed.
        return Package(target.getvalue(), self.name).with_parts({})

    def _source_body(self) -> str:
        start, end = self._source.index("<w:body"), self._source.rindex("</w:body>") + len("</w:body>")
        opening = self._source[:start].rindex("<w:document")
        namespaces = re.findall(r'xmlns:\w+="[^"]+"', self._source[opening:start])
        return self._source[start:end].replace("<w:body", f"<w:body {' '.join(namespaces)}", 1)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or str(error)) from None


@lru_cache(maxsize=256)
def bound_template(source: bytes, name: str, shared: Shared) -> WordTemplate:
    """A template with what its letters share in place, compiled once and kept."""
    return WordTemplate(source, shared=shared, name=name)


@cache
def _docxtpl_class() -> Any:
    """docxtpl with two repairs: the body comes already patched, and properties are not escaped twice."""
    from docxtpl import DocxTemplate

    class _Patched(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
        def __init__(self, source: io.BytesIO, body: str | None = None) -> None:
            super().__init__(source)
            self._body = body

        def build_xml(self, context: dict[str, Any], jinja_env: Any = None) -> str:
            return str(self.render_xml_part(self._body, self.docx._part, context, jinja_env))  # noqa: SLF001

        def render_properties(self, context: dict[str, Any], jinja_env: Any = None) -> None:  # noqa: ARG002
            super().render_properties(context, environment())

    return _Patched


def _parsed(xml: bytes, name: str) -> _Element:
    from lxml import etree

    try:
        return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise TemplateError(Report((finding("word-template-unreadable", Place(file=name), why=error),))) from None


def _mark_body_place(body: _Element) -> str | None:
    """The style of the paragraph the body replaces; its tag is made docxtpl's paragraph tag. None if absent."""
    for paragraph in body.iter(f"{_W}p"):
        texts = list(paragraph.iter(f"{_W}t"))
        if _BODY_PLACE.fullmatch("".join(text.text or "" for text in texts)):
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


def _bare(xml: str) -> str:
    return re.sub(r"<[^>]+>", "", xml)


def _paragraph(line: int | None) -> int | None:
    """Which paragraph stands on a line of :func:`_line_a_paragraph`; the first line holds what comes before."""
    return max(line - 1, 1) if line else None


def _line_a_paragraph(source: str) -> str:
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", source)


def _broken_line(source: str) -> int | None:
    try:
        word_environment().parse(source)
    except TemplateSyntaxError as error:
        return error.lineno
    return None


def _template_line(error: BaseException) -> int | None:
    """The line of the template an error passed through last."""
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
