"""Fields of which letters share the most: what they have in common is kept once, not in every letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any


class Layered(Mapping[str, Any]):
    """The fields ``under`` and ``over`` as one mapping that cannot be changed; of one name those ``over`` count.

    What is given as a mapping proxy is kept as it is: nobody may change what is behind it any more.
    """

    __slots__ = ("_over", "_under")

    def __init__(self, under: Mapping[str, Any], over: Mapping[str, Any]) -> None:
        self._under = _layer(under)
        self._over = _layer(over)

    def plain(self) -> dict[str, Any]:
        """All of them in one dict of their own: quicker to read than layers, and to be changed as one likes."""
        # Joined by their operator: to unpack a proxy takes ten times as long.
        return _whole(self._under) | _whole(self._over)

    def __getitem__(self, name: str) -> Any:
        return self._over[name] if name in self._over else self._under[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.plain())

    def __len__(self) -> int:
        return len(self.plain())

    def __repr__(self) -> str:
        return repr(self.plain())


def plain_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """``fields`` as a dict of their own, whatever they are kept in."""
    match fields:
        case Layered():
            return fields.plain()
        case MappingProxyType():
            return fields.copy()
        case _:
            return dict(fields)


def _layer(fields: Mapping[str, Any]) -> MappingProxyType[str, Any] | Layered:
    return fields if isinstance(fields, MappingProxyType | Layered) else MappingProxyType(dict(fields))


def _whole(layer: MappingProxyType[str, Any] | Layered) -> MappingProxyType[str, Any]:
    return MappingProxyType(layer.plain()) if isinstance(layer, Layered) else layer
