"""Finds the characters of a text that the pinned font cannot draw.

An engine takes such a character from whatever other font the machine has, or draws an empty box. Either
is a wrong letter that looks right, so it is found before a letter is made.
"""

from __future__ import annotations

import unicodedata

from congvan.findings import Finding, Place, finding
from congvan.text.width import is_covered


def uncovered(text: str) -> set[str]:
    """The characters of ``text`` that no face of the pinned font has."""
    return {letter for letter in set(text) if not is_covered(letter)}


def coverage_findings(text: str, place: Place | None = None) -> list[Finding]:
    """One finding naming every character of ``text`` the font lacks; none if it has them all."""
    lacking = sorted(uncovered(text))
    return [finding("pdf-uncovered", place, letters=", ".join(map(named, lacking)))] if lacking else []


def named(letter: str) -> str:
    """A character as a clerk can look it up: ``文 (U+6587)``; an invisible one by its Unicode name."""
    shown = letter if letter.isprintable() else unicodedata.name(letter, "?")
    return f"{shown} (U+{ord(letter):04X})"
