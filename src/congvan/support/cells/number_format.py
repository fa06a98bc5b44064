"""Show a value as its cell in a spreadsheet does, by the cell's number format; marks are Vietnamese: ``1.234,5``.

A list holds what people see: 00123, 15,5 %, 09/2021, 07:30. The file holds 123, 0.155 and days since 1900, and how to
show them. A full date stays a date, which letters write in their own way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Any, Final, NamedTuple

BUILT_IN: Final = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: "#,##0;-#,##0",
    43: "#,##0.00;-#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    48: "##0.0E+0",
}
"""Formats that a workbook names by number alone; 0 (General), 14 and 22 (full dates) and 49 (text) show the value."""

PLAIN: Final = frozenset({"", "General", "GENERAL", "@"})
"""Formats that show a value as it is."""

_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<elapsed>h+|m+|s+)\]'
    r"|\[(?P<bracket>[^\]]*)\]|(?P<half>AM/PM|A/P)|(?P<general>General)|(?P<scientific>E[+-])"
    r"|(?P<part>y+|m+|d+|h+|s+)|(?P<digit>[0#?])|(?P<mark>[.,%@])|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_SECTION_END: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|;', re.DOTALL)
_COLOURS: Final = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|color ?\d+", re.IGNORECASE)
_EXACT: Final = Context(prec=60)
_WRITTEN: Final = re.compile(r"\d[\d.,]*\d|\d")
_VIETNAMESE: Final = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")
_SWAP: Final = str.maketrans(",.", ".,")
_TOLERANCE: Final = Decimal("0.05")
"""How far a number may be rounded in a cell, as a share of it."""

_NO_MONTH_NAMES: Final = 2
"""Letters of a month or day in digits; more of them mean its name, which no two systems spell alike."""


class _UnknownFormatError(ValueError):
    """A number format whose look is not known here: fractions, powers of ten, conditions, names of days."""


class _Token(NamedTuple):
    """A piece of a format: its kind, one of the names in ``_TOKEN``, and its text."""

    kind: str
    text: str


def shown(value: Any, code: str) -> Any:
    """The text that a cell with ``value`` shows under the format ``code``.

    The value itself where the format says nothing, or shows a fraction, a power of ten or something by a condition.
    """
    if isinstance(value, bool) or code in PLAIN:
        return value
    try:
        return _shown(value, _sections(code))
    except (_UnknownFormatError, ArithmeticError):  # or a number of more digits than a cell shows
        return value


def _shown(value: Any, sections: Sequence[Sequence[_Token]]) -> Any:
    match value:
        case str():
            return _shown_text(value, sections) if value else value
        case int() | float():
            return _shown_number(value, sections)
        case date() | time() | timedelta():
            return _shown_time(value, sections[0])
        case _:
            return value


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[tuple[_Token, ...], ...]:
    """The parts of a format: for positive numbers, negative ones, zero and texts."""
    ends = [match.start() for match in _SECTION_END.finditer(code) if match[0] == ";"]
    starts = [0, *(end + 1 for end in ends)]
    return tuple(tuple(_tokens(code[start:end])) for start, end in zip(starts, [*ends, len(code)], strict=True))


def _tokens(section: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(section):
        kind, text = match.lastgroup, match[match.lastgroup] if match.lastgroup else ""
        match kind:
            case None:  # a space as wide as a sign, a sign that fills the cell
                continue
            case "bracket" if _COLOURS.fullmatch(text):
                continue
            case "bracket":
                raise _UnknownFormatError(section)
            case "quoted" | "escaped" | "currency" | "plain":
                yield _Token("text", text)
            case _:
                yield _Token(kind, text.lower() if kind in {"part", "elapsed"} else text)


def _shown_text(value: str, sections: Sequence[Sequence[_Token]]) -> str:
    of_text = sections[3] if len(sections) > 3 else sections[-1]  # noqa: PLR2004 (the fourth section)
    if not any(token.text == "@" for token in of_text):
        return value
    return "".join(value if token.text == "@" else token.text for token in of_text)


def _shown_number(value: float, sections: Sequence[Sequence[_Token]]) -> Any:
    at = 1 if value < 0 and len(sections) > 1 else 2 if not value and len(sections) > 2 else 0  # noqa: PLR2004
    tokens = sections[at]
    kinds = {token.kind for token in tokens}
    if kinds & {"part", "elapsed"}:  # a date that the reader did not take for one
        return value
    if "scientific" in kinds or _is_fraction(tokens) or tokens.count(_Token("mark", ".")) > 1:
        raise _UnknownFormatError
    if "general" in kinds or any(token.text == "@" for token in tokens):
        whole = str(int(value)) if float(value).is_integer() else repr(value).replace(".", ",")
        return "".join(whole if token.kind == "general" or token.text == "@" else token.text for token in tokens)
    text = _filled(tokens, abs(Decimal(repr(value))))
    is_zero = not any(sign in "123456789" for sign in text)
    return (text if value >= 0 or at == 1 or is_zero else f"-{text}").strip() or value  # a hidden value is not lost


def _is_fraction(tokens: Sequence[_Token]) -> bool:
    """``# ?/?``: a slash between digits with no digit to keep."""
    return any(
        here.text == "/" and before.text in {"?", "#"} and after.kind == "digit"
        for before, here, after in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )


