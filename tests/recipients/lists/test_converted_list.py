import csv

from congvan.recipients import convert_list, era_named, unit_list

MESSY = """\
STT;Xã/phường;Thôn;Loại;Họ và tên;Ông/Bà;Chức danh;Điện thoại
I;Xã Hậu Lộc;;;;;;
1;Xã Hậu Lộc;TDP 1;;NGUYỄN VĂN THỬ;Ô;tổ trưởng tdp;912345678
2;;Thôn 2;;Lê Văn Giả;;;
II;Phường Bỉm Sơn;;;;;;
3;P. Bỉm Sơn;KP 3;;Vũ Thị Thủy;Bà;;0912345670
;Tổng cộng;;;3;;;
;;;;;;Hậu Lộc, ngày 05 tháng 3 năm 2026;
;Người lập biểu;;;;;Thủ trưởng đơn vị;
"""


def converted(tmp_path, text, **options):
    source, target = tmp_path / "cu.csv", tmp_path / "moi.csv"
    source.write_text(text, encoding="utf-8")
    count, report = convert_list(source, target, **options)
    with target.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert count == len(rows) - 1
    return rows[1:], report


def test_headings_totals_and_signatures_are_left_out_and_lost_zeros_given_back(tmp_path):
    rows, report = converted(tmp_path, MESSY)

    assert rows == [
        ["1", "Xã Hậu Lộc", "TDP 1", "", "NGUYỄN VĂN THỬ", "Ô", "tổ trưởng tdp", "0912345678"],
        ["2", "Xã Hậu Lộc", "Thôn 2", "", "Lê Văn Giả", "", "", ""],
        ["3", "P. Bỉm Sơn", "KP 3", "", "Vũ Thị Thủy", "Bà", "", "0912345670"],
    ]
    told = {found.code.removeprefix("recipients-") for found in report}
    assert told == {"row-of-unit", "row-total", "row-signature", "filled-down", "zero-restored"}


def test_on_request_names_titles_and_units_are_put_right_and_each_change_is_told(tmp_path):
    units = unit_list(era_named("2025-07"))

    rows, report = converted(tmp_path, MESSY, mend=True, units=units, ma_tinh="Thanh Hóa")

    assert rows == [
        ["1", "Xã Hậu Lộc", "Tổ dân phố 1", "", "Nguyễn Văn Thử", "Ông", "Tổ trưởng tổ dân phố", "0912345678"],
        ["2", "Xã Hậu Lộc", "Thôn 2", "", "Lê Văn Giả", "Ông (Bà)", "", ""],
        ["3", "phường Bỉm Sơn", "Khu phố 3", "", "Vũ Thị Thủy", "Bà", "", "0912345670"],
    ]
    told = [(one.place.row, one.place.column, one.values["read"]) for one in report if one.code == "recipients-mended"]
    assert told == [
        (3, "Thôn", "Tổ dân phố 1"),
        (3, "Họ và tên", "Nguyễn Văn Thử"),
        (3, "Ông/Bà", "Ông"),
        (3, "Chức danh", "Tổ trưởng tổ dân phố"),
        (4, "Ông/Bà", "Ông (Bà)"),
        (6, "Xã/phường", "phường Bỉm Sơn"),
        (6, "Thôn", "Khu phố 3"),
    ]


def test_codes_of_units_get_their_zeros_back(tmp_path):
    rows, _ = converted(tmp_path, "ma_tinh,ma_xa,ten\n1,4,UBND phường Ba Đình\n")

    assert rows == [["01", "00004", "UBND phường Ba Đình"]]
