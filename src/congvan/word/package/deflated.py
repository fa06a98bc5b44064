"""Content as a zip holds it; what many letters begin with is deflated once, and only what follows it for each.

Deflated data may be cut on a whole byte and go on from there, and what goes on may refer back to what stood before
(RFC 1951, 3.2). So nobody who unpacks a letter sees that it was put together.
"""

from __future__ import annotations

import struct
import zlib
from typing import Final, NamedTuple, Self

THOROUGH: Final = 6
"""The level for what is packed once and kept."""

QUICK: Final = 3
"""The level for what is packed letter by letter: a quarter to two thirds of the time, 1 to 2 % more bytes."""

_RAW: Final = -15  # no header, a window of 32 KB
_SHORT: Final = 512  # bytes below which deflating takes longer than it is worth
_STORED: Final = struct.Struct("<BHH")  # the last block, as it is: its length, and that with all bits turned


class Deflated(NamedTuple):
    """Raw deflate ``data`` with what a zip directory says of it: checksum and ``size`` of the content."""

    data: bytes
    crc: int
    size: int

    @classmethod
    def of(cls, content: bytes, level: int = THOROUGH) -> Self:
        """``content`` deflated at a zlib ``level``."""
        deflate = zlib.compressobj(level, zlib.DEFLATED, _RAW)
        return cls(deflate.compress(content) + deflate.flush(), zlib.crc32(content), len(content))


def inflated(data: bytes, size: int) -> bytes:
    """The content of raw deflate ``data``, of this size in bytes."""
    return zlib.decompress(data, _RAW, size or 1)


class Opening:
    """What the parts of many letters begin with, deflated once."""

    def __init__(self, content: bytes) -> None:
        deflate = zlib.compressobj(THOROUGH, zlib.DEFLATED, _RAW)
        self._content, self._crc = content, zlib.crc32(content)
        self._data = deflate.compress(content) + deflate.flush(zlib.Z_SYNC_FLUSH)

    def followed_by(self, rest: bytes) -> Deflated:
        """The opening and ``rest`` as one content."""
        crc, size = zlib.crc32(rest, self._crc), len(self._content) + len(rest)
        return Deflated(self._data + self._deflated(rest), crc, size)

    def _deflated(self, rest: bytes) -> bytes:
        if len(rest) < _SHORT:
            return _STORED.pack(1, len(rest), len(rest) ^ 0xFFFF) + rest
        deflate = zlib.compressobj(QUICK, zlib.DEFLATED, _RAW, zdict=self._content)
        return deflate.compress(rest) + deflate.flush()
