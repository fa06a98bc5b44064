"""What every screen has: its template, its language, and the campaign it is about."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.responses import HTMLResponse, RedirectResponse

from congvan.findings import finding, language
from congvan.web.clerk.campaigns import CampaignFile, campaign_named
from congvan.web.clerk.jobs import Jobs
from congvan.web.clerk.plans import Plans
from congvan.web.refusal import Refusal
from congvan.web.service.calls import Chosen, Queue

_PAGES: Final = Environment(
    loader=PackageLoader("congvan.web.clerk", "pages"),
    autoescape=select_autoescape(),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def words(vi: str, en: str) -> str:
    """The sentence in the language in force."""
    return vi if language() == "vi" else en


def shown_date(day: date | None) -> str:
    """A date as people write it: 05/4/2026."""
    return f"{day.day:02}/{day.month if day.month > 2 else f'{day.month:02}'}/{day.year}" if day else "—"  # noqa: PLR2004 - days below 10 and months 1 and 2 have a zero (Decree 30/2020, Annex I)


_PAGES.globals.update(t=words, lang=language, day=shown_date)


def screen(name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A screen filled in."""
    usual = {"campaign": None, "screen": name, "report": ()}
    return HTMLResponse(_PAGES.get_template(f"{name}.html").render({**usual, **values}), status)


def go(path: str) -> RedirectResponse:
    """Go to a screen after something was done, so that loading it again does it once."""
    return RedirectResponse(path, 303)


def _campaign(dot: str, settings: Chosen) -> CampaignFile:
    assert settings.folder is not None  # the screens are there only with a folder
    campaign = campaign_named(settings.folder, dot)
    if campaign is None:
        raise Refusal(404, finding("web-unknown", path=dot))
    return campaign


def _jobs(request: Request) -> Jobs:
    jobs: Jobs = request.app.state.jobs
    return jobs


def _plans(request: Request) -> Plans:
    plans: Plans = request.app.state.plans
    return plans


Campaign = Annotated[CampaignFile, Depends(_campaign)]
AllJobs = Annotated[Jobs, Depends(_jobs)]
AllPlans = Annotated[Plans, Depends(_plans)]

__all__ = ["AllJobs", "AllPlans", "Campaign", "Chosen", "Queue", "go", "screen", "words"]
