"""What every path asks of the application it belongs to."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import Depends, Request
from pydantic import BaseModel

from congvan.web.settings import Settings
from congvan.web.work_queue import WorkQueue


class Problem(BaseModel):
    """Why a request was refused: the first error, and all findings."""

    error: str
    code: str
    message: str
    hint: str
    values: dict[str, Any]
    findings: list[dict[str, Any]]


REFUSALS: Final[dict[int | str, dict[str, Any]]] = {
    401: {"model": Problem, "description": "no token"},
    413: {"model": Problem, "description": "larger than the limit"},
    422: {"model": Problem, "description": "something in the request is wrong; every finding says what to do"},
    503: {"model": Problem, "description": "the queue is full; Retry-After says when to try again"},
    504: {"model": Problem, "description": "it took longer than the limit"},
}


def _queue(request: Request) -> WorkQueue:
    queue: WorkQueue = request.app.state.queue
    return queue


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


Queue = Annotated[WorkQueue, Depends(_queue)]
Chosen = Annotated[Settings, Depends(_settings)]
