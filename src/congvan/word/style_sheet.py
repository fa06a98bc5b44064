"""The style sheet of the built-in templates: one paragraph style a component, sizes and weights from the decree.

Lengths are millimetres, spaces and type sizes points. The names are those a clerk reads in Word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from congvan.decree.measures import COMPONENTS, FIRST_LINE, FONT, PAGE, PARAGRAPH_GAP, TIEU_NGU_TEXT, Component
from congvan.text.width import text_width
from congvan.word import styles

if TYPE_CHECKING:
    from docx.document import Document

TWIPS_PER_MM: Final = 1440 / 25.4
RIGHT_COLUMN: Final = 96.5
"""Width in mm of the column of the quốc hiệu: its line at 13 pt bold measures 95.7 mm, at 12 pt 88.3 mm."""
NO_MARGIN: Final = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
TABLE_STYLE: Final = "BangKhongVien"

_TWIPS_PER_PT: Final = 20
_KINH_GUI_INDENT: Final = 30.0
_SPACE_TO_SIGN: Final = 75.0
"""Room for the handwritten signature and the seal, in pt (about 26 mm)."""
_RULE_SIZE: Final = 6  # eighths of a point
_MARK_LINE: Final = 15.2
_MARK_PADDING: Final = 3
"""Points above and below the text of a mark; with its line and its border they make the box 8 mm high."""
_ALIGNED: Final = {"box": "center"}
_RED: Final = {styles.DO_MAT, styles.DO_KHAN}
"""Marks in bright red (Annex I, part II, 10b)."""
_COMMON_NAMES: Final = {"Normal", "Default Paragraph Font", "Normal Table", "No List"}


@dataclass(frozen=True, slots=True)
class _Style:
    """One paragraph style; lengths in mm for indents, pt for spaces."""

    ma: str
    ten: str
    component: Component
    align: str = "left"
    before: float = 0
    left: float = 0
    first: float = 0
    exact: float | None = None
    keep_next: bool = False
    outline: int | None = None


def _styles() -> Iterator[_Style]:
    of = COMPONENTS
    dash = text_width("- ", of["kinh_gui"].mau) / 72 * 25.4
    colon = _KINH_GUI_INDENT + text_width("Kính gửi", of["kinh_gui"].mau) / 72 * 25.4
    word = text_width("Kính gửi: ", of["kinh_gui"].mau) / 72 * 25.4
    body: dict[str, Any] = {"align": "both", "before": PARAGRAPH_GAP, "first": FIRST_LINE}
    centred: dict[str, Any] = {"align": "center"}
    yield _Style(styles.CHU_QUAN, "Cơ quan chủ quản", of["chu_quan"], **centred)
    yield _Style(styles.CO_QUAN, "Cơ quan ban hành", of["co_quan"], **centred)
    yield _Style(styles.QUOC_HIEU, "Quốc hiệu", of["quoc_hieu"], **centred)
    yield _Style(styles.TIEU_NGU, "Tiêu ngữ", of["tieu_ngu"], **centred)
    yield _Style(styles.SO_KY_HIEU, "Số, ký hiệu", of["so_ky_hieu"], before=4, **centred)
    yield _Style(styles.DIA_DANH_NGAY, "Địa danh, ngày tháng", of["dia_danh_ngay"], before=4, **centred)
    yield _Style(styles.TRICH_YEU_CONG_VAN, "Trích yếu công văn", of["trich_yeu_cong_van"], before=6, **centred)
    yield _Style(styles.DO_MAT, "Dấu chỉ độ mật", of["do_mat"], align="box", before=10, exact=_MARK_LINE)
    yield _Style(styles.DO_KHAN, "Dấu chỉ độ khẩn", of["do_khan"], align="box", before=10, exact=_MARK_LINE + 0.05)
    yield _Style(styles.LUU_HANH, "Chỉ dẫn lưu hành", of["luu_hanh"], align="box", exact=_MARK_LINE)
    yield _Style(styles.LIEN_HE, "Liên hệ", of["lien_he"], align="line")
    yield _Style(styles.TEN_LOAI, "Tên loại văn bản", of["ten_loai"], before=18, keep_next=True, **centred)
    yield _Style(styles.TRICH_YEU, "Trích yếu", of["trich_yeu"], keep_next=True, **centred)
    yield _Style(styles.KINH_GUI, "Kính gửi", of["kinh_gui"], before=14, left=_KINH_GUI_INDENT + word, first=-word)
    yield _Style(styles.KINH_GUI_DANH_SACH, "Kính gửi - danh sách", of["kinh_gui"], left=colon + dash, first=-dash)
    yield _Style(styles.CAN_CU, "Căn cứ", of["can_cu"], **body)
    yield _Style(styles.NOI_DUNG, "Nội dung", of["noi_dung"], **body)
    yield _Style(styles.KHOAN, "Khoản", of["noi_dung"], **body)
    yield _Style(styles.DIEM, "Điểm", of["noi_dung"], **body)
    yield _Style(styles.GACH_DAU_DONG, "Gạch đầu dòng", of["noi_dung"], **body)
    heading = Component("Đề mục", of["noi_dung"].co, 14, "I.II.6", bold=True)
    yield _Style(styles.TIEU_DE[1], "Phần, chương", heading, align="center", before=12, keep_next=True, outline=0)
    yield _Style(styles.TIEU_DE[2], "Mục", heading, **{**body, "before": 9}, keep_next=True, outline=1)
    yield _Style(styles.TIEU_DE[3], "Tiểu mục", heading, **body, keep_next=True, outline=2)
    yield _Style(styles.O_BANG, "Ô bảng", Component("Ô bảng", of["noi_dung"].co, 13, "I.II.6"), before=2)
    yield _Style(styles.NOI_NHAN_TIEU_DE, "Nơi nhận - tiêu đề", of["noi_nhan_tieu_de"])
    yield _Style(styles.NOI_NHAN, "Nơi nhận", of["noi_nhan"])
    yield _Style(styles.QUYEN_HAN, "Quyền hạn, chức vụ", of["quyen_han"], **centred)
    yield _Style(styles.HO_TEN, "Họ tên người ký", of["ho_ten"], before=_SPACE_TO_SIGN, **centred)
    yield _Style(styles.CUOI_VAN_BAN, "Cuối văn bản", of["noi_nhan"], exact=2)
    yield _Style(styles.TRUOC_CHU_KY, "Trước chữ ký", of["noi_nhan"], exact=10, keep_next=True)
    yield _Style(styles.PHU_LUC, "Phụ lục", of["phu_luc"], keep_next=True, outline=0, **centred)
    yield _Style(styles.TIEU_DE_PHU_LUC, "Tiêu đề phụ lục", of["tieu_de_phu_luc"], keep_next=True, **centred)
    yield _Style(styles.KEM_THEO, "Kèm theo văn bản", of["kem_theo"], keep_next=True, **centred)
    yield _Style(styles.SO_TRANG, "Số trang", of["so_trang"], **centred)
    motto = text_width(TIEU_NGU_TEXT, of["tieu_ngu"].mau, bold=True) / 72 * 25.4
    margin = (RIGHT_COLUMN - motto) / 2
    yield _rule(styles.KE_TIEU_NGU, "Kẻ dưới tiêu ngữ", margin)
    yield _rule(styles.KE_CO_QUAN, "Kẻ dưới cơ quan", (PAGE.text_width - RIGHT_COLUMN) * 0.3)
    yield _rule(styles.KE_TRICH_YEU, "Kẻ dưới trích yếu", PAGE.text_width * 0.4)


def _rule(ma: str, ten: str, margin: float) -> _Style:
    """An empty paragraph whose upper border is the line; ``left`` doubles as its right indent."""
    return _Style(ma, ten, COMPONENTS["noi_nhan"], align="rule", before=2, left=margin, exact=4)


def define_styles(document: Document) -> None:
    """Put congvan's styles in place of those python-docx starts with."""
    definitions = document.styles.element
    for style in list(definitions.style_lst):
        if style.name_val not in _COMMON_NAMES:
            definitions.remove(style)
    for latent in definitions.xpath("w:latentStyles"):
        definitions.remove(latent)
    _defaults(definitions)
    for style in _styles():
        definitions.append(element(_style_xml(style)))
    definitions.append(element(_TABLE_STYLE_XML))


