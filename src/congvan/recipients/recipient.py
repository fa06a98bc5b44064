"""One addressee of a list: a body, or the head of a hamlet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from congvan.findings import Place
from congvan.recipients.tiers import Tier
from congvan.recipients.units.hamlet import hamlet
from congvan.text.unicode_form import nfc


class _Column:
    """An attribute that is a value of the row: None where the cell is empty."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, recipient: Recipient, owner: type) -> str | None:
        return recipient.truong.get(self._name)


@dataclass(frozen=True, slots=True)
class Recipient:
    """One addressee.

    ``cap`` is its tier, ``ma`` its identity inside its list, ``ten`` the name of the body or of the
    hamlet. ``truong`` are all its values by column, as a template names them: what the list says, and
    what follows from it (the codes and names of its units, the title of a hamlet's head). An empty cell
    is not among them. Two recipients are equal when these are; their places do not count.
    """

    cap: str
    ma: str
    ten: str
    truong: Mapping[str, str] = field(hash=False)
    place: Place = field(default=Place(), compare=False)
    headers: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    tinh = _Column()
    huyen = _Column()
    xa = _Column()
    thon = _Column()
    ma_tinh = _Column()
    ma_huyen = _Column()
    ma_xa = _Column()
    loai = _Column()
    nhom = _Column()
    ho_ten = _Column()
    ong_ba = _Column()
    chuc_danh = _Column()
    dien_thoai = _Column()

    def __post_init__(self) -> None:
        object.__setattr__(self, "truong", MappingProxyType(dict(self.truong)))

    @property
    def khuyet(self) -> bool:
        """True where the list calls the post vacant; there is no ``ho_ten`` then."""
        return "khuyet" in self.truong

    def place_of(self, column: str) -> Place:
        """The place of one of its cells, the column called as the list's header writes it."""
        return replace(self.place, column=self.headers.get(column, column))

    def __reduce__(self) -> tuple[Any, ...]:
        # A mapping proxy does not travel to another process; its content does.
        return Recipient, (self.cap, self.ma, self.ten, dict(self.truong), self.place, dict(self.headers))


def recipient_of(
    tier: Tier,
    values: Mapping[str, str],
    place: Place,
    headers: Mapping[str, str],
    found: Mapping[str, str],
    written: Mapping[str, str] | None = None,
) -> Recipient:
    """The recipient a row names; ``found`` is what the list of units says of it.

    ``ma`` comes from the column of that name. Without one it joins the unit's code or names and the
    recipient's own name, as this row alone writes them, so that no other row can change it. ``written`` is the row
    before its values were mended, if they were: its identity stays.
    """
    fields = {**values, **found}
    ten = values.get("ten", "")
    if tier.is_hamlet:
        home = hamlet(values["thon"], values.get("loai"))
        ten = home.ten
        derived = {"loai": home.loai, "ten": home.ten, "ten_rieng": home.ten_rieng, "chuc_danh": home.chuc_danh}
        fields = {name: value for name, value in derived.items() if value} | fields
    ten = ten or values.get("ho_ten", "")
    if not (ma := values.get("ma", "")):
        as_typed = values if written is None else written
        ma = _identity(values, ten) if as_typed is values else recipient_of(tier, as_typed, place, headers, {}).ma
    return Recipient(tier.ma, ma, ten, fields, place, headers)


def _identity(values: Mapping[str, str], ten: str) -> str:
    """Where a recipient is and what it is called: ``16012.thôn-1``, ``huyện-hậu-lộc.hội-nông-dân``."""
    parts = [ten]
    for level in ("xa", "huyen", "tinh"):
        if code := values.get(f"ma_{level}"):
            parts.append(code)  # a code implies all units above it
            break
        if name := values.get(level):
            parts.append(name)
    return ".".join(nfc(part).lower().replace(" ", "-") for part in reversed(parts))
