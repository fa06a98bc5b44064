import dataclasses
import pickle

import pytest

from congvan.findings import Place
from congvan.recipients import TIERS, Recipient
from congvan.recipients.recipient import recipient_of


def of(tier, **values):
    return recipient_of(TIERS[tier], values, Place(file="a.csv", row=2), {"ho_ten": "Họ và tên"}, {})


def test_a_body_is_called_by_its_name():
    body = of("huyen", ma="400-ubnd", ma_huyen="400", ten="Ủy ban nhân dân huyện Hậu Lộc")

    assert (body.cap, body.ma, body.ten) == ("huyen", "400-ubnd", "Ủy ban nhân dân huyện Hậu Lộc")
    assert body.ma_huyen == "400"
    assert body.ho_ten is None


def test_a_hamlet_is_called_by_its_own_name_and_its_head_has_a_title():
    head = of("thon", xa="xã Đa Lộc", thon="Đông Hải", loai="thôn", ho_ten="Lò Ón")

    assert (head.ten, head.thon, head.ho_ten, head.chuc_danh) == ("thôn Đông Hải", "Đông Hải", "Lò Ón", "Trưởng thôn")
    assert head.truong["ten"] == "thôn Đông Hải"
    assert head.truong["ten_rieng"] == "Đông Hải"


def test_a_title_in_the_list_stands_before_the_usual_one():
    assert of("thon", thon="Bản Lát", ho_ten="Hà Nọi", chuc_danh="Bí thư kiêm Trưởng bản").chuc_danh == (
        "Bí thư kiêm Trưởng bản"
    )


def test_a_title_nobody_knows_is_missing_and_not_invented():
    head = of("thon", thon="Đông Hải", ho_ten="Lê Văn Tám")

    assert head.chuc_danh is None
    assert "chuc_danh" not in head.truong


@pytest.mark.parametrize(
    ("values", "ma"),
    [
        ({"ma_xa": "16012", "xa": "TT Hậu Lộc", "thon": "Thôn 1"}, "16012.thôn-1"),
        (
            {"tinh": "Thanh Hóa", "huyen": "Hậu Lộc", "xa": "Đa Lộc", "thon": "Thôn 1"},
            "thanh-hóa.hậu-lộc.đa-lộc.thôn-1",
        ),
        ({"ma_huyen": "400", "xa": "Đa Lộc", "thon": "Thôn 1"}, "400.đa-lộc.thôn-1"),
        ({"ma": "16012-01", "ma_xa": "16012", "thon": "Thôn 1"}, "16012-01"),
    ],
)
def test_an_identity_is_the_code_given_or_the_units_and_the_name(values, ma):
    assert of("thon", ho_ten="Lê Văn Tám", **values).ma == ma


def test_the_identity_of_a_hamlet_stays_when_its_head_changes():
    assert (
        of("thon", xa="Đa Lộc", thon="Thôn 1", ho_ten="A").ma == of("thon", xa="Đa Lộc", thon="Thôn 1", ho_ten="B").ma
    )


def test_hamlets_whose_names_differ_in_a_tone_have_different_identities():
    assert (
        of("thon", xa="Đa Lộc", thon="Thôn Hà", ho_ten="A").ma != of("thon", xa="Đa Lộc", thon="Thôn Hạ", ho_ten="A").ma
    )


def test_recipients_are_equal_wherever_their_rows_stand():
    first, second = of("tinh", ten="Báo Thanh Hóa"), of("tinh", ten="Báo Thanh Hóa")
    elsewhere = dataclasses.replace(second, place=Place(file="b.xlsx", sheet="DS", row=9))

    assert first == elsewhere
    assert hash(first) == hash(elsewhere)
    assert first != of("tinh", ten="Báo Nhân Dân")


def test_a_recipient_cannot_be_changed():
    body = of("tinh", ten="Báo Thanh Hóa")

    with pytest.raises(dataclasses.FrozenInstanceError):
        body.ten = "Báo khác"
    with pytest.raises(TypeError):
        body.truong["ten"] = "Báo khác"


def test_a_recipient_travels_to_another_process():
    body = of("tinh", ten="Báo Thanh Hóa")
    copy = pickle.loads(pickle.dumps(body))

    assert copy == body
    assert copy.place == body.place
    assert copy.place_of("ho_ten") == Place(file="a.csv", row=2, column="Họ và tên")


def test_a_cell_is_called_by_its_header_or_by_the_name_of_the_field():
    body = Recipient("tinh", "bao", "Báo Thanh Hóa", {}, Place(file="a.csv", row=2), {"dien_thoai": "SĐT"})

    assert body.place_of("dien_thoai").column == "SĐT"
    assert body.place_of("ma_tram").column == "ma_tram"
