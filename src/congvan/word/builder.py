"""Makes the built-in templates: ``python -m congvan.word.builder templates``.

The templates are ordinary Word files that a clerk can open and edit; this module is how they are
regenerated and reviewed. All measures come from :mod:`congvan.decree.measures`.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from congvan.decree.measures import PAGE, QUOC_HIEU_TEXT, TIEU_NGU_TEXT
from congvan.word import styles
from congvan.word.package import Package
from congvan.word.style_sheet import (
    NO_MARGIN,
    RIGHT_COLUMN,
    TABLE_STYLE,
    TWIPS_PER_MM,
    define_styles,
    element,
    style_name,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

_SIGNATURE_COLUMN: Final = 92.0


def build(loai: str) -> bytes:
    """The built-in template ``cong-van`` or ``thong-bao`` as a .docx; the same bytes every time."""
    document = _blank()
    define_styles(document)
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
    table = _borderless_table(document, rows=2, widths=(PAGE.text_width - RIGHT_COLUMN, RIGHT_COLUMN))
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
    section._sectPr.xpath("w:cols")[0].addprevious(element('<w:pgNumType w:start="1"/>'))
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
    paragraph.style = style_name(styles.SO_TRANG)
    for kind in ("begin", "separate", "end"):
        paragraph._p.append(element(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'))
        if kind == "begin":
            paragraph._p.append(element('<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'))
        if kind == "separate":
            paragraph._p.append(element("<w:r><w:t>2</w:t></w:r>"))


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
    first.style = style_name(styles.SO_TRANG)
    first.add_run(f"{{%p if {part} %}}")
    for line, own in (
        (text, style),
        ("{%p else %}", styles.SO_TRANG),
        ("", styles.CUOI_VAN_BAN),
        ("{%p endif %}", styles.SO_TRANG),
    ):
        story.add_paragraph(line, style=style_name(own))


def _borderless_table(document: Document, *, rows: int, widths: tuple[float, ...]) -> Any:
    from docx.shared import Mm

    table = document.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    properties = table._tbl.tblPr
    for old in properties.xpath("w:tblStyle|w:tblW|w:tblLook"):
        properties.remove(old)
    total = round(sum(widths) * TWIPS_PER_MM)
    properties.insert(0, element(f'<w:tblStyle w:val="{TABLE_STYLE}"/>'))
    properties.insert(1, element(f'<w:tblW w:w="{total}" w:type="dxa"/>'))
    properties.append(element(f"<w:tblCellMar>{NO_MARGIN}</w:tblCellMar>"))
    for index, width in enumerate(widths):
        table.columns[index].width = Mm(width)
        for row in table.rows:
            row.cells[index].width = Mm(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("<w:cantSplit/>"))
    return table


def _fill(cell: _Cell, *paragraphs: tuple[str, str]) -> None:
    for index, (style, text) in enumerate(paragraphs):
        paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        paragraph.style = style_name(style)
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
    return document.add_paragraph(text, style=style_name(style))


if __name__ == "__main__":
    main()
