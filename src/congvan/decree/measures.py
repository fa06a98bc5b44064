"""Decree 30/2020 as figures: the page, and the size and style of every component.

All figures are from Annex I of the decree, where no other place is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from congvan.support.lengths import Mm, Pt


@dataclass(frozen=True, slots=True)
class Range:
    """Both ends belong to the range."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Component:
    """The form of one component of a letter.

    ``allowed`` are the type sizes the decree allows, ``size`` the one its models use. ``source`` is the place in the
    decree: annex, part, item.
    """

    name: str
    allowed: Range
    size: Pt
    source: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Paper and margins (Annex I, part I, 1-4); the margins are congvan's defaults inside the ranges."""

    width: Mm = Mm(210)
    height: Mm = Mm(297)
    top: Mm = Mm(20)
    bottom: Mm = Mm(20)
    left: Mm = Mm(30)
    right: Mm = Mm(20)
    header: Mm = Mm(10)

    @property
    def text_width(self) -> Mm:
        """Width of the text area."""
        return Mm(self.width - self.left - self.right)


PAGE: Final = Page()


SIGNING_SPACE: Final = Pt(75)
TIGHT_SIGNING_SPACE: Final = Pt(60)


@dataclass(frozen=True, slots=True)
class Measures:
    """The choices of an office inside the decree's ranges; the defaults are those of the decree's models.

    ``body`` is the type size of the text and of all that is set like it, ``first_line`` the first-line indent,
    ``paragraph_gap`` the distance between paragraphs, ``line_spacing`` in lines, 1 to 1.5 (Annex I, part I, 4 and part
    II, 6). ``signing_space`` is the room for the handwritten signature and the seal (75 pt are about 26 mm); the decree
    does not measure it.
    """

    page: Page = PAGE
    body: Pt = Pt(14)
    first_line: Mm = Mm(10)
    paragraph_gap: Pt = Pt(6)
    line_spacing: float = 1.0
    signing_space: Pt = SIGNING_SPACE

    def size(self, name: str) -> Pt:
        """The type size of a component: the model's, or the body's where it is set like the body."""
        component = COMPONENTS[name]
        is_like_body = component.size == STANDARD.body and self.body in component.allowed
        return self.body if is_like_body else component.size


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

PARAGRAPH_GAP: Final = Pt(6)
"""Least distance between paragraphs of the body (Annex I, part II, 6)."""

MARK_HEIGHT: Final = Mm(8)
"""Height of the urgency marks (Annex I, part II, 10b)."""

MARK_WIDTHS: Final = {"HỎA TỐC": Mm(30), "THƯỢNG KHẨN": Mm(40), "KHẨN": Mm(20)}
"""Width of each urgency mark (Annex I, part II, 10b); the law on state secrets sets the secrecy stamps."""

RULE_SHARE: Final = Range(1 / 3, 1 / 2)
"""Length of the rules under the issuer and the subject, as a share of the line above (Annex I, part II, 2 and 5)."""

HEAD_SLACK: Final = Pt(3)
"""Room place and date have in their column beyond their own width: LibreOffice needs more than 1 pt."""

MOST_OF_HEAD: Final = 0.8
"""The most of the head's width the column of quốc hiệu takes; the issuer needs the rest."""

_CAPS, _TEXT, _SUBJECT = Range(12, 13), Range(13, 14), Range(12, 13)

COMPONENTS: Final[dict[str, Component]] = {
    "quoc_hieu": Component("Quốc hiệu", _CAPS, Pt(12), "I.II.1", bold=True),
    "tieu_ngu": Component("Tiêu ngữ", _TEXT, Pt(13), "I.II.1", bold=True),
    "chu_quan": Component("Cơ quan chủ quản", _CAPS, Pt(12), "I.II.2"),
    "co_quan": Component("Cơ quan ban hành", _CAPS, Pt(12), "I.II.2", bold=True),
    "so_ky_hieu": Component("Số, ký hiệu", Range(13, 13), Pt(13), "I.II.3"),
    "dia_danh_ngay": Component("Địa danh và thời gian ban hành", _TEXT, Pt(13), "I.II.4", italic=True),
    "ten_loai": Component("Tên loại", _TEXT, Pt(14), "I.II.5a", bold=True),
    "trich_yeu": Component("Trích yếu", _TEXT, Pt(14), "I.II.5a", bold=True),
    "trich_yeu_cong_van": Component("Trích yếu công văn", _SUBJECT, Pt(12), "I.II.5b"),
    "do_mat": Component("Dấu chỉ độ mật", _TEXT, Pt(13), "I.II.10a", bold=True),
    "do_khan": Component("Dấu chỉ độ khẩn", _TEXT, Pt(13), "I.II.10b", bold=True),
    "can_cu": Component("Căn cứ ban hành", _TEXT, Pt(14), "I.II.6", italic=True),
    "noi_dung": Component("Nội dung", _TEXT, Pt(14), "I.II.6"),
    "tham_quyen": Component("Thẩm quyền ban hành", _TEXT, Pt(14), "III.II.1.2", bold=True),
    "quyet_dinh": Component("Từ «QUYẾT ĐỊNH», «QUYẾT NGHỊ»", _TEXT, Pt(14), "III.II.1.2", bold=True),
    "de_muc": Component("Phần, chương, mục, điều", _TEXT, Pt(14), "I.II.6", bold=True),
    "o_bang": Component("Ô bảng", _TEXT, Pt(13), "I.II.6"),
    "hinh_thuc_sao": Component("Hình thức sao", _TEXT, Pt(14), "I.II bản sao", bold=True),
    "quyen_han": Component("Quyền hạn, chức vụ", _TEXT, Pt(14), "I.II.7a", bold=True),
    "ho_ten": Component("Họ tên người ký", _TEXT, Pt(14), "I.II.7b", bold=True),
    "kinh_gui": Component("Kính gửi", _TEXT, Pt(14), "I.II.9a"),
    "noi_nhan_tieu_de": Component("Từ «Nơi nhận»", Range(12, 12), Pt(12), "I.II.9b", bold=True, italic=True),
    "noi_nhan": Component("Nơi nhận", Range(11, 11), Pt(11), "I.II.9b"),
    "luu_hanh": Component("Chỉ dẫn phạm vi lưu hành", _TEXT, Pt(13), "I.II.11", bold=True),
    "lien_he": Component("Địa chỉ, thư điện tử, điện thoại", Range(11, 12), Pt(11), "I.II.13"),
    "phu_luc": Component("Từ «Phụ lục» và số thứ tự", Range(14, 14), Pt(14), "I.II phụ lục", bold=True),
    "tieu_de_phu_luc": Component("Tiêu đề phụ lục", _TEXT, Pt(14), "I.II phụ lục", bold=True),
    "kem_theo": Component("Dòng kèm theo văn bản", _TEXT, Pt(14), "I.II phụ lục", italic=True),
    "so_trang": Component("Số trang", _TEXT, Pt(14), "I.I.7"),
}
