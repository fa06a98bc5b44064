"""The list of a tier: faults at the cells, mended in a copy with its changes listed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.responses import Response

from congvan.errors import CongvanError
from congvan.findings import finding
from congvan.recipients import SUFFIXES
from congvan.support.files import write_whole
from congvan.support.untrusted_files import LIST_LIMIT, read_untrusted
from congvan.web.clerk.campaigns import CampaignFile, change_tier
from congvan.web.clerk.listed import edited_copy, mended_copy, page_of
from congvan.web.clerk.screens import Campaign, Queue, go, screen
from congvan.web.clerk.text_screens import tier_at
from congvan.web.refusal import Refusal

router = APIRouter()
_CELL: Final = re.compile(r"c-([0-9]{1,7})-([0-9]{1,4})")


@router.get("/list")
async def show(campaign: Campaign, queue: Queue, cap: int = 0, page: int = 1, faulty: bool = False) -> Response:
    """A page of the list."""
    return await queue.run(_screen, campaign, cap, page, faulty=faulty)


@router.post("/list/file")
async def take_file(request: Request, campaign: Campaign, queue: Queue, cap: int = 0) -> Response:
    """Another file as the list of this tier; the one before stays where it is."""
    async with request.form() as form:
        given = form.get("danh_sach")
        if not isinstance(given, UploadFile) or Path(given.filename or "").suffix.lower() not in SUFFIXES:
            raise Refusal(422, finding("web-request", part="danh_sach"))
        content, name = await given.read(), Path(given.filename or "").name
    await queue.run(_take, campaign, cap, name, content)
    return go(_address(campaign, cap))


@router.post("/list/mend")
async def mend(campaign: Campaign, queue: Queue, cap: int = 0) -> Response:
    """A copy with everything mended that can have one meaning."""
    return await queue.run(_mended, campaign, cap)


@router.post("/list/cells")
async def edit(request: Request, campaign: Campaign, queue: Queue, cap: int = 0, page: int = 1) -> Response:
    """A copy with the cells that were typed anew."""
    form = await request.form(max_fields=20_000)
    matches = [(_CELL.fullmatch(name), str(value)) for name, value in form.items()]
    cells = {(int(match[1]), int(match[2])): value.strip() for match, value in matches if match}
    return await queue.run(_edited, campaign, cap, page, cells)


def _take(campaign: CampaignFile, cap: int, name: str, content: bytes) -> None:
    tier = tier_at(campaign, cap)
    stem = re.sub(r"[^\w.-]+", "-", name)
    target = campaign.path.parent / "noi-nhan" / stem
    number = 2
    while target.exists() and read_untrusted(target, LIST_LIMIT) != content:
        target = target.with_name(f"{Path(stem).stem}-{number}{target.suffix}")
        number += 1
    write_whole(target, content)
    if tier.get("nguoi_nhan") != f"noi-nhan/{target.name}":
        change_tier(campaign, cap, {"nguoi_nhan": f"noi-nhan/{target.name}"})


def _mended(campaign: CampaignFile, cap: int) -> Response:
    path = _list(campaign, cap)
    try:
        copy, report = mended_copy(path)
    except CongvanError as error:
        return _screen(campaign, cap, 1, refused=error.report)
    changes = [
        (one.place.row or one.place.line, one.place.column, one.values.get("value", ""), one.values.get("read", ""))
        for one in report
        if "read" in one.values
    ]
    return _screen(_with_list(campaign, cap, copy), cap, 1, changes=changes, copy=copy.name)


def _edited(campaign: CampaignFile, cap: int, page: int, cells: dict[tuple[int, int], str]) -> Response:
    copy, changes = edited_copy(_list(campaign, cap), cells)
    return _screen(_with_list(campaign, cap, copy), cap, page, changes=changes, copy=copy.name)


def _with_list(campaign: CampaignFile, cap: int, copy: Path) -> CampaignFile:
    """The campaign, which reads the copy from here on."""
    written = f"{Path(str(tier_at(campaign, cap)['nguoi_nhan'])).parent.as_posix()}/{copy.name}"
    if tier_at(campaign, cap)["nguoi_nhan"] == written:
        return campaign
    return change_tier(campaign, cap, {"nguoi_nhan": written})


def _screen(campaign: CampaignFile, cap: int, page: int, *, faulty: bool = False, **further: Any) -> Response:
    path = _list(campaign, cap)
    try:
        listed = page_of(path, str(tier_at(campaign, cap).get("cap")), page, only_faulty=faulty)
    except CongvanError as error:
        return screen("message", 422, campaign=campaign, report=error.report)
    usual = {"changes": (), "copy": "", "refused": ()}
    values = {"campaign": campaign, "cap": cap, "listed": listed, "file": path.name, "faulty": faulty}
    return screen("list", **{**usual, **values, **further})


def _list(campaign: CampaignFile, cap: int) -> Path:
    path = campaign.beside(tier_at(campaign, cap).get("nguoi_nhan"))
    if path is None:
        raise Refusal(422, finding("web-request", part="nguoi_nhan"))
    return path


def _address(campaign: CampaignFile, cap: int) -> str:
    return f"/list?dot={campaign.name}&cap={cap}"
