"""The table of issuing bodies."""

from __future__ import annotations

from congvan.campaign.file.agencies_table import read_agencies

HEADER = "ma,chu_quan,co_quan,ten_thuong,ky_hieu,dia_danh,pham_vi,so_bat_dau,giam_doc,lien_he\n"
SOUND = "dlhl,,ĐIỆN LỰC HẬU LỘC,Điện lực Hậu Lộc,ĐLHL,Hậu Lộc,,,,\n"


def read(tmp_path, rows, header=HEADER):
    (tmp_path / "don-vi.csv").write_text(header + rows, encoding="utf-8")
    agencies, found = read_agencies(tmp_path / "don-vi.csv")
    return agencies, [(one.code, one.place.row, one.place.column) for one in found]


def test_a_body_is_read_with_its_own_columns(tmp_path):
    row = "dlhl,CÔNG TY,ĐIỆN LỰC HẬU LỘC,Điện lực Hậu Lộc,ĐLHL,Hậu Lộc,400; 393 385,12,Lê Thị Hoa,Điện thoại: 1900\n"

    agencies, found = read(tmp_path, row)
    body = agencies["dlhl"]

    assert found == []
    assert body.pham_vi == ("400", "393", "385")
    assert (body.so_bat_dau, body.chu_quan, body.lien_he) == (12, "CÔNG TY", ("Điện thoại: 1900",))
    assert body.truong == {"giam_doc": "Lê Thị Hoa"}
    assert agencies.place("dlhl").row == 2


def test_a_body_that_has_issued_nothing_starts_at_one_and_may_have_no_parent(tmp_path):
    agencies, _ = read(tmp_path, SOUND)

    assert (agencies["dlhl"].so_bat_dau, agencies["dlhl"].chu_quan) == (1, None)


def test_all_wrong_cells_are_told_and_the_sound_rows_kept(tmp_path):
    rows = "dl x,,,Điện lực,ĐL,Hậu Lộc,,,,\n" + SOUND + SOUND + "pc,,A,B,C,D,,0,,\n" + "pd,,A,B,C,D,,mười,,\n"

    agencies, found = read(tmp_path, rows)

    assert list(agencies) == ["dlhl"]
    assert found == [
        ("campaign-agency-cell-empty", 2, "co_quan"),
        ("campaign-value-not-code", 2, "ma"),
        ("campaign-agency-twice", 4, "ma"),
        ("campaign-agency-start", 5, "so_bat_dau"),
        ("campaign-agency-start", 6, "so_bat_dau"),
    ]


def test_columns_that_are_missing_are_told_once(tmp_path):
    agencies, found = read(tmp_path, "a,b\nc,d\n", header="ma,co_quan\n")

    assert (len(agencies), found) == (0, [("campaign-agency-columns", None, None)])


def test_a_unit_may_be_asked_who_serves_it(tmp_path):
    agencies, _ = read(tmp_path, "a,,A,A,A,A,400 401,,,\nb,,B,B,B,B,401,,,\n")

    assert [body.ma for body in agencies.serving("400")] == ["a"]
    assert [body.ma for body in agencies.serving("401")] == ["a", "b"]
    assert agencies.serving("402") == ()
