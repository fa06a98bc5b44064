"""The parts that only letters of one kind have, as the decree's models name them (Annex III, part II).

Each is in a letter under its kind's name: ``giay_moi``, ``giay_gioi_thieu``, ``bien_ban``, ``giay_nghi_phep``;
a decision also has the text it issues, ``van_ban_kem_theo``.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer

from congvan.letter.issue_date import IssueDate
from congvan.letter.text_types import Body, Lines, Part, Text

Day = Annotated[IssueDate, BeforeValidator(IssueDate.of), PlainSerializer(str)]


class GiayMoi(Part):
    """Giấy mời (model 1.7): the event, who chairs it, when and where."""

    toi_du: Text
    chu_tri: Text
    thoi_gian: Text
    dia_diem: Text


class GiayGioiThieu(Part):
    """Giấy giới thiệu (model 1.8): who is introduced, sent to whom about what, and until when it holds."""

    ho_ten: Text
    chuc_vu: Text
    duoc_cu_den: Text
    ve_viec: Text
    het_ngay: Day


class BienBan(Part):
    """Biên bản (model 1.9): when it began, where, who attended, chaired and took the minutes, when it ended.

    ``ten_hop`` is what ended: "Cuộc họp", "Hội nghị", "Hội thảo".
    Dates and hours are texts, as in the model: "08 giờ 00, ngày 05 tháng 4 năm 2026".
    """

    thoi_gian: Text
    dia_diem: Text
    thanh_phan: Lines
    chu_tri: Text
    thu_ky: Text
    ket_thuc: Text
    ten_hop: Text = "Cuộc họp"


class GiayNghiPhep(Part):
    """Giấy nghỉ phép (model 1.10): the request and its day, who has leave for how long, between which days, where.

    ``xac_nhan`` leaves room for the authority at the place of leave to confirm it, where that is needed.
    """

    ngay_don: Day
    ho_ten: Text
    chuc_vu: Text
    thoi_gian: Text
    tu_ngay: Day
    den_ngay: Day
    tai: Text
    xac_nhan: bool = False


class VanBanKemTheo(Part):
    """The text a decision issues or approves (model 1.3): its kind, subject, and text in Markdown."""

    loai: str
    trich_yeu: Text
    noi_dung: Body
