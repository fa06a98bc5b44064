"""Letters as Word documents.

A template is an ordinary .docx a clerk edits; :class:`WordTemplate` compiles it once and renders it as
often as needed. :func:`render_letter` lays out one :class:`~congvan.letter.Letter`; :func:`bundle` joins
many into one file that a PDF engine converts at once.
"""

from congvan.word.letter_document import (
    LetterDocument,
    render_docx,
    render_letter,
    template_for,
)
from congvan.word.template.binding import TemplateBinding
from congvan.word.template.bundle import WordBundle, bundle
from congvan.word.template.compiled_template import CompiledTemplate
from congvan.word.template.record_template import RecordTemplate
from congvan.word.template.template import WordTemplate

__all__ = [
    "CompiledTemplate",
    "LetterDocument",
    "RecordTemplate",
    "TemplateBinding",
    "WordBundle",
    "WordTemplate",
    "bundle",
    "render_docx",
    "render_letter",
    "template_for",
]
