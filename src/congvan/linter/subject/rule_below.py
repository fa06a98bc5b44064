"""The line under the subject of a named kind: a third to a half of the words above it."""

from __future__ import annotations

from typing import Final

from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Findings, Rule
from congvan.linter.rule_length import missing_rule, wrong_length

_WITHOUT: Final = frozenset({"giay-gioi-thieu", "giay-nghi-phep", "cong-van", "thu-cong"})


def find(letter: ReadLetter) -> Findings:
    """No line, or one that is too short or too long for any line of the subject."""
    part = letter.parts["trich_yeu"]
    if part.rule is None:
        yield from missing_rule(letter, part, "lint-subject-rule-missing")
    else:
        yield from wrong_length(letter, part, "lint-subject-rule")


RULE_BELOW = Rule(
    "lint-subject-rule",
    find,
    needs=("ten_loai", "trich_yeu"),
    kinds=lambda kind: kind.ma not in _WITHOUT,
    also=("lint-subject-rule-missing",),
)
