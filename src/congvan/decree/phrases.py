"""The phrases by which a reader recognises the parts of a letter, also when they are mistyped.

Texts are compared without regard to case, tone marks and spacing; a text that is nearly the model counts as it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Final

from congvan.decree.kinds import KINDS
from congvan.decree.measures import MARK_WIDTHS
from congvan.text.unicode_form import without_marks

NEARLY: Final = 0.8
"""The least likeness of two texts of which one counts as the other, mistyped."""

SECRECY: Final = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")
URGENCY: Final = (*MARK_WIDTHS, "HỎA TỐC HẸN GIỜ")
CIRCULATION: Final = ("XEM XONG TRẢ LẠI", "LƯU HÀNH NỘI BỘ")

COPIES: Final = ("SAO Y", "SAO LỤC", "TRÍCH SAO")
"""The forms of official copy (Annex I, part II)."""
RESOLUTIONS: Final = ("QUYẾT ĐỊNH", "QUYẾT NGHỊ")

_OPENING: Final = re.compile(r"kinh g[uo]i\b.*|.*\bdien\s*:|.*\btran trong kinh moi\b.*")
_NUMBER: Final = re.compile(r"so\s*[:.]?\s*[\d.…_\s]*[/-]\s*\S+.*|so\s*:.*")
_DATE: Final = re.compile(r"[^:\d]{0,60}?,?\s*ngay[\s\d.…_]*thang[\s\d.…_]*nam[\s\d.…_]*")
_SUBJECT: Final = re.compile(r"v\s*/\s*v\b.*|ve viec\b.*")
_BASIS: Final = re.compile(r"(can cu|theo de nghi|xet de nghi|xet to trinh|thuc hien nghi quyet)\b")
_ANNEX: Final = re.compile(r"phu luc(\s+(so\s*)?([ivxlc]+|\d+|[a-z]))?\s*[.:]?")
_WITH: Final = re.compile(r"\(?\s*(ban hanh )?kem theo\b.*")
_CONTACT: Final = re.compile(
    r"dia chi|dien thoai|\bdt\b|\btel|e-?mail|thu dien tu|website|trang thong tin|\bfax|\bso \d+"
)
_DRAFTER: Final = re.compile(r".*luu\s*:[^.]*\.\s*[a-z]{1,8}\.?\s*(\(\d+\)|\d+)?\s*\.?")
_AUTHORITY: Final = re.compile(r"(tm|kt|tl|tuq|q)\s*\.")
_POST: Final = re.compile(
    r"\b(giam doc|chu tich|truong|pho|bo truong|thu truong|chanh|cuc|tong|thu ky|chu toa|ban|phong|so|uy ban|cong ty)\b"
)


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """``text`` in lower-case ASCII letters with single spaces, to search phrases in."""
    return " ".join(without_marks(text).lower().split())


def likeness(text: str, model: str) -> float:
    """The likeness of two texts from 0 to 1, letters and digits alone."""
    one, other = _letters(text), _letters(model)
    if abs(len(one) - len(other)) > max(len(one), len(other)) / 2:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def nearest(text: str, models: Iterable[str]) -> tuple[str, float]:
    """The model most like ``text``, and their likeness."""
    return max(((model, likeness(text, model)) for model in models), key=lambda pair: pair[1], default=("", 0.0))


def is_number(text: str) -> bool:
    """``Số: 12/UBND-VX``, also with the number still open."""
    return bool(_NUMBER.fullmatch(plain(text)))


def is_place_and_date(text: str) -> bool:
    """``Thanh Hóa, ngày 05 tháng 4 năm 2021``, also with blanks."""
    return bool(_DATE.fullmatch(plain(text)))


def begins_subject(text: str) -> bool:
    """``V/v …``, the subject of a công văn."""
    return bool(_SUBJECT.fullmatch(plain(text)))


def begins_basis(text: str) -> bool:
    """``Căn cứ …`` and the proposals that go with the bases."""
    return bool(_BASIS.match(plain(text)))


def begins_addressees(text: str) -> bool:
    """``Kính gửi``, also spelt ``Kính gởi``; of a công điện ``… điện:``, of an invitation ``trân trọng kính mời``."""
    return bool(_OPENING.fullmatch(plain(text)))


def is_recipients_title(text: str) -> bool:
    """``Nơi nhận:``, on its own."""
    return likeness(text, "Nơi nhận") > NEARLY and len(plain(text)) < len("noi nhan : ")


def is_annex_title(text: str) -> bool:
    """``Phụ lục``, ``Phụ lục II``."""
    return bool(_ANNEX.fullmatch(plain(text)))


def is_resolution(text: str) -> bool:
    """``QUYẾT ĐỊNH:``, the words before what is decided."""
    return text.isupper() and text.rstrip().endswith(":") and nearest(text, RESOLUTIONS)[1] > NEARLY


def is_copy(text: str) -> bool:
    """``SAO Y``: the form of an official copy."""
    return text.isupper() and nearest(text, COPIES)[1] > NEARLY


def begins_confirmation(text: str) -> bool:
    """``Xác nhận của cơ quan …``: room for another body's confirmation, at the foot of a leave paper (model 1.10)."""
    return plain(text).startswith("xac nhan cua")


def is_with_document(text: str) -> bool:
    """``(Kèm theo Văn bản số …)``."""
    return bool(_WITH.fullmatch(plain(text)))


def is_contact(text: str) -> bool:
    """An address, telephone or e-mail."""
    return bool(_CONTACT.search(plain(text)))


def has_drafter_code(text: str) -> bool:
    """``Lưu: VT, NVĐP. PL.(300)``: the last line of the recipients with the drafter's code."""
    return bool(_DRAFTER.fullmatch(plain(text)))


def is_authority(text: str) -> bool:
    """``KT. GIÁM ĐỐC``: a line that says on whose behalf is signed."""
    return bool(_AUTHORITY.match(plain(text)))


def names_post(text: str) -> bool:
    """True for a text with the name of a post or a body in it, so for no person's name."""
    return bool(_POST.search(plain(text)) or is_authority(text))


def kind_named(text: str) -> tuple[str, float]:
    """The kind of document (``thong-bao``) whose name ``text`` is most like, and their likeness."""
    name, similarity = nearest(text, _kind_names())
    return _kind_names().get(name, ""), similarity


def is_capitals(text: str) -> bool:
    """True when every letter of ``text`` is a capital; a text without letters is not."""
    return text.isupper()


@cache
def _kind_names() -> dict[str, str]:
    return {kind.ten.upper(): kind.ma for kind in KINDS.values()}


@lru_cache(maxsize=8192)
def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", plain(text))
