"""The line under the issuing body: a third to a half of the words above it, in their middle."""

from __future__ import annotations

from congvan.decree import phrases
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Findings, Rule, not_evaluated, part_name
from congvan.linter.rule_length import missing_rule, wrong_length


def find(letter: ReadLetter) -> Findings:
    """No line, or one that is too short or too long for any line of the name."""
    part = letter.parts["co_quan"]
    if part.rule is None:
        yield from missing_rule(letter, part, "lint-issuer-rule-missing")
    elif not all(phrases.is_capitals(line.text) for line in part.lines):
        yield not_evaluated("unjudged-unsure", part=part_name("co_quan"))
    else:
        yield from wrong_length(letter, part, "lint-issuer-rule")


ISSUER_RULE = Rule("lint-issuer-rule", find, needs=("co_quan",), also=("lint-issuer-rule-missing",))
