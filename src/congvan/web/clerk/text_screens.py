"""The text of a tier: a plain editor with fields to insert, or a Word file; its letters beside it as printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.responses import JSONResponse, Response

import congvan
from congvan.errors import CongvanError
from congvan.findings import finding
from congvan.support.files import write_whole
from congvan.support.untrusted_files import TEXT_LIMIT, read_untrusted
from congvan.web.clerk.campaigns import CampaignFile, change_tier
from congvan.web.clerk.letter_pages import letter_pages
from congvan.web.clerk.listed import fields_of
from congvan.web.clerk.screens import AllPlans, Campaign, Queue, go, screen
from congvan.web.refusal import Refusal

router = APIRouter()
_USUAL: Final = ("don_vi.ten_thuong", "don_vi.dien_thoai", "dot.ten", "ngay")


@router.get("/text")
async def show(campaign: Campaign, queue: Queue, cap: int = 0, letter: int = 1) -> Response:
    """The editor; the pictures of the pages are asked for by themselves."""
    return await queue.run(_screen, campaign, cap, letter)


@router.post("/text")
async def save(request: Request, campaign: Campaign, queue: Queue, cap: int = 0) -> Response:
    """Save the text."""
    form = await request.form()
    text = str(form.get("noi_dung", "")).replace("\r\n", "\n")
    await queue.run(_save, campaign, cap, text)
    return go(f"/text?dot={campaign.name}&cap={cap}")


@router.post("/text/word")
async def take_word(request: Request, campaign: Campaign, queue: Queue, cap: int = 0) -> Response:
    """A Word file in place of the text."""
    async with request.form() as form:
        given = form.get("mau")
        if not isinstance(given, UploadFile) or Path(given.filename or "").suffix.lower() != ".docx":
            raise Refusal(422, finding("web-request", part="mau"))
        content = await given.read()
    await queue.run(_take_word, campaign, cap, content)
    return go(f"/text?dot={campaign.name}&cap={cap}")


@router.get("/text/pages")
async def pages(campaign: Campaign, plans: AllPlans, queue: Queue, cap: int = 0, letter: int = 1) -> Response:
    """How many pages the letter has and to whom it goes, or what keeps it from being made."""
    try:
        made = await queue.run(letter_pages, campaign.path, plans, tier_at(campaign, cap), letter)
    except CongvanError as error:
        return JSONResponse({"findings": [one.as_dict() for one in error.report]})
    return JSONResponse({"to": made.to, "letters": made.letters, "pages": len(made.pictures)})


@router.get("/text/page.png")
async def picture(
    campaign: Campaign, plans: AllPlans, queue: Queue, cap: int = 0, letter: int = 1, page: int = 1
) -> Response:
    """One page as a picture."""
    pictures = (await queue.run(letter_pages, campaign.path, plans, tier_at(campaign, cap), letter)).pictures
    if not 1 <= page <= len(pictures):
        raise Refusal(404, finding("web-unknown", path=f"page={page}"))
    return Response(pictures[page - 1], media_type="image/png")


def _screen(campaign: CampaignFile, cap: int, letter: int) -> Response:
    tier = tier_at(campaign, cap)
    path = campaign.beside(tier.get("noi_dung"))
    written = path if path and path.is_file() else None
    text = read_untrusted(written, TEXT_LIMIT).decode("utf-8-sig") if written else str(tier.get("noi_dung") or "")
    listed = campaign.beside(tier.get("nguoi_nhan"))
    columns = fields_of(listed) if listed and listed.is_file() else ()
    earlier = [f"truoc.{one['cap']}.{part}" for one in campaign.tiers[:cap] for part in ("so_ky_hieu", "ngay")]
    fields = (*columns, *_USUAL, *earlier)
    word = str(tier.get("mau") or "")
    return screen("text", campaign=campaign, cap=cap, text=text, fields=fields, word=word, letter=max(1, letter))


def _save(campaign: CampaignFile, cap: int, text: str) -> None:
    tier = tier_at(campaign, cap)
    path = campaign.beside(tier.get("noi_dung"))
    if path is None or path.suffix != ".md":
        path = campaign.path.parent / "noi-dung" / f"{tier.get('cap')}.md"
    write_whole(path, text.encode())
    written = path.relative_to(campaign.path.parent).as_posix()
    if tier.get("noi_dung") != written or "mau" in tier:
        change_tier(campaign, cap, {"noi_dung": written, "mau": None})


def _take_word(campaign: CampaignFile, cap: int, content: bytes) -> None:
    tier = tier_at(campaign, cap)
    congvan.WordTemplate(content)  # refused here, before anything is written
    path = campaign.path.parent / "mau" / f"{tier.get('cap')}.docx"
    write_whole(path, content)
    change_tier(campaign, cap, {"mau": f"mau/{path.name}", "noi_dung": None})


def tier_at(campaign: CampaignFile, cap: int) -> Any:
    """The tier a screen is about.

    Raises:
        Refusal: when the campaign has no such tier.
    """
    if not 0 <= cap < len(campaign.tiers):
        raise Refusal(404, finding("web-unknown", path=f"cap={cap}"))
    return campaign.tiers[cap]
