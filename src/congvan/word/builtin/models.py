"""The decree's models of letters (Decree 30/2020, Annex III, part II), each as its template reads from the top."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from congvan.decree.measures import QUOC_HIEU_TEXT, TIEU_NGU_TEXT
from congvan.word import styles
from congvan.word.builtin.sheet import Line, Sheet, fill
from congvan.word.builtin.style_sheet import RIGHT_COLUMN

_SIGNATURE_COLUMN: Final = 92.0
_OPEN: Final = "số …/… ngày … tháng … năm … của …"
_FILLED: Final = "số {{ so_ky_hieu }} {{ ngay }} của {{ co_quan_ban_hanh }}"


def cong_van(sheet: Sheet) -> None:
    """Model 1.5: no kind name, the subject under the number."""
    _header(sheet, subject_under_number=True)
    _kinh_gui(sheet)
    _bases(sheet)
    _body(sheet)
    _end(sheet)


def van_ban_co_ten_loai(sheet: Sheet) -> None:
    """Model 1.4: every named kind without a model of its own."""
    _header(sheet)
    _name_and_subject(sheet)
    sheet.when("kinh_gui", lambda: _kinh_gui(sheet))
    _bases(sheet)
    _body(sheet)
    _end(sheet, two_signers=True)


def nghi_quyet(sheet: Sheet) -> None:
    """Model 1.1."""
    _resolved(sheet, "QUYẾT NGHỊ:")
    _end(sheet)


def quyet_dinh(sheet: Sheet) -> None:
    """Models 1.2 and 1.3: a decision, and the text it issues if it issues one."""
    _resolved(sheet, "QUYẾT ĐỊNH:")
    _signed(sheet)
    sheet.when("van_ban_kem_theo", lambda: _attached_text(sheet))
    _annexes(sheet, after="van_ban_kem_theo")
    _copy(sheet)


def cong_dien(sheet: Sheet) -> None:
    """Model 1.6: the issuer "điện:" and the list of those it goes to."""
    _header(sheet)
    _name_and_subject(sheet)
    _addressee_list(sheet, styles.LOI_GUI, "{{ co_quan_ban_hanh }} điện:")
    _bases(sheet)
    _body(sheet)
    _end(sheet)


def giay_moi(sheet: Sheet) -> None:
    """Model 1.7: who is invited to what, who chairs, when and where."""
    _header(sheet)
    _name_and_subject(sheet)
    invitation = "{{ co_quan_ban_hanh }} trân trọng kính mời:"
    sheet.when(
        "kinh_gui|length == 1 and kinh_gui[0] is mot_noi",
        lambda: sheet.add(styles.LOI_GUI, f"{invitation} {{{{ kinh_gui[0] }}}}."),
        lambda: _addressee_list(sheet, styles.LOI_GUI, invitation),
    )
    sheet.add(styles.NOI_DUNG, "Tới dự {{ giay_moi.toi_du }}.")
    sheet.add(styles.NOI_DUNG, "Chủ trì: {{ giay_moi.chu_tri }}.")
    sheet.add(styles.NOI_DUNG, "Thời gian: {{ giay_moi.thoi_gian }}.")
    sheet.add(styles.NOI_DUNG, "Địa điểm: {{ giay_moi.dia_diem }}.")
    _body(sheet)
    _end(sheet)


def giay_gioi_thieu(sheet: Sheet) -> None:
    """Model 1.8: who is introduced, and until when the paper holds."""
    _header(sheet)
    _name_alone(sheet)
    sheet.add(styles.LOI_GUI, "{{ co_quan_ban_hanh }} trân trọng giới thiệu:")
    sheet.add(styles.NOI_DUNG, "Ông (bà): {{ giay_gioi_thieu.ho_ten }}")
    sheet.add(styles.NOI_DUNG, "Chức vụ: {{ giay_gioi_thieu.chuc_vu }}")
    sheet.add(styles.NOI_DUNG, "Được cử đến: {{ giay_gioi_thieu.duoc_cu_den }}")
    sheet.add(styles.NOI_DUNG, "Về việc: {{ giay_gioi_thieu.ve_viec }}")
    _body(sheet)
    sheet.add(styles.SAU_NOI_DUNG, "Giấy này có giá trị đến hết {{ giay_gioi_thieu.het_ngay }}{{ ket_thuc }}")
    _end(sheet)


def bien_ban(sheet: Sheet) -> None:
    """Model 1.9: no place and date in the head; secretary and chair sign side by side."""
    _header(sheet, place_and_date=False)
    _name_and_subject(sheet)
    sheet.add(styles.NOI_DUNG, "Thời gian bắt đầu: {{ bien_ban.thoi_gian }}.")
    sheet.add(styles.NOI_DUNG, "Địa điểm: {{ bien_ban.dia_diem }}.")
    sheet.add(styles.LOI_GUI, "Thành phần tham dự:")
    sheet.each("dong", "bien_ban.thanh_phan|gach_dau_dong", styles.GACH_DAU_DONG, "{{ dong }}")
    sheet.add(styles.NOI_DUNG, "Chủ trì (chủ tọa): {{ bien_ban.chu_tri }}.")
    sheet.add(styles.NOI_DUNG, "Thư ký (người ghi biên bản): {{ bien_ban.thu_ky }}.")
    sheet.add(styles.LOI_GUI, "Nội dung:")
    _body(sheet)
    sheet.add(styles.SAU_NOI_DUNG, "{{ bien_ban.ten_hop }} kết thúc vào {{ bien_ban.ket_thuc }}{{ ket_thuc }}")
    _end(sheet, two_signers=True)


def giay_nghi_phep(sheet: Sheet) -> None:
    """Model 1.10: leave granted, with room for its confirmation under the recipients."""
    _header(sheet)
    _name_alone(sheet)
    leave = "giay_nghi_phep"
    request = f"Xét Đơn đề nghị nghỉ phép {{{{ {leave}.ngay_don }}}} của ông (bà) {{{{ {leave}.ho_ten }}}},"
    sheet.add(styles.LOI_GUI, request)
    sheet.add(styles.LOI_GUI, "{{ co_quan_ban_hanh }} cấp cho:")
    sheet.add(styles.NOI_DUNG, f"Ông (bà): {{{{ {leave}.ho_ten }}}}")
    sheet.add(styles.NOI_DUNG, f"Chức vụ: {{{{ {leave}.chuc_vu }}}}")
    days = f"kể từ {{{{ {leave}.tu_ngay }}}} đến hết {{{{ {leave}.den_ngay }}}}"
    sheet.add(
        styles.NOI_DUNG,
        f"Được nghỉ phép trong thời gian {{{{ {leave}.thoi_gian }}}}, {days} tại {{{{ {leave}.tai }}}}.",
    )
    _body(sheet)
    _end(sheet, confirmed=f"{leave}.xac_nhan")


MODELS: Final[Mapping[str, Callable[[Sheet], None]]] = MappingProxyType(
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


def _header(sheet: Sheet, *, subject_under_number: bool = False, place_and_date: bool = True) -> None:
    """Cells 1 to 5b and 10 of the decree's map: issuer and number left, quốc hiệu and date right."""
    table = sheet.table(rows=2, right=RIGHT_COLUMN)
    issuer, motto = table.rows[0].cells
    fill(issuer, _issuer())
    fill(motto, _motto())
    number, place = table.rows[1].cells
    subject = [(styles.TRICH_YEU_CONG_VAN, "V/v {{ trich_yeu }}")] if subject_under_number else []
    fill(number, [(styles.SO_KY_HIEU, "Số: {{ so_ky_hieu }}"), *subject, *_mark("do_mat"), *_mark("do_khan")])
    fill(place, [(styles.DIA_DANH_NGAY, "{{ dia_danh }}, {{ ngay }}" if place_and_date else "")])


