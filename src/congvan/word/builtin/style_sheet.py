"""The style sheet of the built-in templates: one paragraph style a component, sizes and weights from the decree.

Lengths are millimetres, spaces and type sizes points. The names are those a clerk reads in Word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from congvan.decree.measures import COMPONENTS, FONT, STANDARD, TIEU_NGU_TEXT, Component, Measures
from congvan.support.lengths import Mm, Pt
from congvan.support.ooxml import NAMESPACES
from congvan.text.width import text_width
from congvan.word import styles

if TYPE_CHECKING:
    from docx.document import Document

RIGHT_COLUMN: Final = Mm(96.5)
"""Width of the column of the quốc hiệu: its line at 13 pt bold measures 95.7 mm, at 12 pt 88.3 mm."""
NO_MARGIN: Final = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
TABLE_STYLE: Final = "BangKhongVien"

_KINH_GUI_INDENT: Final = Mm(30)
_NO_HEIGHT: Final = Pt(0.05)
"""The least Word can write. The paragraph after the last table must not ask for a page of its own."""
_RULE_SIZE: Final = 6  # eighths of a point
_MARK_LINE: Final = Pt(15.2)
_MARK_PADDING: Final = 3
"""Points above and below the text of a mark; with its line and its border they make the box 8 mm high."""
_ALIGNED: Final = {"box": "center"}
_RED: Final = {styles.DO_MAT, styles.DO_KHAN}
"""Marks in bright red (Annex I, part II, 10b)."""
_COMMON_NAMES: Final = {"Normal", "Default Paragraph Font", "Normal Table", "No List"}


@dataclass(frozen=True, slots=True)
class _Style:
    """One paragraph style; indents in mm, sizes and spaces in pt, ``lines`` the line spacing in lines."""

    style_id: str
    name: str
    component: Component
    size: float
    align: str = "left"
    before: float = 0
    after: float = 0
    left: float = 0
    first: float = 0
    lines: float = 1.0
    exact: float | None = None
    keep_next: bool = False
    outline: int | None = None
    on: str = "Normal"

    @property
    def is_of_word(self) -> bool:
        """True for Word's own headings, which its navigation, tables of contents and other programs know."""
        return self.name.startswith("heading ")


_NEXT: Final[Mapping[str, str]] = MappingProxyType(
    {
        styles.CHU_QUAN: styles.CO_QUAN,
        styles.QUOC_HIEU: styles.TIEU_NGU,
        styles.TEN_LOAI: styles.TRICH_YEU,
        styles.TRICH_YEU: styles.NOI_DUNG,
        styles.THAM_QUYEN: styles.CAN_CU,
        styles.QUYET_DINH: styles.DIEU,
        styles.KINH_GUI: styles.NOI_DUNG,
        styles.LOI_GUI: styles.NOI_DUNG,
        styles.PHAN: styles.TEN_PHAN,
        styles.CHUONG: styles.TEN_PHAN,
        styles.MUC: styles.TEN_PHAN,
        styles.TIEU_MUC: styles.TEN_PHAN,
        styles.TEN_PHAN: styles.NOI_DUNG,
        styles.DIEU: styles.KHOAN,
        styles.DE_MUC_LA_MA: styles.NOI_DUNG,
        styles.DE_MUC_SO: styles.NOI_DUNG,
        **dict.fromkeys(styles.TIEU_DE.values(), styles.NOI_DUNG),
        styles.NOI_NHAN_TIEU_DE: styles.NOI_NHAN,
        styles.CHUC_DANH_KHAC: styles.HO_TEN_SAU,
        styles.PHU_LUC: styles.TIEU_DE_PHU_LUC,
        styles.TIEU_DE_PHU_LUC: styles.KEM_THEO,
        styles.KEM_THEO: styles.NOI_DUNG,
    }
)
"""The style Word gives the paragraph after one, where it is another: what a clerk types next."""


