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
