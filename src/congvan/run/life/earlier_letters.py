"""Letters of earlier runs that this one would change: those edited by hand stay, those only numbered are named."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, MutableMapping, MutableSet
from dataclasses import replace
from pathlib import Path
from typing import Final

from lxml import etree

from congvan.errors import CongvanError
from congvan.findings import Finding, finding
from congvan.run.output.folder import OutputFolder, failed_line, shortened
from congvan.run.output.journal import LetterLine
from congvan.run.output.manifest import NUMBERED, OutputFile
from congvan.run.rendering import staged_path
from congvan.support.docx_container import unpack
from congvan.support.untrusted_files import WORD_LIMIT, read_untrusted
from congvan.text.word_difference import differing_words

_MOST_SHOWN: Final = 10
"""Letters whose changed words are shown; of the others only the number."""

_PARAGRAPH: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"


def keep_edited(
    lines: MutableMapping[int, LetterLine],
    in_place: MutableSet[int],
    failures: MutableMapping[int, Finding],
    folder: OutputFolder,
) -> list[Finding]:
    """Leave the letters alone whose files somebody edited by hand; one finding names them.

    A file that congvan never wrote, where a letter is to lie, makes that letter fail alone.
    """
    edited: list[str] = []
    for position, line in lines.items():
        if position in in_place or position in failures:
            continue
        earlier = folder.journal.letters.get(line.key)
        if earlier and _is_edited(earlier, line, folder):
            lines[position] = replace(earlier, row=replace(earlier.row, thu_tu=position))
            in_place.add(position)
            edited.append(earlier.row.name)
        elif blocked := _blocked(line, folder):
            lines[position] = failed_line(line)
            failures[position] = finding("batch-file-of-somebody", letter=line.row.name, path=blocked[0])
    if edited:
        return [finding("batch-letters-edited", count=len(edited), letters=shortened(edited))]
    return []


def _is_edited(earlier: LetterLine, line: LetterLine, folder: OutputFolder) -> bool:
    """Whether somebody edited a file of the letter; a torn one of the same letter is made again."""
    if {file.path for file in earlier.row.files} == {file.path for file in line.row.files}:
        return bool(_blocked(line, folder))
    return any(folder.is_edited(file) for file in earlier.row.files)


def _blocked(line: LetterLine, folder: OutputFolder) -> list[str]:
    """The paths of the letter where something lies that congvan did not write."""
    kinds = (("docx", line.row.docx), ("pdf", line.row.pdf))
    return [file.path for kind, file in kinds if file and folder.is_blocked(file, staged_path(line.build, kind))]


def changed_letters(
    lines: Mapping[int, LetterLine], in_place: Collection[int], folder: OutputFolder
) -> Iterator[Finding]:
    """A finding for each numbered letter that is made again with other words: its number, old and new words."""
    changed = []
    for position, line in sorted(lines.items()):
        earlier = folder.journal.letters.get(line.key)
        if position in in_place or earlier is None or earlier.row.trang_thai != NUMBERED:
            continue
        if earlier.content != line.content and line.build:
            changed.append((earlier, line))
    shown = 0
    quietly = []
    for earlier, line in changed:
        if shown == _MOST_SHOWN or earlier.row.docx is None or line.row.docx is None:
            quietly.append(line.row.name)
        elif words := _changed_words(earlier.row.docx, line, folder):
            shown += 1
            yield finding("batch-letter-changed", letter=line.row.name, before=words[0], after=words[1])
    if quietly:
        yield finding("batch-letters-changed", count=len(quietly), letters=shortened(quietly))


def _changed_words(earlier: OutputFile, line: LetterLine, folder: OutputFolder) -> tuple[str, str] | None:
    """Old and new words; None where only something changed that is not printed."""
    before = docx_words(folder.path / earlier.path)
    after = docx_words(folder.path / staged_path(line.build, "docx"))
    return differing_words(before, after)


def docx_words(path: Path) -> list[str]:
    """The words of a .docx in order; none of a file that cannot be read."""
    try:
        part = unpack(read_untrusted(path, WORD_LIMIT), path.name)["word/document.xml"]
        root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    except (OSError, CongvanError, KeyError, etree.XMLSyntaxError):
        return []
    words: list[str] = []
    for paragraph in root.iter(_PARAGRAPH):
        words += "".join(paragraph.itertext()).split()
    return words
