"""Any Word template filled from a table: one letter a record, no campaign needed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from congvan.batch.writing import write_whole
from congvan.errors import DirectoryError, TemplateError, UnreadableFileError
from congvan.findings import Finding, Place, Report, finding
from congvan.recipients.table.cell import LONGEST
from congvan.support.untrusted_files import VALUES_LIMIT, YAML_LIMIT, read_untrusted
from congvan.word import WordTemplate

_MIN_DIGITS = 3
_NO_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Record:
    """The values of one letter, and where they stand."""

    values: Mapping[str, Any]
    place: Place


def read_records(path: Path) -> tuple[Record, ...]:
    """The records of a .yaml, .json, .csv, .xlsx or .ods file; an empty cell is a value that is missing.

    Raises:
        UnreadableFileError: when the file is missing or not what its name says.
        DirectoryError: with every cell of a table that holds no value, and every value no document can hold.
    """
    if path.suffix.lower() in {".json", ".yaml", ".yml"}:
        records = tuple(_structured(path))
        Report.of(found for record in records for found in _unfit(record)).raise_errors(DirectoryError)
        return records
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
    is_json = path.suffix.lower() == ".json"
    try:
        text = read_untrusted(path, VALUES_LIMIT if is_json else YAML_LIMIT).decode("utf-8-sig")
        data = json.loads(text) if is_json else _yaml(text, str(path))
    except OSError as error:
        raise UnreadableFileError(path, error.strerror or str(error)) from None
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(path, str(error)) from None
    records = data if isinstance(data, list) else [data]
    for index, values in enumerate(records, start=1):
        if not isinstance(values, Mapping):
            raise UnreadableFileError(path, f"record {index} is not a mapping of names to values")
        kept = {name: value for name, value in values.items() if value is not None}
        yield Record(kept, Place(file=str(path), row=index))


def _unfit(record: Record) -> Iterator[Finding]:
    """Values of a record that no document can hold, named by their place and not by what they say."""
    for name, value in record.values.items():
        place = replace(record.place, column=str(name))
        for text in _texts(value):
            if len(text) > LONGEST:
                yield finding("recipients-value-too-long", place, characters=len(text), limit=LONGEST)
            elif strange := sorted(set(_NO_TEXT.findall(text))):
                codes = ", ".join(f"U+{ord(sign):04X}" for sign in strange)
                yield finding("recipients-text-broken", place, codes=codes)


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            yield from (text for inner in value.values() for text in _texts(inner))
        case list():
            yield from (text for inner in value for text in _texts(inner))


def _yaml(text: str, file: str) -> Any:
    """The values of a YAML file in the form a campaign file has: no anchors, tags or depths.

    Raises:
        DirectoryError: with every place that has another form.
        ValueError: when it cannot be read.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    from congvan.campaign.file.yaml_source import parse_source

    Report.of(parse_source(text, file)[1]).raise_errors(DirectoryError)
    try:
        return YAML(typ="safe", pure=True).load(text)
    except YAMLError as error:
        raise ValueError(str(error)) from None
