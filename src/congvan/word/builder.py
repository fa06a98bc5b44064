"""Makes the built-in templates: ``python -m congvan.word.builder templates``.

The templates are ordinary Word files that a clerk can open and edit; this module is how they are
regenerated and reviewed. All measures come from :mod:`congvan.decree.measures`.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from congvan.decree.measures import (
    COMPONENTS,
    FIRST_LINE,
    FONT,
    PAGE,
    PARAGRAPH_GAP,
    QUOC_HIEU_TEXT,
    TIEU_NGU_TEXT,
    Component,
)
from congvan.text.width import text_width
from congvan.word import styles
from congvan.word.package import Package

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

_TWIPS_PER_MM: Final = 1440 / 25.4
_TWIPS_PER_PT: Final = 20
_RIGHT_COLUMN: Final = 96.5
"""Width in mm of the column of the quốc hiệu: its line at 13 pt bold measures 95.0 mm, at 12 pt 87.7 mm."""
_SIGNATURE_COLUMN: Final = 92.0
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


def build(loai: str) -> bytes:
    """The built-in template ``cong-van`` or ``thong-bao`` as a .docx; the same bytes every time."""
    document = _blank()
    _define_styles(document)
    _page_number(document)
    _first_page(document)
    {"cong-van": _cong_van, "thong-bao": _thong_bao}[loai](document)
    target = io.BytesIO()
    document.save(target)
    return Package(target.getvalue()).with_parts({"word/settings.xml": _SETTINGS.encode()})


def main() -> None:
    """Write every built-in template into the folder named on the command line."""
    folder = Path(sys.argv[1])
    for loai in ("cong-van", "thong-bao"):
        (folder / f"{loai}.docx").write_bytes(build(loai))


# --- the two letters -----------------------------------------------------------------------------


def _cong_van(document: Document) -> None:
    _header(document, subject_under_number=True)
    _addressees(document)
    _legal_bases_and_body(document)
    _signature(document)
    _annexes(document)


def _thong_bao(document: Document) -> None:
    _header(document, subject_under_number=False)
    _add(document, styles.TEN_LOAI, "{{ ten_loai }}")
    _add(document, styles.TRICH_YEU, "{{ trich_yeu }}")
    _add(document, styles.KE_TRICH_YEU)
    _when(document, "kinh_gui", lambda: _addressees(document))
    _legal_bases_and_body(document)
    _signature(document)
    _annexes(document)


def _header(document: Document, *, subject_under_number: bool) -> None:
    """Cells 1 to 5b of the decree's map: issuer and number left, quốc hiệu and date right."""
    table = _borderless_table(document, rows=2, widths=(PAGE.text_width - _RIGHT_COLUMN, _RIGHT_COLUMN))
    issuer, motto = table.rows[0].cells
    _fill(issuer, (styles.CHU_QUAN, "{{ chu_quan }}"), (styles.CO_QUAN, "{{ co_quan }}"), (styles.KE_CO_QUAN, ""))
    _only_if(issuer, 0, "chu_quan")
    _fill(motto, (styles.QUOC_HIEU, QUOC_HIEU_TEXT), (styles.TIEU_NGU, TIEU_NGU_TEXT), (styles.KE_TIEU_NGU, ""))
    number, place = table.rows[1].cells
    subject = [(styles.TRICH_YEU_CONG_VAN, "V/v {{ trich_yeu }}")] if subject_under_number else []
    _fill(number, (styles.SO_KY_HIEU, "Số: {{ so_ky_hieu }}"), *subject, *_mark("do_mat"), *_mark("do_khan"))
    _fill(place, (styles.DIA_DANH_NGAY, "{{ dia_danh }}, {{ ngay }}"))


def _mark(part: str) -> Iterator[tuple[str, str]]:
    """Cells 10a and 10b: a boxed mark below number and subject, where the letter has one."""
    style = {"do_mat": styles.DO_MAT, "do_khan": styles.DO_KHAN}[part]
    yield from ((style, f"{{%p if {part} %}}"), (style, f"{{{{ {part} }}}}"), (style, "{%p endif %}"))


def _addressees(document: Document) -> None:
    """One addressee on the line of "Kính gửi", several below it with their dashes under the colon."""
    _control(document, "if kinh_gui|length == 1")
    _add(document, styles.KINH_GUI, "Kính gửi: {{ kinh_gui[0] }}")
    _control(document, "else")
    _add(document, styles.KINH_GUI, "Kính gửi:")
    _control(document, "for dong in kinh_gui|gach_dau_dong")
    _add(document, styles.KINH_GUI_DANH_SACH, "{{ dong }}")
    _control(document, "endfor")
    _control(document, "endif")


def _legal_bases_and_body(document: Document) -> None:
    _control(document, "for dong in can_cu|tung_dong")
    _add(document, styles.CAN_CU, "{{ dong }}")
    _control(document, "endfor")
    _add(document, styles.NOI_DUNG, "{{p noi_dung }}")


