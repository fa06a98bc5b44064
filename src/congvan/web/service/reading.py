"""A finished letter in, what was measured in it out."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Request

import congvan
from congvan.findings import finding
from congvan.web.refusal import Refusal
from congvan.web.service.calls import REFUSALS, Chosen, Queue
from congvan.web.service.letters import DOCX, PDF

router = APIRouter()
_BODY = {"requestBody": {"required": True, "content": {PDF: {}, DOCX: {}}}}


@router.post("/facts", responses=REFUSALS, openapi_extra=_BODY, summary="What stands in a finished letter")
async def read_facts(request: Request, queue: Queue, settings: Chosen) -> dict[str, Any]:
    """Lines, fonts, rules and pages of a .docx or .pdf, and the parts of the decree found in it."""
    content = await _content(request)
    return await queue.run(_facts, content, settings.seconds)


@router.post("/lint", responses=REFUSALS, openapi_extra=_BODY, summary="What is wrong with a finished letter")
async def lint(request: Request, queue: Queue, settings: Chosen) -> dict[str, Any]:
    """What is set or worded against the decree in a .docx or .pdf from whatever hand: every finding with its place."""
    content = await _content(request)
    return await queue.run(_linted, content, settings.seconds)


async def _content(request: Request) -> bytes:
    content = await request.body()
    if not content:
        raise Refusal(422, finding("web-request", part="body"))
    return content


def _linted(content: bytes, seconds: float) -> dict[str, Any]:
    return congvan.lint(content, "body", time_limit=seconds).as_dict()


def _facts(content: bytes, seconds: float) -> dict[str, Any]:
    read = congvan.facts(content, "body", time_limit=seconds)
    return {"facts": json.loads(read.to_json()), "components": json.loads(congvan.components(read).to_json())}
