import pytest

from congvan.recipients.units.hamlet import HEADS, hamlet


@pytest.mark.parametrize(
    ("name", "kind", "whole", "own_name", "title"),
    [
        ("Thôn 1", None, "Thôn 1", "1", "Trưởng thôn"),
        ("1", "Thôn", "Thôn 1", "1", "Trưởng thôn"),
        ("Đông Hải", "thôn", "thôn Đông Hải", "Đông Hải", "Trưởng thôn"),
        ("thôn Đông Hải", "thôn", "thôn Đông Hải", "Đông Hải", "Trưởng thôn"),
        ("Bản Lát", None, "Bản Lát", "Lát", "Trưởng bản"),
        ("Khu phố 3", None, "Khu phố 3", "3", "Trưởng khu phố"),
        ("TDP 7", None, "TDP 7", "7", "Tổ trưởng tổ dân phố"),
        ("TDP. Bắc Sơn", "tổ dân phố", "TDP. Bắc Sơn", "Bắc Sơn", "Tổ trưởng tổ dân phố"),
        ("Phố Mới", "thôn", "thôn Phố Mới", "Phố Mới", "Trưởng thôn"),
        ("Phố Mới", None, "Phố Mới", "Mới", "Trưởng phố"),
        ("Đông Hải", None, "Đông Hải", "Đông Hải", None),
        ("Đông Hải", "cụm", "cụm Đông Hải", "Đông Hải", None),
    ],
)
def test_a_hamlet_is_named_by_kind_and_own_name(name, kind, whole, own_name, title):
    found = hamlet(name, kind)

    assert (found.ten, found.ten_rieng, found.chuc_danh) == (whole, own_name, title)


@pytest.mark.parametrize("kind", HEADS)
def test_every_kind_is_recognised_before_a_name_and_in_its_own_column(kind):
    assert hamlet(f"{kind.capitalize()} Trung Sơn").loai == kind
    assert hamlet("Trung Sơn", kind.upper()).loai == kind
