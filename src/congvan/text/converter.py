"""The Vietnamese converter behind num2words' own interface, with its errors repaired.

num2words 0.5.14 leaves out "không trăm", reads -1 as "mười chín" and 10^15 ten times too small, and has no
currency. A program that already calls num2words can put this converter into its registry::

    num2words.CONVERTER_CLASSES["vi"] = VietnameseConverter()

This module loads num2words with its 50 languages: import it where it is used.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from num2words.base import Num2Word_Base

from congvan.text.number_words import COMMA, DEFAULT_STYLE, MINUS, NumberStyle, cardinal, ordinal, ordinal_number
from congvan.text.numbers import Number, number_of


class VietnameseConverter(Num2Word_Base):  # type: ignore[misc]  # num2words has no types
    """Cardinal, ordinal, year and currency in Vietnamese words; ``style`` chooses linh or lẻ and the like.

    Every method raises :class:`congvan.text.TextError` for a value that is not a number.
    """

    def __init__(self, style: NumberStyle = DEFAULT_STYLE) -> None:
        super().__init__()
        self.style = style

    def setup(self) -> None:
        """Set the words the base class has for every language."""
        self.negword = MINUS
        self.pointword = COMMA

    def str_to_number(self, value: str) -> Decimal:
        """The number a text writes, Vietnamese first: ``1.500`` is fifteen hundred."""
        return number_of(value)

    def to_cardinal(self, value: Number) -> str:
        """``âm hai mươi mốt``, ``một phẩy không năm``; all decimals, without zeros at their end."""
        return cardinal(number_of(value), self.style)

    def to_ordinal(self, value: Number) -> str:
        """``thứ nhất``, ``thứ tư``, ``thứ hai mươi mốt``; whole numbers from 0 only."""
        return ordinal(ordinal_number(value), self.style)

    def to_ordinal_num(self, value: Number) -> str:
        """``thứ 21``; whole numbers from 0 only."""
        return f"thứ {ordinal_number(value)}"

    def to_year(self, value: Number, **_options: Any) -> str:
        """``hai nghìn không trăm hai mươi mốt``; a year below 0 is ``trước Công nguyên``."""
        number = number_of(value)
        era = " trước Công nguyên" if number < 0 else ""
        return f"{self.to_cardinal(number.copy_abs())}{era}"

    def to_currency(self, val: Number, currency: str = "VND", **_options: Any) -> str:
        """``một trăm năm mươi nghìn đồng``.

        Raises:
            NotImplementedError: for another currency than VND, as num2words does for one it does not know.
        """
        if currency != "VND":
            raise NotImplementedError(f'Currency code "{currency}" not implemented for "{type(self).__name__}"')
        return f"{self.to_cardinal(val)} đồng"
