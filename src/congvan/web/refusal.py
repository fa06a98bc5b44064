"""What the application answers when it does not do what it is asked: findings as JSON, in the caller's language."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response

from congvan.errors import CongvanError, EngineError, ReportError, UnreadableFileError, WorkerLostError
from congvan.findings import Finding, Report, finding, language

_STATUS: Final = ((EngineError, 422), (WorkerLostError, 503), (UnreadableFileError, 422), (ReportError, 422))


class Refusal(Exception):  # noqa: N818  # no error of the package: the caller's, with a status
    """A request that is refused: its HTTP status, the finding that says why, further headers."""

    def __init__(self, status: int, why: Finding, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, why)
        self.status = status
        self.why = why
        self.headers = headers or {}


def body_of(why: Finding, error: str, report: Report | None = None) -> dict[str, Any]:
    """The JSON of a refusal: code, message and hint of its first error, then every finding."""
    first = why.as_dict()
    findings = [one.as_dict() for one in report or Report((why,))]
    names = ("code", "message", "hint", "values")
    return {"error": error, **{name: first[name] for name in names}, "findings": findings}


def answer(refusal: Refusal, headers: Headers) -> Response:
    """The response of a refusal: JSON, or a page for a browser that asks for one."""
    return _response(Report((refusal.why,)), "Refusal", refusal.status, headers, refusal.headers)


def answer_to_error(error: CongvanError, headers: Headers) -> Response:
    """The response to an error of the package: 422 where the request's own content is wrong."""
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 500)
    return _response(error.report, type(error).__name__, status, headers)


def _response(
    report: Report, error: str, status: int, asked: Headers, further: Mapping[str, str] | None = None
) -> Response:
    if "text/html" in asked.get("accept", ""):
        return HTMLResponse(_page(report), status, further)
    first = next(iter((*report.errors, *report)))
    return JSONResponse(body_of(first, error, report), status, further)


def _page(report: Report) -> str:
    """A page without script or style, also for those who may see nothing else."""
    lines = "".join(f"<p>{escape(one.message)} {escape(one.hint)}</p>" for one in report)
    return f'<!doctype html><html lang="{language()}"><meta charset="utf-8"><title>congvan</title>{lines}</html>'


def add_to(app: FastAPI) -> None:
    """Let ``app`` answer every error in this one form."""

    @app.exception_handler(Refusal)
    async def refused(request: Request, error: Refusal) -> Response:
        return answer(error, request.headers)

    @app.exception_handler(CongvanError)
    async def wrong(request: Request, error: CongvanError) -> Response:
        return answer_to_error(error, request.headers)

    @app.exception_handler(RequestValidationError)
    async def misread(request: Request, error: RequestValidationError) -> Response:
        part = ", ".join(dict.fromkeys(str(one["loc"][-1]) for one in error.errors()))
        return answer(Refusal(422, finding("web-request", part=part)), request.headers)

    @app.exception_handler(HTTPException)
    async def unknown(request: Request, error: HTTPException) -> Response:
        code = finding("web-unknown", path=request.url.path)
        if error.status_code not in {404, 405}:
            code = finding("web-request", part="body")
        return answer(Refusal(error.status_code, code, error.headers), request.headers)
