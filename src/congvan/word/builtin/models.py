"""The decree's models of letters (Decree 30/2020, Annex III, part II), each as its template reads from the top."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import Final

from congvan.decree.measures import QUOC_HIEU_TEXT, TIEU_NGU_TEXT
from congvan.support.lengths import Mm
from congvan.word import styles
from congvan.word.builtin.style_sheet import RIGHT_COLUMN
from congvan.word.builtin.template_writer import StyledText, TemplateWriter, fill

_SIGNATURE_COLUMN: Final = Mm(92)
_OPEN: Final = "số …/… ngày … tháng … năm … của …"
_FILLED: Final = "số {{ so_ky_hieu }} {{ ngay }} của {{ co_quan_ban_hanh }}"


def cong_van(writer: TemplateWriter) -> None:
    """Model 1.5: no kind name, the subject under the number."""
    _header(writer, subject_under_number=True)
    _kinh_gui(writer)
    _bases(writer)
    _body(writer)
    _end(writer)


def van_ban_co_ten_loai(writer: TemplateWriter) -> None:
    """Model 1.4: every named kind without a model of its own; a thư công may lack number and recipients."""
    _header(writer, may_lack_number=True)
    _name_and_subject(writer)
    writer.when("kinh_gui", lambda: _kinh_gui(writer))
    _bases(writer)
    _body(writer)
    _end(writer)


def nghi_quyet(writer: TemplateWriter) -> None:
    """Model 1.1."""
    _resolved(writer, "QUYẾT NGHỊ:")
    _end(writer)


def quyet_dinh(writer: TemplateWriter) -> None:
    """Models 1.2 and 1.3: a decision, and the text it issues if it issues one."""
    _resolved(writer, "QUYẾT ĐỊNH:")
    _signed(writer)
    writer.when("van_ban_kem_theo", lambda: _attached_text(writer))
    _annexes(writer, after="van_ban_kem_theo")
    _copy(writer)


def cong_dien(writer: TemplateWriter) -> None:
    """Model 1.6: the issuer "điện:" and the list of those it goes to."""
    _header(writer)
    _name_and_subject(writer)
    _addressee_list(writer, styles.LOI_GUI, "{{ co_quan_ban_hanh }} điện:")
    _bases(writer)
    _body(writer)
    _end(writer)


def giay_moi(writer: TemplateWriter) -> None:
    """Model 1.7: who is invited to what, who chairs, when and where."""
    _header(writer)
    _name_and_subject(writer)
    invitation = "{{ co_quan_ban_hanh }} trân trọng kính mời:"
    writer.when(
        "kinh_gui|length == 1 and kinh_gui[0] is mot_noi",
        lambda: writer.add(styles.LOI_GUI, f"{invitation} {{{{ kinh_gui[0] }}}}."),
        lambda: _addressee_list(writer, styles.LOI_GUI, invitation),
    )
    writer.add(styles.NOI_DUNG, "Tới dự {{ giay_moi.toi_du }}.")
    writer.add(styles.NOI_DUNG, "Chủ trì: {{ giay_moi.chu_tri }}.")
    writer.add(styles.NOI_DUNG, "Thời gian: {{ giay_moi.thoi_gian }}.")
    writer.add(styles.NOI_DUNG, "Địa điểm: {{ giay_moi.dia_diem }}.")
    _body(writer)
    _end(writer)


def giay_gioi_thieu(writer: TemplateWriter) -> None:
    """Model 1.8: who is introduced, and until when the paper holds."""
    _header(writer)
    _name_alone(writer)
    writer.add(styles.LOI_GUI, "{{ co_quan_ban_hanh }} trân trọng giới thiệu:")
    writer.add(styles.NOI_DUNG, "Ông (bà): {{ giay_gioi_thieu.ho_ten }}")
    writer.add(styles.NOI_DUNG, "Chức vụ: {{ giay_gioi_thieu.chuc_vu }}")
    writer.add(styles.NOI_DUNG, "Được cử đến: {{ giay_gioi_thieu.duoc_cu_den }}")
    writer.add(styles.NOI_DUNG, "Về việc: {{ giay_gioi_thieu.ve_viec }}")
    _body(writer)
    writer.add(styles.SAU_NOI_DUNG, "Giấy này có giá trị đến hết {{ giay_gioi_thieu.het_ngay }}{{ ket_thuc }}")
    _end(writer)


def bien_ban(writer: TemplateWriter) -> None:
    """Model 1.9: no place and date in the head; secretary and chair sign side by side."""
    _header(writer, place_and_date=False)
    _name_and_subject(writer)
    writer.add(styles.NOI_DUNG, "Thời gian bắt đầu: {{ bien_ban.thoi_gian }}.")
    writer.add(styles.NOI_DUNG, "Địa điểm: {{ bien_ban.dia_diem }}.")
    writer.add(styles.LOI_GUI, "Thành phần tham dự:")
    writer.each("dong", "bien_ban.thanh_phan|gach_dau_dong", styles.GACH_DAU_DONG, "{{ dong }}")
    writer.add(styles.NOI_DUNG, "Chủ trì (chủ tọa): {{ bien_ban.chu_tri }}.")
    writer.add(styles.NOI_DUNG, "Thư ký (người ghi biên bản): {{ bien_ban.thu_ky }}.")
    writer.add(styles.LOI_GUI, "Nội dung:")
    _body(writer)
    writer.add(styles.SAU_NOI_DUNG, "{{ bien_ban.ten_hop }} kết thúc vào {{ bien_ban.ket_thuc }}{{ ket_thuc }}")
    _end(writer)


def giay_nghi_phep(writer: TemplateWriter) -> None:
    """Model 1.10: leave granted, with room for its confirmation under the recipients."""
    _header(writer)
    _name_alone(writer)
    leave = "giay_nghi_phep"
    request = f"Xét Đơn đề nghị nghỉ phép {{{{ {leave}.ngay_don }}}} của ông (bà) {{{{ {leave}.ho_ten }}}},"
    writer.add(styles.LOI_GUI, request)
    writer.add(styles.LOI_GUI, "{{ co_quan_ban_hanh }} cấp cho:")
    writer.add(styles.NOI_DUNG, f"Ông (bà): {{{{ {leave}.ho_ten }}}}")
    writer.add(styles.NOI_DUNG, f"Chức vụ: {{{{ {leave}.chuc_vu }}}}")
    days = f"kể từ {{{{ {leave}.tu_ngay }}}} đến hết {{{{ {leave}.den_ngay }}}}"
    writer.add(
        styles.NOI_DUNG,
        f"Được nghỉ phép trong thời gian {{{{ {leave}.thoi_gian }}}}, {days} tại {{{{ {leave}.tai }}}}.",
    )
    _body(writer)
    _end(writer, confirmed=f"{leave}.xac_nhan")


MODELS: Final[Mapping[str, Callable[[TemplateWriter], None]]] = MappingProxyType(
    {
        "nghi-quyet": nghi_quyet,
        "quyet-dinh": quyet_dinh,
        "thong-bao": van_ban_co_ten_loai,
        "cong-van": cong_van,
        "cong-dien": cong_dien,
        "giay-moi": giay_moi,
        "giay-gioi-thieu": giay_gioi_thieu,
        "bien-ban": bien_ban,
        "giay-nghi-phep": giay_nghi_phep,
    }
)
"""The layouts by the name of their template."""


# --- from the head to the text ---------------------------------------------------------------------


def _header(
    writer: TemplateWriter,
    *,
    subject_under_number: bool = False,
    place_and_date: bool = True,
    may_lack_number: bool = False,
) -> None:
    """Cells 1 to 5b and 10 of the decree's map: issuer and number left, quốc hiệu and date right."""
    table = writer.table(rows=2, right=RIGHT_COLUMN)
    issuer, motto = table.rows[0].cells
    fill(issuer, _issuer())
    fill(motto, _motto())
    number, place = table.rows[1].cells
    subject = [(styles.TRICH_YEU_CONG_VAN, "V/v {{ trich_yeu }}")] if subject_under_number else []
    symbol: Iterable[StyledText] = [(styles.SO_KY_HIEU, "Số: {{ so_ky_hieu }}")]
    if may_lack_number:
        symbol = _if("so_ky_hieu", styles.SO_KY_HIEU, "Số: {{ so_ky_hieu }}")
    fill(number, [*symbol, *subject, *_mark("do_mat"), *_mark("do_khan"), *_no_number(may_lack_number)])
    fill(place, [(styles.DIA_DANH_NGAY, "{{ dia_danh }}, {{ ngay }}" if place_and_date else "")])