def _issuer(of: str = "") -> Iterator[Line]:
    yield from _if(f"{of}chu_quan", styles.CHU_QUAN, f"{{{{ {of}chu_quan }}}}")
    yield styles.CO_QUAN, f"{{{{ {of}co_quan }}}}"
    yield styles.KE_CO_QUAN, ""


def _motto() -> Iterator[Line]:
    yield styles.QUOC_HIEU, QUOC_HIEU_TEXT
    yield styles.TIEU_NGU, TIEU_NGU_TEXT
    yield styles.KE_TIEU_NGU, ""


def _mark(part: str) -> Iterator[Line]:
    """Cells 10a and 10b: a boxed mark below number and subject, where the letter has one."""
    yield from _if(part, {"do_mat": styles.DO_MAT, "do_khan": styles.DO_KHAN}[part], f"{{{{ {part} }}}}")


def _if(condition: str, style: str, text: str) -> Iterator[Line]:
    yield from ((style, f"{{%p if {condition} %}}"), (style, text), (style, "{%p endif %}"))


def _name_and_subject(sheet: Sheet) -> None:
    """Cell 5a: the kind, below it the subject and a rule."""
    sheet.add(styles.TEN_LOAI, "{{ ten_loai }}")
    sheet.add(styles.TRICH_YEU, "{{ trich_yeu }}")
    sheet.add(styles.KE_TRICH_YEU)