def _style_xml(style: _Style) -> str:
    half_points = round(style.component.mau * 2)
    keep = "<w:keepNext/>" if style.keep_next else ""
    outline = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    bold = "<w:b/><w:bCs/>" if style.component.bold else ""
    italic = "<w:i/><w:iCs/>" if style.component.italic else ""
    colour = '<w:color w:val="FF0000"/>' if style.ma in _RED else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style.ma}"><w:name w:val="{style.ten}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{keep}{_border(style)}{_spacing(style)}{_indent(style)}'
        f"{_justification(style)}{outline}</w:pPr>"
        f'<w:rPr>{bold}{italic}{colour}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr></w:style>'
    )


def _border(style: _Style) -> str:
    if style.align == "box":
        colour = "FF0000" if style.ma in _RED else "000000"
        return f"<w:pBdr>{''.join(_side(name, colour) for name in ('top', 'left', 'bottom', 'right'))}</w:pBdr>"
    line = f'<w:pBdr><w:top w:val="single" w:sz="{_RULE_SIZE}" w:space="0" w:color="000000"/></w:pBdr>'
    return line if style.align in {"rule", "line"} else ""


def _side(name: str, colour: str) -> str:
    """One side of the box around a mark."""
    padding = _MARK_PADDING if name in {"top", "bottom"} else 0
    return f'<w:{name} w:val="single" w:sz="{_RULE_SIZE}" w:space="{padding}" w:color="{colour}"/>'


