"""Offices and campaigns: chosen, or made by forms."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.responses import Response

from congvan.campaign.accepted_offices import accept_office
from congvan.decree.kinds import KINDS
from congvan.errors import CongvanError
from congvan.web.clerk.campaigns import campaigns_in, new_campaign, new_office, offices_in
from congvan.web.clerk.listed import page_of
from congvan.web.clerk.screens import Chosen, Queue, go, screen
from congvan.web.gate import LANGUAGE

router = APIRouter()


@router.get("/")
async def first(settings: Chosen, queue: Queue) -> Response:
    """Every office and campaign of the folder."""
    assert settings.folder
    return await queue.run(_first, settings.folder)


@router.post("/offices")
async def make_office(request: Request, settings: Chosen, queue: Queue) -> Response:
    """A new office of one issuing body."""
    assert settings.folder
    form = {name: str(value).strip() for name, value in (await request.form()).items()}
    try:
        made = await queue.run(new_office, settings.folder, form)
    except CongvanError as error:
        return await queue.run(_first, settings.folder, error.report, form, 422)
    accept_office(made)
    return go("/")


@router.post("/campaigns")
async def make_campaign(request: Request, settings: Chosen, queue: Queue) -> Response:
    """A new campaign of one tier, with its list."""
    assert settings.folder
    async with request.form() as given:
        form = {name: str(value).strip() for name, value in given.items() if isinstance(value, str)}
        listed = given.get("danh_sach")
        if isinstance(listed, UploadFile) and listed.filename:
            form["danh_sach"] = Path(listed.filename).name
        content = await listed.read() if isinstance(listed, UploadFile) else b""
    try:
        made = await queue.run(new_campaign, settings.folder, form, form.get("danh_sach", ""), content)
    except CongvanError as error:
        return await queue.run(_first, settings.folder, error.report, form, 422)
    await queue.run(_read_ahead, made, form)
    return go(f"/list?dot={made.relative_to(settings.folder).as_posix()}")


@router.post("/language")
async def choose_language(request: Request) -> Response:
    """Vietnamese or English for this browser."""
    form = await request.form()
    response = go("/")
    response.set_cookie(LANGUAGE, "en" if form.get("lang") == "en" else "vi", samesite="strict", httponly=True)
    return response


def _read_ahead(made: Path, form: Mapping[str, str]) -> None:
    """Read the new list while the browser waits anyway: its page is there at once then."""
    with suppress(CongvanError):  # its page says what is wrong
        page_of(made.parent / "noi-nhan" / f"{form['cap']}{Path(form['danh_sach']).suffix.lower()}", form["cap"])


def _first(folder: Path, report: Any = (), form: Any = None, status: int = 200) -> Response:
    found = {"offices": list(offices_in(folder)), "campaigns": list(campaigns_in(folder)), "kinds": KINDS.values()}
    return screen("first", status, **found, report=report, form=form or {})