def _name_alone(sheet: Sheet) -> None:
    """Cell 5a of the models that print no subject (1.8 and 1.10)."""
    sheet.add(styles.TEN_LOAI, "{{ ten_loai }}")
    sheet.add(styles.KE_TEN_LOAI)


def _kinh_gui(sheet: Sheet) -> None:
    """One addressee on the line of "Kính gửi", several below it with their dashes under the colon."""
    sheet.when(
        "kinh_gui|length == 1 and kinh_gui[0] is mot_noi",
        lambda: sheet.add(styles.KINH_GUI, "Kính gửi: {{ kinh_gui[0] }}"),
        lambda: _addressee_list(sheet, styles.KINH_GUI, "Kính gửi:"),
    )


def _addressee_list(sheet: Sheet, style: str, opening: str) -> None:
    sheet.add(style, opening)
    sheet.control("for dong in kinh_gui|gach_dau_dong")
    sheet.when(
        "dong is dong_con",
        lambda: sheet.add(styles.KINH_GUI_DONG_CON, "{{ dong }}"),
        lambda: sheet.add(styles.KINH_GUI_DANH_SACH, "{{ dong }}"),
    )
    sheet.control("endfor")


def _bases(sheet: Sheet) -> None:
    sheet.each("dong", "can_cu|tung_dong", styles.CAN_CU, "{{ dong }}")


def _resolved(sheet: Sheet, words: str) -> None:
    """Authority, bases, the words of decision, and what is decided."""
    _header(sheet)
    _name_and_subject(sheet)
    sheet.when("tham_quyen", lambda: sheet.add(styles.THAM_QUYEN, "{{ tham_quyen|upper }}"))
    _bases(sheet)
    sheet.add(styles.QUYET_DINH, words)
    _body(sheet)


def _body(sheet: Sheet) -> None:
    sheet.add(styles.NOI_DUNG, "{{p noi_dung }}")


# --- from the signature to the end -----------------------------------------------------------------


def _end(sheet: Sheet, *, two_signers: bool = False, confirmed: str = "") -> None:
    _signed(sheet, two_signers=two_signers, confirmed=confirmed)
    _annexes(sheet)
    _copy(sheet)


def _signed(sheet: Sheet, *, two_signers: bool = False, confirmed: str = "") -> None:
    sheet.add(styles.TRUOC_CHU_KY)
    if two_signers:
        sheet.when("ky_trai", lambda: _two_signatures(sheet), lambda: _one_signature(sheet))
    else:
        _one_signature(sheet, confirmed=confirmed)


def _one_signature(sheet: Sheet, *, confirmed: str = "") -> None:
    """Cells 9b and 7: recipients left, authority, title and name right, level with each other."""
    recipients, signer = sheet.table(rows=1, right=_SIGNATURE_COLUMN).rows[0].cells
    lines = list(_recipients())
    if confirmed:
        words = "Xác nhận của cơ quan (tổ chức) hoặc chính quyền địa phương nơi nghỉ phép"
        lines += _if(confirmed, styles.XAC_NHAN, words)
    fill(recipients, lines)
    fill(signer, _signer())


def _two_signatures(sheet: Sheet) -> None:
    """Two signers level with each other, the recipients below them (model 1.9)."""
    half = sheet.measures.page.text_width / 2
    titles, names, last = sheet.table(rows=3, right=half).rows
    for side, of in enumerate(("ky_trai", "ky")):
        *title, name = _signer(of)
        fill(titles.cells[side], title, keep_next=True)
        fill(names.cells[side], [name], keep_next=True)
    below, empty = last.cells
    fill(below, [(styles.TRUOC_CHU_KY, ""), *_recipients()])
    fill(empty, [(styles.NOI_NHAN, "")])


