"""Numbers in words: ``1_000_005`` is ``một triệu không nghìn không trăm linh năm``.

Every group of three digits inside a number is read out, also an empty one. Without that rule, which the
converter num2words ships breaks, ``một triệu năm trăm`` may be heard as 1.000.500 or as 1.500.000.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, get_args

from congvan.text.numbers import Number, number_of
from congvan.text.text_error import text_error

Linh = Literal["linh", "lẻ"]
Bon = Literal["bốn", "tư"]
Nghin = Literal["nghìn", "ngàn"]

_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_ORDINALS: Final = {1: "nhất", 4: "tư"}
_BILLION: Final = 10**9

MINUS: Final = "âm"
COMMA: Final = "phẩy"


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """The words speakers differ in; the defaults are those of official texts in the north.

    ``linh`` stands before a last digit after an empty ten (101), ``bon`` is the 4 of 24, ``nghin`` is 1.000.

    Raises:
        TextError: for another word.
    """

    linh: Linh = "linh"
    bon: Bon = "bốn"
    nghin: Nghin = "nghìn"

    def __post_init__(self) -> None:
        for word, known in ((self.linh, Linh), (self.bon, Bon), (self.nghin, Nghin)):
            if word not in get_args(known):
                raise text_error("text-wording-unknown", value=word, known=", ".join(get_args(known)))


DEFAULT_STYLE: Final = NumberStyle()


def in_words(value: Number, *, linh: Linh = "linh", bon: Bon = "bốn", nghin: Nghin = "nghìn") -> str:
    """Read a number aloud, exactly: no digit is rounded away and no zero is added.

    Raises:
        TextError: when ``value`` is not a number, or a word is not one of the two.
    """
    return cardinal(number_of(value), NumberStyle(linh, bon, nghin))


def ordinal_in_words(value: Number) -> str:
    """``thứ nhất``, ``thứ hai``, ``thứ tư``, ``thứ hai mươi mốt``.

    Raises:
        TextError: when ``value`` is not a whole number from 0.
    """
    return ordinal(ordinal_number(value))


def cardinal(number: Decimal, style: NumberStyle = DEFAULT_STYLE) -> str:
    """``âm hai mươi mốt``, ``một phẩy không năm``; all decimals, without zeros at their end."""
    whole, _, decimals = f"{number.copy_abs():f}".partition(".")
    words = [MINUS] if number < 0 else []
    words.append(spell(int(whole), style))
    if digits := decimals.rstrip("0"):
        words.append(COMMA)
        words += [_DIGITS[int(digit)] for digit in digits]  # one by one: 05 is "không năm"
    return " ".join(words)


def ordinal(number: int, style: NumberStyle = DEFAULT_STYLE) -> str:
    """``thứ nhất``, ``thứ tư``, ``thứ hai mươi mốt``."""
    return f"thứ {_ORDINALS.get(number) or spell(number, style)}"


def ordinal_number(value: Number) -> int:
    """The whole number ``value`` counts to.

    Raises:
        TextError: when ``value`` is not a whole number from 0.
    """
    number = number_of(value)
    if number < 0 or number != number.to_integral_value():
        raise text_error("text-not-whole", value=value)
    return int(number)


def spell(number: int, style: NumberStyle = DEFAULT_STYLE) -> str:
    """A whole number from 0, in words."""
    return " ".join(_whole(number, style)) or _DIGITS[0]


def _whole(number: int, style: NumberStyle) -> Iterator[str]:
    """Billions are read as a number of their own: 10^15 is ``một triệu tỷ``, 10^18 ``một tỷ tỷ``."""
    billions, rest = divmod(number, _BILLION)
    if billions:
        yield from _whole(billions, style)
        yield "tỷ"
    yield from _below_billion(rest, style, inside=bool(billions))


def _below_billion(number: int, style: NumberStyle, *, inside: bool) -> Iterator[str]:
    """Groups of three: from the first that is not empty (or all, inside a number) to the last that is not."""
    for unit, name in ((10**6, "triệu"), (10**3, style.nghin), (1, "")):
        group, number = divmod(number, unit)
        if group or (inside and number):
            yield from _group(group, style, inside=inside)
            if name:
                yield name
            inside = True


def _group(number: int, style: NumberStyle, *, inside: bool) -> Iterator[str]:
    """Up to three digits; inside a number also its zeros: 5 is ``không trăm linh năm``, 0 is ``không``."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    if not number:
        yield _DIGITS[0]
    elif hundreds or inside:
        yield from (_DIGITS[hundreds], "trăm")
        if ones and not tens:
            yield style.linh
    yield from _below_hundred(tens, ones, style)


def _below_hundred(tens: int, ones: int, style: NumberStyle) -> Iterator[str]:
    if tens == 1:
        yield "mười"
    elif tens:
        yield from (_DIGITS[tens], "mươi")
    if ones:
        yield _last_digit(tens, ones, style)


def _last_digit(tens: int, ones: int, style: NumberStyle) -> str:
    """``lăm`` after any ten; ``mốt`` and, where so worded, ``tư`` from 21 and 24 on."""
    match ones:
        case 5 if tens:
            return "lăm"
        case 1 if tens > 1:
            return "mốt"
        case 4 if tens > 1:
            return style.bon
    return _DIGITS[ones]
