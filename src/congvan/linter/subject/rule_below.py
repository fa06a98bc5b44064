"""The line under the subject of a named kind: a third to a half of the words above it."""

from __future__ import annotations

from typing import Final

from congvan.decree.measures import RULE_SHARE
from congvan.findings import finding
from congvan.inspect.anatomy.relations import floats
from congvan.linter.measured import millimetres
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Findings, Rule, not_evaluated

_SLACK: Final = 0.06
_WITHOUT: Final = frozenset({"giay-gioi-thieu", "giay-nghi-phep", "cong-van", "thu-cong"})


def find(letter: ReadLetter) -> Findings:
    """No line, or one that is too short or too long for any line of the subject."""
    part = letter.parts["trich_yeu"]
    words, rule = part.lines[-1], part.rule
    if rule is None:
        if any(floats(one) for one in letter.facts.rules) or letter.facts.text_boxes:
            yield not_evaluated("unjudged-floating")
        else:
            yield finding("lint-subject-rule-missing", letter.place(words))
        return
    widths = [line.width for line in part.lines]
    shortest = RULE_SHARE.low * min(widths) - _SLACK * max(widths)
    longest = RULE_SHARE.high * max(widths) + _SLACK * max(widths)
    if not shortest <= rule.length <= longest:
        place = letter.place(words)
        yield finding("lint-subject-rule", place, length=millimetres(rule.length), width=millimetres(words.width))


RULE_BELOW = Rule(
    "lint-subject-rule",
    find,
    needs=("ten_loai", "trich_yeu"),
    kinds=lambda kind: kind.ma not in _WITHOUT,
    also=("lint-subject-rule-missing",),
)
