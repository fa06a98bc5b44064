"""A web service: a letter as JSON in, its PDF out, and what is wrong with the letter as findings.

Run: ``pip install congvan fastapi uvicorn``, then ``uvicorn web_service:app`` in this folder, and ::

    curl http://127.0.0.1:8000/letters --json @letter.json --output letter.pdf

The handlers are no coroutines, so that FastAPI calls them in a pool of threads: letters share nothing that changes, and
the event loop stays free. Eight threads (FastAPI has 40) are enough for letters, which are work for the processor.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio.to_thread
from fastapi import FastAPI, Request, Response

import congvan
from congvan.errors import ReportError

THREADS = 8


@asynccontextmanager
async def eight_threads(_: FastAPI) -> AsyncIterator[None]:
    """Let no more letters be made at a time; the others wait."""
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    yield


app = FastAPI(title="Letters by Decree 30/2020", lifespan=eight_threads)


@app.post("/letters", response_class=Response)
def make_letter(parts: dict[str, Any]) -> Response:
    """Answer with the PDF of the letter that has these parts, named as :class:`congvan.Letter` names them."""
    letter = congvan.Letter(**parts)
    pdf = congvan.to_pdf(congvan.render_docx(letter))
    return Response(pdf, media_type="application/pdf")


@app.exception_handler(ReportError)
def refuse(_: Request, error: Exception) -> Response:
    """Answer with every finding: its code, place, message and hint."""
    assert isinstance(error, ReportError)
    return Response(error.report.to_json(), status_code=422, media_type="application/json")
