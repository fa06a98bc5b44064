"""The style of a letter an office likes, as the keys of its style file (``mau_trinh_bay``).

What the letter does not tell is left out and said so; so is what Decree 30/2020 does not allow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

from congvan.findings import Finding, Place, finding
from congvan.inspect.components import Components, components
from congvan.inspect.model import DocumentFacts, Line, ParagraphFormat
from congvan.letter.office_style import FIRST_LINES, TrinhBay, style_findings
from congvan.text.tone_marks import ToneStyle, tone_style

StyleValue: TypeAlias = float | bool | str | Mapping[str, list[str]]

_MARGINS: Final = {"le_tren": "top", "le_duoi": "bottom", "le_trai": "left", "le_phai": "right"}
_NEAR: Final = 0.4
"""Millimetres and points: what programs round."""
_MOST_INDENT: Final = 20.0
_ENOUGH_WORDS: Final = 2
_SURE_SHARE: Final = 0.8


@dataclass(frozen=True, slots=True)
class LearnedStyle:
    """``values`` are what was read, by the keys of the style file, inside what the decree allows.

    ``unread`` says what the letter does not tell, ``refused`` what it has that the decree does not allow.
    """

    values: Mapping[str, StyleValue]
    unread: tuple[Finding, ...] = ()
    refused: tuple[Finding, ...] = ()


def learn_style(facts: DocumentFacts) -> LearnedStyle:
    """The style of the letter ``facts`` were read from; measures need a .docx."""
    parts = components(facts)
    values: dict[str, StyleValue] = dict(_measures(facts, parts))
    measured = TrinhBay(**{name: value for name, value in values.items() if isinstance(value, float)})
    refused = tuple(style_findings(measured, lambda key: Place(file=facts.name, key=key)))
    for one in refused:
        values.pop(one.values["part"], None)
    values |= dict(_habits(parts))
    known = {*values, *(one.values["part"] for one in refused)}
    codes = dict.fromkeys(code for key, code in _CODES.items() if key not in known)
    return LearnedStyle(values, tuple(finding(f"style-{code}", Place(file=facts.name)) for code in codes), refused)


_CODES: Final = {
    **dict.fromkeys(_MARGINS, "margins"),
    "co_chu": "size",
    "thut_dong": "first-line",
    "gian_dong": "line-spacing",
    "cach_doan": "paragraph-gap",
    "dau_ket_thuc": "end-sign",
    "dau_thanh": "tone-marks",
    "ky_hieu": "symbol",
}
"""The remark that says that a key cannot be read."""


def _measures(facts: DocumentFacts, parts: Components) -> Iterator[tuple[str, float]]:
    sheet = facts.sheets[0]
    if facts.source == "docx" and not sheet.assumed and sheet.margins is not None:
        yield from ((key, _rounded(getattr(sheet.margins, side))) for key, side in _MARGINS.items())
    text = parts.get("noi_dung")
    if text is None:
        return
    sizes = Counter[float]()
    for line in text.lines:
        for span in line.spans:
            sizes[span.font.size] += len(span.text)
    yield "co_chu", _rounded(sizes.most_common(1)[0][0])
    yield from _forms(list(_paragraphs(text.lines)))


def _forms(paragraphs: list[tuple[Line, ParagraphFormat]]) -> Iterator[tuple[str, float]]:
    """What most paragraphs of the text have; nothing where line distances are fixed in points."""
    indents = [form.left + form.first_line for _, form in paragraphs if form.align != "center"]
    indents = [_snapped(indent) for indent in indents if 0 <= indent <= _MOST_INDENT]
    spacings = [_rounded(form.spacing, 2) for _, form in paragraphs if form.spacing is not None]
    gaps = [
        _rounded(above.after + form.before)
        for (before, above), (line, form) in pairwise(paragraphs)
        if line.paragraph == before.paragraph + 1
    ]
    for key, found in (("thut_dong", indents), ("gian_dong", spacings), ("cach_doan", gaps)):
        if found:
            yield key, Counter(found).most_common(1)[0][0]


def _paragraphs(lines: tuple[Line, ...]) -> Iterator[tuple[Line, ParagraphFormat]]:
    last = None
    for line in lines:
        if line.paragraph_format is not None and line.cell is None and line.paragraph != last:
            yield line, line.paragraph_format
        last = line.paragraph


def _habits(parts: Components) -> Iterator[tuple[str, StyleValue]]:
    """How the letter ends, spells and forms its symbol."""
    text = parts.get("noi_dung")
    if text is not None:
        yield "dau_ket_thuc", text.lines[-1].text.replace(" ", "").endswith("./.")
        if (style := _tone_style(text.text)) is not None:
            yield "dau_thanh", style.value
    number = parts.get("so_ky_hieu")
    if number is not None and "/" in number.text:
        symbol = [group.strip() for group in number.text.partition("/")[2].split("-") if group.strip()]
        if symbol and parts.loai is not None:
            yield "ky_hieu", {"co_quan": symbol[-1:]}
        elif symbol:
            yield "ky_hieu", {"co_quan": symbol[:1], **({"bo_phan": ["-".join(symbol[1:])]} if symbol[1:] else {})}


def _tone_style(text: str) -> ToneStyle | None:
    """The way most words with two spellings are written; None where they are few, or of both."""
    styles = Counter(style for word in text.split() if (style := tone_style(word.strip('.,;:()“”"'))) is not None)
    if not styles:
        return None
    style, count = styles.most_common(1)[0]
    return style if count >= _ENOUGH_WORDS and count >= _SURE_SHARE * styles.total() else None


def _snapped(indent: float) -> float:
    nearest = min(FIRST_LINES, key=lambda each: abs(each - indent))
    return nearest if abs(nearest - indent) < _NEAR else _rounded(indent)


def _rounded(value: float, digits: int = 1) -> float:
    """A whole number where it is nearly one."""
    whole = round(value)
    return float(whole) if abs(value - whole) < 0.06 else round(value, digits)  # noqa: PLR2004 - a twip and more
