"""Word's «Strict Open XML»: the same documents with other namespaces, and measures with their unit (ISO/IEC 29500-1).

Only the transitional form (ISO/IEC 29500-4) is read by the rest, so names and measures become those.
"""

from __future__ import annotations

import re
from typing import Final

_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_USUAL: Final = b"http://schemas.openxmlformats.org/"
_IN_ATTRIBUTE: Final = re.compile(rb"""(["'])http://purl\.oclc\.org/ooxml/(\w+)/([\w/]+)(["'])""")
_OTHER_NAMES: Final = {
    b"extendedProperties": b"extended-properties",
    b"customProperties": b"custom-properties",
    b"metadata/coreProperties": b"metadata/core-properties",
}
_CONFORMANCE: Final = re.compile(rb"""\s\w+:conformance=["']strict["']""")
_SIDES: Final = re.compile(rb"""(<\w+:(?:ind)\b[^>]*?\s\w+:)(start|end)((?:Chars)?=)""")
_BORDERS: Final = re.compile(rb"(</?\w+:)(start|end)(?=[\s/>])(?![^>]*\bval=\"\d)")
_TWIPS_A_UNIT: Final = {b"pt": 20.0, b"in": 1440.0, b"cm": 1440 / 2.54, b"mm": 144 / 2.54, b"pc": 240.0, b"pi": 240.0}
_MEASURED: Final = b"|".join(
    (
        *(b"pgSz", b"pgMar", b"ind", b"spacing", b"tab", b"sz", b"szCs", b"position", b"kern", b"tblW", b"tcW"),
        *(b"gridCol", b"tblInd", b"trHeight", b"tblCellSpacing", b"top", b"left", b"bottom", b"right", b"start"),
        *(b"end", b"cols", b"col", b"docGrid", b"framePr", b"w", b"hps", b"defaultTabStop", b"wBefore", b"wAfter"),
        *(b"tblpPr", b"zoom", b"hpsRaise", b"hpsBaseText"),
    )
)
_MEASURE: Final = re.compile(
    rb"""(<\w+:(%b)\b[^<>]*?\s\w+:)(\w+)=(["'])(-?\d+(?:\.\d+)?)(pt|in|cm|mm|pc|pi|%%)\4""" % _MEASURED
)
_JUSTIFIED: Final = re.compile(rb"""(<\w+:(?:jc|lvlJc|tab)\b[^<>]*?:val=["'])(start|end)(?=["'])""")
_HALF_POINTS: Final = frozenset([b"sz", b"szCs", b"position", b"kern", b"hps", b"hpsRaise", b"hpsBaseText"])
_PLAIN_PER_CENT: Final = frozenset([b"w", b"zoom"])
_HAS_MEASURE: Final = re.compile(rb"""\s\w+:\w+=["']-?\d+(?:\.\d+)?(?:pt|in|cm|mm|pc|pi|%)["']""")
_FIFTIETHS: Final = 50
_MOST_PASSES: Final = 8
"""Attributes of one element with a unit."""


def is_strict(part: bytes) -> bool:
    """True for a part of a document in the strict form."""
    return _STRICT in part


def from_strict(part: bytes) -> bytes:
    """``part`` with the names of the transitional form."""
    part = _CONFORMANCE.sub(b"", _IN_ATTRIBUTE.sub(_usual_name, part))
    for _ in range(_MOST_PASSES):
        part, changes = _SIDES.subn(lambda found: found[1] + _side(found[2]) + found[3], part)
        if not changes:
            break
    part = _JUSTIFIED.sub(lambda found: found[1] + _side(found[2]), part)
    return _BORDERS.sub(lambda found: found[1] + _side(found[2]), part)


def plain_measures(part: bytes) -> bytes:
    """``part`` with its measures as numbers alone: twentieths of a point, half points or fiftieths of a per cent."""
    if not _HAS_MEASURE.search(part):
        return part
    for _ in range(_MOST_PASSES):
        part, changes = _MEASURE.subn(_number, part)
        if not changes:
            break
    return part


def _usual_name(found: re.Match[bytes]) -> bytes:
    quote, family, name, end = found.groups()
    inner, _, rest = name.partition(b"/")
    name = b"/".join(filter(None, [inner, _OTHER_NAMES.get(rest, rest)]))
    name = _OTHER_NAMES.get(name, name)
    return quote + _USUAL + family + b"/2006/" + name + end


def _side(name: bytes) -> bytes:
    return b"left" if name == b"start" else b"right"


def _number(found: re.Match[bytes]) -> bytes:
    before, element, attribute, quote, amount, unit = found.groups()
    if unit == b"%":
        number = float(amount) if element in _PLAIN_PER_CENT else float(amount) * _FIFTIETHS
    else:
        number = float(amount) * _TWIPS_A_UNIT[unit] / (10 if element in _HALF_POINTS else 1)
    return b"%s%s=%s%d%s" % (before, attribute, quote, round(number), quote)
