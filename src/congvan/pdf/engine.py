"""The PDF engines, behind one small interface (:class:`Engine`).

An engine converts a bundle into one PDF and says on which page each letter begins. Engines do not know each other.
Those of congvan have names (:mod:`congvan.pdf.engines.available`); one of the caller's is an object handed in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from congvan.errors import EngineError
from congvan.findings import Report
from congvan.pdf.paragraphs import LetterText

if TYPE_CHECKING:
    from pikepdf import Pdf
else:
    Pdf = Any  # pikepdf is loaded when a letter is converted


@dataclass(frozen=True, slots=True)
class Bundle:
    """A .docx holding several letters as sections, each starting on a new page that counts as its first.

    ``bookmarks`` are the names of bookmarks where the letters begin, for engines that report places by name; a
    document that is one letter needs none.
    """

    docx: bytes
    bookmarks: tuple[str, ...] = ()

    @property
    def letters(self) -> int:
        """The number of letters."""
        return len(self.bookmarks) or 1


@dataclass(frozen=True, slots=True)
class ConvertedBundle:
    """A bundle as PDF; it holds the letters' pages and no others.

    ``first_pages`` are the pages, counted from 0, on which the letters begin. ``letter_texts`` has the text of each
    letter, where an engine knows it; the PDF is tagged by it. ``opened`` is the PDF if the engine has it open already.
    """

    pdf: bytes
    first_pages: tuple[int, ...]
    page_count: int
    letter_texts: tuple[LetterText, ...] = ()
    opened: Pdf | None = field(default=None, repr=False, compare=False)

    @property
    def page_ranges(self) -> tuple[range, ...]:
        """The pages of each letter, in order."""
        return tuple(range(first, end) for first, end in pairwise((*self.first_pages, self.page_count)))


@runtime_checkable
class Engine(Protocol):
    """A converter of bundles into PDF; an office system may hand in one of its own.

    An engine of its own class needs all of these; one that is derived from this class only ``name``, ``version`` and
    :meth:`convert`. It is called by one thread at a time for each call of :func:`congvan.to_pdf`.
    """

    @property
    def name(self) -> str:
        """Its name in messages, and on the command line where congvan knows it."""

    @property
    def version(self) -> str:
        """Its version. A letter made with another version is made anew by the next run."""

    @property
    def is_bundle_independent(self) -> bool:
        """True if a letter split from a bundle has the same bytes as the letter converted alone."""
        return False

    @property
    def max_letters(self) -> int:
        """The most letters a bundle should have: more take more memory, and are no faster."""
        return 1

    def unsupported(self, docx: bytes) -> Report:  # noqa: ARG002 - for engines that look
        """Findings about what in ``docx``, a letter or a template, it would not draw as Word does.

        Raises:
            EngineError: when it is no Word document.
        """
        return Report()

    def convert(self, bundle: Bundle) -> ConvertedBundle:
        """Convert ``bundle``.

        Raises:
            EngineError: when it fails, or would not draw the bundle as Word does.
        """


def verify(engine: Engine, bundle: Bundle, converted: ConvertedBundle) -> ConvertedBundle:
    """Return ``converted`` if it has as many letters as the bundle and every page belongs to one of them.

    Raises:
        EngineError: when a letter is missing, or some belong to no letter.
    """
    asked, found = bundle.letters, len(converted.first_pages)
    if asked != found:
        raise EngineError(engine.name, f"{found} letters found in the PDF, {asked} in the bundle")
    if converted.first_pages[:1] != (0,) or not all(converted.page_ranges):
        raise EngineError(
            engine.name,
            f"letters begin on the pages {converted.first_pages} of {converted.page_count}: some belong to no letter",
        )
    return converted
