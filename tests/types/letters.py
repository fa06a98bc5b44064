"""Calls a type checker must accept or refuse; a line it must refuse ends with ``# refused``."""

from datetime import date

import congvan
from congvan.letter import Letter, NhomKinhGui, PhuLuc, Signature

signer = Signature(chuc_vu="GIÁM ĐỐC", ho_ten="Lê Văn Mẫu")

accepted: Letter = congvan.Letter(
    chu_quan="TỔNG CÔNG TY",
    co_quan="CÔNG TY",
    so=465,
    ky_hieu="PCTH-KD",
    dia_danh="Thanh Hóa",
    ngay=date(2021, 3, 3),
    loai="cong-van",
    trich_yeu="phối hợp",
    kinh_gui=["UBND tỉnh", {"nhom": "Các sở", "gom": ["Sở A"]}, NhomKinhGui(nhom="Các hội", gom=("Hội B",))],
    can_cu=[],
    noi_dung="Một.",
    noi_nhan=["Như trên", "Lưu: VT, KD"],
    ky={"quyen_han": ["KT. GIÁM ĐỐC"], "chuc_vu": "PHÓ GIÁM ĐỐC", "ho_ten": "Lê Văn Mẫu"},
    do_khan=None,
    phu_luc=[{"tieu_de": "Bảng", "noi_dung": "x"}, PhuLuc(tieu_de="Biểu", noi_dung="y")],
    truong={"xa": "Xã Mẫu"},
)
open_date = Letter(
    co_quan="CÔNG TY", ky_hieu="PC", dia_danh="A", ngay=(2021, 3), trich_yeu="x", noi_dung="y",
    noi_nhan="Lưu: VT", ky=[signer, signer], kinh_gui="UBND tỉnh",
)  # fmt: skip
misspelt = Letter(co_qaun="X", co_quan="X", ky_hieu="X", dia_danh="X", ngay=2021, trich_yeu="X", noi_dung="X", noi_nhan=[], ky=signer)  # refused # fmt: skip
wrong_type = Letter(
    co_quan="X", ky_hieu="X", dia_danh="X", ngay=2021, trich_yeu="X", noi_dung="X", noi_nhan=[], ky=signer,
    so="x",  # refused
    kinh_gui=5,  # refused
)  # fmt: skip
missing = Letter(co_quan="CÔNG TY")  # refused
number: int | None = accepted.so
subject: int = accepted.trich_yeu  # refused
