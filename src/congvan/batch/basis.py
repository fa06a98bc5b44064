"""What a letter's files are made from, as one digest: while it stays the same, so do they.

It covers the letter with all its fields and its number, the template, the engine and its version, the kinds of
file, and the version of congvan. Where an engine lets a letter's neighbours show in its bytes, it covers
them as well.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Final

from congvan import __version__
from congvan.batch.task import Task
from congvan.errors import TemplateError
from congvan.letter import Letter
from congvan.pdf.engine import engine
from congvan.word.built_in import built_in_template

_FORMAT: Final = 3
"""Raised when files change though nothing else does."""


def bases(task: Task, formats: Sequence[str]) -> tuple[str, ...]:
    """The digest of each letter of ``task``."""
    common = [__version__, _FORMAT, sorted(formats), _engine(task.pdf_engine), _template(task)]
    shared = hashlib.sha256(_json(common))
    own = tuple(_with_content(shared.copy(), letter) for letter in task.letters)
    return own if alike_alone(task) else tuple(digest([one, own]) for one in own)


def alike_alone(task: Task) -> bool:
    """Whether a letter of ``task`` has the same bytes alone as with its neighbours."""
    return task.pdf_engine is None or engine(task.pdf_engine).alike_alone


def digest(content: Any) -> str:
    """The SHA-256 of anything plain; a value JSON does not know counts as its text."""
    return hashlib.sha256(_json(content)).hexdigest()


def _json(content: Any) -> bytes:
    return json.dumps(content, default=str).encode()


def _with_content(digest: hashlib._Hash, letter: Letter) -> str:
    """``digest`` with all that ``letter`` says; a value JSON does not know counts as its text."""
    try:
        digest.update(letter.model_dump_json(fallback=str).encode())
    except ValueError:  # a sign that UTF-8 does not know either: whether a letter may have it is said elsewhere
        digest.update(_json(letter.model_dump()))
    return digest.hexdigest()


def _template(task: Task) -> str:
    mau = task.template.mau
    try:
        return hashlib.sha256(built_in_template(task.letters[0].loai) if mau is None else mau).hexdigest()
    except TemplateError:  # no template, no letter: that is found and said elsewhere
        return ""


def _engine(name: str | None) -> list[str]:
    return [name, engine(name).version] if name else []
