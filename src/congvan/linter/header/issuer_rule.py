"""The line under the issuing body: a third to a half of the words above it, in their middle."""

from __future__ import annotations

from typing import Final

from congvan.decree import phrases
from congvan.decree.measures import RULE_SHARE
from congvan.findings import finding
from congvan.inspect.anatomy.relations import floats
from congvan.linter.measured import millimetres
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Findings, Rule, not_evaluated, part_name

_SLACK: Final = 0.06
"""Of the words' width: what a hand-drawn line may be off."""


def find(letter: ReadLetter) -> Findings:
    """No line, or one that is too short or too long for any line of the name."""
    part = letter.parts["co_quan"]
    words, rule = part.lines[-1], part.rule
    if rule is None:
        if any(floats(one) for one in letter.facts.rules) or letter.facts.text_boxes:
            yield not_evaluated("unjudged-floating")
        else:
            yield finding("lint-issuer-rule-missing", letter.place(words))
        return
    if not all(phrases.is_capitals(line.text) for line in part.lines):
        yield not_evaluated("unjudged-unsure", part=part_name("co_quan"))
        return
    widths = [line.width for line in part.lines]
    shortest = RULE_SHARE.low * min(widths) - _SLACK * max(widths)
    longest = RULE_SHARE.high * max(widths) + _SLACK * max(widths)
    if not shortest <= rule.length <= longest:
        place = letter.place(words)
        yield finding("lint-issuer-rule", place, length=millimetres(rule.length), width=millimetres(words.width))


ISSUER_RULE = Rule("lint-issuer-rule", find, needs=("co_quan",), also=("lint-issuer-rule-missing",))
