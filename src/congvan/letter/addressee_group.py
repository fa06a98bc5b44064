"""Addressees named together: "Các sở: …" with each body on a line of its own below (Annex I, part II, item 9a)."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from congvan.letter.text_types import Lines, Part, Text, line_of_yaml


class NhomKinhGui(Part):
    """A group of addressees: ``nhom`` its heading without colon ("Các sở"), ``gom`` its members without marks."""

    nhom: Text
    gom: Lines = Field(min_length=1)

    def __str__(self) -> str:
        return f"{self.nhom}: {', '.join(self.gom)}"


def _listed(value: object) -> object:
    """A single addressee or group is a list of one; the type refuses anything else."""
    if isinstance(value, str | dict | NhomKinhGui):
        value = (value,)
    return tuple(map(_addressee, value)) if isinstance(value, list | tuple) else value


def _addressee(item: object) -> object:
    """A group is a mapping; any other is a line with a colon that YAML reads as one."""
    return item if isinstance(item, dict) and "nhom" in item else line_of_yaml(item)


Addressees = Annotated[tuple[Text | NhomKinhGui, ...], BeforeValidator(_listed)]
