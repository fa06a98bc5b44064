"""What a letter's files are made from, as one digest: while it stays the same, so do they.

It covers the letter with all its fields and its number, the template, the engine and its version, the kinds of
file, and the version of congvan. Where an engine lets a letter's neighbours show in its bytes, it covers
them as well.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from operator import itemgetter
from typing import Any, Final

from pydantic_core import to_json

from congvan import __version__
from congvan.batch.task import Task
from congvan.errors import TemplateError
from congvan.letter import Letter
from congvan.letter.frozen_fields import plain_fields
from congvan.pdf.engine import engine
from congvan.word.builtin.templates import built_in_template

_FORMAT: Final = 4
"""Raised when files change though nothing else does."""
_PARTS: Final = itemgetter(*(name for name in Letter.model_fields if name != "truong"))


def bases(task: Task, formats: Sequence[str]) -> tuple[str, ...]:
    """The digest of each letter of ``task``."""
    common = [__version__, _FORMAT, sorted(formats), _engine(task.pdf_engine), _template(task)]
    shared, told = hashlib.sha256(_json(common)), _Told()
    own = tuple(_with_content(shared.copy(), told.of(letter)) for letter in task.letters)
    return own if alike_alone(task) else tuple(digest([one, own]) for one in own)


def alike_alone(task: Task) -> bool:
    """Whether a letter of ``task`` has the same bytes alone as with its neighbours."""
    return task.pdf_engine is None or engine(task.pdf_engine).alike_alone


def digest(content: Any) -> str:
    """The SHA-256 of anything plain; a value JSON does not know counts as its text."""
    return hashlib.sha256(_json(content)).hexdigest()


def _json(content: Any) -> bytes:
    return json.dumps(content, default=str).encode()


class _Told:
    """What letters say, as JSON part after part; a part that several have as one is written once."""

    def __init__(self) -> None:
        self._written: dict[int, bytes] = {}

    def of(self, letter: Letter) -> bytes:
        """All that ``letter`` says. It must live on as long as this is asked about others."""
        written, parts = self._written, vars(letter)
        told = [written.get(id(part)) or self._write(part) for part in _PARTS(parts)]
        return b"\n".join((*told, _plainly(plain_fields(parts["truong"]))))

    def _write(self, part: Any) -> bytes:
        self._written[id(part)] = told = _plainly(part)
        return told


def _with_content(digest: hashlib._Hash, told: bytes) -> str:
    digest.update(told)
    return digest.hexdigest()


def _plainly(part: Any) -> bytes:
    """``part`` as JSON; a value JSON does not know counts as its text."""
    try:
        return to_json(part, fallback=str)
    except ValueError:  # a sign that UTF-8 does not know either: whether a letter may have it is said elsewhere
        return _json(part)


def _template(task: Task) -> str:
    mau = task.template.mau
    try:
        return hashlib.sha256(built_in_template(task.letters[0].loai) if mau is None else mau).hexdigest()
    except TemplateError:  # no template, no letter: that is found and said elsewhere
        return ""


def _engine(name: str | None) -> list[str]:
    return [name, engine(name).version] if name else []
