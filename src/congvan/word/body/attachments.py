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
from congvan.word.body.symbols import FAMILY, KEY, font_file
from congvan.word.package import Package

_CONTENT_TYPES: Final = "[Content_Types].xml"
_RELATIONSHIPS: Final = "word/_rels/document.xml.rels"
_NOTES: Final = "word/footnotes.xml"
_SETTINGS: Final = "word/settings.xml"
_STYLES: Final = "word/styles.xml"
_R: Final = NAMESPACES["r"]
_KINDS: Final = {"png": "image/png", "jpg": "image/jpeg"}
_NOTES_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_FONTS: Final = "word/fontTable.xml"
_FONT_LINKS: Final = "word/_rels/fontTable.xml.rels"
_FONT_FILE: Final = "word/fonts/symbols.odttf"
_FONT_TYPE: Final = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_FONT_TABLE_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NOTE_STYLES: Final = {
    "FootnoteText": (
        '<w:style w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/>'
        '<w:basedOn w:val="{base}"/>'
        '<w:pPr><w:spacing w:before="0" w:after="0"/><w:ind w:firstLine="0"/><w:jc w:val="both"/></w:pPr>'
        '<w:rPr><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr></w:style>'
    ),
    "FootnoteReference": (
        '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    ),
}
"""The styles Word itself gives footnotes, under the names every program knows."""

_DEFAULT_STYLE: Final = re.compile(
    r'<w:style\b(?=[^>]*w:type="paragraph")(?=[^>]*w:default="1")[^>]*w:styleId="([^"]+)"'
)
_FIRST_NOTE: Final = 101
"""Footnotes of a body are numbered from here inside the file, so that they do not meet those of a template."""

_NO_LINKS: Final = f'{_DECLARATION}<Relationships xmlns="{NAMESPACES["pr"]}"></Relationships>'
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
        self.needs_symbols = False

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

    @property
    def note_texts(self) -> tuple[str, ...]:
        """The runs of each footnote."""
        return tuple(self._notes)

    def parts(self, package: Package) -> dict[str, bytes]:
        """The parts of ``package`` that change or are added; none if there is nothing to attach."""
        if not (self._links or self._pictures or self._notes or self.needs_symbols):
            return {}
        changed = {_RELATIONSHIPS: self._relationships(package), _CONTENT_TYPES: self._content_types(package)}
        changed |= {f"word/media/{name}": content for name, (_, content) in self._pictures.items()}
        if self._notes:
            changed |= {
                _NOTES: self._footnotes(package),
                _SETTINGS: _with_note_settings(package),
                _STYLES: _with_note_styles(package),
            }
        if self.needs_symbols:
            changed |= {_FONTS: _font_table(package), _FONT_LINKS: _font_links(package), _FONT_FILE: font_file()}
        return {part: content for part, content in changed.items() if content}

    def _relationships(self, package: Package) -> bytes:
        added = [
            _relationship(number, "hyperlink", address, ' TargetMode="External"')
            for address, number in self._links.items()
        ]
        added += [_relationship(number, "image", f"media/{name}") for name, (number, _) in self._pictures.items()]
        if self._notes and not package.read(_NOTES):
            added.append(_relationship("rIdCuocChu", "footnotes", "footnotes.xml"))
        if self.needs_symbols and not package.read(_FONTS):
            added.append(_relationship("rIdPhong", "fontTable", "fontTable.xml"))
        return _before(package.text(_RELATIONSHIPS) or _NO_LINKS, "</Relationships>", "".join(added)).encode()

    def _content_types(self, package: Package) -> bytes:
        whole = package.text(_CONTENT_TYPES)
        kinds = {name.rpartition(".")[2] for name in self._pictures}
        missing = [kind for kind in sorted(kinds) if f'Extension="{kind}"' not in whole]
        defaults = "".join(f'<Default Extension="{kind}" ContentType="{_KINDS[kind]}"/>' for kind in missing)
        whole = re.sub(r"<Types\b[^>]*>", lambda start: start.group() + defaults, whole, count=1)
        if self._notes and not package.read(_NOTES):
            whole = _before(whole, "</Types>", f'<Override PartName="/{_NOTES}" ContentType="{_NOTES_TYPE}"/>')
        if self.needs_symbols and 'Extension="odttf"' not in whole:
            whole = _before(whole, "</Types>", f'<Default Extension="odttf" ContentType="{_FONT_TYPE}"/>')
        if self.needs_symbols and not package.read(_FONTS):
            whole = _before(whole, "</Types>", f'<Override PartName="/{_FONTS}" ContentType="{_FONT_TABLE_TYPE}"/>')
        return whole.encode()

    def _footnotes(self, package: Package) -> bytes:
        notes = "".join(_note(number, runs) for number, runs in enumerate(self._notes, _FIRST_NOTE))
        if whole := package.text(_NOTES):
            return _before(whole, "</w:footnotes>", notes).encode()
        namespaces = f'xmlns:w="{NAMESPACES["w"]}" xmlns:r="{_R}"'
        return f"{_DECLARATION}<w:footnotes {namespaces}>{_SEPARATORS}{notes}</w:footnotes>".encode()


def _relationship(number: str, kind: str, target: str, mode: str = "") -> str:
    return f'<Relationship Id="{number}" Type="{_R}/{kind}" Target="{escape(target)}"{mode}/>'


def _font_table(package: Package) -> bytes:
    """The font table with the font of the boxes, embedded in the file."""
    embedded = f'<w:embedRegular xmlns:r="{_R}" r:id="rIdKyHieu" w:fontKey="{KEY}"/>'
    font = f'<w:font w:name="{FAMILY}">{embedded}</w:font>'
    whole = package.text(_FONTS) or f'{_DECLARATION}<w:fonts xmlns:w="{NAMESPACES["w"]}"></w:fonts>'
    return _before(whole, "</w:fonts>", font).encode()


def _font_links(package: Package) -> bytes:
    added = _relationship("rIdKyHieu", "font", "fonts/symbols.odttf")
    return _before(package.text(_FONT_LINKS) or _NO_LINKS, "</Relationships>", added).encode()


def _note(number: int, runs: str) -> str:
    mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    space = '<w:r><w:rPr><w:sz w:val="20"/></w:rPr><w:t xml:space="preserve"> </w:t></w:r>'
    style = '<w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
    return f'<w:footnote w:id="{number}"><w:p>{style}{mark}{space}{runs}</w:p></w:footnote>'


def _with_note_styles(package: Package) -> bytes:
    """The style sheet with the styles of footnotes, where it lacks them."""
    whole = package.text(_STYLES)
    default = _DEFAULT_STYLE.search(whole)
    missing = [style for name, style in _NOTE_STYLES.items() if f'w:styleId="{name}"' not in whole]
    if not whole or not missing:
        return b""
    return _before(whole, "</w:styles>", "".join(missing).format(base=default[1] if default else "Normal")).encode()


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
