"""What a number wants the register's book to say."""

from congvan.campaign.planning.number_requests import number_request
from congvan.letter import Agency


def test_each_addressee_of_a_group_receives_a_copy(letter):
    company = Agency(ma="pcth", co_quan="CÔNG TY", ten_thuong="Công ty", ky_hieu="PCTH", dia_danh="Thanh Hóa")
    one = letter(kinh_gui=["UBND tỉnh", {"nhom": "Các sở", "gom": ["Sở Công Thương", "Sở Tài chính"]}])
    wanted = number_request("đợt/cấp/1", company, [one])

    assert wanted.noi_nhan == "UBND tỉnh; Sở Công Thương; Sở Tài chính"
    assert wanted.so_ban == 3
    assert wanted.don_vi_luu == "VT, KD"


def test_a_recipient_named_twice_is_one_and_gets_one_copy(letter):
    company = Agency(ma="pcth", co_quan="CÔNG TY", ten_thuong="Công ty", ky_hieu="PCTH", dia_danh="Thanh Hóa")
    further = ["Như trên", "UBND tỉnh (để b/c)", "Sở Công Thương (để p/h)", "Lưu: VT"]
    one = letter(kinh_gui=["UBND tỉnh"], noi_nhan=further)
    other = letter(kinh_gui=["Sở Tài chính"], noi_nhan=further)

    alone = number_request("đợt/cấp/1", company, [one])
    assert (alone.noi_nhan, alone.so_ban) == ("UBND tỉnh; Sở Công Thương (để p/h)", 2)
    shared = number_request("đợt/cấp/pcth", company, [one, other])
    assert (shared.noi_nhan, shared.so_ban) == ("UBND tỉnh; Sở Công Thương (để p/h); Sở Tài chính", 3)


def test_a_number_of_copies_that_is_written_counts_once_for_letters_of_one_number(letter):
    company = Agency(ma="pcth", co_quan="CÔNG TY", ten_thuong="Công ty", ky_hieu="PCTH", dia_danh="Thanh Hóa")
    letters = [letter(so_ban=30, nguoi_soan="PL"), letter(so_ban=30, nguoi_soan="PL", kinh_gui=["Sở Tài chính"])]
    assert number_request("đợt/cấp/pcth", company, letters).so_ban == 30
