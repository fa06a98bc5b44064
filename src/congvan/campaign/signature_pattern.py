"""A signature block whose fields are not yet filled."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignaturePattern:
    """Who signs and by what authority, as texts with ``{{ fields }}``."""

    quyen_han: tuple[str, ...]
    chuc_vu: str
    ho_ten: str

    @property
    def lines(self) -> tuple[str, ...]:
        """Its texts."""
        return (*self.quyen_han, self.chuc_vu, self.ho_ten)
