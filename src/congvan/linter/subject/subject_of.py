"""The subject of a letter, wherever its kind has it."""

from __future__ import annotations

from congvan.inspect.components import Component
from congvan.linter.read_letter import ReadLetter


def subject_of(letter: ReadLetter) -> Component | None:
    """The subject under the kind's name, or of a công văn under the number."""
    return letter.part("trich_yeu") or letter.part("trich_yeu_cong_van")
