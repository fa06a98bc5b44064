"""Pictures that a text names, put into the text itself, so that it is whole wherever it is rendered.

A text names files of the campaign's own folder only: ``![caption](map.png)`` becomes
``![caption](data:image/png;base64,…)``. Every letter, record and worker has the same picture then, whatever becomes of
the file.
"""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import Final

from congvan.findings import Finding, Place, finding
from congvan.support.untrusted_files import MEGABYTE, is_remote_name, read_untrusted

PICTURE_LIMIT: Final = 5 * MEGABYTE
"""Bytes of one picture."""

TEXT_PICTURES_LIMIT: Final = 10 * MEGABYTE
"""Bytes of all pictures of a text: each letter carries them."""

_PICTURE: Final = re.compile(r"(?<!\\)(!\[(?:[^\[\]\\]|\\.)*\]\(\s*<?)([^()<>\n]*?)(>?\s*\))", re.DOTALL)
_EMBEDDED: Final = re.compile(r"data:image/[\w.+-]+;base64,[\w+/=]+")
_KINDS: Final = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg"}


def embed_pictures(text: str, folder: Path, limits: Path) -> tuple[str, list[Finding]]:
    """``text`` with the pictures it names from ``folder``, and what is wrong with them.

    Files outside ``limits``, the campaign's folder, are refused. Places have the line of the text only.
    """
    findings: list[Finding] = []
    pieces: list[str] = []
    end = size = 0
    for found in _PICTURE.finditer(text):
        name = found[2].strip()
        place = Place(line=text.count("\n", 0, found.start()) + 1)
        pieces.append(text[end : found.start()])
        end = found.end()
        content = None if name.startswith("data:") else _content(name, folder, limits, place, findings)
        size += len(content or b"")
        pieces.append(f"{found[1]}{picture_address(content)}{found[3]}" if content else found.group())
    if size > TEXT_PICTURES_LIMIT:
        findings.append(finding("campaign-pictures-too-large", limit=TEXT_PICTURES_LIMIT // MEGABYTE))
    return "".join((*pieces, text[end:])), findings


def picture_address(content: bytes) -> str:
    """The picture as an address that holds it whole."""
    return f"data:image/{kind_of(content)};base64,{base64.b64encode(content).decode()}"


def kind_of(content: bytes) -> str | None:
    """``png`` or ``jpeg``, by the first bytes; None for anything else."""
    return next((kind for start, kind in _KINDS.items() if content.startswith(start)), None)


def without_pictures(text: str) -> str:
    """``text`` as a person reads it: without the bytes of its pictures."""
    return _EMBEDDED.sub("hình", text) if "data:image/" in text else text


def _content(name: str, folder: Path, limits: Path, place: Place, findings: list[Finding]) -> bytes | None:
    """The bytes of the picture ``name``; None, with a finding, where it cannot be used."""
    path = (folder / name.replace("\\", "/")).resolve() if name and not is_remote_name(name) else None
    if path is None or "://" in name or not path.is_relative_to(limits.resolve()):
        findings.append(finding("campaign-picture-outside", place, path=name or "?"))
        return None
    if not path.exists():
        findings.append(finding("campaign-picture-missing", place, path=name))
        return None
    try:
        content = read_untrusted(path, PICTURE_LIMIT)
    except OSError as error:
        findings.append(finding("campaign-picture-unusable", place, path=name, why=error.strerror or str(error)))
        return None
    if kind_of(content) is None:
        findings.append(finding("campaign-picture-kind", place, path=name))
        return None
    return content
