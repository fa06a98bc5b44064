"""The plan of a campaign, and its runs: preview, signing copies, numbers, issue, replacement, print files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Final

from fastapi import APIRouter, Form, Query
from starlette.responses import FileResponse, JSONResponse, Response

from congvan.campaign import Plan, plan_file
from congvan.campaign.regulation.judgement import Verdict
from congvan.errors import CongvanError
from congvan.findings import finding
from congvan.letter.record.letter_state import LetterState
from congvan.register import Register
from congvan.run import campaign_folder, deliver, issue, render, replace
from congvan.run.life.issuing import today_by
from congvan.web.clerk.campaigns import CampaignFile
from congvan.web.clerk.jobs import Job
from congvan.web.clerk.plans import book_of
from congvan.web.clerk.screens import AllJobs, AllPlans, Campaign, Queue, go, screen
from congvan.web.refusal import Refusal

router = APIRouter()
_ROWS_A_PAGE: Final = 100
_MOST_FILES: Final = 300
"""Files listed to print; a province has some hundred parcels, all of them in the folder."""
_SHOWN_FILES: Final = {".pdf": "application/pdf", ".png": "image/png"}
_FOR_PDF: Final = {"Content-Security-Policy": "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"}


@router.get("/plan")
async def show_plan(campaign: Campaign, plans: AllPlans, jobs: AllJobs, page: int = 1) -> Response:
    """The letters in their order with their numbers, and the deadlines; long lists are planned behind the page."""
    plan = plans.kept(campaign.path)
    if plan is None:
        job = jobs.start(f"plan {campaign.name}", "plan", lambda _: plans.of(campaign.path))
        if job.state != "failed":
            return screen("wait", campaign=campaign)
        jobs.forget(f"plan {campaign.name}")
        return screen("message", 422, campaign=campaign, report=job.report)
    jobs.forget(f"plan {campaign.name}")
    pages = max(1, -(-len(plan.items) // _ROWS_A_PAGE))
    page = min(max(page, 1), pages)
    items = plan.items[(page - 1) * _ROWS_A_PAGE : page * _ROWS_A_PAGE]
    rules = [one for one in plan.judgements() if one.verdict is not Verdict.IDLE]
    about: dict[str, Any] = {"count": len(plan.items), "page": page, "pages": pages, "rules": rules}
    return screen("plan", campaign=campaign, items=items, report=plan.report, **about)


@router.get("/letters")
async def show_letters(campaign: Campaign, jobs: AllJobs, queue: Queue) -> Response:
    """The buttons, the latest run, and what is there to print."""
    return await queue.run(_letters, campaign, jobs.latest(campaign.name))


@router.get("/job")
async def progress(campaign: Campaign, jobs: AllJobs, of: str = "") -> Response:
    """The progress of the latest run."""
    job = jobs.latest(f"{of} {campaign.name}".strip())
    return JSONResponse(job.as_dict() if job else {"state": "none"})


@router.post("/letters/{act}")
async def start(
    act: str,
    campaign: Campaign,
    jobs: AllJobs,
    letters: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
    signed: Annotated[bool, Form()] = False,
) -> Response:
    """Start a run, or stop the one under way; letters are issued only once they are said to be signed."""
    if act == "issue" and not signed:
        raise Refusal(422, finding("web-request", part="signed"))
    if act == "cancel":
        if job := jobs.latest(campaign.name):
            job.cancel()
    elif act in _ACTS:
        jobs.start(campaign.name, act, partial(_ACTS[act], campaign.path, names=letters.split(), reason=reason))
    else:
        raise Refusal(404, finding("web-unknown", path=act))
    return go(f"/letters?dot={campaign.name}")


@router.get("/file")
async def file(campaign: Campaign, queue: Queue, path: Annotated[str, Query(max_length=500)]) -> Response:
    """A file of the campaign's output folder; nothing else is reached."""
    found = await queue.run(_file, campaign, path)
    kind = _SHOWN_FILES.get(found.suffix)
    how = "inline" if kind else "attachment"
    return FileResponse(found, filename=found.name, content_disposition_type=how, media_type=kind, headers=_FOR_PDF)


