"""Words a letter would say twice: typed by hand although the layout prints them, or typed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from congvan.decree.kinds import Kind
from congvan.findings import Finding, Place, finding
from congvan.letter.parts import LetterParts
from congvan.text.unicode_form import fold

_PRINTED: Final = {
    "kinh_gui": ("Kính gửi",),
    "noi_nhan": ("Nơi nhận",),
    "ban_sao.noi_nhan": ("Nơi nhận",),
    "dia_danh": ("Địa danh",),
    "ky_hieu": ("Số",),
    "phu_luc": ("Phụ lục",),
    "giay_moi.toi_du": ("Tới dự", "Đến dự"),
    "giay_moi.chu_tri": ("Chủ trì",),
    "giay_moi.thoi_gian": ("Thời gian",),
    "giay_moi.dia_diem": ("Địa điểm",),
    "giay_gioi_thieu.ho_ten": ("Ông (bà)", "Ông", "Bà"),
    "giay_gioi_thieu.chuc_vu": ("Chức vụ",),
    "giay_gioi_thieu.duoc_cu_den": ("Được cử đến",),
    "giay_gioi_thieu.ve_viec": ("Về việc", "V/v"),
    "bien_ban.thoi_gian": ("Thời gian bắt đầu", "Thời gian"),
    "bien_ban.dia_diem": ("Địa điểm",),
    "bien_ban.thanh_phan": ("Thành phần tham dự", "Thành phần"),
    "bien_ban.chu_tri": ("Chủ trì", "Chủ tọa"),
    "bien_ban.thu_ky": ("Thư ký",),
    "bien_ban.ket_thuc": ("Kết thúc vào", "Kết thúc"),
    "giay_nghi_phep.ho_ten": ("Ông (bà)", "Ông", "Bà"),
    "giay_nghi_phep.chuc_vu": ("Chức vụ",),
    "giay_nghi_phep.tai": ("Tại",),
}
"""What the layout prints before a part."""

_SUBJECT: Final = ("V/v", "Về việc")
_ABOUT: Final = "về"
_ABOUT_GOES_ON: Final = frozenset(("đích", "nước", "hưu", "quê", "nguồn", "trước", "sau", "phía", "nhà", "đầu", "lại"))
"""Words after which «về» is no preposition: «về đích», «về hưu»."""

_SAID_ONCE: Final = (
    "ông|bà|số|tỉnh|huyện|xã|phường|thôn|quận|của|và|các|theo|tại|về|do|đến|được|với|cho|là|v/v|điều|khoản|ubnd"
)
"""Words no official text says twice in a row, unlike «dần dần», «từ từ», «ngày ngày» or «năm năm» (5 years)."""

_OPENING: Final = re.escape('(«"“*_')
_CLOSING: Final = re.escape(',;:.!?)»"”*_')
_TWICE: Final = re.compile(
    rf"(?<!\S)[{_OPENING}]*(?P<words>(?P<word>{_SAID_ONCE})\s+(?P=word))[{_CLOSING}]*(?!\S)", re.IGNORECASE
)

_DATES: Final = re.compile(r"\b(ngày|tháng)\s+\1(?=\s+[\d{])", re.IGNORECASE)
"""«ngày ngày 05» is a slip, «ngày ngày» alone a word."""

_PHRASES: Final = re.compile(
    r"\b(kính gửi|nơi nhận|về việc|căn cứ|thành phố|ủy ban nhân dân|công ty|điện lực|như trên)\b[\s:]+\1\b",
    re.IGNORECASE,
)
_DATE_FIELD: Final = re.compile(
    r"\bngày\s+\{\{-?\s*(?:(?:ban_sao\.)?ngay|[\w.]+\s*\|\s*ngay_dai)\s*-?\}\}", re.IGNORECASE
)
_FULL_STOP: Final = re.compile(r"(?<!v\.v)(?<!\.\.)[.;,:]+$")


def doubled_words(letter: LetterParts, kind: Kind, texts: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    """Every text of ``letter`` that repeats itself, or says what the layout prints around it."""
    for name, text in texts:
        for words in _doubled_in(name, text):
            yield finding("letter-words-doubled", Place(key=name), part=name, words=words)
    for index, annex in enumerate(letter.phu_luc):
        for words in _doubled_in(f"phu_luc[{index}].tieu_de", annex.tieu_de):
            yield finding("letter-words-doubled", Place(key=f"phu_luc[{index}].tieu_de"), part="phu_luc", words=words)
    if words := _subject_twice(letter.trich_yeu.strip(), kind):
        yield finding("letter-words-doubled", Place(key="trich_yeu"), part="trich_yeu", words=words)
    for words in _dates_twice(letter.noi_dung):
        yield finding("letter-words-doubled", Place(key="noi_dung"), part="noi_dung", words=words)


def doubtful_words(letter: LetterParts) -> Iterator[Finding]:
    """A mark after the subject, and words of the text that stand twice: likely slips, but an office may want them."""
    if _FULL_STOP.search(letter.trich_yeu.strip()):
        yield finding("letter-subject-full-stop", Place(key="trich_yeu"), value=letter.trich_yeu)
    for words in repeated_words(letter.noi_dung):
        yield finding("letter-text-doubled", Place(key="noi_dung"), words=words)


@lru_cache(maxsize=4096)  # letters of a tier share most texts
def _doubled_in(name: str, text: str) -> tuple[str, ...]:
    for printed in _printed_before(name):
        if _begins(text, printed):
            return (f"{printed}: {text[: len(printed)]}",)
    return repeated_words(text)


@lru_cache(maxsize=1024)
def _printed_before(name: str) -> tuple[str, ...]:
    """What the layout prints before the part ``kinh_gui[2].gom[1]``."""
    return _PRINTED.get(re.sub(r"\[\d+\](?:\.(?:nhom|gom\[\d+\]|tieu_de))?$", "", name), ())


def _begins(text: str, printed: str) -> bool:
    """Whether ``text`` begins with ``printed`` as a label: the words and a colon, or nothing else than them."""
    start, rest = text[: len(printed)], text[len(printed) :].lstrip()
    return fold(start) == fold(printed) and (rest[:1] in (":", "") or printed in _ALWAYS)


_ALWAYS: Final = ("Kính gửi", "Nơi nhận", "Tới dự", "Đến dự", "Được cử đến", "Về việc", "V/v", "Kết thúc vào")
"""Words that need no colon to be the layout's own."""


