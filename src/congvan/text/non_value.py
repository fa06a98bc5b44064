"""Words programs write where a value is missing or a formula fails; in a letter they would be nonsense."""

from __future__ import annotations

import re
from typing import Final

NON_VALUES: Final = frozenset(
    {"None", "nan", "NaN", "NaT", "<NA>", "null", "NULL", "undefined", "N/A", ".nan", ".NaN", ".NAN"}
    | {"inf", "-inf", "Infinity", "-Infinity", ".inf", "-.inf"}
    | {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!"}
    | {"#CONNECT!", "#UNKNOWN!", "#EXTERNAL!", "#BUSY!", "#PYTHON!", "#GETTING_DATA", "#TIMEOUT!"}
)

_CODED: Final = re.compile(r"(?:Err|Lỗi):\s?\d{3}|#{3,}")


def is_non_value(text: str) -> bool:
    """Whether a program wrote ``text`` where it had no value: ``#N/A``, ``nan``, ``Err:502``, ``#####``."""
    return text in NON_VALUES or (text[:1] in {"E", "L", "#"} and bool(_CODED.fullmatch(text)))