def _signature(document: Document) -> None:
    """Cells 9b and 7: recipients left, authority, title and name right, level with each other."""
    _add(document, styles.TRUOC_CHU_KY)
    table = _borderless_table(document, rows=1, widths=(PAGE.text_width - _SIGNATURE_COLUMN, _SIGNATURE_COLUMN))
    recipients, signer = table.rows[0].cells
    _fill(
        recipients,
        (styles.NOI_NHAN_TIEU_DE, "Nơi nhận:"),
        (styles.NOI_NHAN, "{%p for dong in noi_nhan|gach_dau_dong %}"),
        (styles.NOI_NHAN, "{{ dong }}{% if loop.last %}{{ nguoi_soan|ma_soan(so_ban) }}{% endif %}"),
        (styles.NOI_NHAN, "{%p endfor %}"),
    )
    _fill(
        signer,
        (styles.QUYEN_HAN, "{%p for dong in ky.quyen_han %}"),
        (styles.QUYEN_HAN, "{{ dong }}"),
        (styles.QUYEN_HAN, "{%p endfor %}"),
        (styles.QUYEN_HAN, "{{ ky.chuc_vu }}"),
        (styles.HO_TEN, "{{ ky.ho_ten }}"),
    )


def _annexes(document: Document) -> None:
    """Each annex is a section of its own: a new page, its pages counted from 1 (Annex I, part I, 7)."""
    _control(document, "for phan in phu_luc")
    _section_break(document)
    _add(document, styles.PHU_LUC, "Phụ lục {{ phan.so }}")
    _add(document, styles.TIEU_DE_PHU_LUC, "{{ phan.tieu_de }}")
    _add(document, styles.KEM_THEO, "(Kèm theo Văn bản số {{ so_ky_hieu }} {{ ngay }} của {{ co_quan_ban_hanh }})")
    _add(document, styles.NOI_DUNG, "{{p phan.noi_dung }}")
    _control(document, "endfor")
    _add(document, styles.CUOI_VAN_BAN)


_SETTINGS: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat><w:themeFontLang w:val="vi-VN"/>'
    '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
)

# --- styles --------------------------------------------------------------------------------------


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
    margin = (_RIGHT_COLUMN - motto) / 2
    yield _rule(styles.KE_TIEU_NGU, "Kẻ dưới tiêu ngữ", margin)
    yield _rule(styles.KE_CO_QUAN, "Kẻ dưới cơ quan", (PAGE.text_width - _RIGHT_COLUMN) * 0.3)
    yield _rule(styles.KE_TRICH_YEU, "Kẻ dưới trích yếu", PAGE.text_width * 0.4)


def _rule(ma: str, ten: str, margin: float) -> _Style:
    """An empty paragraph whose upper border is the line; ``left`` doubles as its right indent."""
    return _Style(ma, ten, COMPONENTS["noi_nhan"], align="rule", before=2, left=margin, exact=4)


def _define_styles(document: Document) -> None:
    definitions = document.styles.element
    for style in list(definitions.style_lst):
        if style.name_val not in _COMMON_NAMES:
            definitions.remove(style)
    for latent in definitions.xpath("w:latentStyles"):
        definitions.remove(latent)
    _defaults(definitions)
    for style in _styles():
        definitions.append(_element(_style_xml(style)))
    definitions.append(_element(_TABLE_STYLE))


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
    left, first = round(style.left * _TWIPS_PER_MM), round(style.first * _TWIPS_PER_MM)
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
    kerning = '<w:kern w:val="2"/>'  # from 1 pt up: LibreOffice and the embedded engine kern unasked, Word only if told
    runs = f"<w:rPrDefault><w:rPr>{fonts}{kerning}{size}{lang}</w:rPr></w:rPrDefault>"
    spacing = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    definitions.insert(
        0, _element(f"<w:docDefaults>{runs}<w:pPrDefault><w:pPr>{spacing}</w:pPr></w:pPrDefault></w:docDefaults>")
    )
    normal = definitions.xpath('w:style[@w:styleId="Normal"]')[0]
    for child in normal.xpath("w:pPr|w:rPr"):
        normal.remove(child)
    normal.append(_element("<w:pPr><w:widowControl/></w:pPr>"))


_NO_MARGIN: Final = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
_TABLE_STYLE: Final = (
    '<w:style w:type="table" w:customStyle="1" w:styleId="BangKhongVien"><w:name w:val="Bảng không viền"/>'
    f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblCellMar>{_NO_MARGIN}</w:tblCellMar></w:tblPr></w:style>'
)


# --- pieces of Word ------------------------------------------------------------------------------


