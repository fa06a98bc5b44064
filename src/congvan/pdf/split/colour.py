"""The colours of a page said exactly: sRGB, as an ICC profile (ICC.1:2001-04), which PDF/A asks for."""

from __future__ import annotations

import struct
from functools import cache
from typing import Final

_D50: Final = (0.9642, 1.0, 0.8249)
_PRIMARIES: Final = {  # of sRGB, adapted to D50 as profiles are
    b"rXYZ": (0.4361, 0.2225, 0.0139),
    b"gXYZ": (0.3851, 0.7169, 0.0971),
    b"bXYZ": (0.1431, 0.0606, 0.7141),
}
_CURVE_POINTS: Final = 256
_LINEAR_BELOW: Final = 0.04045


@cache
def srgb_profile() -> bytes:
    """The profile; the same bytes always."""
    curve = b"curv" + bytes(4) + struct.pack(f">L{_CURVE_POINTS}H", _CURVE_POINTS, *map(_linear, range(_CURVE_POINTS)))
    tags = {
        b"desc": _description("sRGB"),
        b"cprt": b"text" + bytes(4) + b"No copyright, use freely\0",
        b"wtpt": _xyz(_D50),
        **{tag: _xyz(value) for tag, value in _PRIMARIES.items()},
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    return _assembled(tags)


def _linear(step: int) -> int:
    """The light of a value of sRGB (IEC 61966-2-1), in 16 bits."""
    value = step / (_CURVE_POINTS - 1)
    light = value / 12.92 if value <= _LINEAR_BELOW else ((value + 0.055) / 1.055) ** 2.4
    return round(light * 0xFFFF)


def _xyz(value: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(struct.pack(">l", round(part * 0x10000)) for part in value)


def _description(text: str) -> bytes:
    written = text.encode("ascii") + b"\0"
    return b"desc" + bytes(4) + struct.pack(">L", len(written)) + written + bytes(78)  # no other languages


def _assembled(tags: dict[bytes, bytes]) -> bytes:
    offsets: dict[bytes, int] = {}
    body = b""
    start = 128 + 4 + 12 * len(tags)
    for content in tags.values():
        if content not in offsets:
            offsets[content] = start + len(body)
            body += content + bytes(-len(content) % 4)
    directory = b"".join(tag + struct.pack(">2L", offsets[content], len(content)) for tag, content in tags.items())
    table = struct.pack(">L", len(tags)) + directory
    header = struct.pack(
        ">L4sL4s4s4s6H4s4s6L3l4s44x",
        *(128 + len(table) + len(body), bytes(4), 0x02100000, b"mntr", b"RGB ", b"XYZ "),
        *(2026, 1, 1, 0, 0, 0, b"acsp", bytes(4), 0, 0, 0, 0, 0, 0),
        *(*(round(part * 0x10000) for part in _D50), bytes(4)),
    )
    return header + table + body
