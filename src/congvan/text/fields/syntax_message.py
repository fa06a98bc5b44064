"""What is wrong with a tag, in words a clerk understands: Jinja's own messages speak of tokens and blocks."""

from __future__ import annotations

import re
from typing import Final

from congvan.findings import finding

_MESSAGES: Final = (
    (re.compile(r"Encountered unknown tag '(?P<what>\w+)'"), "field-syntax-command"),
    (re.compile(r"Unexpected end of template.*?innermost block.*?'(?P<what>\w+)'", re.DOTALL), "field-syntax-open"),
    (re.compile(r"Unexpected end of template"), "field-syntax-end"),
    (re.compile(r"No (?:filter|test) named '(?P<what>\w+)'"), "field-syntax-filter"),
    (re.compile(r"unexpected char '(?P<what>.)'"), "field-syntax-sign"),
    (re.compile(r"expected token 'end of (?:print|statement)[^']*', got '(?P<what>[^']*)'"), "field-syntax-name"),
    (re.compile(r"unexpected '(?P<what>[^']*)'"), "field-syntax-sign"),
)


def syntax_message(message: str) -> str:
    """Jinja's ``message`` about a broken tag as a sentence in the language in force."""
    for pattern, code in _MESSAGES:
        if found := pattern.search(message):
            return finding(code, **found.groupdict()).message
    return finding("field-syntax-other").message
