"""Runs of a paragraph as WordprocessingML: text and its form, links, line ends, notes, pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Final

from congvan.support.lengths import Mm
from congvan.support.ooxml import NAMESPACES
from congvan.word.body.attachments import Attachments
from congvan.word.body.pictures import TALLEST, drawing_xml, kind_of, problem_of, size_of
from congvan.word.body.reading.model import PLAIN, Format, Inline, LineBreak, NoteMark, Picture, Run
from congvan.word.body.reading.source_text import TAG, SourceText
from congvan.word.body.symbols import BOXES, FAMILY
from congvan.word.body.unbroken import keep_unbroken

_NOTE_SIZE: Final = 10.0
"""Type size of footnotes, in points."""

_BRACE: Final = re.compile(r"[{}]")


@dataclass(frozen=True, slots=True)
class RunWriter:
    """Writes runs for a text ``width`` mm wide; ``note`` takes the code, place and values of a finding.

    ``source`` knows the tags that footnotes hold: they are written into a part of their own.
    """

    source: SourceText
    attachments: Attachments
    width: Mm
    note: Callable[..., None]

    def write(self, inlines: Sequence[Inline], *, bold: bool = False, size: float | None = None) -> str:
        """The XML of ``inlines``, all of them ``bold`` if asked for, in a type ``size`` in points."""
        return "".join(self._one(inline, bold=bold, size=size) for inline in inlines)

    def _noting_boxes(self, text: str) -> str:
        """``text``; its boxes to tick need their font."""
        if _BOX.search(text):
            self.attachments.needs_symbols = True
        return text

    def _one(self, inline: Inline, *, bold: bool, size: float | None) -> str:
        match inline:
            case Run():
                form = replace(inline.form, bold=inline.form.bold or bold)
                return self._linked(text_run(self._noting_boxes(inline.text), form, size), inline.link)
            case LineBreak():
                return "<w:r><w:br/></w:r>"
            case NoteMark():
                number = self.attachments.note(self._note_text(inline))
                raised = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
                return f'<w:r>{raised}<w:footnoteReference w:id="{number}"/></w:r>'
            case Picture():
                return self._picture(inline)

    def _note_text(self, mark: NoteMark) -> str:
        runs = self.write(mark.inlines, size=_NOTE_SIZE)
        return TAG.sub(lambda found: escape(self.source.tag(found.group()), quote=False), runs)

    def _linked(self, run: str, address: str) -> str:
        if not address or not run:
            return run
        relation = f'xmlns:r="{NAMESPACES["r"]}" r:id="{self.attachments.link(address)}"'
        return f'<w:hyperlink {relation} w:history="1">{run}</w:hyperlink>'

    def _picture(self, picture: Picture) -> str:
        if why := problem_of(picture):
            self.note("word-picture-unreadable", picture.offset, why=why)
            return ""
        size = size_of(picture)
        if size.width > self.width + 0.5 or size.height > TALLEST:
            given = f"{size.width:.0f} × {size.height:.0f}"
            self.note("word-picture-too-large", picture.offset, size=given, width=f"{self.width:.0f}")
        relation = self.attachments.picture(picture.content, kind_of(picture.content) or "")
        return drawing_xml(relation, picture.caption, size)


_BOX: Final = re.compile(f"([{BOXES}])")
_BOX_FONT: Final = "".join(f' w:{kind}="{FAMILY}"' for kind in ("ascii", "hAnsi", "eastAsia", "cs"))


def text_run(text: str, form: Format = PLAIN, size: float | None = None) -> str:
    """The run of a text; nothing for no text. Braces are written so that no tag begins with them."""
    if _BOX.search(text):
        return "".join(
            _box_run(part, size) if part in BOXES else text_run(part, form, size) for part in _BOX.split(text)
        )
    if not text:
        return ""
    written = _BRACE.sub(lambda found: f"{{{{ '{found.group()}' }}}}", escape(keep_unbroken(text), quote=False))
    return f'<w:r>{_properties(form, size)}<w:t xml:space="preserve">{written}</w:t></w:r>'


def _box_run(box: str, size: float | None) -> str:
    if not box:
        return ""
    sized = f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else ""
    return f'<w:r><w:rPr><w:rFonts{_BOX_FONT}/><w:b w:val="0"/><w:i w:val="0"/>{sized}</w:rPr><w:t>{box}</w:t></w:r>'


def _properties(form: Format, size: float | None) -> str:
    inner = "<w:b/>" if form.bold else ""
    inner += "<w:i/>" if form.italic else ""
    inner += f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else ""
    inner += '<w:u w:val="single"/>' if form.underline else ""
    inner += f'<w:vertAlign w:val="{form.raised}"/>' if form.raised else ""
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""
