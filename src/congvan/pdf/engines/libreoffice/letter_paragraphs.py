"""What the letters of a .docx say, for an engine that is handed the file and tells nothing but how it looks."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

from congvan.pdf.engine import Bundle
from congvan.pdf.paragraphs import Story, outline_styles, read_stories

if TYPE_CHECKING:
    from lxml.etree import _Element

_BODY: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}body"
_DOCUMENT: Final = "word/document.xml"
_STYLES: Final = "word/styles.xml"


def stories_of(bundle: Bundle) -> tuple[Story, ...]:
    """The story of each letter; none if they cannot be read: the engine says what is wrong with its file."""
    from lxml.etree import XMLSyntaxError

    try:
        with zipfile.ZipFile(io.BytesIO(bundle.docx)) as archive:
            styles = outline_styles(_parsed(archive.read(_STYLES))) if _STYLES in archive.namelist() else {}
            body = _parsed(archive.read(_DOCUMENT)).find(_BODY)
    except (zipfile.BadZipFile, KeyError, XMLSyntaxError):
        return ()
    stories = read_stories(body, bundle.bookmarks, styles) if body is not None else ()
    return stories if len(stories) == bundle.letters else ()


def _parsed(part: bytes) -> _Element:
    from lxml import etree

    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, huge_tree=True))
