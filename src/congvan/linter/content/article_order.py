"""Articles are numbered from 1 on without a gap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from congvan.findings import Finding, finding
from congvan.linter.content.counted import Counters
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule

_ARTICLE: Final = re.compile(r"Điều (\d{1,3})\.")


def find(letter: ReadLetter) -> Iterator[Finding]:
    """An article whose number does not follow the one before."""
    counters = Counters()
    for passage in letter.body:
        if (found := _ARTICLE.match(passage.text)) and (wanted := counters.follows(int(found[1]))):
            yield finding("lint-article-order", passage.place(*found.span(1)), number=found[1], wanted=wanted)


ARTICLE_ORDER = Rule("lint-article-order", find)