@dataclass(frozen=True, slots=True)
class _StyleSheet:
    """Every style of a letter, for the measures of an office."""

    measures: Measures

    def styles(self) -> Iterator[_Style]:
        yield from self._head()
        yield from self._kind_and_addressees()
        yield from self._text()
        yield from self._headings()
        yield from self._signature()
        yield from self._further_pages()
        yield from self._rules()

    def _head(self) -> Iterator[_Style]:
        yield self._of(styles.CHU_QUAN, "Cơ quan chủ quản", "chu_quan", **_CENTRED)
        yield self._of(styles.CO_QUAN, "Cơ quan ban hành", "co_quan", **_CENTRED)
        yield self._of(styles.QUOC_HIEU, "Quốc hiệu", "quoc_hieu", **_CENTRED)
        yield self._of(styles.TIEU_NGU, "Tiêu ngữ", "tieu_ngu", **_CENTRED)
        yield self._of(styles.SO_KY_HIEU, "Số, ký hiệu", "so_ky_hieu", before=4, **_CENTRED)
        yield self._of(styles.DIA_DANH_NGAY, "Địa danh, ngày tháng", "dia_danh_ngay", before=4, **_CENTRED)
        yield self._of(styles.TRICH_YEU_CONG_VAN, "Trích yếu công văn", "trich_yeu_cong_van", before=6, **_CENTRED)
        yield self._of(styles.DO_MAT, "Dấu chỉ độ mật", "do_mat", align="box", before=10, exact=_MARK_LINE)
        yield self._of(styles.DO_KHAN, "Dấu chỉ độ khẩn", "do_khan", align="box", before=10, exact=_MARK_LINE + 0.05)
        yield self._of(styles.LUU_HANH, "Chỉ dẫn lưu hành", "luu_hanh", align="box", exact=_MARK_LINE)
        yield self._of(styles.LIEN_HE, "Liên hệ", "lien_he", align="line")
        yield self._of(styles.SO_TRANG, "Số trang", "so_trang", **_CENTRED)

    def _kind_and_addressees(self) -> Iterator[_Style]:
        size = self.measures.size("kinh_gui")
        dash, colon, word = (Pt(text_width(text, size)).mm for text in ("- ", "Kính gửi", "Kính gửi: "))
        left, colon_end = _KINH_GUI_INDENT + word, _KINH_GUI_INDENT + colon
        member = {"left": colon_end + 2 * dash, "first": -dash}
        yield self._of(styles.TEN_LOAI, "Tên loại văn bản", "ten_loai", before=18, keep_next=True, **_CENTRED)
        yield self._of(styles.TRICH_YEU, "Trích yếu", "trich_yeu", keep_next=True, **_CENTRED)
        yield self._of(styles.THAM_QUYEN, "Thẩm quyền ban hành", "tham_quyen", before=12, keep_next=True, **_CENTRED)
        yield self._of(styles.LOI_GUI, "Lời gửi", "kinh_gui", keep_next=True, **self._body)
        yield self._of(styles.KINH_GUI, "Kính gửi", "kinh_gui", before=14, left=left, first=-word)
        yield self._of(
            styles.KINH_GUI_DANH_SACH, "Kính gửi - danh sách", "kinh_gui", left=colon_end + dash, first=-dash
        )
        yield self._of(styles.KINH_GUI_DONG_CON, "Kính gửi - trong nhóm", "kinh_gui", **member)

    def _text(self) -> Iterator[_Style]:
        yield self._of(styles.CAN_CU, "Căn cứ", "can_cu", **self._body)
        yield self._of(styles.QUYET_DINH, "Quyết định, quyết nghị", "quyet_dinh", before=9, keep_next=True, **_CENTRED)
        yield self._of(styles.NOI_DUNG, "Nội dung", "noi_dung", **{**self._body, "on": "Normal"})
        yield self._of(styles.KHOAN, "Khoản", "noi_dung", **self._body)
        yield self._of(styles.DIEM, "Điểm", "noi_dung", **self._body)
        yield self._of(styles.GACH_DAU_DONG, "Gạch đầu dòng", "noi_dung", **self._body)
        yield self._of(styles.DIEU_LIEN, "Điều liền nội dung", "noi_dung", **self._body)
        yield self._of(styles.SAU_NOI_DUNG, "Sau nội dung", "noi_dung", keep_next=True, **self._body)
        yield self._of(styles.O_BANG, "Ô bảng", "o_bang", before=2, after=2)

    def _headings(self) -> Iterator[_Style]:
        """Phần, chương, mục stand centred above their titles, điều is indented (Annex I, part II, 6)."""
        centred: dict[str, Any] = {"keep_next": True, **_CENTRED}
        indented: dict[str, Any] = {**self._body, "keep_next": True}
        yield self._of(styles.PHAN, "Phần", "de_muc", before=12, outline=0, **centred)
        yield self._of(styles.CHUONG, "Chương", "de_muc", before=12, outline=1, **centred)
        yield self._of(styles.MUC, "Mục", "de_muc", before=9, outline=2, **centred)
        yield self._of(styles.TIEU_MUC, "Tiểu mục", "de_muc", before=9, outline=3, **centred)
        yield self._of(styles.TEN_PHAN, "Tên phần, chương, mục", "de_muc", **centred)
        yield self._of(styles.DIEU, "Điều", "de_muc", outline=4, **indented)
        yield self._of(styles.DE_MUC_LA_MA, "Đề mục La Mã", "de_muc", outline=1, **{**indented, "before": 9})
        yield self._of(styles.DE_MUC_SO, "Đề mục số", "de_muc", outline=2, **indented)
        yield self._of(styles.TIEU_DE[1], "heading 1", "de_muc", before=12, outline=0, **centred)
        yield self._of(styles.TIEU_DE[2], "heading 2", "de_muc", outline=1, **{**indented, "before": 9})
        yield self._of(styles.TIEU_DE[3], "heading 3", "de_muc", outline=2, **indented)

    def _signature(self) -> Iterator[_Style]:
        yield self._of(styles.NOI_NHAN_TIEU_DE, "Nơi nhận - tiêu đề", "noi_nhan_tieu_de")
        yield self._of(styles.NOI_NHAN, "Nơi nhận", "noi_nhan")
        yield self._of(styles.QUYEN_HAN, "Quyền hạn, chức vụ", "quyen_han", **_CENTRED)
        yield self._of(styles.HO_TEN, "Họ tên người ký", "ho_ten", before=self.measures.signing_space, **_CENTRED)
        yield self._of(
            styles.CHUC_DANH_KHAC, "Chức danh khác", "ho_ten", before=self.measures.signing_space, **_CENTRED
        )
        yield self._of(styles.HO_TEN_SAU, "Họ tên sau chức danh", "ho_ten", **_CENTRED)
        yield self._of(styles.XAC_NHAN, "Xác nhận", "o_bang", before=12, **_CENTRED)
        yield self._of(styles.TRUOC_CHU_KY, "Trước chữ ký", "noi_nhan", exact=10, keep_next=True)
        yield self._of(styles.CUOI_VAN_BAN, "Cuối văn bản", "noi_nhan", exact=_NO_HEIGHT)

    def _further_pages(self) -> Iterator[_Style]:
        centred: dict[str, Any] = {"keep_next": True, **_CENTRED}
        yield self._of(styles.PHU_LUC, "Phụ lục", "phu_luc", outline=0, **centred)
        yield self._of(styles.TIEU_DE_PHU_LUC, "Tiêu đề phụ lục", "tieu_de_phu_luc", **centred)
        yield self._of(styles.KEM_THEO, "Kèm theo văn bản", "kem_theo", after=6, **centred)
        yield self._of(styles.HINH_THUC_SAO, "Hình thức sao", "hinh_thuc_sao", keep_next=True, **_CENTRED)

    def _rules(self) -> Iterator[_Style]:
        width = self.measures.page.text_width
        motto = Pt(text_width(TIEU_NGU_TEXT, self.measures.size("tieu_ngu"), bold=True)).mm
        yield self._rule(styles.KE_TIEU_NGU, "Kẻ dưới tiêu ngữ", (RIGHT_COLUMN - motto) / 2)
        yield self._rule(styles.KE_CO_QUAN, "Kẻ dưới cơ quan", (width - RIGHT_COLUMN) * 0.3)
        yield self._rule(styles.KE_TEN_LOAI, "Kẻ dưới tên loại", width * 0.4)
        yield self._rule(styles.KE_TRICH_YEU, "Kẻ dưới trích yếu", width * 0.4)
        yield self._rule(styles.KE_BAN_SAO, "Kẻ trên bản sao", 0, before=12, keep_next=True)

    @property
    def _body(self) -> dict[str, Any]:
        chosen = self.measures
        indent = {"first": chosen.first_line, "lines": chosen.line_spacing}
        return {"align": "both", "before": chosen.paragraph_gap, "on": styles.NOI_DUNG, **indent}

    def _of(self, style_id: str, name: str, component: str, **form: Any) -> _Style:
        return _Style(style_id, name, COMPONENTS[component], self.measures.size(component), **form)

    def _rule(self, style_id: str, name: str, margin: float, *, before: float = 2, keep_next: bool = False) -> _Style:
        """An empty paragraph whose upper border is the line; ``left`` doubles as its right indent."""
        form: dict[str, Any] = {"align": "rule", "left": margin, "exact": 4}
        return self._of(style_id, name, "noi_nhan", before=before, keep_next=keep_next, **form)


