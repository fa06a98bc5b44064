"""The book a campaign's numbers are kept in: its office's, or one beside a campaign outside any office."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from congvan.campaign.file.campaign_codes import campaigns_with_code
from congvan.campaign.office import BOOK, Office
from congvan.findings import Finding, Place, finding
from congvan.recipients import is_address
from congvan.recipients.sources.database_address import shown_address
from congvan.text import slug


def default_book(folder: Path, office: Office | None) -> Path | str:
    """The book of a campaign whose file lies in ``folder``."""
    return office.book if office else folder / BOOK


def book_findings(folder: Path, office: Office | None, ma: str) -> Iterator[Finding]:
    """Why the campaign ``ma``, whose file lies in ``folder``, cannot use the book of its office."""
    if office is None:
        return
    if missing := office.leave_missing("so_dang_ky"):
        yield missing
    own = folder / BOOK
    if own.exists() and not _is_same(own, office.book):
        yield finding("office-own-book", Place(file=str(own)), office=office.ten, book=shown_book(office.book))
    for other in campaigns_with_code(ma, office.folder, folder):
        new = slug(folder.absolute().name)
        values = {"ma": ma, "other": other.as_posix(), "new": new if new != ma else f"{ma}-2"}
        yield finding("office-code-twice", Place(file=folder.as_posix(), key="ma"), **values)


@dataclass(frozen=True, slots=True)
class BookInUse:
    """The book ``where`` that a command uses: that of ``office``, or with ``is_chosen`` one it was given instead."""

    where: Path | str
    office: Office | None
    is_chosen: bool = False

    @property
    def note(self) -> Finding:
        """Which book it is, in a sentence."""
        book = shown_book(self.where)
        if self.is_chosen:
            return finding("office-book-chosen", book=book)
        if self.office:
            return finding("office-book", book=book, office=self.office.ten)
        return finding("office-book-beside", book=book)

    def as_dict(self) -> dict[str, Any]:
        """The same for ``--json``."""
        office = self.office.ten if self.office and not self.is_chosen else None
        return {"noi": shown_book(self.where), "co_quan": office}


def shown_book(where: Path | str) -> str:
    """A book as it may be shown: a path with forward slashes, an address without its password."""
    if isinstance(where, Path) or not is_address(where):
        return Path(where).as_posix()
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return shown_address(make_url(where))
    except (ArgumentError, ValueError):  # the register says what is wrong with it
        return f"{where.partition(':')[0]}://…"


def _is_same(path: Path, book: Path | str) -> bool:
    try:
        return isinstance(book, Path) and path.samefile(book)
    except OSError:  # the office has no book yet
        return False
