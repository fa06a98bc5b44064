"""Everything that is wrong with a text with fields, not only the first flaw that stops it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from congvan.errors import TemplateError
from congvan.findings import Finding
from congvan.text.fields.pattern import Values, fill


def field_flaws(source: str, values: Mapping[str, Any]) -> Iterator[str | Finding]:
    """The dotted name of every field ``source`` needs and ``values`` lack; any other flaw as a finding.

    A text stops at its first missing field, so each that is found gets a stand-in and the text is tried again.
    """
    known, missing = dict(values), set[str]()
    while flaw := _first_flaw(source, known):
        name = flaw.values.get("name", "")
        if flaw.code == "field-missing" and name not in missing:
            yield name
            missing.add(name)
            _stand_in(known, name.split("."))
        else:
            # Filters and arithmetic fail on a stand-in, also in a right text.
            if not missing or flaw.code == "field-forbidden":
                yield flaw
            return


def _first_flaw(source: str, values: Mapping[str, Any]) -> Finding | None:
    try:
        fill(source, values)
    except TemplateError as error:
        return error.report.findings[0]
    return None


class _StandIn(Values):
    """Has every field there is, all of them empty."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> _StandIn:
        return _StandIn(name, {})

    def __str__(self) -> str:
        return ""


def _stand_in(values: dict[str, Any], steps: Sequence[str]) -> None:
    """Put a stand-in where ``steps`` lead, copying the mappings on the way."""
    first, *rest = steps
    if not rest:
        values[first] = _StandIn(first, {})
        return
    inner = values.get(first)
    values[first] = Values(first, inner) if isinstance(inner, Mapping) else _StandIn(first, {})
    _stand_in(values[first], rest)
