"""The paragraph styles of a letter: the name a clerk reads in Word, and the id templates refer to.

The built-in templates define them all; a clerk's own template may define any of them, and the body
uses those it finds.
"""

from __future__ import annotations

from typing import Final

CHU_QUAN: Final = "CoQuanChuQuan"
CO_QUAN: Final = "CoQuanBanHanh"
KE_CO_QUAN: Final = "KeDuoiCoQuan"
QUOC_HIEU: Final = "QuocHieu"
TIEU_NGU: Final = "TieuNgu"
KE_TIEU_NGU: Final = "KeDuoiTieuNgu"
SO_KY_HIEU: Final = "SoKyHieu"
DIA_DANH_NGAY: Final = "DiaDanhNgay"
TRICH_YEU_CONG_VAN: Final = "TrichYeuCongVan"
TEN_LOAI: Final = "TenLoai"
TRICH_YEU: Final = "TrichYeu"
KE_TRICH_YEU: Final = "KeDuoiTrichYeu"
KINH_GUI: Final = "KinhGui"
KINH_GUI_DANH_SACH: Final = "KinhGuiDanhSach"
DO_MAT: Final = "DauChiDoMat"
DO_KHAN: Final = "DauChiDoKhan"
CAN_CU: Final = "CanCu"
NOI_DUNG: Final = "NoiDung"
KHOAN: Final = "Khoan"
DIEM: Final = "Diem"
GACH_DAU_DONG: Final = "GachDauDong"
TIEU_DE: Final = {1: "PhanChuong", 2: "Muc", 3: "TieuMuc"}
O_BANG: Final = "OBang"
NOI_NHAN_TIEU_DE: Final = "NoiNhanTieuDe"
NOI_NHAN: Final = "NoiNhan"
QUYEN_HAN: Final = "QuyenHanChucVu"
HO_TEN: Final = "HoTenNguoiKy"
CUOI_VAN_BAN: Final = "CuoiVanBan"
LUU_HANH: Final = "ChiDanLuuHanh"
LIEN_HE: Final = "LienHe"
PHU_LUC: Final = "PhuLuc"
TIEU_DE_PHU_LUC: Final = "TieuDePhuLuc"
KEM_THEO: Final = "KemTheo"
SO_TRANG: Final = "SoTrang"
TRUOC_CHU_KY: Final = "TruocChuKy"
