"""The gate before every page and path: host, token, origin, size; strict headers on the way out.

It is plain ASGI, so that a body that is too large is refused while it arrives, and nothing behind the gate runs for a
caller without the token.
"""

from __future__ import annotations

import hmac
import logging
import secrets
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from congvan.findings import finding, speaking
from congvan.findings.language import Language
from congvan.web.refusal import Refusal, answer
from congvan.web.settings import MEGABYTE, Settings

_LOG: Final = logging.getLogger("congvan.web")
COOKIE: Final = "congvan"
LANGUAGE: Final = "congvan-lang"
ALIVE: Final = "/alive"
"""Answers anybody, with nothing: what a container's health check asks."""

_SAFE: Final = {"GET", "HEAD"}
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with no-referrer, forms would come from the origin "null"
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Gate:
    """Lets through who has the token, or the cookie it was changed for; all others get a refusal.

    The token opens the clerk's page once: ``/?token=…`` changes it for a cookie that lasts as long as the program. A
    program may send it with every request. A request that changes something and comes with the cookie must come from
    a page of this host.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._session = secrets.token_urlsafe(32)
        self._is_spent = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        with speaking(language_of(headers)):
            limited = _LimitedRequest(receive, send, self._settings.most_bytes)
            try:
                response = self._admitted(scope, headers)
                limited.refuse_size(int(headers.get("content-length", "0")))
            except Refusal as refusal:
                response = answer(refusal, headers)
            try:
                await (response or self._app)(scope, limited.receive, limited.send)
            except ClientDisconnect:
                return  # nobody waits for an answer any more, or it has been sent
            except Exception as error:  # noqa: BLE001  # the last stop before the caller: no traceback leaves
                _LOG.exception("a fault of the program")
                fault = Refusal(500, finding("error-internal", kind=type(error).__name__, why="…"))
                await answer(fault, headers)(scope, receive, limited.send)

    def _admitted(self, scope: Scope, headers: Headers) -> Response | None:
        """None for a request that may go on; what answers it here otherwise.

        Raises:
            Refusal: for a request that may not.
        """
        host = headers.get("host", "")
        if _without_port(host) not in self._settings.hosts:
            raise Refusal(421, finding("web-host", host=host))
        if scope["path"] == ALIVE:
            return Response(status_code=204)
        if self._has_token(headers):
            return None
        if _matches(_cookies(headers).get(COOKIE, ""), self._session):
            if scope["method"] not in _SAFE and not _is_own_page(headers, host):
                raise Refusal(403, finding("web-origin"))
            return None
        return self._exchange(scope)

    def _has_token(self, headers: Headers) -> bool:
        kind, _, given = headers.get("authorization", "").partition(" ")
        return kind.lower() == "bearer" and _matches(given.strip(), self._settings.token)

    def _exchange(self, scope: Scope) -> Response:
        """The cookie for the token in the address, once."""
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        is_asked = self._settings.folder is not None and scope["path"] == "/" and scope["method"] == "GET"
        if not is_asked or self._is_spent or not _matches(given, self._settings.token):
            raise Refusal(401, finding("web-token"), {"WWW-Authenticate": "Bearer"})
        self._is_spent = True
        response = RedirectResponse("/", 303)
        response.set_cookie(COOKIE, self._session, httponly=True, samesite="strict", path="/")
        return response


class _LimitedRequest:
    """The two ends of one request: counts what comes in, adds the headers to what goes out."""

    def __init__(self, receive: Receive, send: Send, most: int) -> None:
        self._receive = receive
        self._send = send
        self._most = most
        self._size = 0
        self._refused = False

    def refuse_size(self, size: int) -> None:
        """Refuse a request of more than the largest size."""
        if size > self._most:
            raise Refusal(413, finding("web-too-large", most=self._most // MEGABYTE), {"Connection": "close"})

    async def receive(self) -> Message:
        """The next part of the body; the answer is sent here where there have been too many."""
        message = await self._receive()
        self._size += len(message.get("body", b""))
        try:
            self.refuse_size(self._size)
        except Refusal as refusal:
            if not self._refused:
                await answer(refusal, Headers())({"type": "http"}, self._receive, self.send)
                self._refused = True
            return {"type": "http.disconnect"}
        return message

    async def send(self, message: Message) -> None:
        """Send on, unless the request was answered already."""
        if self._refused:
            return
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)


def language_of(headers: Headers) -> Language:
    """What the clerk has chosen, Vietnamese at first; for a program its first language where that is English."""
    cookies = _cookies(headers)
    is_page = COOKIE in cookies or "text/html" in headers.get("accept", "")
    chosen = cookies.get(LANGUAGE) or ("vi" if is_page else headers.get("accept-language", ""))
    return "en" if chosen.lower().startswith("en") else "vi"


def _cookies(headers: Headers) -> dict[str, str]:
    try:
        return {name: one.value for name, one in SimpleCookie(headers.get("cookie", "")).items()}
    except CookieError:
        return {}


def _matches(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(errors="replace"), wanted.encode())


def _without_port(host: str) -> str:
    name, _, port = host.rpartition(":")
    return name if name and port.isdecimal() else host


def _is_own_page(headers: Headers, host: str) -> bool:
    """Whether a browser says that the request comes from a page of this host; every browser says where forms are."""
    origin = headers.get("origin", "")
    return bool(origin) and urlsplit(origin).netloc == host