def _draft(path: Path, job: Job, **_: Any) -> Any:
    plan, out = _planned(path, takes_numbers=False)
    return render(plan, out, draft=True, progress=job.show, cancelled=job.is_cancelled)


def _signing(path: Path, job: Job, **_: Any) -> Any:
    plan, out = _planned(path, takes_numbers=False)
    return render(plan, out, signing=True, progress=job.show, cancelled=job.is_cancelled)


def _number(path: Path, job: Job, **_: Any) -> Any:
    plan, out = _planned(path)
    return render(plan, out, book_of(plan), progress=job.show, cancelled=job.is_cancelled)


def _issue(path: Path, _: Job, names: list[str], **__: Any) -> Any:
    plan, out = _planned(path)
    return issue(plan, out, book_of(plan), letters=names)


def _replace(path: Path, job: Job, names: list[str], reason: str) -> Any:
    plan, out = _planned(path)
    return replace(plan, names, out, book_of(plan), reason=reason, progress=job.show, cancelled=job.is_cancelled)


def _deliver(path: Path, _: Job, **__: Any) -> Any:
    plan, out = _planned(path)
    return deliver(plan, out, book_of(plan))


_ACTS: Final[dict[str, Callable[..., Any]]] = {
    "draft": _draft,
    "signing": _signing,
    "number": _number,
    "issue": _issue,
    "replace": _replace,
    "deliver": _deliver,
}


def _planned(path: Path, *, takes_numbers: bool = True) -> tuple[Plan, Path]:
    plan = plan_file(path, today=today_by(None), takes_numbers=takes_numbers)
    return plan, campaign_folder(plan.campaign)


def _letters(campaign: CampaignFile, job: Job | None) -> Response:
    out = _out(campaign)
    files = [(one.relative_to(out).as_posix(), one.stat().st_size) for one in _print_files(out)]
    states = _states(campaign)
    return screen("letters", campaign=campaign, job=job, files=files, states=states, report=job.report if job else ())


def _print_files(out: Path) -> list[Path]:
    """Print files, then what goes with the letters; drafts first."""
    folders = (out / "du-thao" / "in", out / "trinh-ky" / "in", out / "in", out / "giao-nhan")
    files = [path for folder in folders if folder.is_dir() for path in sorted(folder.rglob("*.*"))]
    return [path for path in files if path.suffix in {".pdf", ".docx", ".xlsx"} and path.is_file()][:_MOST_FILES]


def _states(campaign: CampaignFile) -> dict[str, int]:
    """How many letters of the campaign are in which state, by the register."""
    from congvan.register.trail_sentences import state_name

    book = next((one / "so.sqlite3" for one in campaign.path.parents if (one / "co-quan.yaml").exists()), None)
    where = book or campaign.path.parent / "so.sqlite3"
    if not where.exists():
        return {}
    counts: dict[str, int] = {}
    try:
        with Register.open(where) as register:
            for record in register.letters.of_campaign(str(campaign.values.get("ma"))).values():
                counts[record.trang_thai] = counts.get(record.trang_thai, 0) + 1
            entered = sum(counts.values())
            numbered = len(register.entries_of(str(campaign.values.get("ma")))) - entered
    except CongvanError:
        return {}
    if numbered > 0:
        counts[LetterState.NUMBERED] = counts.get(LetterState.NUMBERED, 0) + numbered
    return {state_name(state): count for state, count in counts.items()}


def _file(campaign: CampaignFile, path: str) -> Path:
    out = _out(campaign).resolve()
    found = (out / path).resolve()
    is_hidden = any(part.startswith(".") for part in found.relative_to(out).parts) if out in found.parents else True
    if is_hidden or not found.is_file():
        raise Refusal(404, finding("web-unknown", path=path))
    return found


def _out(campaign: CampaignFile) -> Path:
    return campaign.path.parent / "out" / str(campaign.values.get("ma"))
