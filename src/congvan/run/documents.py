"""Many finished Word documents as PDF: bundled where they can be, converted by worker processes, lazily, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def to_pdfs(documents: Iterable[bytes]) -> Iterator[bytes]:
    raise NotImplementedError
