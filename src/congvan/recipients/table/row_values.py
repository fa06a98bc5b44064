"""The values of a row in less than half the room of a dict: the columns, the same in row after row, are kept once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType


def row_values(values: Mapping[str, str]) -> Mapping[str, str]:
    """``values`` as nobody can change them any more, in their order."""
    layout = _layout(tuple(values))
    if layout is None:
        return MappingProxyType(dict(values))
    row = layout()
    for column, text in values.items():
        setattr(row, column, text)
    return MappingProxyType(vars(row))


@lru_cache(maxsize=256)
def _layout(columns: tuple[str, ...]) -> type | None:
    """A class for rows of these columns; None where one of them is a name Python keeps for itself.

    What belongs to instances of one class has its names in common (PEP 412), also after the instance is gone.
    """
    return None if any(column.startswith("__") for column in columns) else type("Row", (), {})
