"""Vietnamese text, pure: Unicode form, dates, numbers and sums in digits and words, the order of names, capitals.

Functions take and return plain values; nothing here reads a file or a clock. What cannot be read as a number
or a date raises :class:`TextError`, whose report has the finding. Babel and num2words are loaded by the
functions that need them, so that importing this folder is cheap. Texts with ``{{ fields }}`` are in
:mod:`congvan.text.fields.pattern`, and num2words' own interface in :mod:`congvan.text.converter`.
"""

from congvan.errors import TextError
from congvan.text.capitals import capitalize_first, upper
from congvan.text.collation import collation_key, person_key
from congvan.text.dates import (
    BLANK,
    long_date,
    long_date_of,
    month_text,
    months_before,
    parse_date,
    short_date,
    short_date_of,
)
from congvan.text.money import money, money_in_words
from congvan.text.number_words import in_words, ordinal_in_words
from congvan.text.numbers import format_number, format_percent, number_of, parse_number
from congvan.text.tone_marks import ToneStyle
from congvan.text.unicode_form import Lookalike, fold, is_nfc, lookalikes, nfc, slug, without_marks

__all__ = [
    "BLANK",
    "Lookalike",
    "TextError",
    "ToneStyle",
    "capitalize_first",
    "collation_key",
    "fold",
    "format_number",
    "format_percent",
    "in_words",
    "is_nfc",
    "long_date",
    "long_date_of",
    "lookalikes",
    "money",
    "money_in_words",
    "month_text",
    "months_before",
    "nfc",
    "number_of",
    "ordinal_in_words",
    "parse_date",
    "parse_number",
    "person_key",
    "short_date",
    "short_date_of",
    "slug",
    "upper",
    "without_marks",
]
