"""Look-ups in the register, and the numbers that letters would get; nothing is written."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query
from pydantic import BaseModel, ConfigDict

import congvan
from congvan.findings import finding
from congvan.letter.number_request import SERIES_OF_MARKED_LETTERS
from congvan.register import Register
from congvan.register.lookup.search import FoundLetter, Search
from congvan.web.refusal import Refusal
from congvan.web.service.calls import REFUSALS, Chosen, Queue

router = APIRouter()
_PUBLIC = ("khoa", "so", "don_vi", "nam", "chuoi", "ky_hieu", "loai")
_ABOUT = ("trich_yeu", "noi_nhan", "nguoi_ky")
MOST_FOUND = 500


class Request(BaseModel):
    """A letter that is to get a number, as :class:`congvan.NumberRequest`."""

    model_config = ConfigDict(extra="forbid")

    khoa: str
    don_vi: str
    nam: int
    ngay: date | None = None
    ky_hieu: str
    loai: str
    trich_yeu: str
    chuoi: str = ""


@router.get("/book", responses=REFUSALS, summary="Lines of the register")
async def find(
    queue: Queue,
    settings: Chosen,
    q: Annotated[str, Query(max_length=500, description="18, 18/ĐLM, 21/6/2026, or words")],
    nam: int | None = None,
    don_vi: str | None = None,
) -> dict[str, Any]:
    """Find letters by number, date or words; of secret ones only number, date and kind are shown."""
    where = _register(settings.register)
    return await queue.run(_found, where, q, nam, don_vi)


@router.post("/numbers/preview", responses=REFUSALS, summary="The numbers that letters would get now")
async def preview(
    queue: Queue, settings: Chosen, requests: Annotated[list[Request], Body(max_length=10_000)]
) -> dict[str, Any]:
    """Preview numbers; none is taken."""
    where = _register(settings.register)
    return await queue.run(_previewed, where, requests)


def _register(where: Any) -> Any:
    if where is None:
        raise Refusal(404, finding("web-no-book"))
    return where


def _found(where: Any, text: str, nam: int | None, don_vi: str | None) -> dict[str, Any]:
    search = Search.of([text], nam=nam, don_vi=don_vi)
    if search.is_empty:
        raise Refusal(422, finding("web-request", part="q"))
    with Register.open(where) as book:
        found = book.require().find(search)
    return {"count": len(found), "letters": [line(one) for one in found[:MOST_FOUND]]}


def line(found: FoundLetter) -> dict[str, Any]:
    """A line of the register as JSON; what a secret letter is about, and to whom, stays out."""
    entry = found.entry
    is_secret = entry.chuoi == SERIES_OF_MARKED_LETTERS
    states = [one.trang_thai.value for one in found.letters] or [entry.trang_thai.value]
    return {
        "so_ky_hieu": entry.so_ky_hieu,
        **{name: getattr(entry, name) for name in _PUBLIC},
        **{name: "…" if is_secret else getattr(entry, name) for name in _ABOUT},
        "ngay": entry.ngay.isoformat() if entry.ngay else None,
        "trang_thai": list(dict.fromkeys(states)),
        "lien_quan": [link.sentence() for link in found.links],
    }


def _previewed(where: Any, requests: list[Request]) -> dict[str, Any]:
    wanted = [congvan.NumberRequest(**one.model_dump()) for one in requests]
    with Register.open(where) as book:
        report, numbers = book.preview(wanted)
    return {"numbers": dict(numbers), "findings": [one.as_dict() for one in report]}
