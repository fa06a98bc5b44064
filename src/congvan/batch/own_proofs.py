"""What a process that makes letters keeps of those it laid out on trial.

A letter is kept filled and checked, but not packed: to pack it is a third of the work, and there is time for that while
numbers are taken and letters are put in their places.
"""

from __future__ import annotations

import pickle
from typing import Final

from congvan.batch.proofs import Proofs
from congvan.word import CompiledTemplate, FilledLetter


class OwnProofs:
    """Letters of one run by their place in the plan, as far as there was room, and what each was made from."""

    def __init__(self) -> None:
        self._letters = Proofs().__enter__()
        self._templates: dict[int, CompiledTemplate] = {}
        self._bases: dict[int, bytes] = {}

    def keep(self, place: int, letter: FilledLetter, template: CompiledTemplate, basis: str) -> bool:
        """Keep ``letter``, filled into ``template`` and made from ``basis``, if there is room."""
        self._templates[place] = template
        self._bases[place] = bytes.fromhex(basis)
        return self._letters.keep(place, pickle.dumps((letter.encoded, letter.parts)))

    def docx(self, place: int) -> bytes:
        """The letter at this place; nothing when it was not kept."""
        kept = self._letters.of(place)
        return FilledLetter(*pickle.loads(kept)).pack(self._templates[place]) if kept else b""  # noqa: S301 - our own

    def basis_of(self, place: int) -> str:
        """What the letter at this place was made from."""
        return self._bases[place].hex()

    def discard(self) -> None:
        """Keep nothing any more."""
        self._letters.discard()


def own_proofs(run: str) -> OwnProofs:
    """What this process keeps for ``run``, and nothing any more for another."""
    if run not in _OWN:
        for earlier in _OWN.values():
            earlier.discard()
        _OWN.clear()
        _OWN[run] = OwnProofs()
    return _OWN[run]


_OWN: Final[dict[str, OwnProofs]] = {}
