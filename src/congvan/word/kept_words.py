"""Looks whether a document shows the words it is made of: the parts of its letter, the words of its Markdown.

Both are found by looking for the words in the text of the markup, without spaces and in small letters: where a part is
laid out over several paragraphs, in capitals or with a mark behind it, it is still found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, Final

from congvan.text.unicode_form import nfc

if TYPE_CHECKING:
    from congvan.letter import Letter, Signature

_SHOWN: Final = re.compile(r">([^<]+)</w:t>")
_UNSEEN: Final = "\u00ad\u200b\u200c\u200d\u2060"
_TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_NO_WORDS: Final = re.compile(
    r"<!--.*?-->|<[^<>\n]*>"  # comments, tags and addresses
    r"|\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\]\[[^\]\n]*\]|\[\^[^\]\n]+\]"  # where links lead, the marks of notes
    r"|\{[^{}\n]*\}|&#?\w+;"  # attributes, signs by name
    r"|^[ >]*\[[^\]\n]+\]:.*$|^[ >]*(?:```|~~~).*$",  # what links are called, the fences of a block
    re.DOTALL | re.MULTILINE,
)
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_WORD: Final = re.compile(r"[^\W_]{2,}")
_SHORTEST_NUMBER: Final = 3
"""Digits of a number that is asked for; a shorter one may be that of an item."""


def lost_parts(letter: Letter, markup: Iterable[str], fields: Container[str], *, whole: bool) -> tuple[str, ...]:
    """The names of parts of ``letter`` among ``fields`` that the document with this ``markup`` does not show.

    A part is lost when one of its texts is (``whole``), or all are: a template of the user's may leave some out.
    """
    text = _text_of(markup)
    shown: dict[str, list[bool]] = {}
    for name, said in _texts(letter):
        if said and name in fields:
            shown.setdefault(name, []).append(_key(said) in text)
    return tuple(name for name, found in shown.items() if not (all(found) if whole else any(found)))


def lost_words(markdown: str, markup: Iterable[str]) -> tuple[str, ...]:
    """The words of ``markdown`` that ``markup`` has less often; its fields and the numbers of its items aside."""
    text = _text_of(_TAG.sub(" ", part) for part in markup)
    asked = Counter(map(_key, _words(_TAG.sub(" ", markdown))))
    return tuple(word for word, times in asked.items() if text.count(word) < times)


def _text_of(markup: Iterable[str]) -> str:
    shown = "".join(["".join(_SHOWN.findall(part)) for part in markup])
    return _plain(unescape(shown) if "&" in shown else shown)


def _plain(text: str) -> str:
    plain = nfc(text)
    for sign in _UNSEEN:
        plain = plain.replace(sign, "")
    return "".join(plain.casefold().replace("\u2011", "-").split())


@lru_cache(maxsize=1024)  # letters of a campaign share most of their parts
def _key(text: str) -> str:
    return _plain(text)


def _words(markdown: str) -> Iterator[str]:
    for word in _WORD.findall(_NO_WORDS.sub(" ", _COMMENT.sub(" ", markdown))):
        if not word.isdigit() or len(word) >= _SHORTEST_NUMBER:
            yield word


def _texts(letter: Letter) -> Iterator[tuple[str, str]]:
    """The texts every built-in template prints as they are, with the part each belongs to."""
    yield "chu_quan", letter.chu_quan or ""
    yield "co_quan", letter.co_quan
    yield "ky_hieu", letter.ky_hieu
    yield "dia_danh", letter.dia_danh
    yield "trich_yeu", letter.trich_yeu
    for addressee in letter.kinh_gui:
        names = (addressee,) if isinstance(addressee, str) else (addressee.nhom, *addressee.gom)
        yield from (("kinh_gui", name) for name in names)
    yield from (("can_cu", basis) for basis in letter.can_cu)
    yield from (("noi_nhan", line) for line in letter.noi_nhan)
    yield from _signature("ky", letter.ky)
    if letter.ky_trai is not None:
        yield from _signature("ky_trai", letter.ky_trai)


def _signature(name: str, signature: Signature) -> Iterator[tuple[str, str]]:
    yield from ((name, line) for line in (*signature.quyen_han, signature.chuc_vu, signature.ho_ten))