_CENTRED: Final[dict[str, Any]] = {"align": "center"}


def define_styles(document: Document, measures: Measures) -> None:
    """Put congvan's styles, set to ``measures``, in place of those python-docx starts with."""
    definitions = document.styles.element
    for style in list(definitions.style_lst):
        if style.name_val not in _COMMON_NAMES:
            definitions.remove(style)
    for latent in definitions.xpath("w:latentStyles"):
        definitions.remove(latent)
    _defaults(definitions)
    every = tuple(_StyleSheet(measures).styles())
    by_id = {style.style_id: style for style in every}
    for style in every:
        definitions.append(element(_style_xml(style, by_id.get(style.on))))
    definitions.append(element(_TABLE_STYLE_XML))


def _style_xml(style: _Style, base: _Style | None) -> str:
    """The definition of ``style``; what it shares with ``base`` is left to that, so that a change there reaches it."""
    own = "" if style.is_of_word else ' w:customStyle="1"'
    following = f'<w:next w:val="{_NEXT[style.style_id]}"/>' if style.style_id in _NEXT else ""
    keep = "<w:keepNext/>" if style.keep_next else ""
    outline = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    form = "".join(_unlike(part, style, base) for part in (_spacing, _indent, _justification))
    bold = "<w:b/><w:bCs/>" if style.component.bold else ""
    italic = "<w:i/><w:iCs/>" if style.component.italic else ""
    colour = '<w:color w:val="FF0000"/>' if style.style_id in _RED else ""
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{style.style_id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{style.on}"/>{following}<w:qFormat/><w:pPr>{keep}{_border(style)}{form}{outline}</w:pPr>'
        f"<w:rPr>{bold}{italic}{colour}{_unlike(_size, style, base)}</w:rPr></w:style>"
    )


