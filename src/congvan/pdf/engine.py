"""The PDF engines, behind one small interface.

An engine turns a bundle into one PDF and says on which page each letter begins. Engines are siblings that
do not know each other; a new one is one new file and one line in ``_ENGINES``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Protocol

from congvan.errors import EngineError
from congvan.findings import Report, finding
from congvan.pdf.paragraphs import LetterText

if TYPE_CHECKING:
    from pikepdf import Pdf

DEFAULT: Final = "dxpdf"
_ENGINES: Final = {"dxpdf": "congvan.pdf.engines.dxpdf.engine", "libreoffice": "congvan.pdf.engines.libreoffice.engine"}


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
        """How many letters there are."""
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


class Engine(Protocol):
    """What turns a bundle into PDF."""

    @property
    def name(self) -> str:
        """What ``--engine`` calls it."""

    @property
    def version(self) -> str:
        """Its version, as ``congvan doctor`` shows it."""

    @property
    def is_bundle_independent(self) -> bool:
        """Whether a letter cut from a bundle has the same bytes as the letter converted alone."""

    @property
    def max_letters(self) -> int:
        """How many letters of a long run are best converted at once: more take more memory, and are no faster."""

    def unsupported(self, docx: bytes) -> Report:
        """What in ``docx``, a letter or a template, it would not draw as Word does.

        Raises:
            EngineError: when it is no Word document.
        """

    def convert(self, bundle: Bundle) -> ConvertedBundle:
        """``bundle`` as PDF.

        Raises:
            EngineError: when it fails, or would not draw the bundle as Word does.
        """


@dataclass(frozen=True, slots=True)
class EngineState:
    """Whether an engine can be used here: its ``version``, or why it is ``missing``."""

    name: str
    version: str | None = None
    missing: str | None = None


def engine(name: str | None = None) -> Engine:
    """The engine called ``name``; the embedded one if none is named.

    Raises:
        EngineError: when there is no such engine, or this machine lacks it; the message names those it has.
    """
    wanted = name or DEFAULT
    if wanted not in _ENGINES:
        raise EngineError(wanted, _sentence("pdf-engine-unknown", name=wanted, known=", ".join(_ENGINES)))
    try:
        return _opener(wanted)()
    except EngineError as error:
        usable = ", ".join(state.name for state in engines().values() if state.version)
        raise EngineError(
            wanted, _sentence("pdf-engine-missing", name=wanted, why=error.reason, known=usable)
        ) from error


def engines() -> Mapping[str, EngineState]:
    """Every engine congvan knows, with its version or the reason why it cannot be used on this machine."""
    return {name: _state(name) for name in _ENGINES}


def verify(engine: Engine, bundle: Bundle, converted: ConvertedBundle) -> ConvertedBundle:
    """``converted`` itself, if it has as many letters as the bundle and every page belongs to one of them.

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


def _opener(name: str) -> Callable[[], Engine]:
    opener: Callable[[], Engine] = import_module(_ENGINES[name]).open_engine
    return opener


def _state(name: str) -> EngineState:
    try:
        return EngineState(name, version=_opener(name)().version)
    except EngineError as error:
        return EngineState(name, missing=error.reason)


def _sentence(code: str, **values: str) -> str:
    problem = finding(code, **values)
    return f"{problem.message} {problem.hint}"
