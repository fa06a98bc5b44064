"""The signature block (Decree 30/2020, Annex I, part II, item 7 and Art. 13)."""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel, ConfigDict

AUTHORITIES: Final = ("TM.", "KT.", "TL.", "TUQ.", "Q.")
"""How a line of authority starts: on behalf of, for the head, by order, by authorisation, acting."""


class Signature(BaseModel):
    """Who signs and by what authority.

    ``quyen_han`` are the lines above the signer's own title (``KT. GIÁM ĐỐC``); none when the head
    signs alone. ``chuc_vu`` is the signer's title, ``ho_ten`` the full name without academic titles.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    quyen_han: tuple[str, ...] = ()
    chuc_vu: str
    ho_ten: str
