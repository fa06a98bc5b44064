"""An official copy on paper: the part below the source's last part (Decree 30/2020, Art. 25, 26 and model 3.1)."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, Literal

from congvan.letter.kind_parts import Day
from congvan.letter.number_request import so_ky_hieu
from congvan.letter.signature import Signature
from congvan.letter.text_types import Issuer, Lines, Part, Text

COPIES: Final = MappingProxyType({"sao-y": "SAO Y", "sao-luc": "SAO LỤC", "trich-sao": "TRÍCH SAO"})
"""The forms of copy: of the whole original, of a sao y, of a part (Annex I, part II)."""

COPY_CODES: Final = MappingProxyType({"sao-y": "SY", "sao-luc": "SL", "trich-sao": "TrS"})
"""The code of each form in the copy's symbol (Annex III, part I)."""

ARCHIVE_LINE: Final = "lưu"
"""The beginning of the line of a distribution list that names who keeps a copy."""


class BanSao(Part):
    """The copying body, its number and date, who gets the copy and who signs it.

    Copies of every form share one number series a year (Art. 25): ``so`` 5 and ``ky_hieu`` ``SY-PCTH`` print as
    ``05/SY-PCTH``.
    """

    hinh_thuc: Literal["sao-y", "sao-luc", "trich-sao"]
    chu_quan: Issuer | None = None
    co_quan: Issuer
    so: int | None = None
    ky_hieu: Text
    dia_danh: Text
    ngay: Day
    noi_nhan: Lines
    ky: Signature

    @property
    def so_ky_hieu(self) -> str:
        """Number and symbol of the copy, ``05/SY-PCTH``."""
        return so_ky_hieu(self.so, self.ky_hieu)

    @property
    def nguoi_nhan(self) -> tuple[str, ...]:
        """The recipients of the copy, without those who keep one."""
        return tuple(line for line in self.noi_nhan if not line.casefold().startswith(ARCHIVE_LINE))
