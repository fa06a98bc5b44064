"""The pictures on a letter's pages, as objects of the letter's own PDF.

Only pictures that a file for archives may hold (ISO 19005-2, 6.2.8): dots in red, green and blue, or in grey, no
drawings. A letter with any other is put together in the general way, and makes no claim to be for archives.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Object, Stream

from congvan.pdf.split.object_copier import SKIPPED_KEYS

_PLAIN_SPACES: Final = ("/DeviceRGB", "/DeviceGray")
_NOT_ARCHIVAL: Final = ("/Alternates", "/OPI", "/SMaskInData")
_FILTERS: Final = frozenset(["/FlateDecode", "/DCTDecode", "/CCITTFaxDecode", "/RunLengthDecode"])
_MASKS: Final = ("/SMask", "/Mask")


class PictureObjects:
    """Objects numbered from ``first``; a picture that is asked for twice is there once."""

    def __init__(self, first: int) -> None:
        self.objects: dict[int, bytes] = {}
        self._first = first
        self._numbers: dict[tuple[int, int], int] = {}

    def resources(self, pictures: Mapping[str, Object]) -> bytes:
        """The entry of a page's resources for ``pictures``, by the names its content gives them."""
        named = b"".join(b"%s %s" % (name.encode(), self._source(picture)) for name, picture in pictures.items())
        return b"/XObject<<%s>>" % named if named else b""

    def _source(self, value: Any) -> bytes:
        """``value`` as the file has it; an object of its own gets a number."""
        if not isinstance(value, Dictionary | Stream | Array):
            return Array([value]).unparse()[1:-1].strip()
        if not value.is_indirect:
            return self._written(value)
        if value.objgen not in self._numbers:
            number = self._numbers[value.objgen] = self._first + len(self._numbers)
            self.objects[number] = self._written(value)
        return b"%d 0 R" % self._numbers[value.objgen]

    def _written(self, value: Object) -> bytes:
        if isinstance(value, Array):
            return b"[%s]" % b" ".join(map(self._source, value))
        entries = b"".join(
            b"%s %s" % (key.encode(), self._source(entry)) for key, entry in value.items() if key not in SKIPPED_KEYS
        )
        if not isinstance(value, Stream):
            return b"<<%s>>" % entries
        data = value.read_raw_bytes()
        return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def is_archival(picture: Object) -> bool:
    """True for a picture that a PDF for archives may hold, with its masks."""
    if picture.get("/Subtype") != Name.Image or any(key in picture for key in _NOT_ARCHIVAL):
        return False
    if picture.get("/Interpolate", False) or not _filters(picture) <= _FILTERS:
        return False
    masks = [picture[key] for key in _MASKS if isinstance(picture.get(key), Stream)]
    has_space = picture.get("/ImageMask", False) or _is_plain(picture.get("/ColorSpace"))
    return bool(has_space) and all(map(is_archival, masks))


def _filters(picture: Object) -> set[str]:
    found = picture.get("/Filter", Array())
    return {str(name) for name in (found if isinstance(found, Array) else [found])}


def _is_plain(space: Object | None) -> bool:
    """True for red, green and blue, or grey, with a profile or without, and for a table of such colours."""
    if not isinstance(space, Array):
        return str(space) in _PLAIN_SPACES
    if space[0] == Name.Indexed:
        return _is_plain(space[1])
    return bool(space[0] == Name.ICCBased and int(space[1].get("/N", 0)) in {1, 3})
