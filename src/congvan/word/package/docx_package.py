"""A .docx as the zip it is: parts read once, changed parts written anew, all others copied as they are.

Copying the compressed bytes of unchanged parts is what makes a letter cheap: only its text is deflated
again. Time stamps are fixed, so that the same letter is the same bytes.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple, Self

from congvan.errors import UnreadableFileError
from congvan.support.untrusted_files import ARCHIVE_ERRORS
from congvan.word.package.deflated import Deflated, inflated

DOCUMENT: Final = "word/document.xml"
"""The part of a .docx that holds its text."""

_DOS_EPOCH: Final = (0, 33)  # 1 January 1980, midnight: the earliest time a zip can say
_UTF8_NAME: Final = 0x800
_DEFLATED: Final = 8
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_CENTRAL: Final = struct.Struct("<4s6H3L5HL")  # all but where the member starts
_START: Final = struct.Struct("<L")
_END: Final = struct.Struct("<4s4H2LH")
_MAX_BYTES: Final = 200 * 1024 * 1024


class _Part(NamedTuple):
    """One member: ``local``, its header and data, and ``central``, what the directory says of it but its start."""

    name: bytes
    local: bytes
    central: bytes

    @classmethod
    def of(cls, name: str, content: bytes | Deflated) -> Self:
        deflated = content if isinstance(content, Deflated) else Deflated.of(content)
        called = name.encode()
        said = (_UTF8_NAME, _DEFLATED, *_DOS_EPOCH, deflated.crc, len(deflated.data), deflated.size, len(called), 0)
        local = b"".join((_LOCAL.pack(b"PK\3\4", 20, *said), called, deflated.data))
        return cls(called, local, _CENTRAL.pack(b"PK\1\2", 20, 20, *said, 0, 0, 0, 0))


class _Members(NamedTuple):
    """Members of a zip, one behind the other, with the directory of them."""

    data: bytes = b""
    directory: bytes = b""
    number: int = 0

    def followed_by(self, contents: Mapping[str, bytes | Deflated]) -> Self:
        """These and further ones."""
        return self.joined(_Part.of(name, content) for name, content in contents.items())

    def joined(self, parts: Iterable[_Part]) -> Self:
        """These and ``parts``."""
        data, directory, start = [self.data], [self.directory], len(self.data)
        for part in parts:
            data.append(part.local)
            directory += (part.central, _START.pack(start), part.name)
            start += len(part.local)
        return type(self)(b"".join(data), b"".join(directory), self.number + len(data) - 1)

    def closed(self) -> bytes:
        """The whole zip."""
        end = _END.pack(b"PK\5\6", 0, 0, self.number, self.number, len(self.directory), len(self.data), 0)
        return b"".join((self.data, self.directory, end))


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
        except ARCHIVE_ERRORS as error:
            raise UnreadableFileError(name, f"not a Word file (.docx): {error}") from None
        self._parts = {part: _Part.of(part, content) for part, content in self._content.items()}
        self._rest = frozenset(self._parts), _Members()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._content)

    def read(self, part: str) -> bytes:
        """The content of one part, empty if there is none of that name."""
        return self._content.get(part, b"")

    def text(self, part: str) -> str:
        return self.read(part).decode("utf-8-sig")

    def with_parts(self, changed: Mapping[str, bytes | Deflated]) -> bytes:
        """The whole .docx with some parts replaced; new and replaced parts go last."""
        return self._without(frozenset(changed)).followed_by(changed).closed()

    def _without(self, names: frozenset[str]) -> _Members:
        """All parts but these; the letters of a template have the same parts of their own, one after the other."""
        left_out, members = self._rest
        if names != left_out:
            members = _Members().joined(part for name, part in self._parts.items() if name not in names)
            self._rest = names, members
        return members


def part_of(docx: bytes, name: str) -> bytes:
    """One part of a package made here, empty if there is none of that name; zipfile would read much it need not."""
    called, end = name.encode(), _END.unpack_from(docx, len(docx) - _END.size)
    number, place = end[4], end[6]
    for _ in range(number):
        entry = _CENTRAL.unpack_from(docx, place)
        (packed_size, size, name_length), place = entry[8:11], place + _CENTRAL.size + _START.size
        if docx[place : place + name_length] == called:
            (start,) = _START.unpack_from(docx, place - _START.size)
            start += _LOCAL.size + name_length
            return inflated(docx[start : start + packed_size], size)
        place += name_length
    return b""


def packed(contents: Mapping[str, bytes]) -> bytes:
    """A package of these parts, in this order."""
    return _Members().followed_by(contents).closed()
