"""Letters as Word documents.

A template is an ordinary .docx a clerk edits; :class:`WordTemplate` compiles it once and renders it as
often as needed. :func:`render_letter` lays out one :class:`~congvan.letter.Letter`; :func:`bundle` joins
many into one file that a PDF engine converts at once.
"""

from congvan.word.letter_document import (
    FilledLetter,
    LetterDocument,
    filled_letter,
    letter_content,
    render_docx,
    render_letter,
    template_for,
)
from congvan.word.template.bundle import WordBundle, bundle
from congvan.word.template.shared_parts import Shared
from congvan.word.template.template import WordTemplate

__all__ = [
    "FilledLetter",
    "LetterDocument",
    "Shared",
    "WordBundle",
    "WordTemplate",
    "bundle",
    "filled_letter",
    "letter_content",
    "render_docx",
    "render_letter",
    "template_for",
]
