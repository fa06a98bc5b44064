"""Sums of money in đồng, in digits and in words."""

from __future__ import annotations

from congvan.text.capitals import capitalize_first
from congvan.text.number_words import in_words
from congvan.text.numbers import Number, format_number


def money(value: Number) -> str:
    """``1.500.000 đồng``.

    Raises:
        TextError: when ``value`` is not a number.
    """
    return f"{format_number(value)} đồng"


def money_in_words(value: Number, *, sentence: bool = False) -> str:
    """``một trăm năm mươi nghìn đồng``; with ``sentence`` the first letter is a capital, as after "Bằng chữ:".

    Raises:
        TextError: when ``value`` is not a number.
    """
    words = f"{in_words(value)} đồng"
    return capitalize_first(words) if sentence else words
