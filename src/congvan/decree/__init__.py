"""Decree 30/2020/NĐ-CP as data, and letters seen through its eyes.

:mod:`~congvan.decree.measures` holds the measures of the page and of every component, each with its source;
:mod:`~congvan.decree.facts` what a finished letter shows, read from Word or PDF; and
:mod:`~congvan.decree.components` tells which of its lines are which component.
"""

from congvan.decree.facts import DocumentFacts
from congvan.decree.measures import COMPONENTS, FONT, MARGINS, PAGE, Component, Page, Range

__all__ = ["COMPONENTS", "FONT", "MARGINS", "PAGE", "Component", "DocumentFacts", "Page", "Range"]
