"""A circuit breaker: a tier whose letters fail one after another for one cause is stopped, not tried to its end.

It is for causes that cost much each time: a letter that hangs the engine costs its whole time limit, a tag that is
never done its budget. Letters that fail here and there, between others that are made, stop nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

MOST_FAILURES: Final = 3
"""Letters in a row that may fail for one cause before their tier is stopped."""


@dataclass
class CircuitBreaker:
    """What the letters of each tier have failed for; ``reasons`` are why tiers were stopped, in words."""

    reasons: dict[str, str] = field(default_factory=dict)
    _last: dict[str, tuple[str, int]] = field(default_factory=dict)

    def note_failure(self, tier: str, cause: str, why: str) -> None:
        """A letter of ``tier`` failed; ``cause`` is the same for failures of one kind, ``why`` is a sentence."""
        last, count = self._last.get(tier, (cause, 0))
        count = count + 1 if last == cause else 1
        self._last[tier] = cause, count
        if count >= MOST_FAILURES:
            self.reasons.setdefault(tier, why)

    def note_success(self, tier: str) -> None:
        """A letter of ``tier`` was made."""
        self._last.pop(tier, None)