def _no_number(may_lack_number: bool) -> Iterator[StyledText]:
    """An empty paragraph in place of the number, for a cell must hold one."""
    if may_lack_number:
        yield from _if("not so_ky_hieu", styles.CUOI_VAN_BAN, "")


def _issuer(of: str = "") -> Iterator[StyledText]:
    yield from _if(f"{of}chu_quan", styles.CHU_QUAN, f"{{{{ {of}chu_quan }}}}")
    yield styles.CO_QUAN, f"{{{{ {of}co_quan }}}}"
    yield styles.KE_CO_QUAN, ""


def _motto() -> Iterator[StyledText]:
    yield styles.QUOC_HIEU, QUOC_HIEU_TEXT
    yield styles.TIEU_NGU, TIEU_NGU_TEXT
    yield styles.KE_TIEU_NGU, ""


def _mark(part: str) -> Iterator[StyledText]:
    """Cells 10a and 10b: a boxed mark below number and subject, where the letter has one."""
    yield from _if(part, {"do_mat": styles.DO_MAT, "do_khan": styles.DO_KHAN}[part], f"{{{{ {part} }}}}")


def _if(condition: str, style: str, text: str) -> Iterator[StyledText]:
    yield from ((style, f"{{%p if {condition} %}}"), (style, text), (style, "{%p endif %}"))


