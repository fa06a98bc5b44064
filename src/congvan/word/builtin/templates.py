"""The templates congvan carries: which kinds they serve, and where they are."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Final

from congvan.decree.measures import STANDARD, Measures
from congvan.letter import KINDS

_GENERIC: Final = "1.4"

TEMPLATES: Final = MappingProxyType(
    {kind.ma: f"{'thong-bao' if kind.mau_so == _GENERIC else kind.ma}.docx" for kind in KINDS.values()}
)
"""The built-in template of each kind: its own, or thong-bao.docx, the decree's model 1.4."""


@lru_cache(maxsize=128)  # of every kind for a few offices
def built_in_template(loai: str, measures: Measures = STANDARD) -> bytes:
    """The .docx of the built-in template for ``loai``, one of the decree's kinds, built to an office's ``measures``."""
    if measures != STANDARD:
        from congvan.word.builtin.builder import build

        return build(TEMPLATES[loai].removesuffix(".docx"), measures)
    return (template_folder() / TEMPLATES[loai]).read_bytes()


def template_folder() -> Traversable:
    """The folder of the built-in templates: inside an installed package, or at the top of a checkout."""
    packaged = files("congvan") / "templates"
    return packaged if packaged.is_dir() else Path(__file__).parents[4] / "templates"
