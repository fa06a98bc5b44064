"""A .docx as the zip it is: parts read once, changed parts written anew, all others copied as they are.

Copying the compressed bytes of unchanged parts is what makes a letter cheap: only its text is deflated
again. Time stamps are fixed, so that the same letter is the same bytes.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from congvan.errors import UnreadableFileError
from congvan.outside import DAMAGED_ARCHIVE

DOCUMENT: Final = "word/document.xml"
"""The part of a .docx that holds its text."""

_DOS_EPOCH: Final = (0, 33)  # 1 January 1980, midnight: the earliest time a zip can say
_UTF8_NAME: Final = 0x800
_DEFLATED: Final = 8
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_END: Final = struct.Struct("<4s4H2LH")
_MAX_BYTES: Final = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Part:
    """One compressed member: raw deflate bytes with what the zip directory says of them."""

    name: bytes
    crc: int
    size: int
    data: bytes

    @classmethod
    def of(cls, name: str, content: bytes) -> Self:
        deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
        return cls(name.encode(), zlib.crc32(content), len(content), deflate.compress(content) + deflate.flush())


class Package:
    """The parts of a .docx, in order.

    Raises:
        UnreadableFileError: when the bytes are not a zip, or unpack to more than 200 MB.
    """

    def __init__(self, source: bytes, name: str = "docx") -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(source)) as archive:
                infos = [info for info in archive.infolist() if not info.is_dir()]
                if sum(info.file_size for info in infos) > _MAX_BYTES:
                    raise UnreadableFileError(name, "the file unpacks to more than 200 MB")
                self._content = {info.filename: archive.read(info) for info in infos}
        except DAMAGED_ARCHIVE as error:
            raise UnreadableFileError(name, f"not a Word file (.docx): {error}") from None
        self._parts = {part: _Part.of(part, content) for part, content in self._content.items()}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._content)

    def read(self, part: str) -> bytes:
        """The content of one part, empty if there is none of that name."""
        return self._content.get(part, b"")

    def text(self, part: str) -> str:
        return self.read(part).decode("utf-8-sig")

    def with_parts(self, changed: Mapping[str, bytes]) -> bytes:
        """The whole .docx with some parts replaced; new parts go last."""
        fresh = {name: _Part.of(name, content) for name, content in changed.items()}
        return _zip([*({**self._parts, **fresh}.values())])


def part_of(docx: bytes, name: str) -> bytes:
    """One part of a package made here."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return archive.read(name)


def packed(contents: Mapping[str, bytes]) -> bytes:
    """A package of these parts, in this order."""
    return _zip([_Part.of(name, content) for name, content in contents.items()])


def _zip(parts: list[_Part]) -> bytes:
    time, day = _DOS_EPOCH
    body, directory, offset = [], [], 0
    for part in parts:
        sizes = (part.crc, len(part.data), part.size)
        local = _LOCAL.pack(b"PK\3\4", 20, _UTF8_NAME, _DEFLATED, time, day, *sizes, len(part.name), 0)
        central = (20, 20, _UTF8_NAME, _DEFLATED, time, day, *sizes, len(part.name), 0, 0, 0, 0, 0, offset)
        body += [local, part.name, part.data]
        directory += [_CENTRAL.pack(b"PK\1\2", *central), part.name]
        offset += len(local) + len(part.name) + len(part.data)
    listing = b"".join(directory)
    end = _END.pack(b"PK\5\6", 0, 0, len(parts), len(parts), len(listing), offset, 0)
    return b"".join([*body, listing, end])
