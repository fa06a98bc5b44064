"""Fields of which letters share the most: what they have in common is kept once, not in every letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


class Layered(Mapping[str, Any]):
    """The fields ``under`` and ``over`` as one mapping that cannot be changed; of one name those ``over`` count.

    Neither may be changed any more by whoever gives them.
    """

    __slots__ = ("_over", "_under")

    def __init__(self, under: Mapping[str, Any], over: Mapping[str, Any]) -> None:
        self._under = under
        self._over = over

    def plain(self) -> dict[str, Any]:
        """All of them in one dict of their own: quicker to read than layers, and to be changed as one likes."""
        return {**_quick(self._under), **_quick(self._over)}

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
    return fields.plain() if isinstance(fields, Layered) else dict(fields)


def _quick(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    return fields.plain() if isinstance(fields, Layered) else fields
