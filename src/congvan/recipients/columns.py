"""Name the columns of a list of recipients, however its header writes them.

A header is matched without regard to case, marks, spaces, underscores and line breaks: "Họ và tên",
"ho_ten" and "HỌ TÊN" are one column. A column congvan does not know becomes a field under its own name
in ASCII: "Mã trạm" is ``ma_tram``.
"""

from __future__ import annotations

import re
from typing import Final

from congvan.text.unicode_form import slug, without_marks

KNOWN_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "stt": ("STT", "Số thứ tự", "TT"),
    "ma": ("Mã", "Mã số", "Mã nơi nhận"),
    "ma_cu": ("Mã cũ", "Mã nơi nhận cũ", "Mã trước đây"),
    "dot_gui": ("Đợt gửi",),
    "ma_tinh": ("Mã tỉnh", "Mã TP", "Mã tỉnh/thành phố"),
    "tinh": ("Tỉnh", "Tên tỉnh", "Tỉnh/thành phố", "Tỉnh, TP"),
    "ma_huyen": ("Mã huyện", "Mã QH", "Mã quận/huyện"),
    "huyen": (
        "Huyện",
        "Quận",
        "Thị xã",
        "Tên huyện",
        "Quận/huyện",
        "Huyện/quận",
        "Huyện/thị",
        "Huyện, thị xã",
        "Huyện, thị xã, thành phố",
        "Quận, huyện, thị xã",
        "Huyện/TX/TP",
    ),
    "ma_xa": ("Mã xã", "Mã PX", "Mã phường/xã", "Mã xã/phường", "Mã phường"),
    "xa": (
        "Xã",
        "Phường",
        "Thị trấn",
        "Tên xã",
        "Xã/phường",
        "Phường/xã",
        "Xã, thị trấn",
        "Xã, phường, thị trấn",
        "Xã, phường, đặc khu",
        "Xã/phường/TT",
    ),
    "thon": (
        "Thôn",
        "Tên thôn",
        "Thôn/TDP",
        "Thôn, tổ dân phố",
        "Thôn, bản",
        "Thôn, bản, tổ dân phố",
        "Thôn, bản, khu phố",
        "Tổ dân phố",
        "TDP",
        "Khu phố",
        "Ấp",
        "Khóm",
        "Xóm",
        "Buôn",
        "Khu dân cư",
    ),
    "loai": ("Loại", "Loại hình", "Loại thôn"),
    "ten": ("Tên", "Tên cơ quan", "Tên đơn vị", "Cơ quan", "Nơi nhận", "Cơ quan, đơn vị"),
    "nhom": ("Nhóm", "Nhóm kính gửi", "Nhóm nơi nhận", "Nhóm cơ quan"),
    "ho_ten": ("Họ tên", "Họ và tên", "Họ & tên", "Họ tên trưởng thôn", "Họ và tên trưởng thôn", "Người nhận"),
    "ong_ba": ("Ông/Bà", "Ông (Bà)", "Danh xưng", "Xưng hô"),
    "chuc_danh": ("Chức danh", "Chức vụ"),
    "dien_thoai": ("Điện thoại", "Số điện thoại", "Số ĐT", "SĐT", "ĐT", "Điện thoại di động", "ĐTDĐ", "Di động"),
    "so_ho": ("Số hộ", "Số hộ dân", "Tổng số hộ"),
    "ghi_chu": ("Ghi chú",),
}
"""Every column congvan gives a meaning to, and the ways lists write it."""

_LETTER_OR_DIGIT: Final = re.compile(r"[A-Za-z0-9]")
_BRACKETS: Final = re.compile(r"\([^()]*\)")


def field_name(header: str) -> str:
    """``header`` as a name a template can use: ``ma_tram`` from "Mã trạm", ``cot_2021`` from "2021".

    Empty when the header has no Latin letter and no digit.
    """
    if not _LETTER_OR_DIGIT.search(without_marks(header)):
        return ""
    name = slug(header, limit=len(header) * 4).rstrip("_").replace("-", "_")
    return f"cot_{name}" if name[0].isdigit() else name


def column_name(header: str) -> str:
    """The column a header means: a known one, or else its :func:`field_name`.

    A note in brackets does not matter where the rest is known: "Điện thoại (di động)".
    """
    for written in dict.fromkeys((header, _BRACKETS.sub(" ", header))):
        if name := _BY_KEY.get(_key(written)):
            return name
    return field_name(header)


def _key(header: str) -> str:
    return field_name(header).replace("_", "")


_BY_KEY: Final = {_key(written): name for name, spellings in KNOWN_COLUMNS.items() for written in (name, *spellings)}
