"""Words programs write where a value is missing or a formula fails; in a letter they would be nonsense."""

from __future__ import annotations

from typing import Final

NON_VALUES: Final = frozenset(
    {"None", "nan", "NaN", "NaT", "null", "NULL", "undefined", "N/A"}
    | {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "Err:502", "Err:508"}
)
