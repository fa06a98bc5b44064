"""An admitted Word template for records: dicts of values, or the rows of a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from congvan.word.template.binding import UNBOUND, TemplateBinding
from congvan.word.template.compiled_template import CompiledTemplate, bind_template
from congvan.word.template.environment import NO_EXTENSIONS, TemplateExtensions


class RecordTemplate:
    """A template compiled once; a record may bring the Markdown body it has a place for.

    Args:
        docx: the admitted file.
        name: the name findings call it by.
        extensions: filters and globals of the caller.

    Raises:
        TemplateError: when a tag is broken.
    """

    def __init__(self, docx: bytes, name: str, extensions: TemplateExtensions = NO_EXTENSIONS) -> None:
        self._docx = docx
        self._name = name
        self._extensions = extensions
        self.compiled = CompiledTemplate(docx, name, UNBOUND, extensions)

    def compiled_for(self, values: Mapping[str, Any]) -> CompiledTemplate:
        """The template with the Markdown body of ``values`` in place, where it has a place for one."""
        body = values.get("noi_dung")
        if not self.compiled.has_body_place or not isinstance(body, str):
            return self.compiled
        contact, circulation = values.get("lien_he"), values.get("luu_hanh")
        binding = TemplateBinding(
            body,
            str(values.get("ket_thuc", "")),
            lien_he=tuple(contact) if isinstance(contact, list | tuple) else (),
            luu_hanh=circulation if isinstance(circulation, str) else None,
        )
        return bind_template(self._docx, self._name, binding, self._extensions)