def _name_and_subject(writer: TemplateWriter) -> None:
    """Cell 5a: the kind, below it the subject and a rule."""
    writer.add(styles.TEN_LOAI, "{{ ten_loai }}")
    writer.add(styles.TRICH_YEU, "{{ trich_yeu }}")
    writer.add(styles.KE_TRICH_YEU)


def _name_alone(writer: TemplateWriter) -> None:
    """Cell 5a of the models that print no subject (1.8 and 1.10)."""
    writer.add(styles.TEN_LOAI, "{{ ten_loai }}")
    writer.add(styles.KE_TEN_LOAI)


def _kinh_gui(writer: TemplateWriter) -> None:
    """One addressee on the line of "Kính gửi", several below it with their dashes under the colon."""
    writer.when(
        "kinh_gui|length == 1 and kinh_gui[0] is mot_noi",
        lambda: writer.add(styles.KINH_GUI, "Kính gửi: {{ kinh_gui[0] }}"),
        lambda: _addressee_list(writer, styles.KINH_GUI, "Kính gửi:"),
    )


def _addressee_list(writer: TemplateWriter, style: str, opening: str) -> None:
    writer.add(style, opening)
    writer.control("for dong in kinh_gui|gach_dau_dong")
    writer.when(
        "dong is dong_con",
        lambda: writer.add(styles.KINH_GUI_DONG_CON, "{{ dong }}"),
        lambda: writer.add(styles.KINH_GUI_DANH_SACH, "{{ dong }}"),
    )
    writer.control("endfor")


def _bases(writer: TemplateWriter) -> None:
    writer.each("dong", "can_cu|tung_dong", styles.CAN_CU, "{{ dong }}")


def _resolved(writer: TemplateWriter, words: str) -> None:
    """Authority, bases, the words of decision, and what is decided."""
    _header(writer)
    _name_and_subject(writer)
    writer.when("tham_quyen", lambda: writer.add(styles.THAM_QUYEN, "{{ tham_quyen }}"))
    _bases(writer)
    writer.add(styles.QUYET_DINH, words)
    _body(writer)


