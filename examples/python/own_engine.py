"""A PDF engine of one's own: here the embedded one, and a count of what it did; it could as well ask a web service.

Run: ``python own_engine.py CAMPAIGN.yaml OUT``

An engine is anything with these methods. ``name`` and ``version`` are part of a letter's fingerprint: with another
version all letters are made again. Worker processes get the engine pickled and import its class by name; the count has
to arrive here, so this run is given threads instead.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import congvan
from congvan.pdf import Bundle, ConvertedBundle, Engine, engine


class CountingEngine:
    """Hands each bundle of letters to another engine and counts both."""

    name = "counting"

    def __init__(self, other: Engine) -> None:
        self._other = other
        self.version = other.version
        self.is_bundle_independent = other.is_bundle_independent
        self.max_letters = other.max_letters
        self.bundles = 0
        self.letters = 0

    def unsupported(self, docx: bytes) -> congvan.Report:
        """Findings about what in a Word document this engine would not draw as Word does."""
        return self._other.unsupported(docx)

    def convert(self, bundle: Bundle) -> ConvertedBundle:
        """The bundle as PDF, with the first page of each of its letters."""
        self.bundles += 1
        self.letters += bundle.letters
        return self._other.convert(bundle)


def main(campaign: str, out: str) -> None:
    """Make the letters of the upper tiers as a draft, and print the count."""
    plan = congvan.plan(congvan.load_campaign(campaign), only=["tinh", "huyen"])
    counting = CountingEngine(engine())
    with ThreadPoolExecutor(1) as threads:
        congvan.render(plan, out, draft=True, engine=counting, executor=threads)
    print(f"{counting.letters} letters in {counting.bundles} bundles")


if __name__ == "__main__":
    main(*sys.argv[1:])