def _spacing(style: _Style) -> str:
    before = round(style.before * _TWIPS_PER_PT)
    line = 'w:line="240" w:lineRule="auto"'
    if style.exact is not None:
        line = f'w:line="{round(style.exact * _TWIPS_PER_PT)}" w:lineRule="exact"'
    return f'<w:spacing w:before="{before}" w:after="0" {line}/>'


def _indent(style: _Style) -> str:
    left, first = round(style.left * TWIPS_PER_MM), round(style.first * TWIPS_PER_MM)
    if style.align == "rule":
        return f'<w:ind w:left="{left}" w:right="{left}"/>'
    side = f'w:hanging="{-first}"' if first < 0 else f'w:firstLine="{first}"'
    return f'<w:ind w:left="{left}" {side}/>' if left or first else ""


def _justification(style: _Style) -> str:
    return (
        "" if style.align in {"left", "rule", "line"} else f'<w:jc w:val="{_ALIGNED.get(style.align, style.align)}"/>'
    )


def _defaults(definitions: Any) -> None:
    """Times New Roman, Vietnamese for the speller, no space of its own anywhere."""
    for old in definitions.xpath("w:docDefaults"):
        definitions.remove(old)
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    lang = '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/>'
    size = '<w:sz w:val="28"/><w:szCs w:val="28"/>'
    runs = f"<w:rPrDefault><w:rPr>{fonts}{size}{lang}</w:rPr></w:rPrDefault>"
    spacing = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    definitions.insert(
        0, element(f"<w:docDefaults>{runs}<w:pPrDefault><w:pPr>{spacing}</w:pPr></w:pPrDefault></w:docDefaults>")
    )
    normal = definitions.xpath('w:style[@w:styleId="Normal"]')[0]
    for child in normal.xpath("w:pPr|w:rPr"):
        normal.remove(child)
    normal.append(element("<w:pPr><w:widowControl/></w:pPr>"))


_TABLE_STYLE_XML: Final = (
    f'<w:style w:type="table" w:customStyle="1" w:styleId="{TABLE_STYLE}"><w:name w:val="Bảng không viền"/>'
    f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblCellMar>{NO_MARGIN}</w:tblCellMar></w:tblPr></w:style>'
)


def style_name(ma: str) -> str:
    """The name under which Word shows the style ``ma``."""
    return next(style.ten for style in _styles() if style.ma == ma)


def element(xml: str) -> Any:
    """``xml``, in WordprocessingML's namespace, as an element python-docx can hold."""
    from docx.oxml import parse_xml

    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return parse_xml(re.sub(r"^<[\w:]+", lambda tag: f"{tag.group()} {namespace}", xml))
