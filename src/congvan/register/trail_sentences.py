"""Describe the rows of the trail for people: one sentence a row, in the language in force. Pure."""

from __future__ import annotations

import json
from typing import Final

from congvan.findings import language
from congvan.register.entry import Series, State
from congvan.register.letter_record import LetterState
from congvan.register.trail import Act, TrailRow, Value
from congvan.text import TextError, short_date_of


def sentence(row: TrailRow) -> str:
    """``row`` as a sentence: ``sửa: dot/tinh/1; ký hiệu: PCTH-KD → PCTH-VP``."""
    act = _ACTS[row.act][language()] if row.act in _ACTS else row.act
    subject = _series_name(row.subject) if row.act == Act.OPEN else row.subject
    change = row.read_change() or {}
    parts = [
        f"{name}: {_text(key, after) if before is None else f'{_text(key, before)} → {_text(key, after)}'}"
        for key, (before, after) in change.items()
        if (name := _NAMES.get(key, {}).get(language()))
    ]
    return "; ".join([f"{act}: {subject}", *parts])


def state_name(state: State | str) -> str:
    """A state in words: ``đã ban hành``."""
    return _STATES[state][language()]


def _series_name(subject: str) -> str:
    try:
        return str(Series(*json.loads(subject)))
    except (ValueError, TypeError):  # a subject somebody wrote into the trail
        return subject


def _text(name: str, value: Value) -> str:
    if value is None:
        return "…"
    if name == "trang_thai" and value in _STATES:
        return state_name(str(value))
    try:
        return short_date_of(value) if name == "ngay" else str(value)
    except TextError:
        return str(value)


_ACTS: Final[dict[str, dict[str, str]]] = {
    Act.OPEN: {"vi": "mở dãy số", "en": "series opened"},
    Act.RESERVE: {"vi": "cấp số", "en": "number reserved"},
    Act.ISSUE: {"vi": "ban hành", "en": "issued"},
    Act.AMEND: {"vi": "sửa", "en": "amended"},
    Act.VOID: {"vi": "hủy", "en": "made void"},
    Act.IMPORT: {"vi": "nhập từ sổ cũ", "en": "entered from an earlier book"},
    Act.SEAL: {"vi": "ban hành văn bản", "en": "letter issued"},
    Act.UNSEAL: {"vi": "bỏ ban hành", "en": "issue taken back"},
    Act.FOLLOW: {"vi": "văn bản tiếp theo", "en": "following letter"},
    Act.REPLACE: {"vi": "thay thế", "en": "replaced"},
    Act.RECALL: {"vi": "thu hồi", "en": "recalled"},
    Act.CORRECT: {"vi": "đính chính", "en": "corrected"},
    Act.DELIVER: {"vi": "đã gửi", "en": "delivered"},
    Act.CANCEL: {"vi": "hủy văn bản", "en": "letter made void"},
    Act.FORGET: {"vi": "xóa nội dung đã lưu", "en": "stored content removed"},
    Act.SAME: {"vi": "cùng nơi nhận", "en": "same recipient"},
}

_STATES: Final[dict[str, dict[str, str]]] = {
    State.RESERVED: {"vi": "đã cấp số", "en": "reserved"},
    State.ISSUED: {"vi": "đã ban hành", "en": "issued"},
    State.VOID: {"vi": "hủy", "en": "void"},
    LetterState.NUMBERED: {"vi": "đã cấp số", "en": "numbered"},
    LetterState.ISSUED: {"vi": "đã ban hành", "en": "issued"},
    LetterState.REPLACED: {"vi": "đã thay thế", "en": "replaced"},
    LetterState.RECALLED: {"vi": "đã thu hồi", "en": "recalled"},
    LetterState.CORRECTED: {"vi": "đã đính chính", "en": "corrected"},
    LetterState.VOID: {"vi": "hủy", "en": "void"},
}

_NAMES: Final[dict[str, dict[str, str]]] = {
    "so": {"vi": "số", "en": "number"},
    "ngay": {"vi": "ngày văn bản", "en": "date"},
    "ky_hieu": {"vi": "ký hiệu", "en": "symbol"},
    "loai": {"vi": "loại", "en": "kind"},
    "trich_yeu": {"vi": "trích yếu", "en": "subject"},
    "trang_thai": {"vi": "trạng thái", "en": "state"},
    "void_reason": {"vi": "lý do hủy", "en": "reason"},
    "nguoi_ky": {"vi": "người ký", "en": "signer"},
    "noi_nhan": {"vi": "nơi nhận", "en": "recipients"},
    "don_vi_luu": {"vi": "đơn vị lưu", "en": "copy kept by"},
    "so_ban": {"vi": "số bản", "en": "copies"},
    "so_phu": {"vi": "chữ sau số", "en": "letter behind it"},
    "ghi_chu": {"vi": "ghi chú", "en": "note"},
    "bat_dau": {"vi": "số bắt đầu", "en": "first number"},
    "lien_quan": {"vi": "văn bản trước", "en": "follows"},
    "khoa_cu": {"vi": "khóa cũ", "en": "earlier key"},
    "ly_do": {"vi": "lý do", "en": "reason"},
}
"""The parts a person reads; times stand beside the sentence, body and year in its subject."""
