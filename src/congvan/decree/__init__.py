"""Decree 30/2020/NĐ-CP as data, and letters seen through its eyes.

:mod:`~congvan.decree.measures` holds the measures of the page and of every component, each with its source;
:mod:`~congvan.decree.facts` what a finished letter shows, read from Word or PDF; and
:mod:`~congvan.decree.components` tells which of its lines are which component.

Facts are loaded when they are asked for: who makes letters needs measures alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from congvan.decree.measures import COMPONENTS, FONT, MARGINS, PAGE, Component, Page, Range

if TYPE_CHECKING:
    from congvan.decree.facts import DocumentFacts

__all__ = ["COMPONENTS", "FONT", "MARGINS", "PAGE", "Component", "DocumentFacts", "Page", "Range"]


def __getattr__(name: str) -> Any:
    if name == "DocumentFacts":
        from congvan.decree.facts import DocumentFacts

        return DocumentFacts
    raise AttributeError(f"module 'congvan.decree' has no attribute {name!r}")