def _body(writer: TemplateWriter) -> None:
    writer.add(styles.NOI_DUNG, "{{p noi_dung }}")


# --- from the signature to the end -----------------------------------------------------------------


def _end(writer: TemplateWriter, *, confirmed: str = "") -> None:
    _signed(writer, confirmed=confirmed)
    _annexes(writer)
    _copy(writer)


def _signed(writer: TemplateWriter, *, confirmed: str = "") -> None:
    """One signature beside the recipients; those of several bodies or parties level with each other above them."""
    writer.add(styles.TRUOC_CHU_KY)
    writer.when("ky_trai", lambda: _signatures(writer), lambda: _one_signature(writer, confirmed=confirmed))


def _one_signature(writer: TemplateWriter, *, confirmed: str = "") -> None:
    """Cells 9b and 7: recipients left, authority, title and name right, level with each other."""
    recipients, signer = writer.table(rows=1, right=_SIGNATURE_COLUMN).rows[0].cells
    lines = list(_recipients())
    if confirmed:
        words = "Xác nhận của cơ quan (tổ chức) hoặc chính quyền địa phương nơi nghỉ phép"
        lines += _if(confirmed, styles.XAC_NHAN, words)
    fill(recipients, lines)
    fill(signer, _signer())


def _signatures(writer: TemplateWriter) -> None:
    """Two signers level with each other, any more in pairs below, then the recipients (model 1.9)."""
    half = Mm(writer.measures.page.text_width / 2)
    begin, titles, names, end, last = writer.table(rows=5, right=half).rows
    pairs = "([ky_trai] + ky_giua|list + [ky])|batch(2, '')"
    fill(begin.cells[0], [(styles.QUYEN_HAN, f"{{%tr for trai, phai in {pairs} %}}")])
    for side, of in enumerate(("trai", "phai")):
        fill(titles.cells[side], _if_any(of, _titles(of), styles.QUYEN_HAN), keep_next=True)
        gap = _if("not loop.last", styles.TRUOC_CHU_KY, "")
        fill(names.cells[side], chain(_if_any(of, _name(of), styles.QUYEN_HAN), gap), keep_next=True)
    fill(end.cells[0], [(styles.QUYEN_HAN, "{%tr endfor %}")])
    below, empty = last.cells
    fill(below, [(styles.TRUOC_CHU_KY, ""), *_recipients()])
    fill(empty, [(styles.NOI_NHAN, "")])


def _if_any(condition: str, lines: Iterator[StyledText], style: str) -> Iterator[StyledText]:
    """``lines`` where ``condition`` holds, else an empty paragraph, for a cell must hold one."""
    yield style, f"{{%p if {condition} %}}"
    yield from lines
    yield style, "{%p else %}"
    yield style, ""
    yield style, "{%p endif %}"


def _recipients(of: str = "") -> Iterator[StyledText]:
    """Cell 9b; a thư công may have none."""
    drafter = "" if of else "{% if loop.last %}{{ nguoi_soan|ma_soan(so_ban) }}{% endif %}"
    yield styles.NOI_NHAN, f"{{%p if {of}noi_nhan %}}"
    yield styles.NOI_NHAN_TIEU_DE, "Nơi nhận:"
    yield styles.NOI_NHAN, f"{{%p for dong in {of}noi_nhan|gach_dau_dong %}}"
    yield styles.NOI_NHAN, "{{ dong }}" + drafter
    yield styles.NOI_NHAN, "{%p endfor %}"
    yield styles.NOI_NHAN, "{%p else %}"
    yield styles.NOI_NHAN, ""
    yield styles.NOI_NHAN, "{%p endif %}"


def _signer(of: str = "ky") -> Iterator[StyledText]:
    yield from _titles(of)
    yield from _name(of)


def _titles(of: str) -> Iterator[StyledText]:
    """Cell 7a: authority and title."""
    yield styles.QUYEN_HAN, f"{{%p for dong in {of}.quyen_han %}}"
    yield styles.QUYEN_HAN, "{{ dong }}"
    yield styles.QUYEN_HAN, "{%p endfor %}"
    yield styles.QUYEN_HAN, f"{{{{ {of}.chuc_vu }}}}"


