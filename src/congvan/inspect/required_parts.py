"""The parts a letter must show, looked for in what a template of the office's own makes of it.

A clerk's template may have lost its signature, or have the number of an old letter typed over. The words of each part
are looked for in each letter; the reader of finished letters, which costs more, looks at the first letter of each
template and says what stands in the place of a part that is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, Final, NamedTuple

from congvan.errors import CongvanError, TemplateError
from congvan.findings import Finding, Place, finding
from congvan.inspect.components import Components
from congvan.letter import Letter
from congvan.text.fields.pattern import fixed_text
from congvan.word.package import Package

if TYPE_CHECKING:
    from congvan.word import LetterDocument

_TEXT: Final = re.compile(r"<w:t(?:\s[^>]*)?>([^<]+)")
_STORY: Final = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")
_PLAIN_WORDS: Final = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){2,}")
_INVISIBLE: Final = dict.fromkeys((0x00AD, 0x200B, 0x200D, 0x2060))
_BODY: Final = frozenset({"noi_dung", "o_bang", "de_muc", "can_cu", "noi_dung_phu_luc"})


class RequiredPart(NamedTuple):
    """A part a letter must show.

    ``code`` is the finding when it is missing, ``field`` what prints it, ``words`` what it says, each without spaces
    and in small letters; of each of them one must be there. ``read_as`` are the reader's names for it.
    """

    code: str
    field: str
    words: tuple[tuple[str, ...], ...]
    read_as: tuple[str, ...]


def missing_parts(letter: Letter, document: LetterDocument) -> Iterator[Finding]:
    """What the finished ``document`` of ``letter`` does not say, as findings about its template."""
    required = required_parts(letter)
    said = _bare(_words(document.template.read_content(document.docx)))
    if all(_says(said, part) for part in required):
        return
    package = Package(document.docx)
    said = _bare("".join(_words(package.text(name)) for name in package.names if _STORY.fullmatch(name)))
    missing = [part for part in required if not _says(said, part)]
    if missing:
        read = _read(document.docx).parts
        yield from (_finding(part, document, read) for part in missing)


def unreadable_parts(letter: Letter, document: LetterDocument) -> Iterator[Finding]:
    """The parts a reader does not find in the finished ``document``, though their words may stand in its body.

    In a document that looks like no letter of the decree a reader's word does not count.
    """
    required, (read, outside) = required_parts(letter), _read(document.docx)
    found = [part for part in required if any(name in read for name in part.read_as)]
    if 2 * len(found) <= len(required):
        return
    for part in required:
        if part not in found and (not part.words or (not _says(outside, part) and _is_in_body(part, letter))):
            yield _finding(part, document, read)


def required_parts(letter: Letter) -> list[RequiredPart]:
    """The parts ``letter`` brings and a letter of its kind must show; none for an official copy."""
    if letter.ban_sao is not None:
        return []
    recipients = tuple((_bare(line),) for line in letter.noi_nhan)
    parts = [
        RequiredPart("template-no-number", "so_ky_hieu", _number(letter), ("so_ky_hieu",)),
        RequiredPart("template-no-date", "ngay", _date(letter), ("dia_danh_ngay",)),
        *_kind(letter),
        RequiredPart("template-no-noi-nhan", "noi_nhan", recipients, ("noi_nhan",)),
        RequiredPart("template-no-signature", "ky.ho_ten", _signature(letter), ("ho_ten",)),
    ]
    body = RequiredPart("template-no-body", "noi_dung", _body(letter.noi_dung), ("noi_dung", "o_bang", "de_muc"))
    return [*(part for part in parts if part.words), body]


def _number(letter: Letter) -> tuple[tuple[str, ...], ...]:
    symbol = _bare(letter.ky_hieu)
    if letter.so is None:
        return ((symbol,),) if symbol else ()
    return ((f"{letter.so:02}/{symbol}", f"{letter.so}/{symbol}", f"số:{letter.so:02}", f"số:{letter.so}"),)


def _date(letter: Letter) -> tuple[tuple[str, ...], ...]:
    return ((_bare(letter.ngay.dai), _bare(letter.ngay.ngan)),) if letter.ngay.day else ()


def _kind(letter: Letter) -> Iterator[RequiredPart]:
    """The name of the kind, and what the letter is about; only the form of a leave or a leave of mission lacks that."""
    if letter.kind.ky_hieu:
        yield RequiredPart("template-no-kind", "ten_loai", ((_bare(letter.kind.ten),),), ("ten_loai",))
    if letter.trich_yeu and letter.loai not in {"giay-gioi-thieu", "giay-nghi-phep"}:
        read_as = ("trich_yeu", "trich_yeu_cong_van")
        yield RequiredPart("template-no-subject", "trich_yeu", ((_bare(letter.trich_yeu),),), read_as)


def _signature(letter: Letter) -> tuple[tuple[str, ...], ...]:
    signature = letter.ky
    lines = (*signature.quyen_han, signature.chuc_vu, signature.ho_ten)
    return tuple((_bare(line),) for line in lines if line)


@lru_cache(maxsize=64)  # the letters of a tier share it
def _body(text: str) -> tuple[tuple[str, ...], ...]:
    """The first plain words of a body in Markdown: what its template cannot but print."""
    try:
        pieces: Sequence[tuple[int, str]] = fixed_text(text)
    except TemplateError:
        return ()
    found = next((words for _, piece in pieces if (words := _PLAIN_WORDS.search(piece))), None)
    return ((_bare(found[0]),),) if found else ()


def _is_in_body(part: RequiredPart, letter: Letter) -> bool:
    """Whether the body itself may say what the part says; where it stands in the template, nobody can tell."""
    body = _bare(letter.noi_dung)
    field = "{{" + part.field.partition(".")[0]
    return not body or field in body or any(one in body for each in part.words for one in each)


def _says(said: str, part: RequiredPart) -> bool:
    return all(any(one in said for one in choice) for choice in part.words)


def _words(xml: str) -> str:
    return unescape("".join(_TEXT.findall(xml)))


def _bare(text: str) -> str:
    return "".join(text.split()).translate(_INVISIBLE).casefold()


class _ReadLetter(NamedTuple):
    """The parts a reader finds, and the words outside the body."""

    parts: Components = Components()
    outside: str = ""


def _read(docx: bytes) -> _ReadLetter:
    """The finished letter as its reader finds it; nothing of one that cannot be read."""
    from congvan.inspect.document import components, facts

    try:
        letter = facts(docx)
    except CongvanError:
        return _ReadLetter()
    parts = components(letter)
    body = {id(line) for part in parts if part.name in _BODY for line in part.lines}
    return _ReadLetter(parts, _bare("".join(line.text for line in letter.lines if id(line) not in body)))


def _finding(part: RequiredPart, document: LetterDocument, read: Components) -> Finding:
    """What is missing, and where it would stand; or what is typed in its place."""
    place = Place(file=document.template.name)
    typed = next((read[name].text for name in part.read_as if name in read), "")
    bare = _bare(typed).removeprefix("nơinhận:")
    if not bare or any(word in bare for choice in part.words for word in choice) or part.code == "template-no-body":
        return finding(part.code, place)
    return finding("template-part-typed", place, typed=typed, field=part.field)