@lru_cache(maxsize=1024)
def _subject_twice(trich_yeu: str, kind: Kind) -> str:
    if not kind.la_cong_van:
        begins = fold(trich_yeu).startswith(f"{fold(kind.ten)} ")
        return f"{kind.ten.upper()} {trich_yeu[: len(kind.ten)]}" if begins else ""
    for printed in _SUBJECT:
        if fold(trich_yeu).startswith(fold(printed)):
            return f"V/v {trich_yeu[: len(printed)]}"
    first, _, rest = trich_yeu.partition(" ")
    is_about = first.lower() == _ABOUT and rest.partition(" ")[0].lower() not in _ABOUT_GOES_ON
    return f"V/v {first}" if is_about else ""


@lru_cache(maxsize=256)  # bodies are the same in all letters of a tier
def repeated_words(text: str) -> tuple[str, ...]:
    """Words that stand twice in a row and never should: «Ông Ông», «ngày ngày», «Kính gửi: Kính gửi»."""
    doubled = [" ".join(found["words"].split()) for found in _TWICE.finditer(text)]
    phrases = (found[0] for pattern in (_PHRASES, _DATES) for found in pattern.finditer(text))
    return (*dict.fromkeys(doubled), *dict.fromkeys(phrases))


@lru_cache(maxsize=256)
def _dates_twice(text: str) -> tuple[str, ...]:
    """«ngày {{ ngay }}»: the date says its own «ngày»."""
    return tuple(found[0] for found in _DATE_FIELD.finditer(text))