def _name(of: str) -> Iterator[StyledText]:
    """Cell 7b: the signer's name, below another title where the signer has one."""
    yield styles.HO_TEN, f"{{%p if {of}.chuc_danh_khac %}}"
    yield styles.CHUC_DANH_KHAC, f"{{{{ {of}.chuc_danh_khac }}}}"
    yield styles.HO_TEN_SAU, f"{{{{ {of}.ho_ten }}}}"
    yield styles.HO_TEN, "{%p else %}"
    yield styles.HO_TEN, f"{{{{ {of}.ho_ten }}}}"
    yield styles.HO_TEN, "{%p endif %}"


def _attached_text(writer: TemplateWriter) -> None:
    """The text a decision issues, on a page of its own with a head of its own (model 1.3)."""
    writer.new_section(of_the_letter=True)
    issuer, motto = writer.table(rows=1, right=RIGHT_COLUMN).rows[0].cells
    fill(issuer, _issuer())
    fill(motto, _motto())
    writer.add(styles.TEN_LOAI, "{{ van_ban_kem_theo.ten_loai }}")
    writer.add(styles.TRICH_YEU, "{{ van_ban_kem_theo.trich_yeu }}")
    _belonging(writer, "Ban hành kèm theo Quyết định")
    writer.add(styles.KE_TRICH_YEU)
    writer.add(styles.NOI_DUNG, "{{p van_ban_kem_theo.noi_dung }}")


def _annexes(writer: TemplateWriter, *, after: str = "") -> None:
    """Each annex is a section of its own: a new page, its pages counted from 1 (Annex I, part I, 7)."""
    writer.control("for phan in phu_luc")
    writer.when(
        f"loop.first and not {after}" if after else "loop.first",
        lambda: writer.new_section(of_the_letter=True),
        lambda: writer.new_section(of_the_letter=False),
    )
    writer.add(styles.PHU_LUC, "Phụ lục {{ phan.so }}")
    writer.add(styles.TIEU_DE_PHU_LUC, "{{ phan.tieu_de }}")
    _belonging(writer, "Kèm theo Văn bản")
    writer.add(styles.NOI_DUNG, "{{p phan.noi_dung }}")
    writer.control("endfor")


def _belonging(writer: TemplateWriter, words: str) -> None:
    """The line that names the letter a text belongs to, left open in an electronic document (models 2.1, 2.2)."""
    writer.when(
        "ban_dien_tu",
        lambda: writer.add(styles.KEM_THEO, f"({words} {_OPEN})"),
        lambda: writer.add(styles.KEM_THEO, f"({words} {_FILLED})"),
    )


def _copy(writer: TemplateWriter) -> None:
    """An official copy on paper: its own cells below a full-width rule under the source's last part (model 3.1)."""
    writer.when("ban_sao", lambda: _copy_block(writer))
    writer.add(styles.CUOI_VAN_BAN)


def _copy_block(writer: TemplateWriter) -> None:
    writer.add(styles.KE_BAN_SAO)
    rows = writer.table(rows=2, right=RIGHT_COLUMN).rows
    fill(rows[0].cells[0], _issuer("ban_sao."), keep_next=True)
    fill(rows[0].cells[1], [(styles.HINH_THUC_SAO, "{{ ban_sao.hinh_thuc }}")], keep_next=True)
    fill(rows[1].cells[0], [(styles.SO_KY_HIEU, "Số: {{ ban_sao.so_ky_hieu }}")], keep_next=True)
    fill(rows[1].cells[1], [(styles.DIA_DANH_NGAY, "{{ ban_sao.dia_danh }}, {{ ban_sao.ngay }}")], keep_next=True)
    writer.add(styles.TRUOC_CHU_KY)
    recipients, signer = writer.table(rows=1, right=_SIGNATURE_COLUMN).rows[0].cells
    fill(recipients, _recipients("ban_sao."))
    fill(signer, _signer("ban_sao.ky"))
