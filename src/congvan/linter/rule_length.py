"""The line under the name of a body or under a subject: a third to a half of the words above it."""

from __future__ import annotations

from typing import Final

from congvan.decree.measures import RULE_SHARE
from congvan.findings import finding
from congvan.inspect.anatomy.relations import floats
from congvan.inspect.components import Component
from congvan.linter.measured import millimetres
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Findings, not_evaluated

_SLACK: Final = 0.06
"""Of the words' width: what a hand-drawn line may be off."""


def missing_rule(letter: ReadLetter, part: Component, code: str) -> Findings:
    """That no line stands below ``part``, unless one that floats on the page may be meant for it."""
    if any(floats(one) for one in letter.facts.rules) or letter.facts.text_boxes:
        yield not_evaluated("unjudged-floating")
    else:
        yield finding(code, letter.place(part.lines[-1]))


def wrong_length(letter: ReadLetter, part: Component, code: str) -> Findings:
    """A line that is too short or too long for any line of ``part``."""
    words, rule = part.lines[-1], part.rule
    widths = [line.width for line in part.lines]
    shortest = RULE_SHARE.low * min(widths) - _SLACK * max(widths)
    longest = RULE_SHARE.high * max(widths) + _SLACK * max(widths)
    if rule is not None and not shortest <= rule.length <= longest:
        yield finding(code, letter.place(words), length=millimetres(rule.length), width=millimetres(words.width))
