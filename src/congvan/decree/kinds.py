"""The 29 kinds of administrative document (Decree 30/2020, Art. 7), their codes and models (Annex III)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Opening = Literal["Kính gửi", "điện", "trân trọng kính mời"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: ``ma`` is how congvan files name it, ``ten`` its name, ``ky_hieu`` the decree's code.

    Công văn and thư công have no code. ``mau_so`` is the model of Annex III, part II that lays the kind out;
    1.4 serves every named kind without one of its own. ``loi_goi`` are the words that lead to the addressees
    above the text, None for a kind that names them in "Nơi nhận" only: "Kính gửi" of công văn, and of tờ trình and
    báo cáo sent upward (Annex I, part II, item 9a), and of thư công, which the decree gives no model; "điện" of công
    điện (model 1.6); the invitation of giấy mời (1.7).
    """

    ma: str
    ten: str
    ky_hieu: str | None
    mau_so: str = "1.4"
    loi_goi: Opening | None = None

    @property
    def la_cong_van(self) -> bool:
        """True for công văn: no kind name in the heading, the subject under the number after "V/v"."""
        return self.ma == "cong-van"

    @property
    def la_thu(self) -> bool:
        """True for thư công, which has a heading of its own and may lack number, symbol and recipients."""
        return self.ma == "thu-cong"

    @property
    def co_kinh_gui(self) -> bool:
        """True for the kinds addressed with "Kính gửi"."""
        return self.loi_goi == "Kính gửi"

    @property
    def phan_rieng(self) -> str | None:
        """The part of a letter only this kind has, under the kind's own name: ``giay_moi``; None without one."""
        return self.ma.replace("-", "_") if self.ma in _WITH_KIND_PART else None


_WITH_KIND_PART: Final = frozenset({"giay-moi", "giay-gioi-thieu", "bien-ban", "giay-nghi-phep"})

_ALL: Final = (
    Kind("nghi-quyet", "nghị quyết", "NQ", "1.1"),
    Kind("quyet-dinh", "quyết định", "QĐ", "1.2"),
    Kind("chi-thi", "chỉ thị", "CT"),
    Kind("quy-che", "quy chế", "QC"),
    Kind("quy-dinh", "quy định", "QyĐ"),
    Kind("thong-cao", "thông cáo", "TC"),
    Kind("thong-bao", "thông báo", "TB"),
    Kind("huong-dan", "hướng dẫn", "HD"),
    Kind("chuong-trinh", "chương trình", "CTr"),
    Kind("ke-hoach", "kế hoạch", "KH"),
    Kind("phuong-an", "phương án", "PA"),
    Kind("de-an", "đề án", "ĐA"),
    Kind("du-an", "dự án", "DA"),
    Kind("bao-cao", "báo cáo", "BC", loi_goi="Kính gửi"),
    Kind("bien-ban", "biên bản", "BB", "1.9"),
    Kind("to-trinh", "tờ trình", "TTr", loi_goi="Kính gửi"),
    Kind("hop-dong", "hợp đồng", "HĐ"),
    Kind("cong-van", "công văn", None, "1.5", "Kính gửi"),
    Kind("cong-dien", "công điện", "CĐ", "1.6", "điện"),
    Kind("ban-ghi-nho", "bản ghi nhớ", "BGN"),
    Kind("ban-thoa-thuan", "bản thỏa thuận", "BTT"),
    Kind("giay-uy-quyen", "giấy ủy quyền", "GUQ"),
    Kind("giay-moi", "giấy mời", "GM", "1.7", "trân trọng kính mời"),
    Kind("giay-gioi-thieu", "giấy giới thiệu", "GGT", "1.8"),
    Kind("giay-nghi-phep", "giấy nghỉ phép", "GNP", "1.10"),
    Kind("phieu-gui", "phiếu gửi", "PG"),
    Kind("phieu-chuyen", "phiếu chuyển", "PC"),
    Kind("phieu-bao", "phiếu báo", "PB"),
    Kind("thu-cong", "thư công", None, loi_goi="Kính gửi"),
)

KINDS: Final[dict[str, Kind]] = {kind.ma: kind for kind in _ALL}
"""Every kind by its name in files, ``cong-van`` to ``thu-cong``."""
