"""What stays on one line: ``ngày 05 tháng 3``, ``năm 2026``, ``120 m²``, ``12,5 triệu đồng``."""

from __future__ import annotations

import re
from typing import Final

_NO_BREAK: Final = "\u00a0"
_NUMBER: Final = "(?:\\d[\\d.,/]*|[\ue000-\uf8ff])"  # a figure, or the field that brings one
_UNITS: Final = (
    *("%", "‰", "°C", "mm", "cm", "dm", "km", "m", "ha", "mm²", "cm²", "m²", "km²", "m2", "m³", "m3", "lít", "ml"),
    *("kg", "g", "tấn", "tạ", "yến", "W", "kW", "MW", "kWh", "MWh", "V", "kV", "A", "kVA", "MVA", "MVAr", "Hz"),
    *("đồng", "đ", "VNĐ", "VND", "USD", "EUR", "nghìn đồng", "triệu đồng", "tỷ đồng", "nghìn", "triệu", "tỷ"),
)
_WITH_UNIT: Final = re.compile(
    rf"(?<=[\d\ue000-\uf8ff]) (?P<unit>{'|'.join(sorted(map(re.escape, _UNITS), key=len, reverse=True))})(?![\w²³])"
)
_DAY_AND_MONTH: Final = re.compile(rf"\b([Nn]gày) ({_NUMBER}) (tháng) ({_NUMBER})(?!\w)")
_PART_OF_DATE: Final = re.compile(r"\b([Nn]gày|[Tt]háng|[Nn]ăm) (\d{1,4})(?!\w|[/.,]\d)")


def keep_unbroken(text: str) -> str:
    """``text`` with non-breaking spaces inside dates and between a number and its unit."""
    if " " not in text:
        return text
    text = _DAY_AND_MONTH.sub(lambda found: _NO_BREAK.join(found.groups()), text)
    text = _PART_OF_DATE.sub(lambda found: _NO_BREAK.join(found.groups()), text)
    return _WITH_UNIT.sub(lambda found: _NO_BREAK + found["unit"].replace(" ", _NO_BREAK), text)
