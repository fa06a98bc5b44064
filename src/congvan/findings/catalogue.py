"""The severity, sentence and hint of each code, read from the ``*.toml`` files of this folder."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from congvan.findings.language import Language


class Severity(StrEnum):
    """An error stops the run before anything is written, a warning does not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Meaning:
    """A code's severity and texts; ``{name}`` in a text is filled with the finding's values.

    Codes of the linter also have the ``clause`` they stand on, and an example, ``wrong`` and ``right``.
    """

    severity: Severity
    messages: dict[Language, str]
    hints: dict[Language, str]
    clause: str = ""
    wrong: str = ""
    right: str = ""


@cache
def codes() -> dict[str, Meaning]:
    """Every known code with its meaning."""
    import tomllib
    from importlib.resources import files

    found: dict[str, Meaning] = {}
    for source in sorted(files("congvan.findings").iterdir(), key=lambda entry: entry.name):
        if source.name.endswith(".toml"):
            area = source.name.removesuffix(".toml")
            for name, texts in tomllib.loads(source.read_text(encoding="utf-8")).items():
                found[f"{area}-{name}"] = _meaning(texts)
    return found


def meaning(code: str) -> Meaning:
    """The meaning of ``code``.

    Raises:
        KeyError: for a code that is in no file: a mistake in congvan, not in a letter.
    """
    return codes()[code]


def _meaning(texts: dict[str, str]) -> Meaning:
    return Meaning(
        severity=Severity(texts["severity"]),
        messages={"vi": texts["vi"], "en": texts["en"]},
        hints={"vi": texts.get("vi_hint", ""), "en": texts.get("en_hint", "")},
        clause=texts.get("clause", ""),
        wrong=texts.get("wrong", ""),
        right=texts.get("right", ""),
    )
