"""Records of a run as plain values for JSON; several times as quick as the standard library's deep copies."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any


def plain_values(record: Any) -> dict[str, Any]:
    """The fields of a frozen record by name, records within it likewise; other values are shared, not copied."""
    return {name: _plain(getattr(record, name)) for name in _names(record.__class__)}


def _plain(value: Any) -> Any:
    return plain_values(value) if is_dataclass(value) else value


@lru_cache(maxsize=32)
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
