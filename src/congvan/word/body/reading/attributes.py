"""What stands in single braces behind a paragraph, a table or a picture: ``{giua}``, ``{rong=40mm cao=30mm}``."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

_NUMBER: Final = re.compile(r"(\d+(?:[.,]\d+)?)(mm|cm)?")
_MM: Final = {"mm": 1.0, "cm": 10.0, None: 1.0}


@dataclass(frozen=True, slots=True)
class Attributes:
    """The ``values`` of attributes by name, empty for one without a value."""

    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> Collection[str]:
        """The names that were given."""
        return self.values.keys()

    def millimetres(self, name: str) -> float | None:
        """A length in mm; None where it is not given."""
        found = _NUMBER.fullmatch(self.values.get(name, ""))
        return float(found[1].replace(",", ".")) * _MM[found[2]] if found else None

    def numbers(self, name: str) -> list[float]:
        """Numbers separated by commas, without their unit."""
        found = (_NUMBER.match(part.strip()) for part in self.values.get(name, "").split(","))
        return [float(one[1]) * _MM[one[2]] for one in found if one]


_WITH_VALUE: Final = frozenset({"rong", "cao", "co-chu"})


def read_attributes(written: str, known: Collection[str], note: Callable[..., None]) -> Attributes:
    """Read what stands between the braces; ``note`` takes the code and values of each finding."""
    values: dict[str, str] = {}
    for part in written.split():
        name, _, value = part.partition("=")
        if name not in known:
            note("word-attribute-unknown", name=part, known=", ".join(sorted(known)))
        elif (name in _WITH_VALUE) != bool(value) or (value and not _is_value(value)):
            note("word-attribute-value", name=part)
        else:
            values[name] = value
    return Attributes(values)


def _is_value(value: str) -> bool:
    numbers = [_NUMBER.fullmatch(part.strip()) for part in value.split(",")]
    return all(found and float(found[1].replace(",", ".")) > 0 for found in numbers)
