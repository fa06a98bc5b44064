"""The line that names a recipient after "Kính gửi", where the campaign does not give a pattern of its own."""

from __future__ import annotations

from functools import cache

from congvan.recipients import Recipient, Unit


def addressee(recipient: Recipient) -> str:
    """A body by its name; a hamlet's head by name, title, hamlet and units.

    ``Ông Lê Văn Minh, Trưởng thôn Đông Thành, xã Hà Bắc, huyện Hà Trung``. Kind words are lower-case inside the
    line, but a capital stands before a number: ``Phường 1`` (Decree 30/2020, Annex II, items 4 and 5).
    """
    if not recipient.ho_ten or recipient.thon is None:
        return recipient.ten
    person = " ".join(part for part in (recipient.ong_ba, recipient.ho_ten) if part)
    units = [recipient.xa, recipient.huyen or recipient.tinh]
    return ", ".join([person, _office(recipient), *(_in_sentence(unit) for unit in units if unit)])


def _office(recipient: Recipient) -> str:
    """``Trưởng thôn Đông Thành``: title and hamlet, the kind word they share written once."""
    title, kind = recipient.chuc_danh or "", recipient.loai or ""
    if kind and title.lower().endswith(f" {kind.lower()}"):
        title = title[: -len(kind)].rstrip()
    return f"{title} {_hamlet(recipient, kind)}".strip()


def _hamlet(recipient: Recipient, kind: str) -> str:
    own_name = recipient.truong.get("ten_rieng")
    if not kind or not own_name:
        return recipient.ten
    return f"{kind.capitalize() if own_name[0].isdigit() else kind.lower()} {own_name}"


@cache  # a province has thousands of hamlets in a few hundred units
def _in_sentence(name: str) -> str:
    return Unit("", name, "").in_sentence
