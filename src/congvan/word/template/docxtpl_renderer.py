"""The way through docxtpl itself, for values that are docxtpl objects and for tables that change their columns.

Pictures, subdocuments and links belong to the ``DocxTemplate`` they were created with, their owner: their files lie in
its package. The letter is therefore rendered from that package, which is left as it was for the next letter.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from docx.opc.oxml import parse_xml
from docxtpl import DocxTemplate

from congvan.errors import TemplateError
from congvan.findings import Place, Report, finding
from congvan.text.fields.pattern import FieldEnvironment, field_finding
from congvan.word.package import DOCUMENT
from congvan.word.template.tagged_part import TaggedPart, refuse_control_characters
from congvan.word.template.tags import docxtpl_objects, has_tags, jinja_source

_FOOTNOTES: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


@dataclass(frozen=True, slots=True)
class TemplateSource:
    """A template ready for docxtpl: its file, its parts with tags, and the XML around the blocks of its body."""

    docx: bytes
    parts: Mapping[str, TaggedPart]
    body_start: str
    body_end: str
    name: str
    environment: FieldEnvironment


def render_by_docxtpl(
    source: TemplateSource, values: Mapping[str, Any], constants: Mapping[str, Any], owner: DocxTemplate | None
) -> bytes:
    """Fill the template as docxtpl does; properties and endnotes are not yet filled.

    ``owner`` is the template object the values were created with, if known; those of pictures and subdocuments in
    ``values`` and ``constants``, the globals of the template, are found.

    Raises:
        TemplateError: when a field has no value, the template leaves the sandbox, or the values belong to more than
            one template.
    """
    owners = _owners([*docxtpl_objects(values), *docxtpl_objects(constants)], owner, source.name)
    template = _PreparedTemplate(_package(owners, source), source, owners)
    target = io.BytesIO()
    try:
        template.render(dict(values))
        template.save(target)
    except TemplateError:
        raise
    except Exception as error:
        raise TemplateError(Report((field_finding(error, Place(file=source.name)),))) from error
    return target.getvalue()


def _owners(objects: Iterable[Any], owner: DocxTemplate | None, name: str) -> list[DocxTemplate]:
    found = (getattr(value, "tpl", None) for value in objects)
    owners = list({id(one): one for one in (owner, *found) if one is not None}.values())
    if sum(one.docx is not None for one in owners) > 1:
        raise TemplateError(Report((finding("word-values-of-two-templates", Place(file=name)),)))
    return owners


def _package(owners: Sequence[DocxTemplate], source: TemplateSource) -> io.BytesIO:
    """The file to fill: the template's, or that of the owner, which holds the files of the values."""
    for owner in owners:
        if owner.docx is not None:
            saved = io.BytesIO()
            owner.docx.save(saved)
            return saved
    return io.BytesIO(source.docx)


class _PreparedTemplate(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """docxtpl with the sources congvan has already read: it repairs tables, numbers drawings and stores files."""

    def __init__(self, package: io.BytesIO, source: TemplateSource, owners: Sequence[DocxTemplate]) -> None:
        super().__init__(package)
        self._source = source
        self._owners = owners
        self.allow_missing_pics: bool = any(owner.allow_missing_pics for owner in owners)
        for owner in owners:
            self.pics_to_replace.update(owner.pics_to_replace)
            self.zipname_to_replace.update(owner.zipname_to_replace)
            self.crc_to_new_media.update(owner.crc_to_new_media)
            self.crc_to_new_embedded.update(owner.crc_to_new_embedded)

    def build_xml(self, context: dict[str, Any], jinja_env: Any = None) -> str:  # noqa: ARG002
        blocks = self._filled(self._source.parts[DOCUMENT], self.docx.part, context)
        return f"{self._source.body_start}{blocks}{self._source.body_end}"

    def build_headers_footers_xml(
        self,
        context: dict[str, Any],
        uri: str,
        jinja_env: Any = None,  # noqa: ARG002
    ) -> Iterator[tuple[str, bytes]]:
        for key, part in self.get_headers_footers(uri):
            if tagged := self._source.parts.get(part.partname.lstrip("/")):
                yield key, self._filled(tagged, part, context).encode()

    def render_footnotes(self, context: dict[str, Any], jinja_env: Any = None) -> None:  # noqa: ARG002
        """Fill footnotes once; docxtpl fills them again for every section and reads values as tags."""
        for part in self.docx.part.package.iter_parts():
            if part.content_type == _FOOTNOTES and has_tags(part.blob.decode("utf-8-sig")):
                tagged = TaggedPart(jinja_source(parse_xml(part.blob)), self._source.name, self._source.environment)
                part._blob = self._filled(tagged, part, context).encode()  # noqa: SLF001

    def render_properties(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """Do nothing: docxtpl would escape properties twice, and give a file without any the time of day."""

    def _filled(self, tagged: TaggedPart, part: Any, context: Mapping[str, Any]) -> str:
        for template in (self, *self._owners):
            template.current_rendering_part = part
        filled = tagged.fill(context)
        refuse_control_characters(filled, self._source.name)
        return filled
