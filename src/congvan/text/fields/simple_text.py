"""Texts whose tags do nothing but name a field, as most do: filled without carrying out a template.

Only what is certain to come out as the template itself would have it is filled here. A field that is missing, or whose
value is no text, is the template's to deal with: it knows what to say of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from jinja2 import nodes

from congvan.text.fields.budget import SIGNS

_NOT_A_FIELD = "self"
"""A name by which Jinja means the template, whatever the values are."""


class _NoFieldError(Exception):
    """A tag that does more than name a field."""


@dataclass(frozen=True, slots=True)
class SimpleText:
    """The pieces of a text in order: what stands outside its tags, and for each tag the steps to its field."""

    pieces: tuple[str | tuple[str, ...], ...]

    @classmethod
    def of(cls, tree: nodes.Template) -> Self | None:
        """The text a template was read from; None when one of its tags does more than name a field."""
        try:
            return cls(tuple(piece for node in tree.body for piece in _pieces(node)))
        except _NoFieldError:
            return None

    def filled(self, values: Mapping[str, Any]) -> str | None:
        """The text with its fields; None when one of them is missing or no text, or the text grows beyond measure."""
        read = (piece if isinstance(piece, str) else _text(piece, values) for piece in self.pieces)
        texts = [text for text in read if text is not None]
        text = "".join(texts)
        return text if len(texts) == len(self.pieces) and len(text) <= SIGNS else None


def _pieces(node: nodes.Node) -> list[str | tuple[str, ...]]:
    if not isinstance(node, nodes.Output):
        raise _NoFieldError
    return [one.data if isinstance(one, nodes.TemplateData) else _steps(one) for one in node.nodes]


def _steps(node: nodes.Node) -> tuple[str, ...]:
    """``("truoc", "tinh", "ngay")`` for ``truoc.tinh.ngay``."""
    match node:
        case nodes.Name(name=name) if name != _NOT_A_FIELD:
            return (name,)
        case nodes.Getattr():
            return (*_steps(node.node), node.attr)
        case _:
            raise _NoFieldError


def _text(steps: tuple[str, ...], values: Mapping[str, Any]) -> str | None:
    """The text ``steps`` lead to; None when they lead nowhere or to something else."""
    value: Any = values
    for name in steps:
        if not isinstance(value, dict) or name not in value:
            return None
        value = value[name]
    return value if type(value) is str else None
