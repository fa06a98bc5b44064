"""A TrueType program as a PDF embeds it: cut down to some of its glyphs, or joined with another cut of the same.

Glyphs keep their numbers; one that is not needed becomes an empty outline. So the text of a page, which
names glyphs by number, stays as it is. Hints, the programs that fit outlines to the dots of a screen, are left out:
paper needs none, viewers of today do without, and they are half of a cut. (OpenType specification: head, hhea, maxp,
hmtx, loca, glyf.)
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, repeat
from sys import byteorder
from typing import Final, Self

_NO_HINTS: Final = struct.pack(">7H", 1, 0, 0, 0, 0, 0, 0)  # maxp, from maxZones to maxSizeOfInstructions
_HINTS_FROM, _HINTS_TO = 14, 28
_COUNT_IN_MAXP: Final = slice(4, 6)
_COUNT_IN_HHEA: Final = slice(34, 36)
_DIRECTORY_ENTRY: Final = struct.Struct(">4s3L")
_GLYPH_HEADER: Final = 10  # bytes before a glyph's points or parts
_EMPTY_METRICS: Final = bytes(4)

# Composite glyph flags
_WORDS: Final = 0x0001
_SCALE: Final = 0x0008
_MORE: Final = 0x0020
_TWO_SCALES: Final = 0x0040
_MATRIX: Final = 0x0080
_HINTED: Final = 0x0100


@dataclass(frozen=True, eq=False)
class Typeface:
    """Outlines and metrics by glyph number, and the tables that all glyphs share, in which no count stands.

    Two cuts of one program share tables; they may hold different glyphs, and so many as their last one's number says.
    """

    tables: Mapping[bytes, bytes]
    outlines: Mapping[int, bytes]
    metrics: Mapping[int, bytes]
    glyph_count: int

    @classmethod
    def read(cls, program: bytes) -> Self:
        """The face in ``program``.

        Raises:
            ValueError: when it is not a TrueType program.
        """
        try:
            return cls._read(program)
        except (struct.error, KeyError, IndexError) as error:
            raise ValueError(f"not a TrueType program that can be cut: {error!r}") from error

    @classmethod
    def _read(cls, program: bytes) -> Self:
        tables = _tables(program)
        (glyph_count,) = struct.unpack_from(">H", tables[b"maxp"], 4)
        offsets = _offsets(tables[b"loca"], long=tables[b"head"][51] == 1)
        glyf = tables[b"glyf"]
        outlines = {glyph: _unhinted(glyf[offsets[glyph] : offsets[glyph + 1]]) for glyph in range(glyph_count)}
        metrics = _metrics(tables[b"hmtx"], tables[b"hhea"], glyph_count)
        shared = {
            b"head": _with_checksum(_replaced(tables[b"head"], slice(50, 52), bytes(2)), 0),
            b"hhea": _replaced(tables[b"hhea"], _COUNT_IN_HHEA, bytes(2)),
            b"maxp": _replaced(
                _replaced(tables[b"maxp"], slice(_HINTS_FROM, _HINTS_TO), _NO_HINTS), _COUNT_IN_MAXP, bytes(2)
            ),
        }
        return cls(shared, _not_empty(outlines), _not_empty(metrics), glyph_count)

    def only(self, glyphs: Iterable[int]) -> Typeface:
        """This face with ``glyphs``, the parts they are composed of, and glyph 0, which every face has."""
        glyphs_needed = frozenset[int]().union(*map(self._with_parts, {0, *glyphs}))
        return Typeface(
            self.tables,
            {glyph: self.outlines[glyph] for glyph in glyphs_needed if glyph in self.outlines},
            {glyph: self.metrics[glyph] for glyph in glyphs_needed if glyph in self.metrics},
            max(glyphs_needed) + 1,
        )

    def renumbered(self, order: Sequence[int]) -> Typeface:
        """This face with the glyphs ``order`` names, numbered from 0 as they stand there.

        Parts of a composite must be among them.
        """
        numbers = {glyph: number for number, glyph in enumerate(order)}
        return Typeface(
            self.tables,
            {numbers[old]: _repointed(self.outlines[old], numbers) for old in order if old in self.outlines},
            {numbers[old]: self.metrics[old] for old in order if old in self.metrics},
            len(order),
        )

    def parts(self, glyph: int) -> tuple[int, ...]:
        """The glyphs ``glyph`` is composed of; none for a simple one."""
        return tuple(part for _, part in _parts(self.outlines.get(glyph, b"")))

    def joined(self, other: Typeface) -> Typeface | None:
        """A face with the glyphs of both, or None if they are not cuts of one program."""
        if (
            self.tables != other.tables
            or _differ(self.outlines, other.outlines)
            or _differ(self.metrics, other.metrics)
        ):
            return None
        outlines, metrics = {**self.outlines, **other.outlines}, {**self.metrics, **other.metrics}
        return Typeface(self.tables, outlines, metrics, max(self.glyph_count, other.glyph_count))

    @cached_property
    def program(self) -> bytes:
        """The TrueType program."""
        glyphs = range(self.glyph_count)
        outlines = list(map(self.outlines.get, glyphs, repeat(b"")))
        long, loca = _loca(outlines)
        count = struct.pack(">H", self.glyph_count)
        tables = {
            b"glyf": b"".join(outlines),
            b"head": _replaced(self.tables[b"head"], slice(50, 52), struct.pack(">H", long)),
            b"hhea": _replaced(self.tables[b"hhea"], _COUNT_IN_HHEA, count),  # a metric for every glyph
            b"hmtx": b"".join(map(self.metrics.get, glyphs, repeat(_EMPTY_METRICS))),
            b"loca": loca,
            b"maxp": _replaced(self.tables[b"maxp"], _COUNT_IN_MAXP, count),
        }
        return _assembled(tables)

    def _with_parts(self, glyph: int) -> frozenset[int]:
        """``glyph`` and all it is composed of."""
        if glyph not in self._wholes:
            found, missing = {glyph}, {glyph}
            while missing:  # a damaged font may have a glyph that is part of itself
                missing = {part for one in missing for part in self.parts(one)} - found
                found |= missing
            self._wholes[glyph] = frozenset(found)
        return self._wholes[glyph]

    @cached_property
    def _wholes(self) -> dict[int, frozenset[int]]:
        """The parts of the glyphs that have been looked up so far."""
        return {}


def table(program: bytes, tag: bytes) -> bytes:
    """One table of a TrueType program.

    Raises:
        KeyError: when it has none of that name.
    """
    return _tables(program)[tag]


def _tables(program: bytes) -> dict[bytes, bytes]:
    (count,) = struct.unpack_from(">H", program, 4)
    entries = (_DIRECTORY_ENTRY.unpack_from(program, 12 + 16 * index) for index in range(count))
    return {tag: program[offset : offset + length] for tag, _, offset, length in entries}


def _offsets(loca: bytes, *, long: bool) -> array[int]:
    offsets = array("L" if array("L").itemsize == 4 else "I", loca) if long else array("H", loca)  # noqa: PLR2004
    if byteorder == "little":
        offsets.byteswap()
    return offsets if long else array("I", (2 * offset for offset in offsets))


def _metrics(hmtx: bytes, hhea: bytes, glyph_count: int) -> dict[int, bytes]:
    """Advance and side bearing of each glyph; the last glyphs may share an advance (hmtx, longHorMetric)."""
    (full,) = struct.unpack_from(">H", hhea, 34)
    shared = hmtx[4 * full - 4 : 4 * full - 2]
    bearings = hmtx[4 * full :]
    metrics = {glyph: hmtx[4 * glyph : 4 * glyph + 4] for glyph in range(full)}
    rest = {full + offset: shared + bearings[2 * offset : 2 * offset + 2] for offset in range(glyph_count - full)}
    return metrics | rest


def _not_empty(values: Mapping[int, bytes]) -> dict[int, bytes]:
    return {glyph: value for glyph, value in values.items() if value.strip(b"\0")}


def _loca(outlines: Iterable[bytes]) -> tuple[bool, bytes]:
    offsets = list(accumulate(map(len, outlines), initial=0))
    long = offsets[-1] > 0x1FFFE  # noqa: PLR2004 - the largest offset that half of fits in 16 bits
    values = array("I", offsets) if long else array("H", [offset // 2 for offset in offsets])
    if byteorder == "little":
        values.byteswap()
    return long, values.tobytes()


def _parts(outline: bytes) -> Iterator[tuple[int, int]]:
    """The glyphs a composite outline is made of, each with where its number stands; none for a simple one."""
    if not _is_composite(outline):
        return
    for offset, _ in _components(outline):
        yield offset + 2, struct.unpack_from(">H", outline, offset + 2)[0]


def _is_composite(outline: bytes) -> bool:
    return len(outline) >= _GLYPH_HEADER and outline[0] >= 0x80  # noqa: PLR2004 - a negative count of contours


def _components(outline: bytes) -> Iterator[tuple[int, int]]:
    """The first and last offset of each component of a composite."""
    offset, flags = _GLYPH_HEADER, _MORE
    while flags & _MORE:
        (flags,) = struct.unpack_from(">H", outline, offset)
        length = 4 + (4 if flags & _WORDS else 2)
        length += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0
        yield offset, offset + length
        offset += length


def _repointed(outline: bytes, numbers: Mapping[int, int]) -> bytes:
    """A composite whose parts go by other ``numbers``."""
    written = bytearray(outline)
    for offset, part in _parts(outline):
        struct.pack_into(">H", written, offset, numbers[part])
    return bytes(written)


def _unhinted(outline: bytes) -> bytes:
    """An outline without its instructions, of even length."""
    if len(outline) < _GLYPH_HEADER:
        return outline
    return _even(_unhinted_composite(outline) if _is_composite(outline) else _unhinted_simple(outline))


def _unhinted_simple(outline: bytes) -> bytes:
    (contours,) = struct.unpack_from(">H", outline)
    offset = _GLYPH_HEADER + 2 * contours
    (length,) = struct.unpack_from(">H", outline, offset)
    return b"%s\0\0%s" % (outline[:offset], outline[offset + 2 + length :])


def _unhinted_composite(outline: bytes) -> bytes:
    written, end = bytearray(outline), _GLYPH_HEADER
    for offset, after in _components(outline):
        (flags,) = struct.unpack_from(">H", outline, offset)
        struct.pack_into(">H", written, offset, flags & ~_HINTED)
        end = after
    return bytes(written[:end])


def _replaced(table: bytes, part: slice, by: bytes) -> bytes:
    return table[: part.start] + by + table[part.stop :]


def _differ(one: Mapping[int, bytes], other: Mapping[int, bytes]) -> bool:
    return any(one[glyph] != other[glyph] for glyph in one.keys() & other.keys())


def _even(outline: bytes) -> bytes:
    return outline + b"\0" if len(outline) % 2 else outline


def _assembled(tables: Mapping[bytes, bytes]) -> bytes:
    offset = 12 + 16 * len(tables)
    power = len(tables).bit_length() - 1
    search = 16 << power
    directory = [struct.pack(">L4H", 0x00010000, len(tables), search, power, 16 * len(tables) - search)]
    total = 0
    for tag in sorted(tables):
        length, checksum = len(tables[tag]), _checksum(tables[tag])
        directory.append(_DIRECTORY_ENTRY.pack(tag, checksum, offset, length))
        offset += length + -length % 4
        total += checksum
    total += _checksum(b"".join(directory))
    whole = {**tables, b"head": _with_checksum(tables[b"head"], 0xB1B0AFBA - total)}
    bodies = (whole[tag] + bytes(-len(whole[tag]) % 4) for tag in sorted(whole))
    return b"".join([*directory, *bodies])


def _with_checksum(head: bytes, checksum: int) -> bytes:
    return head[:8] + struct.pack(">L", checksum & 0xFFFFFFFF) + head[12:]


def _checksum(table: bytes) -> int:
    words = array("I", table + bytes(-len(table) % 4))
    if byteorder == "little":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF
