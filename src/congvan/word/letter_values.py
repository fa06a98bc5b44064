"""A letter as Word needs it: the values its template fills in, and the document properties of its file."""

from __future__ import annotations

from html import escape
from typing import Any, Final

from congvan.letter import Letter
from congvan.letter.frozen_fields import plain_fields
from congvan.letter.part_values import part_values
from congvan.text.fields.pattern import Values
from congvan.word.body.enumeration import roman

OPTIONAL_PARTS: Final = (
    *("do_mat", "do_khan", "luu_hanh", "nguoi_soan", "so_ban", "lien_he", "phu_luc", "can_cu", "tham_quyen"),
    *("ky_trai", "giay_moi", "giay_gioi_thieu", "bien_ban", "giay_nghi_phep", "van_ban_kem_theo", "ban_sao"),
)
"""Parts a template may leave out, as long as no letter brings them."""

_PROPERTIES_START: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    "<cp:coreProperties "
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)


def letter_values(letter: Letter) -> dict[str, Any]:
    """The values a template fills in; the decree's parts win over the letter's own fields."""
    return {**plain_fields(letter.truong), **part_values(letter), "phu_luc": _annexes(letter)}


def _annexes(letter: Letter) -> list[Values]:
    """Annexes are numbered when there are several (Decree 30/2020, Annex I); their titles are in capitals."""
    several = len(letter.phu_luc) > 1
    return [
        Values("phan", {"so": roman(number) if several else "", "tieu_de": annex.tieu_de.upper()})
        for number, annex in enumerate(letter.phu_luc, start=1)
    ]


def core_properties(letter: Letter) -> bytes:
    """Title (subject of the letter), subject (kind, number and symbol), issuer and language as XML.

    The only date is the letter's own, so that the same letter is the same bytes.
    """
    issuer = letter.co_quan.replace("\n", " ")
    subject = f"{letter.kind.ten} {letter.so_ky_hieu}"
    day = letter.ngay.day
    created = f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created>' if day else ""
    return (
        f"{_PROPERTIES_START}<dc:title>{_escaped(letter.trich_yeu)}</dc:title>"
        f"<dc:subject>{_escaped(subject)}</dc:subject><dc:creator>{_escaped(issuer)}</dc:creator>"
        f"<dc:language>vi-VN</dc:language>{created}</cp:coreProperties>"
    ).encode()


def _escaped(text: str) -> str:
    return escape(text, quote=False)