def _filled(tokens: Sequence[_Token], number: Decimal) -> str:
    """The tokens with the digits of ``number`` in their places."""
    point = next((at for at, token in enumerate(tokens) if token == ("mark", ".")), len(tokens))
    whole_places = [at for at, token in enumerate(tokens) if token.kind == "digit" and at < point]
    decimal_places = [at for at, token in enumerate(tokens) if token.kind == "digit" and at > point]
    commas = [at for at, token in enumerate(tokens) if token == ("mark", ",")]
    last = max(whole_places, default=-1)
    thousands = sum(last < at <= point or at > max(decimal_places, default=point) for at in commas)
    scale = 2 * sum(token == ("mark", "%") for token in tokens) - 3 * thousands
    grouped = any(at < last for at in commas)
    unit = Decimal(1).scaleb(-len(decimal_places))
    rounded = number.scaleb(scale, _EXACT).quantize(unit, ROUND_HALF_UP, _EXACT)
    whole, _, decimals = f"{rounded:f}".partition(".")
    pieces = _whole_pieces(tokens, whole_places, whole if whole.strip("0") else "", grouped=grouped)
    kept = decimals.rstrip("0")
    for place, digit in zip(decimal_places, decimals, strict=True):
        is_needed = place - point <= len(kept) or tokens[place].text == "0"
        pieces[place] = digit if is_needed else ""
    if point < len(tokens) and (any(pieces[place] for place in decimal_places) or not decimal_places):
        pieces[point] = ","
    for at, token in enumerate(tokens):
        if token.kind == "text" or token.text == "%":
            pieces[at] = token.text
    return "".join(pieces.get(at, "") for at in range(len(tokens)))


def _whole_pieces(tokens: Sequence[_Token], places: Sequence[int], digits: str, *, grouped: bool) -> dict[int, str]:
    """The digits before the comma, from the last place to the first, which takes all that are left."""
    pieces: dict[int, str] = {}
    left, count = digits, 0
    for place in reversed(places):
        more = len(left) if place == places[0] else 1
        taken, left = left[-more:] if more else "", left[:-more] if more else left
        taken = taken or ("0" if tokens[place].text == "0" else "")
        piece = ""
        for digit in reversed(taken):
            piece = f"{digit}{'.' if grouped and count and count % 3 == 0 else ''}{piece}"
            count += 1
        pieces[place] = piece
    return pieces


