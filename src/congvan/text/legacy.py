"""Vietnamese typed in fonts from before Unicode, TCVN3 (ABC) and VNI: detected, and converted on request.

Such a text is Latin letters and characters that only its font shows as Vietnamese: "NguyÔn V¨n An" and
"Nguyeãn Vaên An" are both Nguyễn Văn An. TCVN3 is the 8-bit code of TCVN 5712:1993; VNI writes a mark as
a second letter after its vowel.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from congvan.text.unicode_form import TONES, nfc

Encoding: TypeAlias = Literal["tcvn3", "vni"]
"""The encodings congvan converts."""

ENCODINGS: Final[tuple[Encoding, ...]] = ("tcvn3", "vni")

_TCVN3: Final = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\u00ad®" + "µ¶·¸¹»¼½¾ÆÇÈÉÊË" + "ÌÎÏÐÑÒÓÔÕÖ" + "×ØÜÝÞ" + "ßáâãäåæçèéêëìíî" + "ïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđ" + "àảãáạằẳẵắặầẩẫấậ" + "èẻẽéẹềểễếệ" + "ìỉĩíị" + "òỏõóọồổỗốộờởỡớợ" + "ùủũúụừửữứựỳỷỹýỵ",
)
_VNI_MARKS: Final = {
    **dict(zip("øûõùï", TONES, strict=True)),
    "â": "\u0302",
    "ê": "\u0306",
    **dict(zip("àåãáä", (f"\u0302{tone}" for tone in TONES), strict=True)),
    **dict(zip("èúüéë", (f"\u0306{tone}" for tone in TONES), strict=True)),
}
_VNI_LETTERS: Final = dict(zip("ôöñìæóíòîÔÖÑÌÆÓÍÒÎ", "ơưđìỉĩíịỵƠƯĐÌỈĨÍỊỴ", strict=True))
_MARK: Final = "".join(_VNI_MARKS)
# A capital may be followed by a small mark, a small letter never by a capital one.
_VNI: Final = re.compile(f"([aeouyôö][{_MARK}]|[AEOUYÔÖ][{_MARK}{_MARK.upper()}])|[{''.join(_VNI_LETTERS)}]")

_RIME_LIST: Final = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et "
    "ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oc oi om on ong op ot oa "
    "oac oach oai oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet ooc oong ô ôc ôi ôm ôn ông ôp "
    "ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uôc uôi uôm uôn uông uôt uơ uy "
    "uya uych uyên uyêt uynh uyt uyp uyn uyu ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm "
    "yên yêng yêt yêu ynh yt"
)
_RIMES: Final = frozenset(_RIME_LIST.split())
_ONSET: Final = re.compile(r"(ngh|ng|nh|gh|gi(?=[aăâeêoôơuư])|kh|ph|qu|th|tr|ch|[bcdđghklmnprstvx])?(.+)")
_VOWELS: Final = re.compile(r"[aăâeêioôơuưy]+")
_ODD: Final = re.compile(r"[¡-¿ÄÅÆÇËÎÏÐÑÖ×ØÛÜÞßäåæçëîïðñö÷øûüþÿ]|[aeouyô][õù]|[aeo]â|a[àáãèéêú]|e[àáã]", re.IGNORECASE)
"""A character or a pair of vowels no Vietnamese word has."""

_NO_LETTERS: Final = re.compile(r"[\s\d!-/:-@\[-`{-~]+")
_LAST_SIGN: Final = "\xff"
_ENOUGH: Final = 0.75


def convert_legacy(text: str, encoding: Encoding) -> str:
    """Read ``text`` as ``encoding`` and return it in Unicode NFC.

    A text with a letter no such font can show (``ễ``, ``đ``) is Unicode already and stays as it is.
    """
    if text.isascii() or max(text) > _LAST_SIGN:
        return text
    return _CONVERTERS[encoding](text)


@lru_cache(maxsize=16384)
def detect_legacy(text: str) -> Encoding | None:
    """The old encoding ``text`` looks typed in: unchanged it is no Vietnamese, converted it is.

    A text of letters Vietnamese has, in an order it has, is taken for Unicode.
    """
    if not _ODD.search(text) or max(text) > _LAST_SIGN:
        return None
    unchanged = vietnamese_share(text)
    shares = {name: vietnamese_share(text, converter) for name, converter in _CONVERTERS.items()}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= _ENOUGH and shares[best] > unchanged else None


def vietnamese_share(text: str, converter: Callable[[str], str] = nfc) -> float:
    """The share of words with a letter beyond ASCII that are Vietnamese syllables after ``converter``, from 0 to 1.

    1 for a text without such words.
    """
    words = [word for word in _NO_LETTERS.split(text) if not word.isascii()]
    return sum(_is_syllable(converter(word)) for word in words) / len(words) if words else 1.0


def _from_tcvn3(text: str) -> str:
    return text.translate(_TCVN3)


def _from_vni(text: str) -> str:
    return nfc(_VNI.sub(_vni_letter, text))


def _vni_letter(match: re.Match[str]) -> str:
    if match[1] is None:
        return _VNI_LETTERS[match[0]]
    vowel, mark = match[1][0], match[1][1]
    return _VNI_LETTERS.get(vowel, vowel) + _VNI_MARKS[mark.lower()]


_CONVERTERS: Final[Mapping[Encoding, Callable[[str], str]]] = {"vni": _from_vni, "tcvn3": _from_tcvn3}


def _is_syllable(word: str) -> bool:
    """True for one syllable with its tone mark, if any, in a position the language allows."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = [at for at, character in enumerate(decomposed) if character in TONES]
    if len(tones) > 1:
        return False
    plain = nfc("".join(character for character in decomposed if character not in TONES))
    match = _ONSET.fullmatch(plain)
    if match is None:
        return False
    rimes = {match[2], f"i{match[2]}"} if match[1] == "gi" else {match[2]}  # giêng is gi and iêng
    if not rimes & _RIMES:
        return False
    return not tones or len(nfc(decomposed[: tones[0]])) - 1 in _tone_positions(len(match[1] or ""), match[2])


def _tone_positions(start: int, rime: str) -> set[int]:
    """The positions a rime may have its tone mark at; in ``oa``, ``oe`` and ``uy`` on either letter (hòa, hoà)."""
    match = _VOWELS.match(rime)
    vowels = match[0] if match else ""
    marked = [at for at, character in enumerate(vowels) if character in "ăâêôơư"]
    if marked:
        places = {marked[-1]} if vowels != "ưa" else {0}
    elif len(vowels) < len(rime):
        places = {len(vowels) - 1}
    elif vowels in {"oa", "oe", "uy"}:
        places = {0, 1}
    else:
        places = {1} if len(vowels) == 3 else {0}  # noqa: PLR2004 (the middle one of three)
    return {start + at for at in places}
