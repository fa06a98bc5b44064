"""What may differ between the words of a letter's .docx and those on its pages: all of it is named here.

- A page number, a date or another field that is worked out while the pages are made (:data:`ANY`, :data:`PAGE`).
- The label of an item of an automatic list, the mark of a note, a symbol: drawn for what the .docx does not spell out.
- The heads of a table, again at the top of each page the table goes on to.
- Header and footer, once a page.
- Notes, text boxes, frames and tables that float: each in order and once, wherever it stands among the rest.
- Cells of one row, and cells merged over several: side by side, so that one goes on overleaf when the other is done.
  So does a list of recipients beside a signature.
- The hyphen of a word that is broken at the end of a line, and the dots a tab is filled with.
- What a picture, a chart, a formula or an embedded object writes: it has no words in the .docx.
- Capitals for small letters, and every kind of space or hyphen for another (:func:`congvan.pdf.paragraphs.match_key`).
- «DỰ THẢO» behind the pages of a draft: it is drawn when they have been compared.
"""

from __future__ import annotations

import re
from typing import Final

ANY: Final = "\ue000"
"""Stands in a text for some that nobody knows beforehand, or none."""

PAGE: Final = "\ue001"
"""Stands for the number of the page."""

PAGE_NUMBER: Final = re.compile(r"[-–—]?(\d{1,5}|[ivxlcdm]{1,12}|[a-z]{1,3})[-–—]?")
"""How a page number may be written."""

MARKS: Final = re.compile(f"[{ANY}{PAGE}]+")

MAY_BE_NOTHING: Final = re.compile(f"{ANY}+")

LONGEST_UNKNOWN: Final = 40
"""Characters at the most of what stands for :data:`ANY` within one piece of text."""

WORKED_OUT: Final = frozenset(
    {
        *("ADVANCE", "AUTHOR", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "BARCODE", "COMMENTS", "CREATEDATE", "DATE"),
        *("DOCPROPERTY", "DOCVARIABLE", "EDITTIME", "EQ", "FILENAME", "FILESIZE", "FORMCHECKBOX", "FORMDROPDOWN"),
        *("INFO", "KEYWORDS", "LASTSAVEDBY", "LISTNUM", "MACROBUTTON", "NOTEREF", "NUMCHARS", "NUMPAGES", "NUMWORDS"),
        *("PAGEREF", "PRINTDATE", "RD", "REVNUM", "SAVEDATE", "SECTION", "SECTIONPAGES", "SEQ", "STYLEREF", "SUBJECT"),
        *("SYMBOL", "TA", "TC", "TEMPLATE", "TIME", "TITLE", "TOC", "USERADDRESS", "USERINITIALS", "USERNAME", "XE"),
    }
)
"""Fields an engine works out anew, or writes in its own way; of others the result in the .docx is asked for."""

PAGE_FIELD: Final = "PAGE"

WRITES_WORDS: Final = ("oMath", "chart", "relIds", "object", "textpath", "altChunk", "subDoc", "ruby", "pict")
"""Elements that may put words on the page which the text of the .docx does not have."""

DRAWING_FILES: Final = (".emf", ".wmf", ".svg")
"""Pictures that may be drawn as text."""

_LEADER: Final = re.compile(r"[.·…_\-–—]+")


def is_leader(text: str) -> bool:
    """True for the dots or dashes with which a tab may be filled."""
    return bool(_LEADER.fullmatch(text))


def without_hyphen(text: str) -> str | None:
    """``text`` less the hyphen at the end of a line; None where there is none."""
    return text[:-1] if len(text) > 1 and text.endswith(("-", "\u2010")) else None
