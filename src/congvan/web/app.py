"""The application: the gate, the service's paths, and the clerk's page where a folder is given."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from congvan.support.version import VERSION
from congvan.web import refusal
from congvan.web.gate import Gate
from congvan.web.service import router
from congvan.web.settings import Settings
from congvan.web.work_queue import WorkQueue

_ABOUT: Final = """\
Official letters by Decree 30/2020/NĐ-CP. Every request carries `Authorization: Bearer TOKEN`. An error is JSON with
`code`, `message`, `hint` and all `findings`; its language follows `Accept-Language`. Requests share nothing."""


def create_app(settings: Settings) -> FastAPI:
    """The application for an ASGI server, as ``uvicorn.run(create_app(Settings(token=…)))``."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        queue.close()

    queue = WorkQueue(settings.workers, settings.waiting, settings.seconds)
    # Pages that show the description load their script from another host; the description itself is /openapi.json.
    app = FastAPI(
        title="congvan", version=VERSION, description=_ABOUT, docs_url=None, redoc_url=None, lifespan=lifespan
    )
    app.state.settings = settings
    app.state.queue = queue
    app.add_middleware(Gate, settings=settings)
    refusal.add_to(app)
    app.include_router(router)
    if settings.folder:
        _add_clerks_page(app)
    return app


def _add_clerks_page(app: FastAPI) -> None:
    from congvan.web.clerk import router as screens
    from congvan.web.clerk.jobs import Jobs
    from congvan.web.clerk.plans import Plans

    app.state.jobs = Jobs()
    app.state.plans = Plans()
    app.include_router(screens)
    app.mount("/static", StaticFiles(packages=[("congvan.web.clerk", "static")]))
