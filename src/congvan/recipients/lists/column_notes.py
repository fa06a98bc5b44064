"""Explain the columns of a list to the person who fills it in; in Vietnamese, as the titles are."""

from __future__ import annotations

from enum import Enum
from typing import Final

NOTE_TITLES: Final = ("Cấp", "Cột", "Cần thế nào", "Ghi gì", "Ví dụ")
"""The titles of the notes."""


class ColumnUse(Enum):
    """The use of a column."""

    NEEDED = "bắt buộc, hàng nào cũng điền"
    PRINTED = "văn bản có in; ô trống có thể làm văn bản dừng lại"
    CHOSEN = "tùy chọn; ô trống cũng được"
    COMPARED = "để đối chiếu với danh mục đơn vị hành chính; điền mã hoặc tên là đủ"


_NOTES: Final[dict[str, tuple[str, str]]] = {
    "stt": ("Số thứ tự, chỉ để tra cứu.", "1"),
    "ma": ("Mã riêng của nơi nhận; đừng đổi giữa chừng.", "16087-01"),
    "ma_cu": ("Mã của nơi nhận này trong lần gửi trước, nếu mã đã đổi; văn bản giữ nguyên số cũ.", "16087-01"),
    "dot_gui": ("Mã của đợt gửi bổ sung (dot_gui trong tệp đợt) mà nơi nhận này thuộc về.", "bo-sung-1"),
    "ma_tinh": ("Mã tỉnh theo danh mục, đủ 2 chữ số.", "38"),
    "tinh": ("Tên tỉnh; chọn trong danh mục.", "tỉnh Thanh Hóa"),
    "ma_huyen": ("Mã huyện theo danh mục, đủ 3 chữ số.", "400"),
    "huyen": ("Tên huyện; chọn trong danh mục.", "huyện Hậu Lộc"),
    "ma_xa": ("Mã xã theo danh mục, đủ 5 chữ số.", "16087"),
    "xa": ("Tên xã; chọn trong danh mục. Ô trống lấy theo hàng trên.", "xã Đa Lộc"),
    "thon": ("Tên thôn, bản, tổ dân phố. Mỗi hàng một thôn.", "Thôn 1"),
    "loai": ("Loại thôn, khi cột Thôn chưa ghi; chọn trong danh mục.", "thôn"),
    "ten": ("Tên đầy đủ của cơ quan nhận, như in sau «Kính gửi».", "Ủy ban nhân dân xã Đa Lộc"),
    "nhom": ("Nhóm ghi chung sau «Kính gửi» khi một văn bản gửi nhiều nơi; hàng nào thuộc nhóm thì ghi.", "Các sở"),
    "ho_ten": ("Họ và tên, không kèm Ông, Bà. Không ai giữ chức thì ghi «khuyết».", "Lê Văn Mẫu"),
    "ong_ba": ("Ông hoặc Bà.", "Bà"),
    "chuc_danh": ("Chức danh; để trống ở danh sách thôn thì suy từ loại thôn.", "Trưởng thôn"),
    "dien_thoai": ("Số điện thoại, giữ số 0 ở đầu; hai số cách nhau bằng dấu «;».", "0950000001"),
    "so_ho": ("Số hộ, chỉ ghi số.", "120"),
    "ghi_chu": ("Ghi chú.", ""),
}


def column_note(name: str, use: ColumnUse) -> tuple[str, str, str]:
    """The note for a column: its use, its content and an example."""
    if name in _NOTES:
        return (use.value, *_NOTES[name])
    return use.value, f"Giá trị thay cho {{{{ {name} }}}} trong mẫu. Đừng đổi tên cột.", ""
