"""Which rows of a list are recipients: signatures and notes below it are none, whatever column they stand in."""

import pytest

from congvan.recipients import read_directory


def read(text_file, tier, *lines):
    directory = read_directory(text_file("ds.csv", "\n".join(lines) + "\n"), tier)
    told = [(found.place.row, found.code.removeprefix("recipients-")) for found in directory.report]
    return [one.ten for one in directory], told


@pytest.mark.parametrize(
    "rows",
    [
        [";Người lập biểu;", ";(ký, ghi rõ họ tên);"],
        [";;Đa Lộc, ngày … tháng … năm 2026", "Người lập;;Thủ trưởng đơn vị", "(Ký tên);;(Ký, đóng dấu)"],
        [";Danh sách này có 2 cơ quan./.;"],
        ["TM. ỦY BAN NHÂN DÂN;;", "Chủ tịch;;"],
        [";Xác nhận của UBND xã;", ";Chủ tịch;"],
        ["Ghi chú: danh sách lập theo báo cáo của các xã;;"],
    ],
)
def test_signatures_and_notes_below_a_list_of_bodies_are_told_and_no_recipients(text_file, rows):
    names, told = read(text_file, "tinh", "ma;ten;ghi_chu", "1;Báo Thanh Hóa;", "2;Sở Công Thương;", *rows)

    assert names == ["Báo Thanh Hóa", "Sở Công Thương"]
    assert [code for _, code in told] == ["row-signature"] * len(rows)


def test_the_signers_name_below_is_told_and_no_recipient(text_file):
    names, told = read(text_file, "tinh", "ma;ten", "1;Báo Thanh Hóa", "2;Đài", ";Người lập biểu", ";Lê Văn Lập")

    assert names == ["Báo Thanh Hóa", "Đài"]
    assert told == [(4, "row-signature"), (5, "row-beside")]


def test_the_list_goes_on_after_a_page_with_signatures(text_file):
    names, told = read(text_file, "tinh", "ma;ten", "1;Báo", ";(Ký, ghi rõ họ tên)", "2;Đài", ";", "3;Sở Xây dựng")

    assert names == ["Báo", "Đài", "Sở Xây dựng"]
    assert told == [(3, "row-signature")]


def test_bodies_that_sound_like_signers_are_recipients(text_file):
    names, told = read(text_file, "tinh", "ten", "Văn phòng", "Kế toán trưởng", "Chủ tịch UBND huyện", "Đại diện Sở")

    assert names == ["Văn phòng", "Kế toán trưởng", "Chủ tịch UBND huyện", "Đại diện Sở"]
    assert told == []


def test_a_recipient_without_a_name_is_still_an_error(text_file):
    names, told = read(text_file, "thon", "stt;xa;thon;ho_ten", "1;Đa Lộc;Thôn 1;Lò Ón", "Cộng;;1;", "2;Đa Lộc;Thôn 2;")

    assert names == ["Thôn 1"]
    assert (4, "value-missing") in told
