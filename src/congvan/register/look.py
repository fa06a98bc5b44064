"""One look at a run: the numbers it would get from a book, and what stands against that. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from congvan.errors import RegisterError
from congvan.findings import Report
from congvan.register.entry import NumberRequest
from congvan.register.numbering import Book, Numbering, assign
from congvan.register.objections import to_run


@dataclass(frozen=True, slots=True)
class Look:
    """A run as ``book`` lets it be numbered; ``report`` is what stands against it."""

    run: tuple[NumberRequest, ...]
    book: Book
    numbering: Numbering
    report: Report

    @classmethod
    def at(cls, book: Book, run: tuple[NumberRequest, ...]) -> Self:
        """The look that ``run`` takes at ``book``."""
        numbering = assign(run, book)
        return cls(run, book, numbering, Report.of(to_run(run, book, numbering)))

    def again(self, book: Book) -> Self:
        """The same run's look at ``book``, which mostly says what it said before."""
        return self if book == self.book else type(self).at(book, self.run)

    @property
    def allowed(self) -> Numbering:
        """The numbering, unless something stands against it.

        Raises:
            RegisterError: with the whole report, if any of it is an error.
        """
        self.report.raise_errors(RegisterError)
        return self.numbering
