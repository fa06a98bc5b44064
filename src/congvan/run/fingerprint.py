"""Two fingerprints of a letter: what it says, and what its files were built from.

The *content* fingerprint covers the letter with its number, date, citations and all fields, and the template with its
body. The *build* fingerprint covers the content and all that makes files of it: congvan's version, the engine and its
version, the kinds of file. While a letter's build fingerprint stays the same, so do the bytes of its files; it is the
only key of the cache of letters, staged or in place.

Where an engine lets a letter's neighbours show in its bytes, the build covers the whole bundle.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from pydantic_core import to_json

from congvan.errors import TemplateError
from congvan.letter import Letter
from congvan.run.batches import Batch
from congvan.support.version import VERSION
from congvan.word.builtin.templates import built_in_template

_FORMAT: Final = 1
"""Raised when files change though nothing else does."""


class Fingerprints(NamedTuple):
    """The two fingerprints of one letter, SHA-256 in hexadecimal digits."""

    content: str
    build: str


def fingerprints(batch: Batch) -> tuple[Fingerprints, ...]:
    """The fingerprints of each letter of ``batch``."""
    template = _template(batch)
    # Letters of a batch share most parts as the same object: each is encoded once.
    encoded: dict[int, bytes] = {}
    contents = [_digest(template, *_parts(letter, encoded)) for letter in batch.letters]
    tools = _json([VERSION, _FORMAT, sorted(batch.formats), _engine(batch), *([batch.mark] if batch.mark else [])])
    if not batch.is_bundle_independent:
        tools += _json(contents)
    return tuple(Fingerprints(content, _digest(tools, content.encode())) for content in contents)


def fingerprint(value: Any) -> str:
    """The SHA-256 of anything plain; a value JSON does not know counts as its text."""
    return _digest(_json(value))


def _parts(letter: Any, encoded: dict[int, bytes]) -> list[bytes]:
    if not isinstance(letter, Letter):
        return [_json(letter.values)]
    parts = []
    for part in vars(letter).values():
        known = encoded.get(id(part))
        if known is None:
            known = encoded[id(part)] = _json(part)
        parts.append(known)
    return parts


def _template(batch: Batch) -> bytes:
    if batch.template.docx is not None:
        return hashlib.sha256(batch.template.docx).digest()
    letter = batch.letters[0]
    assert isinstance(letter, Letter)  # records always have a template
    try:
        return hashlib.sha256(built_in_template(letter.loai)).digest()
    except TemplateError:  # without a template there is no letter: rendering reports it
        return b""


def _engine(batch: Batch) -> list[str]:
    engine = batch.pdf_engine
    return [engine.name, engine.version] if engine else []


def _digest(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(b"%d:" % len(part))  # so that parts cannot change places with their neighbours
        digest.update(part)
    return digest.hexdigest()


def _json(value: Any) -> bytes:
    try:
        return to_json(value, fallback=_plain)
    except ValueError:  # half a surrogate pair: rendering refuses the letter
        return json.dumps(value, default=_plain).encode()


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else str(value)
