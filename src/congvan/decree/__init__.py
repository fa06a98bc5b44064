"""Decree 30/2020/NĐ-CP as data: measures of the page and of every component, the 29 kinds, their words."""

from congvan.decree.measures import COMPONENTS, FONT, MARGINS, PAGE, Component, Page, Range

__all__ = ["COMPONENTS", "FONT", "MARGINS", "PAGE", "Component", "Page", "Range"]