def _unlike(part: Callable[[_Style], str], style: _Style, base: _Style | None) -> str:
    """A property of ``style``, unless it is that of ``base``."""
    return "" if base is not None and part(base) == part(style) else part(style)


def _size(style: _Style) -> str:
    half_points = round(style.size * 2)
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _border(style: _Style) -> str:
    if style.align == "box":
        colour = "FF0000" if style.style_id in _RED else "000000"
        return f"<w:pBdr>{''.join(_side(name, colour) for name in ('top', 'left', 'bottom', 'right'))}</w:pBdr>"
    line = f'<w:pBdr><w:top w:val="single" w:sz="{_RULE_SIZE}" w:space="0" w:color="000000"/></w:pBdr>'
    return line if style.align in {"rule", "line"} else ""


def _side(name: str, colour: str) -> str:
    """One side of the box around a mark."""
    padding = _MARK_PADDING if name in {"top", "bottom"} else 0
    return f'<w:{name} w:val="single" w:sz="{_RULE_SIZE}" w:space="{padding}" w:color="{colour}"/>'


def _spacing(style: _Style) -> str:
    before, after = (Pt(space).twips for space in (style.before, style.after))
    line = f'w:line="{round(style.lines * 240)}" w:lineRule="auto"'
    if style.exact is not None:
        line = f'w:line="{Pt(style.exact).twips}" w:lineRule="exact"'
    return f'<w:spacing w:before="{before}" w:after="{after}" {line}/>'


def _indent(style: _Style) -> str:
    left, first = Mm(style.left).twips, Mm(style.first).twips
    if style.align == "rule":
        return f'<w:ind w:left="{left}" w:right="{left}"/>'
    side = f'w:hanging="{-first}"' if first < 0 else f'w:firstLine="{first}"'
    return f'<w:ind w:left="{left}" {side}/>' if left or first else ""


def _justification(style: _Style) -> str:
    return (
        "" if style.align in {"left", "rule", "line"} else f'<w:jc w:val="{_ALIGNED.get(style.align, style.align)}"/>'
    )


def _defaults(definitions: Any) -> None:
    """Set Times New Roman, Vietnamese for the spelling checker, and no space between paragraphs."""
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


def style_name(style_id: str) -> str:
    """The name Word shows for a style."""
    return _names()[style_id]


@cache
def _names() -> dict[str, str]:
    return {style.style_id: style.name for style in _StyleSheet(STANDARD).styles()}


def element(xml: str) -> Any:
    """``xml``, in WordprocessingML's namespace, as an element python-docx can hold."""
    from docx.oxml import parse_xml

    namespace = f'xmlns:w="{NAMESPACES["w"]}"'
    return parse_xml(re.sub(r"^<[\w:]+", lambda tag: f"{tag.group()} {namespace}", xml))
