"""Read the cells about a person: the name, a vacant post, telephone numbers.

Lists hold telephone numbers as text, whose leading zero spreadsheets like to lose.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from congvan.findings import Finding, finding

_VACANT: Final = re.compile(
    r"\(?(?:(?:đang |tạm |hiện |còn )?(?:khuyết|trống|thiếu)|(?:hiện )?chưa (?:có|bầu|kiện toàn|bổ nhiệm)|để trống)\b.*"
    r"|[-–—.…_?]+",
    re.IGNORECASE,
)
_VACANT_NOTE: Final = re.compile(
    r"\(?(?:chức danh |vị trí |hiện |hiện nay |hiện tại |đang |còn |tạm |tạm thời )*"
    r"(?:khuyết|bỏ trống|để trống|trống|vacant"
    r"|(?:chưa|không|chưa có|không có) (?:bầu|bầu được|bầu xong|kiện toàn|bổ nhiệm))"
    r"(?: (?:chức danh|vị trí|trưởng|tổ trưởng|thôn|bản|tổ dân phố|khu phố|người|lãnh đạo|đứng đầu|này|mới|từ|ngày"
    r"|tháng|năm|xong|lại|chờ|bầu|kiện toàn|[\d/.-]+))*[.)!]*"
    r"|\(?(?:hiện )?(?:chưa|không) có (?:người|ai|trưởng|tổ trưởng)(?: \w+)*[.)!]*",
    re.IGNORECASE,
)
_NO_NAME: Final = re.compile(r"[\d,;/+&@|]")
_HONORIFIC: Final = re.compile(r"(?:ông|bà|anh|chị|đ/c|đồng chí|ô\.|b\.)[ .:]\s*\S", re.IGNORECASE)

_WITHOUT_ZERO: Final = re.compile(r"[35789]\d{8}|2\d{9}|1(?:2\d|6[2-9]|8[68]|99)\d{7}")
"""A mobile number (0 and 9 digits), a fixed line (02 and 9 digits) or an old one (01 and 9 digits) without its zero."""

_NUMBER: Final = re.compile(r"(?:0|\+?84)(?:[35789]\d{8}|2\d{9})|1[89]00\d{4,6}")
_DIGITS: Final = 10
"""Digits of a mobile number since 2018."""

_SEPARATORS: Final = re.compile(r"[;,/\n]| - ")
_WRITTEN_BETWEEN: Final = re.compile(r"[ .()-]")

NEW_PREFIXES: Final = {
    **{f"016{digit}": f"03{digit}" for digit in "23456789"},
    "0120": "070",
    "0121": "079",
    "0122": "077",
    "0126": "076",
    "0128": "078",
    "0123": "083",
    "0124": "084",
    "0125": "085",
    "0127": "081",
    "0129": "082",
    "0186": "056",
    "0188": "058",
    "0199": "059",
}
"""Prefixes of 11-digit mobile numbers and those that took their place on 15 September 2018."""

_OLD_NUMBER: Final = re.compile(rf"(?:{'|'.join(NEW_PREFIXES)})\d{{7}}")


def is_vacant(written: str) -> bool:
    """True where a list calls the post vacant: "khuyết", "chưa có", "-"."""
    return bool(_VACANT.fullmatch(written))


@lru_cache(maxsize=16384)  # notes and titles repeat
def vacant_note(*cells: str | None) -> int | None:
    """The number of the first cell that says of the post, and of nothing else, that nobody holds it: "chưa bầu"."""
    return next((at for at, note in enumerate(cells) if note and _VACANT_NOTE.fullmatch(note)), None)


def name_findings(name: str) -> tuple[Finding, ...]:
    """Report a doubtful name; it stays as it is, since "Ông" may also be a family name."""
    if _HONORIFIC.match(name):
        return (finding("recipients-honorific-in-name", name=name),)
    if not name.replace(" ", "").isalpha() and _NO_NAME.search(name):
        return (finding("recipients-name-unclear", name=name),)
    return ()


def phones_in(text: str) -> tuple[str, ...]:
    """The numbers in a telephone cell, as written; several are separated by ``;``, ``/``, a comma or a line."""
    parts = [part.strip() for part in _SEPARATORS.split(text) if part.strip()]
    return tuple(number for part in parts for number in _side_by_side(part))


def read_phone(text: str) -> tuple[str, tuple[Finding, ...]]:
    """Read a telephone cell: its text and the findings about it; two numbers in a cell are fine.

    A lost zero is restored where only one number can have been meant; anything else stays as it is.
    """
    if len(text) == _DIGITS and text.isdigit() and _NUMBER.fullmatch(text):
        return text, ()  # as nearly every cell
    numbers = phones_in(text)
    lost = [number for number in numbers if _WITHOUT_ZERO.fullmatch(number)]
    read = text
    for number in dict.fromkeys(lost):
        read = re.sub(rf"(?<!\d){number}(?!\d)", f"0{number}", read)
    odd = [finding("recipients-zero-restored", value=text, read=read)] if lost else []
    digits = [_WRITTEN_BETWEEN.sub("", number) for number in phones_in(read)]
    for number in digits:
        if _OLD_NUMBER.fullmatch(number):
            old, new = number[:4], NEW_PREFIXES[number[:4]]
            odd.append(finding("recipients-phone-old", value=number, old=old, new=new, read=f"{new}{number[4:]}"))
    if not digits or not all(_NUMBER.fullmatch(number) or _OLD_NUMBER.fullmatch(number) for number in digits):
        odd.append(finding("recipients-phone-unclear", value=text))
    return read, tuple(odd)


def _side_by_side(part: str) -> tuple[str, ...]:
    """Two whole numbers with only a space between them; else the part as it is."""
    words = part.split()
    if len(words) > 1 and all(_NUMBER.fullmatch(_WRITTEN_BETWEEN.sub("", word)) for word in words):
        return tuple(words)
    return (part,)
