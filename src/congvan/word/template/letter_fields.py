"""What a Word template sees: the letter's own fields, and above them its parts under the decree's names."""

from __future__ import annotations

from typing import Any, Final

from congvan.letter import Letter
from congvan.letter.layered import plain_fields
from congvan.letter.printed_parts import printed_parts
from congvan.text.fields.pattern import Values
from congvan.word.body.enumeration import roman

OPTIONAL_PARTS: Final = (
    *("do_mat", "do_khan", "luu_hanh", "nguoi_soan", "so_ban", "lien_he", "phu_luc", "can_cu", "tham_quyen"),
    *("ky_trai", "giay_moi", "giay_gioi_thieu", "bien_ban", "giay_nghi_phep", "van_ban_kem_theo", "ban_sao"),
)
"""Parts a template may leave out, as long as no letter brings them."""


def letter_values(letter: Letter) -> dict[str, Any]:
    """The values a template fills in; the letter's own fields first, the decree's parts above them."""
    return {**plain_fields(letter.truong), **printed_parts(letter), "phu_luc": _annexes(letter)}


def _annexes(letter: Letter) -> list[Values]:
    """Annexes are numbered when there are several (Decree 30/2020, Annex I); their titles are in capitals."""
    several = len(letter.phu_luc) > 1
    return [
        Values("phan", {"so": roman(number) if several else "", "tieu_de": annex.tieu_de.upper()})
        for number, annex in enumerate(letter.phu_luc, start=1)
    ]
