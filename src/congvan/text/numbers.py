"""Numbers in digits, the Vietnamese way: ``1.234.567,891`` and ``82,05%``.

The decimal comma is mandatory in texts of the State (Decree 86/2012); the marks come from Babel's
Vietnamese locale. Values stay exact: nothing is rounded unless a number of decimals is asked for.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Final, TypeAlias

from congvan.errors import TextError
from congvan.text.text_error import text_error

Number: TypeAlias = int | float | Decimal | str
"""A number, or a text that writes one."""

_LOCALE: Final = "vi"
_VIETNAMESE: Final = re.compile(r"[+-]?(?:[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,[0-9]+)?")
_MACHINE: Final = re.compile(r"[+-]?[0-9]+\.[0-9]+")

_MAX_DIGITS: Final = 1000
"""On each side of the comma; far beyond any letter, and within what Python turns into text."""


def format_number(value: Number, decimals: int | None = None) -> str:
    """``1.234.567,891``; exact, or rounded half up to ``decimals`` places.

    Raises:
        TextError: when ``value`` is not a number.
    """
    return _formatted(number_of(value), decimals)


def format_percent(value: Number, decimals: int | None = None) -> str:
    """A share of one as a percentage: 0.8205 is ``82,05%``; exact, or rounded half up to ``decimals`` places.

    Raises:
        TextError: when ``value`` is not a number.
    """
    sign, digits, exponent = number_of(value).as_tuple()
    return f"{_formatted(Decimal((sign, digits, int(exponent) + 2)), decimals)}%"


def parse_number(text: str) -> Decimal:
    """The number a Vietnamese text writes: ``1.234.567,891``, ``1234567,891``.

    A dot groups thousands and must do so rightly: ``1.05`` is refused, not read as 105 as Babel alone does.

    Raises:
        TextError: for any other text.
    """
    from babel.numbers import parse_decimal

    plain = text.strip()
    if not _VIETNAMESE.fullmatch(plain):
        raise text_error("text-not-a-number", value=text)
    return parse_decimal(plain, locale=_LOCALE)


def number_of(value: object) -> Decimal:
    """The exact value of a number or of a text that writes one.

    A text is read as Vietnamese first (``1.500`` is fifteen hundred), and where that is impossible as programs
    write it (``1.05``). A float counts as the decimal it prints as: 1.05, not 1.0500000000000000444.

    Raises:
        TextError: for anything else, also for True, NaN, infinity, and more than 1000 digits.
    """
    match value:
        case bool():
            raise text_error("text-not-a-number", value=value)
        case int():
            number = Decimal(value)
        case float() | Decimal():
            number = Decimal(str(value))
        case str():
            number = _read(value)
        case _:
            raise text_error("text-not-a-number", value=value)
    if not number.is_finite() or _digits(number) > _MAX_DIGITS:
        raise text_error("text-not-a-number", value=f"{number:.20g}")
    return number


def _read(text: str) -> Decimal:
    try:
        return parse_number(text)
    except TextError:
        if _MACHINE.fullmatch(text.strip()):
            return Decimal(text.strip())
        raise


def _formatted(number: Decimal, decimals: int | None) -> str:
    from babel.numbers import format_decimal

    # Babel computes with 28 digits, or fewer where the program has set it so; a letter shows them all.
    with localcontext(Context(prec=3 * _MAX_DIGITS)):
        if decimals is None:
            pattern = "#,##0.#"
        else:
            pattern = f"#,##0.{'0' * decimals}"
            number = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        return str(format_decimal(number or Decimal(0), pattern, locale=_LOCALE, decimal_quantization=False))


def _digits(number: Decimal) -> int:
    """How many digits the number has on the longer side of the comma."""
    return max(number.adjusted() + 1, -int(number.as_tuple().exponent))
