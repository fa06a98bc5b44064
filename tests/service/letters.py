"""What the programs of these tests do: make a letter, and tell its bytes in a word."""

from __future__ import annotations

import hashlib

import congvan


def letter(number: int) -> congvan.Letter:
    """Letter ``number``, which says its number."""
    return congvan.Letter(
        co_quan="CÔNG TY ĐIỆN LỰC MẪU",
        so=number,
        ky_hieu="PCM-KD",
        dia_danh="Thanh Hóa",
        ngay="2026-03-03",
        trich_yeu="phối hợp tuyên truyền",
        kinh_gui=["Sở Công Thương"],
        noi_dung=f"Công ty trân trọng đề nghị quý cơ quan phối hợp lần {number}.",
        noi_nhan=["Như trên", "Lưu: VT, KD"],
        ky={"chuc_vu": "GIÁM ĐỐC", "ho_ten": "Lê Văn Mẫu"},
    )


def make(number: int) -> str:
    """The hash of the PDF of letter ``number``, the same in every process."""
    return hashlib.sha256(congvan.to_pdf(congvan.render_docx(letter(number)))).hexdigest()
