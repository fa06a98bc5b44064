"""The table of a template without a campaign: one record of values a letter, read from .yaml, .json, .csv, .xlsx, .ods.

Columns and keys keep their names: they are the template's fields. A field that has no column of its name is filled from
one congvan knows under another spelling. Values are printed as they are typed: ``007``,
``1.0``, ``true``.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Self

from congvan.errors import DirectoryError, UnreadableFileError
from congvan.findings import Finding, Place, Report, finding
from congvan.recipients.sources.sheet import LONGEST
from congvan.run.batches import Record
from congvan.support.untrusted_files import VALUES_LIMIT, YAML_LIMIT, read_untrusted
from congvan.text.non_value import is_non_value

_NO_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_STRUCTURED: Final = frozenset({".json", ".yaml", ".yml"})


def read_records(path: Path) -> tuple[Record, ...]:
    """The records of a file; an empty cell is a missing value.

    Raises:
        UnreadableFileError: when the file is missing or not what its name says.
        DirectoryError: with every cell of a table that holds no value, and every value no document can hold.
    """
    if path.suffix.lower() in _STRUCTURED:
        return records_of(_read_structured(path), str(path))
    from congvan.recipients import read_table
    from congvan.recipients.columns import column_name, field_name

    known: dict[str, str] = {}

    def naming(header: str) -> str:
        name = field_name(header)
        known[name] = column_name(header)
        return name

    table = read_table(path, naming=naming)
    table.report.raise_errors(DirectoryError)
    return tuple(Record(_also_known(row.values, known), row.place) for row in table.rows)


def records_of(rows: Iterable[Mapping[str, Any]], name: str) -> tuple[Record, ...]:
    """Records from values that a program has at hand; ``name`` is what findings call the table.

    Raises:
        DirectoryError: with every value no document can hold.
    """
    records = []
    for index, values in enumerate(rows, start=1):
        if not isinstance(values, Mapping):
            raise UnreadableFileError(name, finding("error-record-no-mapping", index=index))
        present = {str(key): value for key, value in values.items() if value is not None}
        records.append(Record(present, Place(file=name, row=index)))
    Report.of(found for record in records for found in _value_findings(record)).raise_errors(DirectoryError)
    return tuple(records)


def with_spellings(records: Sequence[Record], fields: Iterable[str]) -> Sequence[Record]:
    """``records`` with a value for each of ``fields`` that a column has under another spelling congvan knows.

    ``{{ ho_va_ten }}`` is filled from a column ``ho_ten``. A column that is there is never renamed, and of columns with
    different values none is chosen.
    """
    from congvan.recipients.columns import KNOWN_COLUMNS, column_name

    columns = {name for record in records for name in record.values}
    known = {name: column_name(name) for name in columns.union(fields)}
    missing = {field: known[field] for field in fields if field not in columns and known[field] in KNOWN_COLUMNS}
    if not missing:
        return records
    return tuple(replace(record, values=_spelt(record.values, missing, known)) for record in records)


def _spelt(values: Mapping[str, Any], missing: Mapping[str, str], known: Mapping[str, str]) -> Mapping[str, Any]:
    found: dict[str, list[Any]] = {}
    for name, value in values.items():
        found.setdefault(known[name], []).append(value)
    one = {column: each[0] for column, each in found.items() if all(value == each[0] for value in each)}
    return {**values, **{field: one[column] for field, column in missing.items() if column in one}}


def _also_known(values: Mapping[str, Any], known: Mapping[str, str]) -> dict[str, Any]:
    """``values`` also under the names congvan knows their columns by, where only one column means that."""
    meaning: dict[str, list[str]] = {}
    for name, column in known.items():
        meaning.setdefault(column, []).append(name)
    also = {column: names[0] for column, names in meaning.items() if len(names) == 1 and column not in known}
    return {**values, **{column: values[name] for column, name in also.items() if name in values}}


def _read_structured(path: Path) -> list[Any]:
    is_json = path.suffix.lower() == ".json"
    try:
        text = read_untrusted(path, VALUES_LIMIT if is_json else YAML_LIMIT).decode("utf-8-sig")
        data = _load_json(text) if is_json else _load_yaml(text, str(path))
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or str(error)) from None
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(path, str(error)) from None
    return [_printed_as_typed(entry) for entry in (data if isinstance(data, list) else [data])]


class _Decimal(float):
    """A number of a JSON file, which prints as it is typed: ``1.50``, ``1e5``."""

    def __new__(cls, written: str) -> Self:
        number = super().__new__(cls, written)
        number._written = written
        return number

    _written: str

    def __str__(self) -> str:
        return self._written

    def __reduce__(self) -> tuple[Any, ...]:
        return _Decimal, (self._written,)


class _Truth(int):
    """True or False, which prints as files write it: ``true``, ``false``."""

    def __str__(self) -> str:
        return "true" if self else "false"


def _printed_as_typed(value: Any) -> Any:
    match value:
        case bool():
            return _Truth(value)
        case dict():
            return {name: _printed_as_typed(inner) for name, inner in value.items()}
        case list():
            return [_printed_as_typed(inner) for inner in value]
        case _:
            return value


def _load_json(text: str) -> Any:
    """The values of a JSON file; ``NaN`` and ``Infinity`` stay words, which no document can hold."""
    return json.loads(text, parse_float=_Decimal, parse_constant=str)


def _load_yaml(text: str, file: str) -> Any:
    """The values of a YAML file of the form a campaign file has: no anchors, tags or deep nesting.

    Raises:
        DirectoryError: with every place of another form.
    """
    from congvan.campaign.file.yaml_source import parse_source

    source, found = parse_source(text, file)
    Report.of(found).raise_errors(DirectoryError)
    return source.values


def _value_findings(record: Record) -> Iterator[Finding]:
    """Values no document can hold; findings name their place and do not quote them, as they may be personal."""
    for name, value in record.values.items():
        place = replace(record.place, column=name)
        for text in _texts(value):
            if len(text) > LONGEST:
                yield finding("recipients-value-too-long", place, characters=len(text), limit=LONGEST)
            elif controls := sorted(set(_NO_TEXT.findall(text))):
                codes = ", ".join(f"U+{ord(sign):04X}" for sign in controls)
                yield finding("recipients-text-broken", place, codes=codes)
            elif is_non_value(text.strip()):
                yield finding("recipients-not-a-value", place, value=text.strip())


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case float() if not math.isfinite(value):
            yield str(float(value))
        case Mapping():
            for inner in value.values():
                yield from _texts(inner)
        case list():
            for inner in value:
                yield from _texts(inner)
