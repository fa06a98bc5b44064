"""Whose output folder it is: it belongs to one campaign, or to one template and table, and to no other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from congvan.campaign import Campaign
from congvan.errors import OutputError
from congvan.findings import Finding, Place, finding
from congvan.run.output.journal import JOURNAL

_DEFAULT: Final = "out"
_HEADER: Final = re.compile(r'\s*\{\s*"dot"\s*:\s*')
_LONGEST_HEADER: Final = 64 * 1024
"""Characters of a manifest, or of a journal, that hold what it says of the job as a whole."""


def campaign_owner(ma: str) -> str:
    """The owner of the output folder of the campaign called ``ma``."""
    return f"dot:{ma}"


def table_owner(template: str, table: str) -> str:
    """The owner of the output folder of a template and a table."""
    return f"mau:{template}:{table}"


def require_owner(out: Path, owner: str) -> None:
    """Refuse a folder that belongs to another job, by its manifest or its journal; writes nothing.

    Raises:
        OutputError: when it does, with both names.
    """
    for other in (_owner_by_manifest(out), _owner_by_journal(out)):
        if other not in (None, owner):
            raise OutputError(out, code="batch-folder-of-another", other=_shown(str(other)), own=_shown(owner))


def campaign_folder(campaign: Campaign) -> Path:
    """Where the letters of a campaign go by default: ``out/<ma>/`` beside its file."""
    return _beside(campaign) / campaign.ma


def earlier_default_findings(campaign: Campaign) -> Iterator[Finding]:
    """That letters of this campaign lie in ``out/`` itself, where they went by default before."""
    earlier = _beside(campaign)
    if _owner_by_manifest(earlier) == campaign_owner(campaign.ma):
        now = campaign_folder(campaign).as_posix()
        yield finding("batch-earlier-folder", Place(file=earlier.as_posix()), ma=campaign.ma, now=now)


def _beside(campaign: Campaign) -> Path:
    return (campaign.path.parent if campaign.path else Path()) / _DEFAULT


def _owner_by_manifest(out: Path) -> str | None:
    text = _beginning(out / "manifest.json")
    match = _HEADER.match(text)
    if match is None:
        return None
    try:
        header, _ = json.JSONDecoder().raw_decode(text, match.end())
    except (ValueError, RecursionError):
        return None
    return _owner_of(header)


def _owner_of(header: Any) -> str | None:
    """The owner by what a manifest says of the job as a whole."""
    if not isinstance(header, Mapping):
        return None
    if "mau" in header:
        return table_owner(str(header["mau"]), str(header.get("bang", "")))
    return campaign_owner(str(header["ma"])) if "ma" in header else None


def _owner_by_journal(out: Path) -> str | None:
    """The owner by the first whole line: a run that was killed has no manifest yet."""
    first = _beginning(out / JOURNAL).lstrip().partition("\n")[0]
    try:
        line = json.loads(first)
        return str(line["job"]) if line["line"] == "owner" else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _beginning(path: Path) -> str:
    """The beginning of a text; nothing where there is no ordinary file that can be read."""
    try:
        if not path.is_file():
            return ""
        with path.open(encoding="utf-8", errors="replace") as file:
            return file.read(_LONGEST_HEADER)
    except OSError:  # a name too long for the system, too: what writes there will say so
        return ""


def _shown(owner: str) -> str:
    return owner.partition(":")[2].replace(":", " × ")
