"""Text as a reader sees it on paper, whatever the file holds for it.

Fonts from before Unicode (names beginning ``.Vn`` and ``VNI-``) show Latin letters as Vietnamese ones, and
those whose name ends in H show small letters as capitals.
"""

from __future__ import annotations

import re
from typing import Final

from congvan.text.capitals import upper
from congvan.text.legacy import Encoding, convert_legacy, vietnamese_share
from congvan.text.unicode_form import nfc

_BLANK_BEFORE: Final = re.compile(r"(\bs[ốô]|\bsố:|[:/]|\bngày|\btháng|\bnăm)\s*$", re.IGNORECASE)
_LIST_MARK: Final = re.compile(r"\s*([-–+*•]|\d{1,2}(\.\d{1,2})*[.)]|[a-zđ]{1,2}\)|[IVX]+\.)\s*")
_BLANK_AFTER: Final = re.compile(r"\s*(/|(\d{1,4}\s*)?(tháng|năm)\b|\d{1,4}\s*(/|-|$)|-\s)", re.IGNORECASE)
_TYPED_RULE: Final = re.compile(r"[-–—_=*~─━]{3,}|[-–—_=*~─━][-–—_=*~─━\s]{5,}[-–—_=*~─━]")


def encoding_of(family: str) -> Encoding | None:
    """The encoding a font of that name shows, None for a Unicode font."""
    lowered = family.lower().lstrip("/")
    if lowered.startswith((".vn", "vn.")):
        return "tcvn3"
    return "vni" if lowered.startswith("vni") else None


def as_read(raw: str, family: str, *, capitals: bool = False) -> str:
    """``raw`` printed in ``family``: in Unicode NFC, and in capitals where the font or the setting shows them.

    Unicode text in a font from before Unicode, which programs show in another font, stays as it is.
    """
    encoding, text = encoding_of(family), nfc(raw)
    if encoding and vietnamese_share(decoded := convert_legacy(raw, encoding)) >= vietnamese_share(text):
        text = decoded
    return upper(text) if capitals or (encoding == "tcvn3" and family.upper().endswith("H")) else text


def folded(text: str) -> str:
    """White space of every kind as single spaces, none at the ends."""
    return " ".join(text.split())


def reads_on(before: str, after: str) -> bool:
    """True when a wide gap is inside one text, not the space between two columns.

    It may be room to write by hand, as in ``Số:      /PCTH-KD`` and ``ngày      tháng 4``, or stand behind the mark
    of a list.
    """
    start = nfc(before)
    return bool(_LIST_MARK.fullmatch(start) or (_BLANK_BEFORE.search(start) and _BLANK_AFTER.match(nfc(after))))


def is_typed_rule(text: str) -> bool:
    """True for a line drawn on the keyboard: ``--------``, ``________``, ``***``."""
    return bool(text.strip()) and bool(_TYPED_RULE.fullmatch(text.strip()))
