"""Changes of a copy of a letter: of type, paragraphs, sections and text, plain or as tracked changes of Word."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from difflib import SequenceMatcher
from typing import Any, Final

from docx.shared import Pt
from docx.text.font import Font
from docx.text.parfmt import ParagraphFormat

from congvan.inspect.model import Line
from congvan.linter.fixes.word_copy import Stretch, WordCopy
from congvan.support.ooxml import W

AUTHOR: Final = "congvan"
"""Who Word says made a tracked change or a comment. No time is given, so that the same fixes are the same bytes."""

_FIRST_NUMBER: Final = 900_000
_FACES: Final = ("ascii", "hAnsi", "cs")
_THEME_FACES: Final = ("asciiTheme", "hAnsiTheme", "cstheme")


class Changes:
    """Changes ``copy``; with ``tracked`` so that Word shows each, to be accepted or rejected."""

    def __init__(self, copy: WordCopy, *, tracked: bool = False) -> None:
        self.copy = copy
        self.tracked = tracked
        self.rewritten: dict[int, str] = {}
        """What lines say now, by their identity (``id``)."""
        self._number = _FIRST_NUMBER

    def font(self, run: Any, change: Callable[[Font], None]) -> None:
        """Change the type of a run."""
        before = deepcopy(run.rPr) if run.rPr is not None else run.makeelement(f"{W}rPr", {})
        change(Font(run))
        self._keep(run.get_or_add_rPr(), before, "rPrChange")

    def face(self, run: Any, family: str) -> None:
        """Set the typeface of a run, in every slot but that of East Asian letters."""

        def change(font: Font) -> None:
            font.name = family
            fonts = run.rPr.rFonts
            for slot in _FACES:
                fonts.set(f"{W}{slot}", family)
            for slot in _THEME_FACES:
                fonts.attrib.pop(f"{W}{slot}", None)

        self.font(run, change)

    def size(self, run: Any, points: float) -> None:
        """Set the type size of a run."""
        self.font(run, lambda font: setattr(font, "size", Pt(points)))

    def paragraph(self, paragraph: Any, change: Callable[[ParagraphFormat], None]) -> None:
        """Change the form of a paragraph."""
        own = paragraph.pPr
        before = deepcopy(own) if own is not None else paragraph.makeelement(f"{W}pPr", {})
        for inner in list(before):
            if inner.tag in {f"{W}rPr", f"{W}sectPr", f"{W}pPrChange"}:  # an old form holds none of these (17.13.5.29)
                before.remove(inner)
        change(ParagraphFormat(paragraph))
        self._keep(paragraph.get_or_add_pPr(), before, "pPrChange")

    def section(self, section: Any, change: Callable[[Any], None]) -> None:
        """Change paper and margins of a section (w:sectPr)."""
        before = deepcopy(section)
        for inner in list(before):
            if inner.tag in {f"{W}headerReference", f"{W}footerReference", f"{W}sectPrChange"}:
                before.remove(inner)
        change(section)
        self._keep(section, before, "sectPrChange")

    def text(self, line: Line, wanted: str) -> None:
        """Make a line say ``wanted``, touching no more letters than differ."""
        stretch = self.copy.stretch(line)
        assert stretch is not None
        self.rewritten[id(line)] = line.raw.replace(stretch.text, wanted)
        differences = SequenceMatcher(None, stretch.text, wanted, autojunk=False).get_opcodes()
        for kind, start, end, first, last in reversed(differences):
            if kind == "equal":
                continue
            changed = stretch.part(start, end)
            if self.tracked:
                self._replace_tracked(changed, wanted[first:last])
            else:
                changed.replace(wanted[first:last])

    def _keep(self, properties: Any, before: Any, name: str) -> None:
        """Note how something was set before, unless Word notes an older form already."""
        if not self.tracked or properties.find(f"{W}{name}") is not None:
            return
        note = properties.makeelement(f"{W}{name}", self._signed())
        note.append(before)
        properties.append(note)

    def _replace_tracked(self, stretch: Stretch, text: str) -> None:
        runs = stretch.runs()
        beside, after = (runs[-1], True) if runs else stretch.run_before()
        if text:
            inserted = beside.makeelement(f"{W}ins", self._signed())
            inserted.append(_run_like(beside, text))
            beside.addnext(inserted) if after else beside.addprevious(inserted)
        for run in runs:
            deleted = run.makeelement(f"{W}del", self._signed())
            run.addprevious(deleted)
            deleted.append(run)
            for element in run.iterchildren(f"{W}t"):
                element.tag = f"{W}delText"

    def _signed(self) -> dict[str, str]:
        self._number += 1
        return {f"{W}id": str(self._number), f"{W}author": AUTHOR}


def _run_like(run: Any, text: str) -> Any:
    """A new run set as another one."""
    made = run.makeelement(f"{W}r", {})
    if run.rPr is not None:
        made.append(deepcopy(run.rPr))
    element = made.makeelement(f"{W}t", {})
    element.text = text
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.append(element)
    return made
