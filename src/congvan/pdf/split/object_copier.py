"""Copies objects of one PDF into another by value, without what hangs on them.

Copying a page the usual way takes along all it refers to: its parent, and through a resource dictionary
shared by the whole bundle every other letter's pictures. Here a stream keeps only the resources its own
content uses, and no reference to a page, a parent or the structure of the old document is followed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from pikepdf import Array, Dictionary, Object, Pdf, Stream

from congvan.pdf.split.content_stream import names_used

SKIPPED_KEYS: Final = frozenset(
    [
        "/Parent",
        "/P",
        "/StructParent",
        "/StructParents",
        "/Metadata",
        "/PieceInfo",
        "/OC",
        "/AF",
        "/Length",
        "/LastModified",
    ]
)
"""Entries that lead back to the old document: its page tree, structure, layers, attachments, private data."""

_REFERENCE: Final = b" R"  # in the source of an array: it refers to another object
_ALWAYS_USED: Final = frozenset(["/DefaultGray", "/DefaultRGB", "/DefaultCMYK"])


class ObjectCopier:
    """Copies objects into ``target``; one that was shared is shared again."""

    def __init__(self, target: Pdf) -> None:
        self.target = target
        self._copies: dict[tuple[int, int], Object] = {}
        self.faces: set[str] = set()

    def copy(self, value: Any) -> Any:
        """``value`` as ``target`` may hold it."""
        if not isinstance(value, Object):
            return value
        known = self._copies.get(value.objgen) if value.is_indirect else None
        return known if known is not None else self._copy(value)

    def resources(self, resources: Object, used: Mapping[str, Iterable[str]], replaced: Mapping[str, Object]) -> Object:
        """The entries of ``resources`` whose names are ``used``; ``replaced`` holds fonts that were cut already."""
        copies = Dictionary()
        for category, names in sorted(used.items()):
            entries = resources.get(category, Dictionary())
            defaults = _ALWAYS_USED if category == "/ColorSpace" else frozenset()
            wanted = sorted(name for name in {*names, *defaults} if name in entries)
            if wanted:
                ready = replaced if category == "/Font" else {}
                copies[category] = Dictionary(
                    {name: ready[name] if name in ready else self.copy(entries[name]) for name in wanted}
                )
        return copies

    def _copy(self, value: Object) -> Object:
        match value:
            case Stream():
                copy: Object = Stream(self.target, value.read_raw_bytes())
            case Dictionary():
                copy = self.target.make_indirect(Dictionary()) if value.is_indirect else Dictionary()
            case Array():
                source = value.unparse(resolved=True)
                items = Array(map(self.copy, value)) if _REFERENCE in source else Object.parse(source)
                return self._known(value, self.target.make_indirect(items) if value.is_indirect else items)
            case _:
                return value
        self._known(value, copy)  # before its entries: they may lead back to it
        self._fill(copy, value)
        return copy

    def _fill(self, copy: Object, value: Object) -> None:
        if "/FontDescriptor" in value or value.get("/Subtype") == "/Type3":
            self.faces.add(str(value.get("/BaseFont", "/Type3"))[1:])
        for key, entry in value.items():
            if key == "/Resources" and isinstance(value, Stream):
                copy[key] = self.resources(entry, names_used(value.read_bytes()), {})
            elif key not in SKIPPED_KEYS:
                copy[key] = self.copy(entry)

    def _known(self, value: Object, copy: Object) -> Object:
        if value.is_indirect:
            self._copies[value.objgen] = copy
        return copy


def fingerprint(value: Any) -> bytes:
    """The same for two objects exactly when :class:`ObjectCopier` would make the same of them."""
    digest = hashlib.sha256()
    for part in _parts(value):
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.digest()


def _parts(value: Any) -> Iterator[bytes]:
    match value:
        case Stream() | Dictionary():
            if isinstance(value, Stream):
                yield value.read_raw_bytes()
            for key, entry in sorted(value.items()):
                if key not in SKIPPED_KEYS:
                    yield key.encode()
                    yield from _parts(entry)
            yield b"end"
        case Array():
            source = value.unparse(resolved=True)
            if _REFERENCE not in source:
                yield source
                return
            for entry in value:
                yield from _parts(entry)
            yield b"end"
        case Object():
            yield value.unparse()
        case _:
            yield repr(value).encode()
