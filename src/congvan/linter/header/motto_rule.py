"""The line under the tiêu ngữ: solid, as long as the words above it."""

from __future__ import annotations

from typing import Final

from congvan.findings import finding
from congvan.inspect.anatomy.relations import floats
from congvan.linter.measured import millimetres
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Findings, Rule, not_evaluated

_SHORTEST, _LONGEST = 0.9, 1.15
"""Of the words' width: what a hand-drawn line may lack or have too much."""
_MARKED: Final = "underline"


def find(letter: ReadLetter) -> Findings:
    """No line, or one that is much shorter or longer than the words."""
    part = letter.parts["tieu_ngu"]
    words, rule = part.lines[-1], part.rule
    if rule is None:
        if any(floats(one) for one in letter.facts.rules) or letter.facts.text_boxes:
            yield not_evaluated("unjudged-floating")
        else:
            yield finding("lint-motto-rule-missing", letter.place(words))
    elif rule.kind == _MARKED:
        return
    elif not _SHORTEST <= rule.length / words.width <= _LONGEST:
        place = letter.place(words)
        yield finding("lint-motto-rule", place, length=millimetres(rule.length), width=millimetres(words.width))


MOTTO_RULE = Rule("lint-motto-rule", find, needs=("tieu_ngu",), even_unsure=True, also=("lint-motto-rule-missing",))
