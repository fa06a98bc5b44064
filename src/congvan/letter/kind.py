"""The 29 kinds of administrative document (Decree 30/2020, Art. 7) and their codes (Annex III, part I)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: ``ma`` is how congvan files name it, ``ten`` its name, ``ky_hieu`` the decree's code.

    Công văn and thư công have no code. ``co_kinh_gui`` says whether the kind is addressed with
    "Kính gửi" (Annex I, part II, item 9a: công văn, and tờ trình and báo cáo sent upward).
    """

    ma: str
    ten: str
    ky_hieu: str | None
    co_kinh_gui: bool = False

    @property
    def la_cong_van(self) -> bool:
        """True for công văn: no kind name in the heading, the subject under the number after "V/v"."""
        return self.ma == "cong-van"


_ALL: Final = (
    Kind("nghi-quyet", "nghị quyết", "NQ"),
    Kind("quyet-dinh", "quyết định", "QĐ"),
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
    Kind("bao-cao", "báo cáo", "BC", co_kinh_gui=True),
    Kind("bien-ban", "biên bản", "BB"),
    Kind("to-trinh", "tờ trình", "TTr", co_kinh_gui=True),
    Kind("hop-dong", "hợp đồng", "HĐ"),
    Kind("cong-van", "công văn", None, co_kinh_gui=True),
    Kind("cong-dien", "công điện", "CĐ"),
    Kind("ban-ghi-nho", "bản ghi nhớ", "BGN"),
    Kind("ban-thoa-thuan", "bản thỏa thuận", "BTT"),
    Kind("giay-uy-quyen", "giấy ủy quyền", "GUQ"),
    Kind("giay-moi", "giấy mời", "GM"),
    Kind("giay-gioi-thieu", "giấy giới thiệu", "GGT"),
    Kind("giay-nghi-phep", "giấy nghỉ phép", "GNP"),
    Kind("phieu-gui", "phiếu gửi", "PG"),
    Kind("phieu-chuyen", "phiếu chuyển", "PC"),
    Kind("phieu-bao", "phiếu báo", "PB"),
    Kind("thu-cong", "thư công", None),
)

KINDS: Final[dict[str, Kind]] = {kind.ma: kind for kind in _ALL}
"""Every kind by its name in files, ``cong-van`` to ``thu-cong``."""
