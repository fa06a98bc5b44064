"""A Word template as its users see it: a .docx with docxtpl tags, compiled once and rendered as often as needed."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from congvan.findings import Report
from congvan.support.processes.warm_processes import TIME_LIMIT, call_within, is_plain
from congvan.word.intake.admission import read_docx
from congvan.word.template.environment import NO_EXTENSIONS, TemplateExtensions
from congvan.word.template.reading.prepared import prepare_template
from congvan.word.template.record_template import RecordTemplate

if TYPE_CHECKING:
    from docxtpl import DocxTemplate
else:
    DocxTemplate = Any  # docxtpl takes long to import, and most letters need none of it


class WordTemplate:
    """A .docx with fields: any template docxtpl takes.

    Args:
        source: A path, the bytes of the file, or the file opened in binary mode.
        name: The name findings call the template by; that of the file if left out.
        filters: Your Jinja filters, by name: ``{{ ten|viet_hoa }}`` calls ``filters["viet_hoa"]``.
        globals: Your values and functions for all letters, by name; a value of the letter under that name wins.
        accept_changes: Accept the tracked changes in the file and drop its comments; otherwise both are refused.

    Merge fields of Word (MERGEFIELD) are fields too: ``Ho_va_ten`` is ``ho_va_ten``.

    Filters and globals work wherever tags do: body, headers, footers, notes and properties. They run with the rights of
    your program, while the template itself stays in its sandbox. Results are escaped unless they are Markup or one of
    docxtpl's objects.

    Raises:
        UnreadableFileError: when the file is missing or not a Word file.
        TemplateError: when the file is not let in, or a tag is broken or swallows words.
        ValueError: for a filter or global whose name cannot be written in a tag, or is one of congvan's layout filters.
        TypeError: for a filter that cannot be called.
    """

    def __init__(
        self,
        source: str | os.PathLike[str] | bytes | IO[bytes],
        *,
        name: str | None = None,
        filters: Mapping[str, Callable[..., Any]] | None = None,
        globals: Mapping[str, Any] | None = None,  # noqa: A002 - Jinja's own word for them
        accept_changes: bool = False,
    ) -> None:
        self._name = name or (Path(source).name if isinstance(source, str | os.PathLike) else "mau.docx")
        admitted = prepare_template(_read(source), self._name, accepts_changes=accept_changes)
        self._report = admitted.report
        self._extensions = TemplateExtensions(filters or {}, globals or {}) if filters or globals else NO_EXTENSIONS
        self._docx = admitted.docx
        self._template = RecordTemplate(self._docx, self._name, self._extensions)

    @property
    def name(self) -> str:
        """The name findings call the template by."""
        return self._name

    @property
    def docx(self) -> bytes:
        """The template itself, as it was let in."""
        return self._docx

    @property
    def report(self) -> Report:
        """Findings about references to the outside that were removed from the file."""
        return self._report

    @property
    def fields(self) -> frozenset[str]:
        """The names the template needs, those in headers, footers, notes and properties among them."""
        return self._template.compiled.fields

    @property
    def has_callables(self) -> bool:
        """True for a template with filters or globals of the caller.

        The same values may then give another letter, so letters of such a template must not be cached by fingerprint.
        """
        return bool(self._extensions)

    def render(
        self,
        values: Mapping[str, Any],
        *,
        docxtpl_template: DocxTemplate | None = None,
        time_limit: float | None = TIME_LIMIT,
    ) -> bytes:
        """Fill the fields and return the .docx.

        ``values`` may hold docxtpl's objects: rich text, listings, pictures, subdocuments. ``docxtpl_template`` is the
        ``DocxTemplate`` whose links (``build_url_id``) and replacements (``replace_pic``) the letter uses; that of a
        picture or a subdocument is known. Where a paragraph holds nothing but ``{{p noi_dung }}``, a text under that
        name is Markdown and may hold fields itself.

        A worker process does it, kept warm for the next call, and is ended after ``time_limit`` seconds. With None, and
        where it needs objects of this process (filters, globals, a ``docxtpl_template``, values that are more than
        texts, numbers, dates, lists and mappings), the work is done here and cannot be ended.

        Raises:
            TemplateError: when a field has no value, a value holds what a .docx cannot, or the template leaves
                the sandbox.
            WorkerLostError: when it takes too long or too much memory.
        """
        if self._extensions or docxtpl_template is not None or not is_plain(values):
            return self._template.compiled_for(values).render(values, docxtpl_template)
        return call_within(time_limit, _render, self._docx, self._name, values, modules=(__name__,))


def _render(docx: bytes, name: str, values: Mapping[str, Any]) -> bytes:
    return _compiled(docx, name).compiled_for(values).render(values)


@lru_cache(maxsize=8)  # a worker process serves several templates
def _compiled(docx: bytes, name: str) -> RecordTemplate:
    return RecordTemplate(docx, name)


def _read(source: str | os.PathLike[str] | bytes | IO[bytes]) -> bytes:
    if isinstance(source, bytes):
        return source
    return read_docx(Path(source)) if isinstance(source, str | os.PathLike) else source.read()
