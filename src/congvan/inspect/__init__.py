"""Any .docx or .pdf, whoever made it, as measured facts, and the facts as components of the decree.

:func:`facts` reads a letter into :class:`DocumentFacts`: its :class:`Sheet`, :class:`Line`, :class:`Rule` and so on,
in mm and points. :func:`components` finds the decree's components among the lines.
"""

from congvan.inspect.components import Components, Found
from congvan.inspect.document import components, facts
from congvan.inspect.model import (
    Cell,
    DocumentFacts,
    FontFacts,
    Frame,
    Line,
    Look,
    Margins,
    Picture,
    Rule,
    Setting,
    Sheet,
    Span,
    Table,
)

__all__ = [
    "Cell",
    "Components",
    "DocumentFacts",
    "FontFacts",
    "Found",
    "Frame",
    "Line",
    "Look",
    "Margins",
    "Picture",
    "Rule",
    "Setting",
    "Sheet",
    "Span",
    "Table",
    "components",
    "facts",
]
