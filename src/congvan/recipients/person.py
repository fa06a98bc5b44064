"""The cell with a person's name: a name, a vacant post, or something a letter should not be addressed to."""

from __future__ import annotations

import re
from typing import Final

from congvan.findings import Finding, finding

_VACANT: Final = re.compile(
    r"\(?(?:(?:đang |tạm |hiện |còn )?(?:khuyết|trống|thiếu)|(?:hiện )?chưa (?:có|bầu|kiện toàn|bổ nhiệm)|để trống)\b.*"
    r"|[-–—.…_?]+",
    re.IGNORECASE,
)
_NO_NAME: Final = re.compile(r"[\d,;/+&@|]")
_HONORIFIC: Final = re.compile(r"(?:ông|bà|anh|chị|đ/c|đồng chí|ô\.|b\.)[ .:]\s*\S", re.IGNORECASE)


def is_vacant(written: str) -> bool:
    """True where a list says that nobody holds the post: "khuyết", "chưa có", "-"."""
    return bool(_VACANT.fullmatch(written))


def name_findings(name: str) -> tuple[Finding, ...]:
    """What makes a name doubtful; it is kept as it is, for "Ông" may also be a family name."""
    if _HONORIFIC.match(name):
        return (finding("recipients-honorific-in-name", name=name),)
    if _NO_NAME.search(name):
        return (finding("recipients-name-unclear", name=name),)
    return ()
