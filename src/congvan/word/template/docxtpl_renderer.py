"""The way through docxtpl itself, for values that are its own objects and for tables that change their columns.

Pictures, subdocuments and links belong to the ``DocxTemplate`` they were made with: their files lie in its
package. The letter is therefore made from that package, which is left as it was for the next letter.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from docx.opc.oxml import parse_xml
from docxtpl import DocxTemplate

from congvan.errors import TemplateError
from congvan.findings import Place, Report, finding
from congvan.text.fields.pattern import field_finding
from congvan.word.package.docx_package import DOCUMENT
from congvan.word.template.tagged_part import TaggedPart, refuse_control_characters
from congvan.word.template.tags import docxtpl_objects, has_tags, jinja_source

_FOOTNOTES: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A template ready for docxtpl: its file, its parts with tags, and what stands around the blocks of the body."""

    docx: bytes
    parts: Mapping[str, TaggedPart]
    opening: str
    closing: str
    name: str


def render_by_docxtpl(manuscript: Manuscript, values: Mapping[str, Any], home: DocxTemplate | None) -> bytes:
    """The .docx as docxtpl makes it, properties and endnotes not yet filled.

    ``home`` is the template object the values were made with, if known.

    Raises:
        TemplateError: when a field has no value, the template leaves the sandbox, or the values were made
            with more than one template.
    """
    homes = _homes(values, home, manuscript.name)
    template = _Patched(_package(homes, manuscript), manuscript, homes)
    target = io.BytesIO()
    try:
        template.render(dict(values))
        template.save(target)
    except TemplateError:
        raise
    except Exception as error:
        raise TemplateError(Report((field_finding(error, Place(file=manuscript.name)),))) from error
    return target.getvalue()


def _homes(values: Mapping[str, Any], home: DocxTemplate | None, name: str) -> list[DocxTemplate]:
    found = (getattr(value, "tpl", None) for value in docxtpl_objects(values))
    homes = list({id(one): one for one in (home, *found) if one is not None}.values())
    if sum(one.docx is not None for one in homes) > 1:
        raise TemplateError(Report((finding("word-values-of-two-templates", Place(file=name)),)))
    return homes


def _package(homes: Sequence[DocxTemplate], manuscript: Manuscript) -> io.BytesIO:
    """The file to fill: the template's, or that of the object which holds the values' own files."""
    for home in homes:
        if home.docx is not None:
            saved = io.BytesIO()
            home.docx.save(saved)
            return saved
    return io.BytesIO(manuscript.docx)


class _Patched(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """docxtpl with the sources congvan has already read; it mends tables, numbers drawings and keeps files."""

    def __init__(self, source: io.BytesIO, manuscript: Manuscript, homes: Sequence[DocxTemplate]) -> None:
        super().__init__(source)
        self._manuscript = manuscript
        self._homes = homes

    def build_xml(self, context: dict[str, Any], jinja_env: Any = None) -> str:  # noqa: ARG002
        blocks = self._filled(self._manuscript.parts[DOCUMENT], self.docx.part, context)
        return f"{self._manuscript.opening}{blocks}{self._manuscript.closing}"

    def build_headers_footers_xml(
        self,
        context: dict[str, Any],
        uri: str,
        jinja_env: Any = None,  # noqa: ARG002
    ) -> Iterator[tuple[str, bytes]]:
        for key, part in self.get_headers_footers(uri):
            if tagged := self._manuscript.parts.get(part.partname.lstrip("/")):
                yield key, self._filled(tagged, part, context).encode()

    def render_footnotes(self, context: dict[str, Any], jinja_env: Any = None) -> None:  # noqa: ARG002
        """Once, where docxtpl fills them again for every section, taking the values for tags."""
        for part in self.docx.part.package.iter_parts():
            if part.content_type == _FOOTNOTES and has_tags(part.blob.decode("utf-8-sig")):
                tagged = TaggedPart(jinja_source(parse_xml(part.blob)), self._manuscript.name)
                part._blob = self._filled(tagged, part, context).encode()  # noqa: SLF001

    def render_properties(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """Nothing: docxtpl would escape them twice, and give a file without any the time of day."""

    def _filled(self, tagged: TaggedPart, part: Any, context: Mapping[str, Any]) -> str:
        for template in (self, *self._homes):
            template.current_rendering_part = part
        filled = tagged.fill(context)
        refuse_control_characters(filled, self._manuscript.name)
        return filled