def _recipients(of: str = "") -> Iterator[Line]:
    drafter = "" if of else "{% if loop.last %}{{ nguoi_soan|ma_soan(so_ban) }}{% endif %}"
    yield styles.NOI_NHAN_TIEU_DE, "Nơi nhận:"
    yield styles.NOI_NHAN, f"{{%p for dong in {of}noi_nhan|gach_dau_dong %}}"
    yield styles.NOI_NHAN, "{{ dong }}" + drafter
    yield styles.NOI_NHAN, "{%p endfor %}"


def _signer(of: str = "ky") -> Iterator[Line]:
    yield styles.QUYEN_HAN, f"{{%p for dong in {of}.quyen_han %}}"
    yield styles.QUYEN_HAN, "{{ dong }}"
    yield styles.QUYEN_HAN, "{%p endfor %}"
    yield styles.QUYEN_HAN, f"{{{{ {of}.chuc_vu }}}}"
    yield styles.HO_TEN, f"{{{{ {of}.ho_ten }}}}"


def _attached_text(sheet: Sheet) -> None:
    """The text a decision issues, on a page of its own with a head of its own (model 1.3)."""
    sheet.new_section(of_the_letter=True)
    issuer, motto = sheet.table(rows=1, right=RIGHT_COLUMN).rows[0].cells
    fill(issuer, _issuer())
    fill(motto, _motto())
    sheet.add(styles.TEN_LOAI, "{{ van_ban_kem_theo.ten_loai }}")
    sheet.add(styles.TRICH_YEU, "{{ van_ban_kem_theo.trich_yeu }}")
    _belonging(sheet, "Ban hành kèm theo Quyết định")
    sheet.add(styles.KE_TRICH_YEU)
    sheet.add(styles.NOI_DUNG, "{{p van_ban_kem_theo.noi_dung }}")


def _annexes(sheet: Sheet, *, after: str = "") -> None:
    """Each annex is a section of its own: a new page, its pages counted from 1 (Annex I, part I, 7)."""
    sheet.control("for phan in phu_luc")
    sheet.when(
        f"loop.first and not {after}" if after else "loop.first",
        lambda: sheet.new_section(of_the_letter=True),
        lambda: sheet.new_section(of_the_letter=False),
    )
    sheet.add(styles.PHU_LUC, "Phụ lục {{ phan.so }}")
    sheet.add(styles.TIEU_DE_PHU_LUC, "{{ phan.tieu_de }}")
    _belonging(sheet, "Kèm theo Văn bản")
    sheet.add(styles.NOI_DUNG, "{{p phan.noi_dung }}")
    sheet.control("endfor")


def _belonging(sheet: Sheet, words: str) -> None:
    """The line that names the letter a text belongs to, left open in an electronic document (models 2.1, 2.2)."""
    sheet.when(
        "ban_dien_tu",
        lambda: sheet.add(styles.KEM_THEO, f"({words} {_OPEN})"),
        lambda: sheet.add(styles.KEM_THEO, f"({words} {_FILLED})"),
    )


def _copy(sheet: Sheet) -> None:
    """An official copy on paper: its own cells below a full-width rule under the source's last part (model 3.1)."""
    sheet.when("ban_sao", lambda: _copy_block(sheet))
    sheet.add(styles.CUOI_VAN_BAN)


def _copy_block(sheet: Sheet) -> None:
    sheet.add(styles.KE_BAN_SAO)
    rows = sheet.table(rows=2, right=RIGHT_COLUMN).rows
    fill(rows[0].cells[0], _issuer("ban_sao."), keep_next=True)
    fill(rows[0].cells[1], [(styles.HINH_THUC_SAO, "{{ ban_sao.hinh_thuc }}")], keep_next=True)
    fill(rows[1].cells[0], [(styles.SO_KY_HIEU, "Số: {{ ban_sao.so_ky_hieu }}")], keep_next=True)
    fill(rows[1].cells[1], [(styles.DIA_DANH_NGAY, "{{ ban_sao.dia_danh }}, {{ ban_sao.ngay }}")], keep_next=True)
    sheet.add(styles.TRUOC_CHU_KY)
    recipients, signer = sheet.table(rows=1, right=_SIGNATURE_COLUMN).rows[0].cells
    fill(recipients, _recipients("ban_sao."))
    fill(signer, _signer("ban_sao.ky"))
