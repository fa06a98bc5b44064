"""Findings as SARIF 2.1.0 (OASIS), the format in which code hosts and editors take the results of checks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from congvan.findings import Finding, Place, Severity, language, meaning
from congvan.support.version import VERSION

_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(findings: Iterable[Finding], suppressed: Sequence[tuple[Finding, str]] = ()) -> str:
    """The findings as one SARIF document, sentences in the language in force.

    ``suppressed`` are findings somebody decided to leave, with the reason. Places in Word and PDF files, which have no
    lines, are logical locations; page, box in mm and marked characters are properties of the result.
    """
    from sarif_pydantic import Run, Sarif, Tool, ToolDriver

    shown = list(findings)
    codes = sorted({found.code for found in shown} | {found.code for found, _ in suppressed})
    driver = ToolDriver(name="congvan", version=VERSION, rules=[_rule(code) for code in codes])
    results = [_result(found) for found in (*shown, *(found for found, _ in suppressed))]
    log = Sarif(version="2.1.0", runs=[Run(tool=Tool(driver=driver), results=results)])
    document = log.model_dump(mode="json", by_alias=True, exclude_none=True)
    for result, (_, reason) in zip(document["runs"][0]["results"][len(shown) :], suppressed, strict=True):
        # The library has one `suppression` where the standard has a list.
        result["suppressions"] = [{"kind": "external", "justification": reason}]
    return json.dumps({"$schema": _SCHEMA, **document}, ensure_ascii=False, indent=2)


def _rule(code: str) -> Any:
    from sarif_pydantic import Message, ReportingDescriptor

    known = meaning(code)
    text = known.messages[language()]
    clause = {"clause": known.clause} if known.clause else None
    return ReportingDescriptor(id=code, short_description=Message(text=text), properties=clause)


def _result(found: Finding) -> Any:
    from sarif_pydantic import Level, Message, Result

    hint = f" {found.hint}" if found.hint else ""
    return Result(
        rule_id=found.code,
        level=Level(_LEVELS[found.severity]),
        message=Message(text=f"{found.message}{hint}"),
        locations=[_location(found.place)],
        properties=found.place.as_dict() or None,
    )


def _location(place: Place) -> Any:
    from sarif_pydantic import ArtifactLocation, Location, LogicalLocation, PhysicalLocation, Region

    row = place.line or (place.row if place.table is None else None)
    region = Region(start_line=row) if row else None
    file = ArtifactLocation(uri=_uri(place.file)) if place.file else None
    physical = PhysicalLocation(artifact_location=file, region=region) if file else None
    name = place.text()
    logical = [LogicalLocation(fully_qualified_name=name)] if name else None
    return Location(physical_location=physical, logical_locations=logical)


def _uri(file: str) -> str:
    """A file's name as a relative reference of RFC 3986."""
    from urllib.parse import quote

    return quote(file.replace("\\", "/"))
