"""Takes the wrappers off the text of a Word part that some programs do not look into.

Content controls, custom XML, smart tags, marks of direction and tracked changes hold runs, paragraphs, rows or cells.
A choice between two forms (mc:AlternateContent) holds the text for Word and that for others. What is seen stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from congvan.support.ooxml import MC, W
from congvan.word.tracked_changes import accept_changes
from congvan.word.xml_elements import replace_element

if TYPE_CHECKING:
    from lxml.etree import _Element

_WRAPPERS: Final = tuple(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "bdo", "dir"))
_OF_WRAPPERS: Final = tuple(f"{W}{name}" for name in ("sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr"))
_CHOICE: Final = f"{MC}AlternateContent"
_RUN: Final = f"{W}r"
_DRAWN: Final = (f"{W}drawing", f"{W}pict", f"{W}object")
_KNOWN_TO_WORD: Final = (
    "http://schemas.microsoft.com/office/word/",
    "http://schemas.microsoft.com/office/drawing/",
    "http://schemas.openxmlformats.org/",
)


def remove_wrappers(part: _Element) -> None:
    """Accept the tracked changes of ``part``, choose between two forms of a text, and take off what is around text.

    Pictures and drawings keep their two forms: which of them can be drawn, an engine knows.
    """
    accept_changes(part)
    for choice in reversed(list(part.iter(_CHOICE))):
        is_drawing = next(choice.iter(*_DRAWN), None) is not None
        if not is_drawing or next(choice.iterancestors(_RUN), None) is None:
            replace_element(choice, chosen_form(choice))
    for wrapper in reversed(list(part.iter(*_WRAPPERS))):
        replace_element(wrapper, [child for child in wrapper if child.tag not in _OF_WRAPPERS])


def replace_ruby(part: _Element) -> None:
    """Put the text that has small signs above it, and the signs behind it in brackets, in the place of both."""
    for ruby in list(part.iter(f"{W}ruby")):
        run = ruby.getparent()
        if run is None or run.getparent() is None:
            continue
        base, above = (list(ruby.iterfind(f"{W}{name}//{W}t")) for name in ("rubyBase", "rt"))
        texts = ["".join(text.text or "" for text in each) for each in (base, above)]
        text = run.makeelement(f"{W}t", {})
        text.text = f"{texts[0]} ({texts[1]})" if texts[1] else texts[0]
        replace_element(ruby, [text])


def chosen_form(choice: _Element) -> list[_Element]:
    """What Word shows: the first form all of whose needs it knows, otherwise the one for others."""
    for form in choice.iterfind(f"{MC}Choice"):
        needed = (form.nsmap.get(prefix) or "" for prefix in (form.get("Requires") or "").split())
        if all(name.startswith(_KNOWN_TO_WORD) for name in needed):
            return list(form)
    other = choice.find(f"{MC}Fallback")
    return [] if other is None else list(other)
