"""One problem, its place, and the report of all problems."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from congvan.findings.catalogue import Severity, meaning
from congvan.findings.language import Language, language

_WORDS: dict[Language, dict[str, str]] = {
    "vi": {
        "page": "trang",
        "sheet": "trang tính",
        "line": "dòng",
        "table": "bảng",
        "row": "hàng",
        "column": "cột",
        "key": "mục",
        "paragraph": "đoạn",
        "near": "ở",
    },
    "en": {
        "page": "page",
        "sheet": "sheet",
        "line": "line",
        "table": "table",
        "row": "row",
        "column": "column",
        "key": "key",
        "paragraph": "paragraph",
        "near": "at",
    },
}
_REGIONS: dict[Language, dict[str, str]] = {
    "vi": {
        "header": "đầu trang",
        "footer": "chân trang",
        "footnote": "chú thích cuối trang",
        "endnote": "chú thích cuối văn bản",
        "text-box": "hộp chữ",
        "properties": "thuộc tính tệp",
    },
    "en": {
        "header": "header",
        "footer": "footer",
        "footnote": "footnote",
        "endnote": "endnote",
        "text-box": "text box",
        "properties": "file properties",
    },
}
_QUOTED: dict[Language, str] = {"vi": "«{}»", "en": "“{}”"}
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a problem. Rows, lines, tables, paragraphs and pages count from 1.

    In a Word file ``region`` is ``header``, ``footer``, ``footnote``, ``endnote``, ``text-box`` or ``properties``, and
    ``near`` quotes the words that stand there: Word shows nobody the number of a paragraph. ``marked`` are the
    characters of ``near`` at fault, the first and the one behind the last, from 0. On a page of a PDF ``box`` is what
    is at fault: left, top, right and lower edge in mm from the upper left corner.
    """

    file: str | None = None
    sheet: str | None = None
    line: int | None = None
    row: int | None = None
    column: str | None = None
    key: str | None = None
    paragraph: int | None = None
    region: str | None = None
    table: int | None = None
    near: str | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    marked: tuple[int, int] | None = None

    def text(self, lang: Language | None = None) -> str:
        """The place in words: ``huyen.csv, hàng 12, cột ho_ten``."""
        chosen = lang or language()
        words = _WORDS[chosen]
        parts = [self.file] if self.file else []
        parts += [_REGIONS[chosen][self.region]] if self.region else []
        shown = self if self.near is None else replace(self, paragraph=None, near=_QUOTED[chosen].format(self.near))
        parts += [f"{words[name]} {value}" for name in words if (value := getattr(shown, name)) is not None]
        return _visible(", ".join(parts))

    def __str__(self) -> str:
        return self.text()

    def as_dict(self) -> dict[str, Any]:
        """Its parts that are set, by name."""
        names = ("file", "region", *_WORDS["en"], "box", "marked")
        values = {name: getattr(self, name) for name in names}
        return {name: list(v) if isinstance(v, tuple) else v for name, v in values.items() if v is not None}


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem: its code and the values of its sentence. :func:`finding` creates one with its severity."""

    code: str
    severity: Severity
    place: Place
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What is wrong, in the language in force."""
        return _visible(meaning(self.code).messages[language()].format_map(_Values(self.values)))

    @property
    def hint(self) -> str:
        """What to do about it, in the language in force; may be empty."""
        return _visible(meaning(self.code).hints[language()].format_map(_Values(self.values)))

    def __str__(self) -> str:
        place = self.place.text()
        hint = f" → {self.hint}" if self.hint else ""
        return f"{place + ': ' if place else ''}{self.message} [{self.code}]{hint}"

    def as_dict(self) -> dict[str, Any]:
        """Code, severity, place, values, message and hint, the last two in the language in force.

        A value that is a sentence has the code and values of it, so that another language can be written from them.
        """
        return {
            "code": self.code,
            "severity": self.severity.value,
            "place": self.place.as_dict(),
            "values": {name: _plain(value) for name, value in self.values.items()},
            "message": self.message,
            "hint": self.hint,
        }


def _visible(text: str) -> str:
    """``text`` with its control characters in words: quoted from a file, they could drive a terminal."""
    return text if text.isprintable() else _CONTROL.sub(lambda sign: f"⟨U+{ord(sign.group()):04X}⟩", text)


class Sentence(str):
    """The message of a finding as a value of another one: written anew in the language in force when it is read.

    In the other sentence it stands without its full stop.
    """

    __slots__ = ("finding",)
    finding: Finding

    def __new__(cls, found: Finding) -> Self:
        made = super().__new__(cls, found.message)
        made.finding = found
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[Finding]]:
        return type(self), (self.finding,)

    def __format__(self, spec: str) -> str:
        return format(self.finding.message.rstrip("."), spec)

    def __str__(self) -> str:
        return self.finding.message


def _plain(value: str) -> str | dict[str, Any]:
    if not isinstance(value, Sentence):
        return value
    found = value.finding.as_dict()
    return {"code": found["code"], "values": found["values"], "message": found["message"]}


class _Values(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def finding(code: str, place: Place | None = None, /, **values: object) -> Finding:
    """A finding with the severity its code has; ``values`` fill the sentence.

    Raises:
        KeyError: when the code is in no catalogue file.
    """
    texts = {name: value if isinstance(value, Sentence) else str(value) for name, value in values.items()}
    return Finding(code, meaning(code).severity, place or Place(), texts)


@dataclass(frozen=True, slots=True)
class Report:
    """Findings in their order."""

    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Report:
        """The report of these findings."""
        return cls(tuple(findings))

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop a run."""
        return tuple(found for found in self.findings if found.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that stop nothing."""
        return tuple(found for found in self.findings if found.severity is Severity.WARNING)

    @property
    def ok(self) -> bool:
        """True when no finding is an error."""
        return not self.errors

    def raise_errors(self, error: Callable[[Report], Exception]) -> None:
        """Raise ``error`` with this whole report if any finding is an error.

        ``error`` is the class of a :class:`~congvan.errors.ReportError`; findings know of no errors themselves.
        """
        if self.errors:
            raise error(self)

    def without(self, codes: Collection[str]) -> Report:
        """This report without the warnings and remarks of these codes; errors stay."""
        if not codes:
            return self
        return Report.of(one for one in self if one.severity is Severity.ERROR or one.code not in codes)

    def to_json(self) -> str:
        """A JSON list of all findings, each as :meth:`Finding.as_dict`."""
        return json.dumps([found.as_dict() for found in self.findings], ensure_ascii=False, indent=2)

    def __add__(self, other: Report) -> Report:
        return Report(self.findings + other.findings)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __str__(self) -> str:
        return "\n".join(str(found) for found in self.findings)
