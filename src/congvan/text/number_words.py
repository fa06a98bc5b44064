"""Numbers in words: ``1_000_005`` is ``một triệu không nghìn không trăm linh năm``.

Every group of three digits inside a number is read out, also an empty one. Without that rule, which the
converter num2words ships breaks, ``một triệu năm trăm`` may be heard as 1.000.500 or as 1.500.000.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, get_args

from congvan.text.numbers import Number, number_of
from congvan.text.refusal import refusal

Linh = Literal["linh", "lẻ"]
Bon = Literal["bốn", "tư"]
Nghin = Literal["nghìn", "ngàn"]

_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION: Final = 10**9


@dataclass(frozen=True, slots=True)
class Wording:
    """The words people differ in; the defaults are those of official texts in the north.

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
                raise refusal("text-wording-unknown", value=word, known=", ".join(get_args(known)))


STANDARD: Final = Wording()


def in_words(value: Number, *, linh: Linh = "linh", bon: Bon = "bốn", nghin: Nghin = "nghìn") -> str:
    """The number read aloud, exactly: no digit is rounded away and no zero is added.

    Raises:
        TextError: when ``value`` is not a number, or a word is not one of the two.
    """
    from congvan.text.converter import VietnameseConverter

    return VietnameseConverter(Wording(linh, bon, nghin)).to_cardinal(number_of(value))


def ordinal_in_words(value: Number) -> str:
    """``thứ nhất``, ``thứ hai``, ``thứ tư``, ``thứ hai mươi mốt``.

    Raises:
        TextError: when ``value`` is not a whole number from 0.
    """
    from congvan.text.converter import VietnameseConverter

    return VietnameseConverter().to_ordinal(value)


def spell(number: int, wording: Wording = STANDARD) -> str:
    """A whole number from 0, in words."""
    return " ".join(_whole(number, wording)) or _DIGITS[0]


def spell_decimals(digits: str) -> str:
    """The digits after the comma, one by one: ``05`` is ``không năm``."""
    return " ".join(_DIGITS[int(digit)] for digit in digits)


def _whole(number: int, wording: Wording) -> Iterator[str]:
    """Billions are read as a number of their own: 10^15 is ``một triệu tỷ``, 10^18 ``một tỷ tỷ``."""
    billions, rest = divmod(number, _BILLION)
    if billions:
        yield from _whole(billions, wording)
        yield "tỷ"
    yield from _below_billion(rest, wording, inside=bool(billions))


def _below_billion(number: int, wording: Wording, *, inside: bool) -> Iterator[str]:
    """Groups of three: from the first that is not empty (or all, inside a number) to the last that is not."""
    for unit, name in ((10**6, "triệu"), (10**3, wording.nghin), (1, "")):
        group, number = divmod(number, unit)
        if group or (inside and number):
            yield from _group(group, wording, inside=inside)
            if name:
                yield name
            inside = True


def _group(number: int, wording: Wording, *, inside: bool) -> Iterator[str]:
    """Up to three digits; inside a number also its zeros: 5 is ``không trăm linh năm``, 0 is ``không``."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    if not number:
        yield _DIGITS[0]
    elif hundreds or inside:
        yield from (_DIGITS[hundreds], "trăm")
        if ones and not tens:
            yield wording.linh
    yield from _below_hundred(tens, ones, wording)


def _below_hundred(tens: int, ones: int, wording: Wording) -> Iterator[str]:
    if tens == 1:
        yield "mười"
    elif tens:
        yield from (_DIGITS[tens], "mươi")
    if ones:
        yield _last_digit(tens, ones, wording)


def _last_digit(tens: int, ones: int, wording: Wording) -> str:
    """``lăm`` after any ten; ``mốt`` and, where so worded, ``tư`` from 21 and 24 on."""
    match ones:
        case 5 if tens:
            return "lăm"
        case 1 if tens > 1:
            return "mốt"
        case 4 if tens > 1:
            return wording.bon
    return _DIGITS[ones]
