"""The templates congvan carries: which kinds they serve, and where they are."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from congvan.errors import TemplateError
from congvan.findings import Report, finding
from congvan.letter import KINDS

_NAMED: Final = (
    "thong-bao",
    "thong-cao",
    "huong-dan",
    "chuong-trinh",
    "ke-hoach",
    "phuong-an",
    "de-an",
    "du-an",
    "bao-cao",
    "to-trinh",
)
"""Kinds laid out by the decree's generic model (Annex III, model 1.4), which thong-bao.docx is."""

TEMPLATES: Final[dict[str, str]] = {"cong-van": "cong-van.docx", **dict.fromkeys(_NAMED, "thong-bao.docx")}
"""Built-in template of each kind that has one."""


@cache
def built_in_template(loai: str) -> bytes:
    """The .docx of the built-in template for the kind ``loai``.

    Raises:
        TemplateError: for a kind that needs a template of the user's own.
    """
    if loai not in TEMPLATES:
        kind = KINDS[loai].ten if loai in KINDS else loai
        raise TemplateError(Report((finding("word-kind-without-template", kind=kind, known=", ".join(TEMPLATES)),)))
    return (template_folder() / TEMPLATES[loai]).read_bytes()


def template_folder() -> Traversable:
    """The folder of the built-in templates: inside an installed package, or at the top of a checkout."""
    packaged = files("congvan") / "templates"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "templates"
