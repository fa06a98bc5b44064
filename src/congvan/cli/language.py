"""The language of the command line, chosen before a command is read: its help is written in it.

Texts stand side by side, Vietnamese and English, in :func:`tr`: who changes one sees the other.
"""

from __future__ import annotations

import locale
import os
from collections.abc import Sequence
from typing import Final

from congvan.findings import language, set_language
from congvan.findings.language import Language

_OPTION: Final = "--lang"


def tr(vi: str, en: str) -> str:
    """The text in the language in force."""
    return vi if language() == "vi" else en


def take_language(words: Sequence[str]) -> list[str]:
    """Set the language by ``--lang``, which may stand anywhere on the line, or the user's locale.

    Returns the line without it. Of another language than Vietnamese and English the option stays, to be refused.
    """
    rest, chosen = _without_language(words)
    set_language(chosen or _language_of_user())
    return rest


def _without_language(words: Sequence[str]) -> tuple[list[str], Language | None]:
    rest: list[str] = []
    chosen: Language | None = None
    waiting = list(words)
    while waiting:
        word = waiting.pop(0)
        if word == "--":
            return [*rest, word, *waiting], chosen
        name, has_value, value = word.partition("=")
        if name == _OPTION and not has_value and waiting:
            value = waiting[0]
        known = _known(value) if name == _OPTION else None
        if known is None:
            rest.append(word)
            continue
        chosen = known
        if not has_value:
            waiting.pop(0)
    return rest, chosen


def _known(name: str) -> Language | None:
    match name:
        case "vi" | "en":
            return name
    return None


def _language_of_user() -> Language:
    """English only where the user's locale says so; the decree's own language otherwise."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if (spoken or locale.getlocale()[0] or "").lower().startswith("en") else "vi"
