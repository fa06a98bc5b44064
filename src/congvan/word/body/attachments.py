"""What a body brings into the package besides its text: links, pictures, footnotes.

Each body of a letter writes into the same attachments, and :meth:`Attachments.parts` are the parts of the .docx that
hold them, with their relationships and content types.
"""

from __future__ import annotations

import hashlib
import re
from html import escape
from typing import Final

from congvan.support.ooxml import NAMESPACES
from congvan.word.package import Package

_CONTENT_TYPES: Final = "[Content_Types].xml"
_RELATIONSHIPS: Final = "word/_rels/document.xml.rels"
_NOTES: Final = "word/footnotes.xml"
_SETTINGS: Final = "word/settings.xml"
_R: Final = NAMESPACES["r"]
_KINDS: Final = {"png": "image/png", "jpg": "image/jpeg"}
_NOTES_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FIRST_NOTE: Final = 101
"""Footnotes of a body are numbered from here inside the file, so that they do not meet those of a template."""

_SEPARATORS: Final = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)
_NOTE_SETTINGS: Final = '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
_AFTER_NOTE_SETTINGS: Final = re.compile(
    r"<w:(?:endnotePr|compat|docVars|rsids|attachedSchema|themeFontLang|clrSchemeMapping|doNotIncludeSubdocsInStats|"
    r"shapeDefaults|decimalSymbol|listSeparator)\b|<m:mathPr\b|</w:settings>"
)


class Attachments:
    """Collects links, pictures and footnotes."""

    def __init__(self) -> None:
        self._links: dict[str, str] = {}
        self._pictures: dict[str, tuple[str, bytes]] = {}
        self._notes: list[str] = []

    def link(self, address: str) -> str:
        """The id of the relationship to ``address``."""
        return self._links.setdefault(address, f"rIdLienKet{len(self._links) + 1}")

    def picture(self, content: bytes, kind: str) -> str:
        """The id of the relationship to a picture; ``kind`` is ``png`` or ``jpg``."""
        name = f"{hashlib.sha256(content).hexdigest()[:16]}.{kind}"
        return self._pictures.setdefault(name, (f"rIdHinh{len(self._pictures) + 1}", content))[0]

    def note(self, runs: str) -> int:
        """The id of a footnote whose text are these ``runs``."""
        self._notes.append(runs)
        return _FIRST_NOTE + len(self._notes) - 1

    def parts(self, package: Package) -> dict[str, bytes]:
        """The parts of ``package`` that change or are added; none if there is nothing to attach."""
        if not (self._links or self._pictures or self._notes):
            return {}
        changed = {_RELATIONSHIPS: self._relationships(package), _CONTENT_TYPES: self._content_types(package)}
        changed |= {f"word/media/{name}": content for name, (_, content) in self._pictures.items()}
        if self._notes:
            changed |= {_NOTES: self._footnotes(package), _SETTINGS: _with_note_settings(package)}
        return {part: content for part, content in changed.items() if content}

    def _relationships(self, package: Package) -> bytes:
        added = [
            _relationship(number, "hyperlink", address, ' TargetMode="External"')
            for address, number in self._links.items()
        ]
        added += [_relationship(number, "image", f"media/{name}") for name, (number, _) in self._pictures.items()]
        if self._notes and not package.read(_NOTES):
            added.append(_relationship("rIdCuocChu", "footnotes", "footnotes.xml"))
        whole = (
            package.text(_RELATIONSHIPS) or f'{_DECLARATION}<Relationships xmlns="{NAMESPACES["pr"]}"></Relationships>'
        )
        return _before(whole, "</Relationships>", "".join(added)).encode()

    def _content_types(self, package: Package) -> bytes:
        whole = package.text(_CONTENT_TYPES)
        kinds = {name.rpartition(".")[2] for name in self._pictures}
        missing = [kind for kind in sorted(kinds) if f'Extension="{kind}"' not in whole]
        defaults = "".join(f'<Default Extension="{kind}" ContentType="{_KINDS[kind]}"/>' for kind in missing)
        whole = re.sub(r"<Types\b[^>]*>", lambda start: start.group() + defaults, whole, count=1)
        if self._notes and not package.read(_NOTES):
            whole = _before(whole, "</Types>", f'<Override PartName="/{_NOTES}" ContentType="{_NOTES_TYPE}"/>')
        return whole.encode()

    def _footnotes(self, package: Package) -> bytes:
        notes = "".join(_note(number, runs) for number, runs in enumerate(self._notes, _FIRST_NOTE))
        if whole := package.text(_NOTES):
            return _before(whole, "</w:footnotes>", notes).encode()
        namespaces = f'xmlns:w="{NAMESPACES["w"]}" xmlns:r="{_R}"'
        return f"{_DECLARATION}<w:footnotes {namespaces}>{_SEPARATORS}{notes}</w:footnotes>".encode()


def _relationship(number: str, kind: str, target: str, mode: str = "") -> str:
    return f'<Relationship Id="{number}" Type="{_R}/{kind}" Target="{escape(target)}"{mode}/>'


def _note(number: int, runs: str) -> str:
    mark = '<w:r><w:rPr><w:sz w:val="20"/><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    space = '<w:r><w:rPr><w:sz w:val="20"/></w:rPr><w:t xml:space="preserve"> </w:t></w:r>'
    return f'<w:footnote w:id="{number}"><w:p><w:pPr><w:jc w:val="both"/></w:pPr>{mark}{space}{runs}</w:p></w:footnote>'


def _with_note_settings(package: Package) -> bytes:
    """The settings that name the lines above footnotes; Word writes them wherever there are notes."""
    whole = package.text(_SETTINGS)
    if not whole or "<w:footnotePr>" in whole:
        return b""
    return _AFTER_NOTE_SETTINGS.sub(lambda found: _NOTE_SETTINGS + found.group(), whole, count=1).encode()


def _before(whole: str, end: str, added: str) -> str:
    at = whole.rfind(end)
    if at >= 0:
        return f"{whole[:at]}{added}{whole[at:]}"
    return re.sub(r"/>\s*$", f">{added}{end}", whole) if added else whole  # <Relationships …/> without any inside
