"""The signature block (Decree 30/2020, Annex I, part II, item 7 and Art. 13)."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BeforeValidator, ConfigDict

from congvan.letter.text_types import Heading, OpenHeading, OpenText, Part, one_or_many

AUTHORITIES: Final = ("TM.", "KT.", "TL.", "TUQ.", "Q.")
"""The beginnings of a line of authority: on behalf of, for the head, by order, by authorisation, acting."""


class Signature(Part):
    """The signer and the authority to sign.

    ``quyen_han`` are the lines above the signer's own title (``KT. GIÁM ĐỐC``); none when the head
    signs alone. ``chuc_vu`` is the signer's title, ``ho_ten`` the full name without academic titles. ``chuc_danh_khac``
    is the signer's other title, which stands above the name: that in the own body of someone who signs for a council
    or committee (Annex I, part II, item 7b). Title and name are empty while they are open.
    """

    model_config = ConfigDict(str_strip_whitespace=True)

    quyen_han: Annotated[tuple[Heading, ...], BeforeValidator(one_or_many)] = ()
    chuc_vu: OpenHeading = ""
    chuc_danh_khac: Heading | None = None
    ho_ten: OpenText = ""
