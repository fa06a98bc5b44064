"""Any .docx or .pdf, whoever made it, as measured facts, and the facts as components of the decree.

:func:`facts` reads a letter into :class:`DocumentFacts`: its :class:`Sheet`, :class:`Line`, :class:`Rule` and so on,
in mm and points. :func:`components` finds the decree's components among the lines.
"""

from congvan.inspect.components import Component, Components
from congvan.inspect.document import components, facts
from congvan.inspect.model import (
    Cell,
    DocumentFacts,
    Font,
    FontFacts,
    Frame,
    Line,
    Margins,
    Mark,
    ParagraphFormat,
    Picture,
    Rule,
    Sheet,
    Span,
    Table,
)

__all__ = [
    "Cell",
    "Component",
    "Components",
    "DocumentFacts",
    "Font",
    "FontFacts",
    "Frame",
    "Line",
    "Margins",
    "Mark",
    "ParagraphFormat",
    "Picture",
    "Rule",
    "Sheet",
    "Span",
    "Table",
    "components",
    "facts",
]
