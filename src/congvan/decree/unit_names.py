"""How the names of administrative units are written (Decree 30/2020, Annex II, part II)."""

from __future__ import annotations

from typing import Final

from congvan.text.unicode_form import fold

UNIT_KINDS: Final = ("tỉnh", "thành phố", "thị xã", "quận", "huyện", "phường", "xã", "thị trấn", "đặc khu")
"""The words that say what kind of unit a name is of."""

_NAMED_AFTER: Final = (
    "Điện Biên Phủ, Hai Bà Trưng, Hoàng Diệu, Hoàng Hoa Thám, Hoàng Văn Thụ, Hồ Chí Minh, Huỳnh Thúc Kháng, "
    "Lê Bình, Lê Đại Hành, Lê Hồng Phong, Lê Lai, Lê Lợi, Lê Minh Xuân, Lê Thánh Tôn, Lý Thái Tổ, "
    "Lý Thường Kiệt, Lý Văn Lâm, Minh Khai, Ngô Mây, Ngô Quyền, Nguyễn Cư Trinh, Nguyễn Du, Nguyễn Huân, "
    "Nguyễn Huệ, Nguyễn Phích, Nguyễn Thái Bình, Nguyễn Thái Học, Nguyễn Thị Minh Khai, Nguyễn Trãi, "
    "Nguyễn Trung Trực, Nguyễn Văn Cừ, Nguyễn Văn Thảnh, Nguyễn Việt Khái, Phạm Đình Hổ, Phạm Ngũ Lão, Phạm Văn Cội, "
    "Phạm Văn Hai, Phan Bội Châu, Phan Chu Trinh, Phan Đình Phùng, Phan Sào Nam, Quang Trung, Tô Hiệu, "
    "Trần Đăng Ninh, Trần Hưng Đạo, Trần Nguyên Hãn, Trần Phú, Trần Quang Diệu, Trần Quang Khải, "
    "Trần Tế Xương, Trần Văn Thời, Võ Thị Sáu"
)
"""Persons and events that units are named after, those that cannot be mistaken for the name of a place."""

_ALL_NAMED_AFTER: Final = frozenset(map(fold, _NAMED_AFTER.split(", ")))


def unit_in_sentence(kind: str, name: str) -> str:
    """The name of a unit inside a sentence: ``huyện Hậu Lộc``, but ``Quận 1``, ``Xã Quang Trung``.

    The kind word is lower-case unless the unit is named by a number, a person or an event (Annex II, II.2). Which
    names are persons' is known for the well-known ones only.
    """
    is_named_after = name[:1].isdigit() or fold(name) in _ALL_NAMED_AFTER
    return f"{kind.capitalize() if is_named_after else kind.lower()} {name}"
