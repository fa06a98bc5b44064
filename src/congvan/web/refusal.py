"""What the application answers when it does not do what it is asked: findings as JSON, in the caller's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from congvan.errors import CongvanError, EngineError, ReportError, UnreadableFileError, WorkerLostError
from congvan.findings import Finding, Report, finding

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


def answer(refusal: Refusal) -> JSONResponse:
    """The response of a refusal."""
    return JSONResponse(body_of(refusal.why, "Refusal"), refusal.status, refusal.headers)


def answer_to_error(error: CongvanError) -> JSONResponse:
    """The response to an error of the package: 422 where the request's own content is wrong."""
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 500)
    report = error.report
    first = next(iter((*report.errors, *report)), finding("error-other", why=str(error)))
    return JSONResponse(body_of(first, type(error).__name__, report), status)


def add_to(app: FastAPI) -> None:
    """Let ``app`` answer every error in this one form."""

    @app.exception_handler(Refusal)
    async def refused(_: Request, error: Refusal) -> JSONResponse:
        return answer(error)

    @app.exception_handler(CongvanError)
    async def wrong(_: Request, error: CongvanError) -> JSONResponse:
        return answer_to_error(error)

    @app.exception_handler(RequestValidationError)
    async def misread(_: Request, error: RequestValidationError) -> JSONResponse:
        part = ", ".join(dict.fromkeys(str(one["loc"][-1]) for one in error.errors()))
        return answer(Refusal(422, finding("web-request", part=part)))

    @app.exception_handler(HTTPException)
    async def unknown(request: Request, error: HTTPException) -> JSONResponse:
        code = finding("web-unknown", path=request.url.path)
        if error.status_code not in {404, 405}:
            code = finding("web-request", part="body")
        return answer(Refusal(error.status_code, code, error.headers))
