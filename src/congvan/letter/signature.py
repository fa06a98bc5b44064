"""The signature block (Decree 30/2020, Annex I, part II, item 7 and Art. 13)."""

from __future__ import annotations

from typing import Final

from pydantic import ConfigDict

from congvan.letter.text_types import Part, Text

AUTHORITIES: Final = ("TM.", "KT.", "TL.", "TUQ.", "Q.")
"""The beginnings of a line of authority: on behalf of, for the head, by order, by authorisation, acting."""


class Signature(Part):
    """The signer and the authority to sign.

    ``quyen_han`` are the lines above the signer's own title (``KT. GIÁM ĐỐC``); none when the head
    signs alone. ``chuc_vu`` is the signer's title, ``ho_ten`` the full name without academic titles.
    """

    model_config = ConfigDict(str_strip_whitespace=True)

    quyen_han: tuple[Text, ...] = ()
    chuc_vu: Text
    ho_ten: Text
