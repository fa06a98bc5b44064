"""The book: its lines, searched as on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from congvan.errors import CongvanError
from congvan.register import Register
from congvan.register.lookup.search import FoundLetter, Search
from congvan.register.trail_sentences import state_name
from congvan.web.clerk.campaigns import offices_in
from congvan.web.clerk.screens import Chosen, Queue, screen, shown_date
from congvan.web.service.book import MOST_FOUND, line

router = APIRouter()


@router.get("/book")
async def show(settings: Chosen, queue: Queue, q: str = "", office: str = "") -> Response:
    """The lines that a search finds, in the book of one office."""
    assert settings.folder
    return await queue.run(_screen, settings.folder, q[:500], office)


def _screen(folder: Path, text: str, office: str) -> Response:
    offices = dict(offices_in(folder))
    chosen = office if office in offices else next(iter(offices), None)
    values: dict[str, Any] = {"offices": offices.items(), "office": chosen, "q": text}
    book = folder / (chosen or ".") / "so.sqlite3"
    if not book.exists():
        return screen("book", **values, found=(), count=0)
    try:
        search = Search.of([text])
        with Register.open(book) as register:
            found = register.find(search)
    except CongvanError as error:
        return screen("book", 422, **values, found=(), count=0, report=error.report)
    lines = [_line(one) for one in found[:MOST_FOUND]]
    return screen("book", **values, found=lines, count=len(found))


def _line(found: FoundLetter) -> dict[str, Any]:
    """A line of the book with its date and state as people write them."""
    known = line(found)
    return {**known, "states": ", ".join(map(state_name, known["trang_thai"])), "date": shown_date(found.entry.ngay)}
