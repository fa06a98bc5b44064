"""A small complete campaign to start from, as files a clerk edits: it can be checked and rendered unchanged."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from congvan.campaign.file.office_file import office_of
from congvan.campaign.office import OFFICE_FILE, Office
from congvan.errors import CampaignError
from congvan.findings import Finding, Place, Report, finding
from congvan.text import slug

CAMPAIGN_FILE: Final = "campaign.yaml"
_SCHEMAS: Final = "luoc-do"

_CAMPAIGNS: Final = "dot"
"""The folder that campaigns of an office mostly lie in, which adds nothing to their codes."""

_EXCEL_READS_UTF8: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class OfficeHead:
    """What stands at the head of the letters of a new office; what is empty is as in the sample."""

    ten: str = ""
    chu_quan: str = ""
    ky_hieu: str = ""
    dia_danh: str = ""


SAMPLE_HEAD: Final = OfficeHead("Công ty Điện lực Thanh Hóa", "TỔNG CÔNG TY ĐIỆN LỰC MIỀN BẮC", "ĐLTH", "Thanh Hóa")
"""The made-up office of the sample."""


@dataclass(frozen=True, slots=True)
class _Starter:
    """The campaign of one of the shipped folders; ``of_office`` are the files and folders it finds in an office."""

    folder: str
    code: str
    of_office: frozenset[str]


_SMALL: Final = _Starter("khoi-dau", "dot-dau-tien", frozenset({OFFICE_FILE, "don-vi.csv", _SCHEMAS}))
_WHOLE: Final = _Starter("tron-dot", "tron-dot-2026", frozenset({OFFICE_FILE, _SCHEMAS}))


def write_starter(
    folder: Path | str, *, new_office: bool = False, whole: bool = False, head: OfficeHead = SAMPLE_HEAD
) -> tuple[Path, ...]:
    """Write a new office with a campaign in it into ``folder``; inside an office, a campaign that belongs to it.

    Beside another office a new one is made only with ``new_office``: two offices are two registers, and a second
    campaign of one office would get numbers that are taken. The letters of a new office carry ``head``. With ``whole``
    it is the campaign "end of collecting at home" with all its documents, works and rules, for a province of 166
    communes, with issuing bodies of its own. Returns the files; nothing that is there is overwritten.

    Raises:
        CampaignError: naming every file that is there already, or the one that cannot be written; or with what is
            wrong in the office's file; or for an office beside the folder.
    """
    target = Path(folder)
    office, found = office_of(target)
    beside = [] if office or new_office else _neighbouring_offices(target)
    Report.of([*found, *beside]).raise_errors(CampaignError)
    starter = _WHOLE if whole else _SMALL
    contents = {target / name: content for name, content in _contents(target, office, starter, head).items()}
    taken = [finding("starter-file-taken", Place(file=str(path))) for path in contents if path.exists()]
    Report.of(taken).raise_errors(CampaignError)
    for path, content in contents.items():
        _write_new(path, content)
    return tuple(contents)


def _neighbouring_offices(folder: Path) -> Iterator[Finding]:
    """The offices beside a new one: a second campaign of the same office would belong into it, not beside it."""
    beside = folder.absolute().parent.glob(f"*/{OFFICE_FILE}")
    for path in sorted(one for one in beside if one.parent != folder.absolute()):
        name = (folder.parent / path.parent.name).as_posix()
        yield finding("starter-office-beside", Place(file=name), name=name)


def _contents(target: Path, office: Office | None, starter: _Starter, head: OfficeHead) -> Mapping[str, bytes]:
    """The files by name. Each campaign of an office has a code of its own, after its folder."""
    contents = dict(_files(files("congvan.campaign") / starter.folder))
    if office is None:
        return {name: _with_head(name, content, head) for name, content in contents.items()}
    code = _code(target, office) or starter.code
    own = {name: content for name, content in contents.items() if name.partition("/")[0] not in starter.of_office}
    to_office = Path(os.path.relpath(office.folder, target)).as_posix()
    text = own[CAMPAIGN_FILE].decode("utf-8").replace(starter.code, code)
    text = text.replace(f"$schema={_SCHEMAS}/", f"$schema={to_office}/{_SCHEMAS}/", 1)
    return {**own, CAMPAIGN_FILE: text.encode()}


def _with_head(name: str, content: bytes, head: OfficeHead) -> bytes:
    """A file of the sample with the office's own head in place of the made-up one."""
    text = content.decode("utf-8")
    if name == "don-vi.csv":
        return _bodies_with_head(text, head).encode()
    ten = head.ten or SAMPLE_HEAD.ten
    quoted = json.dumps(ten, ensure_ascii=False)
    sample = SAMPLE_HEAD.ten
    if ten != sample and name.endswith(".yaml"):
        text = text.replace(f"ten: {sample} ", f"ten: {quoted} ").replace(f"- {sample} (", f'- "{quoted[1:-1]} (')
        text = text.replace("(để b/c)\n", '(để b/c)"\n')
    return text.encode()


def _bodies_with_head(text: str, head: OfficeHead) -> str:
    """The table of issuing bodies: the first row is the office, the others are its teams."""
    rows = list(csv.DictReader(io.StringIO(text)))
    ten = head.ten or SAMPLE_HEAD.ten
    for row in rows[1:]:
        row["chu_quan"] = ten.upper()
    rows[0] |= {
        "co_quan": ten.upper(),
        "ten_thuong": ten,
        "chu_quan": (head.chu_quan or SAMPLE_HEAD.chu_quan).upper(),
        "ky_hieu": head.ky_hieu or SAMPLE_HEAD.ky_hieu,
        "dia_danh": head.dia_danh or SAMPLE_HEAD.dia_danh,
    }
    written = io.StringIO()
    writer = csv.DictWriter(written, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def _code(target: Path, office: Office) -> str:
    """A code that no other campaign of the office has: the way from the office to its folder; empty in the office."""
    way = Path(os.path.normpath(target.absolute())).relative_to(office.folder).parts
    return slug(" ".join(way[1:] if way[:1] == (_CAMPAIGNS,) and way[1:] else way)) if way else ""


def _files(folder: Traversable, at: str = "") -> Iterator[tuple[str, bytes]]:
    """Every file with its path below the folder, lists marked so that Excel reads their letters."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = f"{at}{entry.name}"
        if entry.is_dir():
            yield from _files(entry, f"{name}/")
        else:
            mark = _EXCEL_READS_UTF8 if name.endswith(".csv") else b""
            yield name, mark + entry.read_bytes()


def _write_new(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as target:
            target.write(content)
    except OSError as error:
        place, why = Place(file=str(path)), error.strerror or error
        raise CampaignError(Report((finding("starter-file-unwritable", place, why=why),))) from None