def _shown_time(value: date | time | timedelta, tokens: Sequence[_Token]) -> Any:
    parts = [token for token in tokens if token.kind in {"part", "elapsed"}]
    letters = {token.text[0] for token in parts}
    minutes = set(_minutes(tokens))
    has_month = any(token.text[0] == "m" and at not in minutes for at, token in enumerate(tokens) if token in parts)
    if not parts:
        return value
    if {"y", "d"} <= letters and has_month:
        return value.date() if isinstance(value, datetime) and "h" not in letters else value
    if isinstance(value, date) and any(len(token.text) > _NO_MONTH_NAMES and token.text[0] == "m" for token in parts):
        return f"{value.month:02}/{value.year}" if "y" in letters else f"{value.day:02}/{value.month:02}"
    is_twelve = any(token.kind == "half" for token in tokens)
    return "".join(
        _time_part(token, value, is_minute=at in minutes, is_twelve=is_twelve) for at, token in enumerate(tokens)
    ).strip()


def _minutes(tokens: Sequence[_Token]) -> Iterator[int]:
    """The places where ``m`` means minutes: after hours or before seconds."""
    parts = [(at, token.text[0]) for at, token in enumerate(tokens) if token.kind in {"part", "elapsed"}]
    for index, (at, letter) in enumerate(parts):
        before = parts[index - 1][1] if index else ""
        after = parts[index + 1][1] if index + 1 < len(parts) else ""
        if letter == "m" and (before == "h" or after == "s"):
            yield at


def _time_part(token: _Token, value: date | time | timedelta, *, is_minute: bool, is_twelve: bool) -> str:
    if token.kind == "elapsed":
        seconds = _seconds(value)
        return str(seconds // {"h": 3600, "m": 60, "s": 1}[token.text[0]]).zfill(len(token.text))
    if token.kind == "half":
        return "CH" if _seconds(value) // 3600 % 24 >= 12 else "SA"  # noqa: PLR2004 (noon)
    if token.kind == "part":
        return _digits_of(token.text, value, is_minute=is_minute, is_twelve=is_twelve)
    return token.text


def _digits_of(part: str, value: date | time | timedelta, *, is_minute: bool, is_twelve: bool) -> str:
    seconds = _seconds(value)
    match part[0]:
        case "h":
            hour = seconds // 3600 % 24
            number = (hour + 11) % 12 + 1 if is_twelve else hour
        case "m" if is_minute:
            number = seconds // 60 % 60
        case "s":
            number = seconds % 60
        case _ if not isinstance(value, date) or (part[0] != "y" and len(part) > _NO_MONTH_NAMES):
            raise _UnknownFormatError(part)
        case "y":
            return f"{value.year:04}" if len(part) > _NO_MONTH_NAMES else f"{value.year % 100:02}"
        case "m":
            number = value.month
        case _:
            number = value.day
    return str(number).zfill(len(part))


def _seconds(value: date | time | timedelta) -> int:
    """The seconds since midnight, or the length of a time span."""
    match value:
        case timedelta():
            return round(value.total_seconds())
        case datetime() | time():
            return value.hour * 3600 + value.minute * 60 + value.second
        case _:
            return 0


def vietnamese_marks(text: str, value: str) -> str:
    """``text``, the number ``value`` as a program showed it, with dots between thousands and a decimal comma.

    A program set to English writes 1,234.5; whether it did shows in the value.
    """
    match = _WRITTEN.search(text)
    if match is None:
        return text
    swapped = match[0].translate(_SWAP)
    try:
        exact = Decimal(value) * (100 if "%" in text else 1)
    except ArithmeticError:
        return text
    reading, other = _number_in(match[0]), _number_in(swapped)
    allowed = _TOLERANCE * max(abs(exact), Decimal(1))
    if reading is not None and abs(reading - abs(exact)) <= allowed:
        return text
    if other is not None and abs(other - abs(exact)) <= allowed:
        return text.replace(match[0], swapped)
    return text


def _number_in(written: str) -> Decimal | None:
    """The number of digits with Vietnamese marks; None where the marks are in other places."""
    if not _VIETNAMESE.fullmatch(written):
        return None
    return Decimal(written.replace(".", "").replace(",", "."))
