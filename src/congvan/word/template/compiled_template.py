"""A Word template, its tags read and its body in place, ready to be filled letter by letter.

Every part with tags (body, headers, footers, notes, properties) becomes Jinja source once; a letter is one
filling of each, zipped with the template's other parts as they are. Values that are docxtpl's own objects, and
tables that change their columns, go through docxtpl itself with the same sources and the same environment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Any, Final

from congvan.errors import TemplateError
from congvan.findings import Place, Report, finding
from congvan.support.ooxml import W
from congvan.word import header
from congvan.word.body.attachments import Attachments
from congvan.word.body.markdown import TextArea
from congvan.word.body.page_turns import LANDSCAPE
from congvan.word.lists.numbering import numbered_styles
from congvan.word.package import DOCUMENT, PROPERTIES, Package, read_part
from congvan.word.template.binding import UNBOUND, TemplateBinding, fill_headers_footers
from congvan.word.template.bodies import BodyForm, find_body_style, mark_body_paragraph, place_bodies
from congvan.word.template.environment import (
    NO_EXTENSIONS,
    NeedsDocxtplError,
    TemplateExtensions,
    word_environment,
)
from congvan.word.template.reading.paragraphs import place_of_words
from congvan.word.template.reading.prepared import prepare_template
from congvan.word.template.reading.unclosed_tags import refuse_unclosed_tags
from congvan.word.template.tagged_part import TaggedPart, refuse_control_characters
from congvan.word.template.tags import docxtpl_objects, has_fixed_columns, has_tags, jinja_source, number_pictures

if TYPE_CHECKING:
    from docxtpl import DocxTemplate
    from lxml.etree import _Element

CACHED_TEMPLATES: Final = 64
"""Compiled templates kept by a process, each some 300 kB: in a service every letter may have a body of its own."""

_TAGGED: Final = re.compile(r"word/(header|footer|footnotes|endnotes)\d*\.xml|docProps/core\.xml")
_HEADER_OR_FOOTER: Final = re.compile(r"word/(header|footer)\d*\.xml")
_STYLES: Final = "word/styles.xml"
_STYLE_NAME: Final = re.compile(r'<w:pStyle w:val="([^"]*)"')
_COUNTED: Final = re.compile(
    r"<w:(?:footnoteReference|endnoteReference|numPr)\b|<w:instrText[^>]*>\s*(?:SEQ|LISTNUM|AUTONUM)"
    r"|w:instr=\"\s*(?:SEQ|LISTNUM|AUTONUM)"
)
_AFTER_DOCXTPL: Final = re.compile(r"word/endnotes\d*\.xml|docProps/core\.xml")
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class CompiledTemplate:
    """An admitted ``docx`` with ``binding`` in place, its tags read.

    The body of the binding takes the place of the paragraph ``{{p noi_dung }}``, its annexes that of
    ``{{p phan.noi_dung }}``, and both may hold fields themselves; contact line and circulation go into header and
    footer.

    Raises:
        TemplateError: when a tag is broken, or the Markdown has no place or no form in a letter.
    """

    def __init__(
        self,
        docx: bytes,
        name: str,
        binding: TemplateBinding = UNBOUND,
        extensions: TemplateExtensions = NO_EXTENSIONS,
    ) -> None:
        self.name = name
        self._docx = docx
        self._binding = binding
        self._extensions = extensions
        self.package = Package(self._docx, name)
        refuse_unclosed_tags(self.package, name)
        self._header_footer_fields: frozenset[str] = frozenset()
        self._header_footer_parts: Mapping[str, bytes] = {}
        if binding.noi_dung is not None:
            self._fill_headers_footers()
        self._head, content, self._tail = _split(self._read_document())
        self._encoded_head, self._encoded_tail = self._head.encode(), self._tail.encode()
        self._has_pictures = "<wp:docPr " in content
        self.sources = {DOCUMENT: content, **self._tagged_sources()}
        self._parts = self._compile(takes_objects=not extensions)

    @cached_property
    def fields(self) -> frozenset[str]:
        """The names the template needs, those in headers, footers, notes and properties among them."""
        return self._header_footer_fields.union(*(part.fields for part in self._parts.values()))

    def names(self, part: str) -> bool:
        """Whether a tag anywhere names ``part``, a part of a part."""
        return any(part in source for source in self.sources.values())

    @property
    def has_body_place(self) -> bool:
        """True when a paragraph waits for the Markdown body."""
        return self._binding.noi_dung is None and self._body_style is not None

    @cached_property
    def uses_fast_path(self) -> bool:
        """True when letters are rendered by the compiled sources alone, without docxtpl."""
        return bool(self.section) and self._has_fixed_columns and self._is_always_wellformed

    @cached_property
    def can_be_bundled(self) -> bool:
        """True when letters differ in their bodies only, so that many can stand in one document.

        Notes and lists would be numbered through all of them, a header with fields differs from letter to letter,
        landscape pages are sections of their own, and a filter of the caller's may return what only docxtpl can place.
        """
        has_other_parts = bool(self._parts.keys() - {DOCUMENT, PROPERTIES})
        has_turns = LANDSCAPE in self.sources[DOCUMENT]  # such a letter is of several sections
        return self.uses_fast_path and not (has_other_parts or self._counts or has_turns or self._extensions)

    @property
    def _counts(self) -> bool:
        """True if something in the text is counted: notes, lists, numbers by a field."""
        source = self.sources[DOCUMENT]
        styles = numbered_styles(self.package.read(_STYLES)) if _STYLES in self.package.names else frozenset[str]()
        return bool(_COUNTED.search(source)) or not styles.isdisjoint(_STYLE_NAME.findall(source))

    def render(self, values: Mapping[str, Any], owner: DocxTemplate | None = None) -> bytes:
        """Fill the fields and return the .docx.

        ``owner`` is docxtpl's template whose links and replacements the letter uses.

        Raises:
            TemplateError: when a field has no value, a value holds what a .docx cannot, or the template leaves
                the sandbox.
        """
        if not self.uses_fast_path or owner is not None or any(self._objects(values)):
            return self._render_by_docxtpl(values, owner)
        try:
            return self._render_fast(values)
        except NeedsDocxtplError as error:
            return self._render_by_docxtpl(values, error.owner)

    def fill_content(self, values: Mapping[str, Any]) -> str:
        """Fill the blocks of ``w:body`` without the last section's properties; see :meth:`pack`.

        Raises:
            TemplateError: as :meth:`render`.
        """
        filled = self._parts[DOCUMENT].fill(values)
        return number_pictures(filled) if self._has_pictures else filled

    def fill_other_parts(self, values: Mapping[str, Any]) -> dict[str, bytes]:
        """Fill headers, footers, notes and properties that hold fields.

        Raises:
            TemplateError: as :meth:`render`.
        """
        return {name: self._filled(part, values) for name, part in self._parts.items() if name != DOCUMENT}

    def document_xml(self, content: str) -> str:
        """A whole ``document.xml`` around ``content``."""
        return f"{self._head}{content}{self._tail}"

    def pack(self, content: bytes, parts: Mapping[str, bytes] | None = None) -> bytes:
        """Write the .docx around ``content``, with further ``parts`` replaced."""
        document = self._encoded_head + content + self._encoded_tail
        return self.package.with_parts({DOCUMENT: document, **(parts or {})})

    def read_content(self, docx: bytes) -> str:
        """The content :meth:`pack` wrote into ``docx``."""
        document = read_part(docx, DOCUMENT).decode()
        return document[len(self._head) : len(document) - len(self._tail)]

    @property
    def section(self) -> str:
        """The last ``w:sectPr`` of the body: paper, margins, header and footer of the letter."""
        return self._tail[: self._tail.rindex("</w:body>")]

    def _read_document(self) -> str:
        """The source of ``document.xml``: measured, patched, with what its letters share in place."""
        root = _parsed(self.package.read(DOCUMENT), self.name)
        body = root.find(f"{W}body")
        if body is None:
            raise TemplateError(Report((finding("word-template-unreadable", Place(file=self.name), why="w:body"),)))
        self._body_style = find_body_style(body)
        if self._binding.noi_dung is not None:
            mark_body_paragraph(body)
        self._width_pt = header.full_width(body)
        header.measure_header(body, self._width_pt)
        self._has_fixed_columns = has_fixed_columns(body)
        source = jinja_source(root)
        return source if self._binding.noi_dung is None else self._bind(source)

    def _fill_headers_footers(self) -> None:
        filled = fill_headers_footers(self.package, self._binding, self.name, self._extensions)
        self.package, self._header_footer_parts = filled.package, filled.parts
        self._header_footer_fields = filled.fields
        self._docx = self.package.with_parts({})

    def _tagged_sources(self) -> dict[str, str]:
        """The sources of headers, footers, notes and properties with tags."""
        return {part: self._source(part) for part in self.package.names if self._is_tagged(part)}

    def _compile(self, *, takes_objects: bool) -> dict[str, TaggedPart]:
        environment = word_environment(self._extensions, takes_objects=takes_objects)
        return {
            part: TaggedPart(source, self.name, environment, partial(self._place_of, part))
            for part, source in self.sources.items()
        }

    def _place_of(self, part: str, words: str) -> Place:
        return place_of_words(self.package.read(part), part, self.name, words)

    @cached_property
    def _parts_for_docxtpl(self) -> dict[str, TaggedPart]:
        return self._compile(takes_objects=True) if self._extensions else self._parts

    @property
    def _is_always_wellformed(self) -> bool:
        return all(part.always_wellformed for part in self._parts.values())

    def _objects(self, values: Mapping[str, Any]) -> Iterator[Any]:
        yield from docxtpl_objects(values)
        yield from docxtpl_objects(self._extensions.globals)

    def _is_tagged(self, part: str) -> bool:
        return bool(_TAGGED.fullmatch(part)) and has_tags(self.package.text(part))

    def _source(self, part: str) -> str:
        root = _parsed(self.package.read(part), self.name)
        if _HEADER_OR_FOOTER.fullmatch(part):
            header.measure_header(root, self._width_pt)
        return jinja_source(root)

    def _filled(self, part: TaggedPart, values: Mapping[str, Any]) -> bytes:
        filled = part.fill(values)
        refuse_control_characters(filled, self.name)
        return f"{_DECLARATION}{filled}".encode()

    def _bind(self, source: str) -> str:
        if self._body_style is None:
            raise TemplateError(Report((finding("word-body-place-missing", Place(file=self.name)),)))
        known_styles = frozenset(re.findall(r'w:styleId="([^"]+)"', self.package.text("word/styles.xml")))
        area, attachments = TextArea.of(self._width_pt, self._binding.measures), Attachments()
        form = BodyForm(self._body_style, known_styles, area, attachments, self._binding.in_dia_chi)
        bound = place_bodies(source, self._binding, form, self.name)
        if changed := attachments.parts(self.package):
            self._docx = self.package.with_parts(changed)
            self.package = Package(self._docx, self.name)
        return bound

    def _render_fast(self, values: Mapping[str, Any]) -> bytes:
        content, others = self.fill_content(values), self.fill_other_parts(values)
        refuse_control_characters(content, self.name)
        encoded = content.encode()
        if self._extensions:  # Markup a filter returns is printed without being escaped
            _require_wellformed((self.document_xml(content).encode(), *others.values()))
        return self.pack(encoded, others)

    def _render_by_docxtpl(self, values: Mapping[str, Any], owner: DocxTemplate | None) -> bytes:
        from congvan.word.template.docxtpl_renderer import TemplateSource, render_by_docxtpl

        parts = self._parts_for_docxtpl
        start = self._head[self._head.index("<w:document") :]
        namespaces = " ".join(re.findall(r'xmlns:\w+="[^"]+"', start))
        body_start = start[start.index("<w:body") :].replace("<w:body", f"<w:body {namespaces}", 1)
        body_end = self._tail[: self._tail.rindex("</w:body>")] + "</w:body>"
        environment = word_environment(self._extensions)
        source = TemplateSource(self._docx, parts, body_start, body_end, self.name, environment)
        docx = render_by_docxtpl(source, values, self._extensions.globals, owner)
        left = {name: self._filled(part, values) for name, part in parts.items() if _AFTER_DOCXTPL.fullmatch(name)}
        # Written once more by Package, whose time stamps are fixed.
        return Package(docx, self.name).with_parts({**left, **self._header_footer_parts})


@lru_cache(maxsize=CACHED_TEMPLATES)
def compile_template(source: bytes, name: str, binding: TemplateBinding) -> CompiledTemplate:
    """Prepare and compile a template with its binding in place; the last 64 are cached.

    Raises:
        UnreadableFileError: when the file is not a Word file.
        TemplateError: when the file is not let in, has a slip in its tags, or as :class:`CompiledTemplate`.
    """
    return bind_template(prepare_template(source, name).docx, name, binding)


@lru_cache(maxsize=CACHED_TEMPLATES)
def bind_template(
    docx: bytes, name: str, binding: TemplateBinding, extensions: TemplateExtensions = NO_EXTENSIONS
) -> CompiledTemplate:
    """Compile an admitted template with its binding in place; the last 64 are cached.

    Raises:
        TemplateError: as :class:`CompiledTemplate`.
    """
    return CompiledTemplate(docx, name, binding, extensions)


def _require_wellformed(parts: Iterable[bytes]) -> None:
    from lxml import etree

    for part in parts:
        try:
            etree.fromstring(part)
        except etree.XMLSyntaxError:
            raise NeedsDocxtplError from None  # docxtpl reads damaged XML and writes what it understood


def _parsed(xml: bytes, name: str) -> _Element:
    from lxml import etree

    try:
        return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise TemplateError(Report((finding("word-template-unreadable", Place(file=name), why=error),))) from None


def _split(source: str) -> tuple[str, str, str]:
    """The start of the document up to its blocks, the blocks, and the last section with all that follows."""
    start = source.index(">", source.index("<w:body")) + 1
    end = source.rindex("</w:body>")
    section = source.rfind("<w:sectPr", start, end)
    whole = section != -1 and source[section:end].count("</w:p>") == 0
    return _DECLARATION + source[:start], source[start : section if whole else end], source[section if whole else end :]
