"""Sample letters: one of every kind, every signature form and every part, with made-up people.

The gallery and the documentation show them, the tests measure them. Each is in
``samples/`` as a YAML file a clerk can read; common parts are in ``_chung.yaml``.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from congvan.letter import KINDS, Letter

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_COMMON: Final = "_chung"

PART_SAMPLES: Final = (*("cong-van-nhieu-noi", "cong-van-mat", "cong-van-dien-tu", "quyet-dinh-ban-hanh", "ban-sao"),)
"""Samples beside those of the kinds: grouped addressees, marks, an electronic letter, a text issued, a copy."""

SAMPLES: Final = (*KINDS, *PART_SAMPLES)
"""The names of all samples; that of a kind is the kind's own."""


def sample(name: str, **parts: Any) -> Letter:
    """The sample ``name``, with some parts replaced."""
    return Letter(**{**_read(_COMMON), **_read(name), **parts})


def _read(name: str) -> dict[str, Any]:
    from ruamel.yaml import YAML

    source: Traversable = files("congvan.word") / "samples" / f"{name}.yaml"
    values: dict[str, Any] = YAML(typ="safe").load(source.read_text(encoding="utf-8"))
    return values
