"""The line that names a recipient."""

from __future__ import annotations

import pytest

from congvan.campaign.addressee import addressee
from congvan.recipients import Recipient, read_directory


def head(tmp_path, **cells):
    row = {"ong_ba": "Ông", "ho_ten": "Lê Văn Minh", "huyen": "Huyện Hà Trung", "xa": "Xã Hà Bắc", **cells}
    text = f"{','.join(row)}\n{','.join(row.values())}\n"
    (tmp_path / "thon.csv").write_text(text, encoding="utf-8")
    (recipient,) = read_directory(tmp_path / "thon.csv", "thon")
    return addressee(recipient)


def test_a_body_is_named_by_its_name():
    assert addressee(Recipient("tinh", "sct", "Sở Công Thương", {"ten": "Sở Công Thương"})) == "Sở Công Thương"


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        ({"thon": "Thôn Đông Thành"}, "Ông Lê Văn Minh, Trưởng thôn Đông Thành, xã Hà Bắc, huyện Hà Trung"),
        ({"thon": "Thôn 3"}, "Ông Lê Văn Minh, Trưởng Thôn 3, xã Hà Bắc, huyện Hà Trung"),
        ({"thon": "Đông Thành", "loai": "thôn"}, "Ông Lê Văn Minh, Trưởng thôn Đông Thành, xã Hà Bắc, huyện Hà Trung"),
        ({"thon": "TDP 5"}, "Ông Lê Văn Minh, Tổ trưởng Tổ dân phố 5, xã Hà Bắc, huyện Hà Trung"),
        ({"thon": "Bản Lát", "ong_ba": ""}, "Lê Văn Minh, Trưởng bản Lát, xã Hà Bắc, huyện Hà Trung"),
        (
            {"thon": "Thôn Trung", "chuc_danh": "Bí thư kiêm Trưởng thôn"},
            "Ông Lê Văn Minh, Bí thư kiêm Trưởng thôn Trung, xã Hà Bắc, huyện Hà Trung",
        ),
        (
            {"thon": "Thôn Trung", "chuc_danh": "Bí thư Chi bộ"},
            "Ông Lê Văn Minh, Bí thư Chi bộ thôn Trung, xã Hà Bắc, huyện Hà Trung",
        ),
        ({"thon": "Đồi Chè"}, "Ông Lê Văn Minh, Đồi Chè, xã Hà Bắc, huyện Hà Trung"),
        (
            {"thon": "Khu phố 2", "xa": "Phường 1", "huyen": "TP. Thanh Hóa"},
            "Ông Lê Văn Minh, Trưởng Khu phố 2, Phường 1, thành phố Thanh Hóa",
        ),
        (
            {"thon": "Thôn Trung", "huyen": "", "tinh": "Tỉnh Thanh Hóa"},
            "Ông Lê Văn Minh, Trưởng thôn Trung, xã Hà Bắc, tỉnh Thanh Hóa",
        ),
    ],
)
def test_a_hamlet_head_is_named_by_person_title_hamlet_and_units(tmp_path, cells, line):
    assert head(tmp_path, **cells) == line