def _blank() -> Document:
    from docx import Document as new_document
    from docx.shared import Mm

    document = new_document()
    _drop_relations(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAGE.width), Mm(PAGE.height)
    section.top_margin, section.bottom_margin = Mm(PAGE.top), Mm(PAGE.bottom)
    section.left_margin, section.right_margin = Mm(PAGE.left), Mm(PAGE.right)
    section.header_distance = section.footer_distance = Mm(PAGE.header)
    section.different_first_page_header_footer = True
    section._sectPr.xpath("w:cols")[0].addprevious(_element('<w:pgNumType w:start="1"/>'))
    return document


def _drop_relations(document: Document) -> None:
    """python-docx starts from a file with a thumbnail, a theme and more that no letter uses."""
    unused = ("thumbnail", "stylesWithEffects", "customXml", "theme", "numbering", "webSettings")
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(unused)]:
            relations.pop(key)


def _page_number(document: Document) -> None:
    """Arabic, 14 pt, centred in the top margin, not on page 1 (Annex I, part I, 7)."""
    header = document.sections[0].header
    header.is_linked_to_previous = False
    paragraph = header.paragraphs[0]
    paragraph.style = _name(styles.SO_TRANG)
    for kind in ("begin", "separate", "end"):
        paragraph._p.append(_element(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'))
        if kind == "begin":
            paragraph._p.append(_element('<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'))
        if kind == "separate":
            paragraph._p.append(_element("<w:r><w:t>2</w:t></w:r>"))


def _section_break(document: Document) -> None:
    """A paragraph that ends a section with the same paper, margins and header as the last one."""
    from copy import deepcopy

    paragraph = _add(document, styles.CUOI_VAN_BAN)
    paragraph._p.get_or_add_pPr().append(deepcopy(document.sections[-1]._sectPr))


def _first_page(document: Document) -> None:
    """Cells 11 and 13: circulation in the top margin, address and telephone at the foot, on page 1 only."""
    section = document.sections[0]
    section.first_page_header.is_linked_to_previous = False
    section.first_page_footer.is_linked_to_previous = False
    _either(section.first_page_header, styles.LUU_HANH, "luu_hanh", "{{ luu_hanh }}")
    _either(section.first_page_footer, styles.LIEN_HE, "lien_he", r"{{ lien_he|join('\n') }}")


def _either(story: Any, style: str, part: str, text: str) -> None:
    """The part where the letter has it; a header must hold a paragraph all the same, so else an empty one."""
    first = story.paragraphs[0]
    first.style = _name(styles.SO_TRANG)
    first.add_run(f"{{%p if {part} %}}")
    for line, own in (
        (text, style),
        ("{%p else %}", styles.SO_TRANG),
        ("", styles.CUOI_VAN_BAN),
        ("{%p endif %}", styles.SO_TRANG),
    ):
        story.add_paragraph(line, style=_name(own))


def _borderless_table(document: Document, *, rows: int, widths: tuple[float, ...]) -> Any:
    from docx.shared import Mm

    table = document.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    properties = table._tbl.tblPr
    for old in properties.xpath("w:tblStyle|w:tblW|w:tblLook"):
        properties.remove(old)
    total = round(sum(widths) * _TWIPS_PER_MM)
    properties.insert(0, _element('<w:tblStyle w:val="BangKhongVien"/>'))
    properties.insert(1, _element(f'<w:tblW w:w="{total}" w:type="dxa"/>'))
    properties.append(_element(f"<w:tblCellMar>{_NO_MARGIN}</w:tblCellMar>"))
    for index, width in enumerate(widths):
        table.columns[index].width = Mm(width)
        for row in table.rows:
            row.cells[index].width = Mm(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(_element("<w:cantSplit/>"))
    return table


def _fill(cell: _Cell, *paragraphs: tuple[str, str]) -> None:
    for index, (style, text) in enumerate(paragraphs):
        paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        paragraph.style = _name(style)
        if text:
            paragraph.add_run(text)


def _only_if(cell: _Cell, index: int, name: str) -> None:
    """Put ``{%p if name %}`` and ``{%p endif %}`` around one paragraph of a cell."""
    paragraph = cell.paragraphs[index]
    paragraph.insert_paragraph_before(f"{{%p if {name} %}}", style=paragraph.style)
    after = cell.add_paragraph("{%p endif %}", style=paragraph.style)
    paragraph._p.addnext(after._p)


def _when(document: Document, name: str, add: Callable[[], None]) -> None:
    _control(document, f"if {name}")
    add()
    _control(document, "endif")


def _control(document: Document, tag: str) -> None:
    _add(document, styles.NOI_DUNG, f"{{%p {tag} %}}")


def _add(document: Document, style: str, text: str = "") -> Paragraph:
    return document.add_paragraph(text, style=_name(style))


def _name(ma: str) -> str:
    return next(style.ten for style in _styles() if style.ma == ma)


def _element(xml: str) -> Any:
    from docx.oxml import parse_xml

    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return parse_xml(re.sub(r"^<[\w:]+", lambda tag: f"{tag.group()} {namespace}", xml))


if __name__ == "__main__":
    main()
