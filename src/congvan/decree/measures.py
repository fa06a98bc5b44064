"""Decree 30/2020 as figures: the page, and the size and style of every component.

Lengths are millimetres, type sizes points. ``nguon`` names the place in the decree. All figures stand
in Annex I of the decree; ``mau`` is the size its own models use, the safe default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Range:
    """Both ends belong to the range."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Component:
    """How one component of a letter is set. ``co`` is the size allowed, ``mau`` the models' own, in pt."""

    ten: str
    co: Range
    mau: float
    nguon: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Paper and margins in mm (Annex I, part I, 1-4); the margins are congvan's defaults inside the ranges."""

    width: float = 210
    height: float = 297
    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 20
    header: float = 10

    @property
    def text_width(self) -> float:
        """Width of the text area in mm."""
        return self.width - self.left - self.right


PAGE: Final = Page()


SIGNING_SPACE: Final = 75.0
TIGHT_SIGNING_SPACE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Measures:
    """What an office may choose inside the decree's ranges; the defaults are the decree's own models.

    ``body`` is the type size of the text and of all that is set like it, in pt; ``first_line`` the first-line
    indent in mm; ``paragraph_gap`` the distance between paragraphs in pt; ``line_spacing`` in lines, 1 to 1.5
    (Annex I, part I, 4 and part II, 6). ``signing_space`` is the room for the handwritten signature and the seal, in pt
    (75 pt are about 26 mm); the decree does not measure it.
    """

    page: Page = PAGE
    body: float = 14
    first_line: float = 10.0
    paragraph_gap: float = 6.0
    line_spacing: float = 1.0
    signing_space: float = SIGNING_SPACE

    def size(self, name: str) -> float:
        """The type size of a component in pt: the model's, or the body's where it is set like the body."""
        component = COMPONENTS[name]
        return self.body if component.mau == STANDARD.body and self.body in component.co else component.mau


RANGES: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {
        "le_tren": (20, 25),
        "le_duoi": (20, 25),
        "le_trai": (30, 35),
        "le_phai": (15, 20),
        "co_chu": (13, 14),
        "gian_dong": (1, 1.5),
        "cach_doan": (6, 24),
    }
)
"""Least and most of each choice: margins in mm, type size and distance between paragraphs in pt, line spacing in
lines. The decree sets no most for the distance between paragraphs; 24 pt is congvan's."""


STANDARD: Final = Measures()

MARGINS: Final = {
    "top": Range(*RANGES["le_tren"]),
    "bottom": Range(*RANGES["le_duoi"]),
    "left": Range(*RANGES["le_trai"]),
    "right": Range(*RANGES["le_phai"]),
}
"""Allowed margins in mm (Annex I, part I, 4)."""

FONT: Final = "Times New Roman"
"""The one typeface (Annex I, part I, 2), in black."""

QUOC_HIEU_TEXT: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
TIEU_NGU_TEXT: Final = "Độc lập - Tự do - Hạnh phúc"

PARAGRAPH_GAP: Final = 6.0
"""Least distance between paragraphs of the body in pt (Annex I, part II, 6)."""

MARK_HEIGHT: Final = 8.0
"""Height of the urgency marks in mm (Annex I, part II, 10b)."""

MARK_WIDTHS: Final = {"HỎA TỐC": 30.0, "THƯỢNG KHẨN": 40.0, "KHẨN": 20.0}
"""Width of each urgency mark in mm (Annex I, part II, 10b); the law on state secrets sets the secrecy stamps."""

RULE_SHARE: Final = Range(1 / 3, 1 / 2)
"""Length of the rules under the issuer and the subject, as a share of the line above (Annex I, part II, 2 and 5)."""

_CAPS, _TEXT, _SUBJECT = Range(12, 13), Range(13, 14), Range(12, 13)

COMPONENTS: Final[dict[str, Component]] = {
    "quoc_hieu": Component("Quốc hiệu", _CAPS, 12, "I.II.1", bold=True),
    "tieu_ngu": Component("Tiêu ngữ", _TEXT, 13, "I.II.1", bold=True),
    "chu_quan": Component("Cơ quan chủ quản", _CAPS, 12, "I.II.2"),
    "co_quan": Component("Cơ quan ban hành", _CAPS, 12, "I.II.2", bold=True),
    "so_ky_hieu": Component("Số, ký hiệu", Range(13, 13), 13, "I.II.3"),
    "dia_danh_ngay": Component("Địa danh và thời gian ban hành", _TEXT, 13, "I.II.4", italic=True),
    "ten_loai": Component("Tên loại", _TEXT, 14, "I.II.5a", bold=True),
    "trich_yeu": Component("Trích yếu", _TEXT, 14, "I.II.5a", bold=True),
    "trich_yeu_cong_van": Component("Trích yếu công văn", _SUBJECT, 12, "I.II.5b"),
    "do_mat": Component("Dấu chỉ độ mật", _TEXT, 13, "I.II.10a", bold=True),
    "do_khan": Component("Dấu chỉ độ khẩn", _TEXT, 13, "I.II.10b", bold=True),
    "can_cu": Component("Căn cứ ban hành", _TEXT, 14, "I.II.6", italic=True),
    "noi_dung": Component("Nội dung", _TEXT, 14, "I.II.6"),
    "tham_quyen": Component("Thẩm quyền ban hành", _TEXT, 14, "III.II.1.2", bold=True),
    "quyet_dinh": Component("Từ «QUYẾT ĐỊNH», «QUYẾT NGHỊ»", _TEXT, 14, "III.II.1.2", bold=True),
    "de_muc": Component("Phần, chương, mục, điều", _TEXT, 14, "I.II.6", bold=True),
    "o_bang": Component("Ô bảng", _TEXT, 13, "I.II.6"),
    "hinh_thuc_sao": Component("Hình thức sao", _TEXT, 14, "I.II bản sao", bold=True),
    "quyen_han": Component("Quyền hạn, chức vụ", _TEXT, 14, "I.II.7a", bold=True),
    "ho_ten": Component("Họ tên người ký", _TEXT, 14, "I.II.7b", bold=True),
    "kinh_gui": Component("Kính gửi", _TEXT, 14, "I.II.9a"),
    "noi_nhan_tieu_de": Component("Từ «Nơi nhận»", Range(12, 12), 12, "I.II.9b", bold=True, italic=True),
    "noi_nhan": Component("Nơi nhận", Range(11, 11), 11, "I.II.9b"),
    "luu_hanh": Component("Chỉ dẫn phạm vi lưu hành", _TEXT, 13, "I.II.11", bold=True),
    "lien_he": Component("Địa chỉ, thư điện tử, điện thoại", Range(11, 12), 11, "I.II.13"),
    "phu_luc": Component("Từ «Phụ lục» và số thứ tự", Range(14, 14), 14, "I.II phụ lục", bold=True),
    "tieu_de_phu_luc": Component("Tiêu đề phụ lục", _TEXT, 14, "I.II phụ lục", bold=True),
    "kem_theo": Component("Dòng kèm theo văn bản", _TEXT, 14, "I.II phụ lục", italic=True),
    "so_trang": Component("Số trang", _TEXT, 14, "I.I.7"),
}
