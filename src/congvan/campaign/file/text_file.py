"""A file with the text of a letter: Markdown, or a .docx a clerk wrote, with its pictures in it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from congvan.campaign.file.text_pictures import embed_pictures
from congvan.errors import TemplateError, UnreadableFileError
from congvan.findings import Finding, Report
from congvan.support.untrusted_files import TEXT_LIMIT, WORD_LIMIT, read_untrusted
from congvan.text.unicode_form import nfc


def read_text(path: Path, limits: Path) -> tuple[str, list[Finding]]:
    """The text in ``path`` as Markdown, and what is wrong with it; its pictures come from the folder ``limits`` only.

    Raises:
        OSError: when it cannot be read.
        UnicodeDecodeError: when it is neither UTF-8 nor a .docx.
        UnreadableFileError: when a .docx is damaged.
        TemplateError: when a .docx is a trap.
    """
    if path.suffix.lower() == ".docx":
        from congvan.campaign.file.word_text.document import read_word_text  # most texts are Markdown

        text, found = read_word_text(read_untrusted(path, WORD_LIMIT), path.name)
        return nfc(text), found
    written = nfc(read_untrusted(path, TEXT_LIMIT).decode("utf-8-sig"))
    return embed_pictures(written, path.parent, limits)


def read_text_file(path: str | os.PathLike[str]) -> str:
    """The text of a Markdown file or a .docx as ``noi_dung`` of a letter, with the pictures it names in it.

    Pictures come from the folder of the file and those below it.

    Raises:
        UnreadableFileError: when the file cannot be read.
        TemplateError: with everything in it that has no place in a letter, and every picture that cannot be used.
    """
    source = Path(path)
    try:
        text, found = read_text(source, source.parent)
    except UnicodeDecodeError:
        raise UnreadableFileError(source, "not UTF-8") from None
    except OSError as error:
        raise UnreadableFileError(source, error.strerror or str(error)) from None
    named = (replace(one, place=replace(one.place, file=source.name)) for one in found)
    Report.of(named).raise_errors(TemplateError)
    return text
