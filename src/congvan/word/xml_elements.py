"""Taking elements of a part out of their parents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


def remove_element(element: _Element) -> None:
    """Remove an element from its parent, if it has one."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def replace_element(element: _Element, successors: Iterable[_Element]) -> None:
    """Put other elements, as its own children, where an element stood; the root of a part stays."""
    parent = element.getparent()
    if parent is None:
        return
    position = parent.index(element)
    parent.remove(element)
    for offset, successor in enumerate(list(successors)):
        parent.insert(position + offset, successor)
