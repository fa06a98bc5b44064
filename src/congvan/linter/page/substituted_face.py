"""Letters of a PDF in another face than Times New Roman: chosen so, or put in by a program that lacked it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from congvan.findings import Finding
from congvan.linter.page import face
from congvan.linter.read_letter import ReadLetter
from congvan.linter.rule import Rule


def find(letter: ReadLetter) -> Iterator[Finding]:
    """Every other face on the pages, once."""
    for found in face.find(letter):
        yield replace(found, code="lint-substituted-face")


SUBSTITUTED_FACE = Rule("lint-substituted-face", find, source="pdf")
