"""Any Word template filled from a table: one letter a record, no campaign needed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from congvan.batch.writing import write_whole
from congvan.errors import DirectoryError, TemplateError, UnreadableFileError
from congvan.findings import Finding, Place, Report, finding
from congvan.word import WordTemplate

_MIN_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Record:
    """The values of one letter, and where they stand."""

    values: Mapping[str, Any]
    place: Place


def read_records(path: Path) -> tuple[Record, ...]:
    """The records of a .yaml, .json, .csv, .xlsx or .ods file; an empty cell is a value that is missing.

    Raises:
        UnreadableFileError: when the file is missing or not what its name says.
        DirectoryError: with every cell of a table that holds no value.
    """
    if path.suffix.lower() in {".json", ".yaml", ".yml"}:
        return tuple(_structured(path))
    from congvan.recipients import read_table
    from congvan.recipients.columns import column_name

    table = read_table(path, naming=column_name)
    table.report.raise_errors(DirectoryError)
    return tuple(Record(dict(row.values), row.place) for row in table.rows)


def render_records(
    template: Path, records: Sequence[Record], out: Path, *, formats: Sequence[str], engine: str | None = None
) -> tuple[Path, ...]:
    """One letter a record, named ``001.docx``, ``002.docx`` … in ``out``; every record is tried before any is written.

    Raises:
        TemplateError: with a finding for every record that lacks a value; nothing has been written then.
        UnreadableFileError: when the template cannot be read.
        EngineError: when a PDF cannot be made.
    """
    word = WordTemplate(template)
    documents = _documents(word, records)
    digits = max(_MIN_DIGITS, len(str(len(records))))
    written: list[Path] = []
    for number, docx in enumerate(documents, start=1):
        for kind in formats:
            path = out / f"{number:0{digits}}.{kind}"
            write_whole(path, docx if kind == "docx" else _pdf(docx, engine))
            written.append(path)
    return tuple(written)


def _documents(word: WordTemplate, records: Sequence[Record]) -> list[bytes]:
    documents: list[bytes] = []
    problems: list[Finding] = []
    for record in records:
        try:
            documents.append(word.render(record.values))
        except TemplateError as error:
            problems += (_at(found, record.place) for found in error.report)
    Report.of(problems).raise_errors(TemplateError)
    return documents


def _at(found: Finding, place: Place) -> Finding:
    """The finding where the record stands: that is what the user will mend."""
    return finding(found.code, place, **found.values)


def _pdf(docx: bytes, engine: str | None) -> bytes:
    from congvan.pdf import to_pdf

    return to_pdf(docx, engine)


def _structured(path: Path) -> Iterator[Record]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = json.loads(text) if path.suffix.lower() == ".json" else _yaml(text)
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or str(error)) from None
    except ValueError as error:
        raise UnreadableFileError(path, str(error)) from None
    records = data if isinstance(data, list) else [data]
    for index, values in enumerate(records, start=1):
        if not isinstance(values, Mapping):
            raise UnreadableFileError(path, f"record {index} is not a mapping of names to values")
        kept = {name: value for name, value in values.items() if value is not None}
        yield Record(kept, Place(file=str(path), row=index))


def _yaml(text: str) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        return YAML(typ="safe", pure=True).load(text)
    except YAMLError as error:
        raise ValueError(str(error)) from None
