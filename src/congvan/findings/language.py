"""The language of messages: Vietnamese, unless the user or the locale chooses English."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Literal, get_args

Language = Literal["vi", "en"]
_language: ContextVar[Language] = ContextVar("congvan_language", default="vi")


def language() -> Language:
    """The language in force, ``"vi"`` or ``"en"``."""
    return _language.get()


def set_language(value: Language) -> None:
    """Write messages in ``value`` from here on, in this thread or task.

    Raises:
        ValueError: for another language than ``"vi"`` or ``"en"``.
    """
    if value not in get_args(Language):
        raise ValueError(f"unknown language: {value!r}")
    _language.set(value)
