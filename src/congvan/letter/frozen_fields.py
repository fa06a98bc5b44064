"""The fields of a letter's texts as one frozen mapping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any


class FrozenFields(Mapping[str, Any]):
    """Layers of fields read as one mapping, with the semantics of :class:`collections.ChainMap`, but frozen.

    Of one name the first layer that has it counts, and names come in the order of the last layer first. The letters
    of a tier share most layers, so that what they have in common is in memory once. It can be hashed, pickled and
    deep-copied; a copy has one layer.
    """

    __slots__ = ("layers",)

    def __init__(self, *layers: Mapping[str, Any]) -> None:
        self.layers = tuple(layer for mapping in layers for layer in _layers_of(mapping))

    def as_dict(self) -> dict[str, Any]:
        """All fields in a new dict."""
        fields: dict[str, Any] = {}
        for layer in reversed(self.layers):
            fields = fields | layer  # the operator copies a mapping proxy ten times as fast as `update`
        return fields

    def __getitem__(self, name: str) -> Any:
        for layer in self.layers:
            if name in layer:
                return layer[name]
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.as_dict())

    def __len__(self) -> int:
        return len(self.as_dict())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.as_dict()!r})"

    def __hash__(self) -> int:
        # By the names alone: a value may be a list or a dict, and equal fields have equal names.
        return hash(frozenset(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.as_dict(),)


def plain_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """``fields`` as a new dict."""
    return FrozenFields(fields).as_dict()


def _layers_of(mapping: Mapping[str, Any]) -> tuple[dict[str, Any] | MappingProxyType[str, Any], ...]:
    """The layers of ``mapping``; a dict is copied, since its owner may still change it."""
    match mapping:
        case FrozenFields():
            return mapping.layers
        case MappingProxyType():
            return (mapping,)
        case _:
            return (dict(mapping),)
