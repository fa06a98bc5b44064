"""What stands in single braces behind a paragraph, a table or a picture: ``{giua}``, ``{rong=40mm cao=30mm}``."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Protocol

from congvan.word.body.reading.model import Align
from congvan.word.body.reading.source_text import Passage

_ATTRIBUTES: Final = re.compile(r"\{([a-z][^{}]*)\}\s*\Z")
_ALIGNS: Final[Mapping[str, Align]] = {"giua": "center", "phai": "right", "trai": "left"}
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


class Noting(Protocol):
    """What takes findings about a text: ``note(code, offset, **values)``."""

    def note(self, code: str, offset: int, **values: object) -> None: ...


def paragraph_attributes(text: str) -> re.Match[str] | None:
    """The attributes a paragraph ends with, but for those of a picture or a link."""
    start = text.rfind("{")
    found = _ATTRIBUTES.match(text, start) if start >= 0 else None
    before = text[:start]
    is_of_a_link = before.endswith(")") and before[: before.rfind("(")].endswith("]")
    return None if before.endswith("\\") or is_of_a_link else found


def aligned(passage: Passage, findings: Noting) -> tuple[Passage, Align]:
    """A paragraph or cell without the attribute that says how it is aligned, and that."""
    found = paragraph_attributes(passage.text)
    if found is None:
        return passage, ""
    note = partial(findings.note, offset=passage.offset(found.start(1) - 1))
    names = [*read_attributes(found[1], _ALIGNS, note).names]
    return passage.part(0, found.start()).stripped(), _ALIGNS[names[0]] if names else ""
