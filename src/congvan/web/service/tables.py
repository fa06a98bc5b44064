"""A Word template and a list in, one letter a row out, as a zip archive."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, File, Form, Response, UploadFile

import congvan
from congvan.findings import finding
from congvan.web.refusal import Refusal
from congvan.web.service.calls import REFUSALS, Chosen, Queue

router = APIRouter()
_LISTS: Final = {".xlsx", ".xls", ".ods", ".csv", ".json", ".yaml"}
_FORMATS: Final = {"both": ("docx", "pdf"), "docx": ("docx",), "pdf": ("pdf",)}


@router.post(
    "/tables",
    response_class=Response,
    responses={200: {"content": {"application/zip": {}}, "description": "one letter a row"}, **REFUSALS},
    summary="One letter for each row of a list",
)
async def make_table(
    template: Annotated[UploadFile, File(description="A Word file with {{ fields }}.")],
    data: Annotated[UploadFile, File(description="The list: .xlsx, .xls, .ods, .csv, .json or .yaml.")],
    queue: Queue,
    settings: Chosen,
    files: Annotated[Literal["both", "docx", "pdf"], Form(description="The kinds of files.")] = "both",
) -> Response:
    """Fill the template for each row; what is wrong in any row refuses all, with its cell."""
    suffix = Path(data.filename or "").suffix.lower()
    if suffix not in _LISTS:
        raise Refusal(422, finding("web-request", part="data"))
    given = await template.read(), await data.read()
    archive = await queue.run(_archive, *given, suffix, files, settings.seconds)
    return Response(archive, media_type="application/zip")


def _archive(template: bytes, data: bytes, suffix: str, files: str, seconds: float) -> bytes:
    """The letters of one request, made in a folder of its own, which is removed with all in it."""
    folder = Path(tempfile.mkdtemp(prefix="congvan-web-"))
    try:
        return _made_in(folder, template, data, suffix, formats=_FORMATS[files], time_limit=seconds, jobs=1)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _made_in(folder: Path, template: bytes, data: bytes, suffix: str, **options: Any) -> bytes:
    (folder / "template.docx").write_bytes(template)
    (folder / f"data{suffix}").write_bytes(data)
    with congvan.ZipOutput(folder / "letters.zip") as archive:
        congvan.render_table(folder / "template.docx", folder / f"data{suffix}", archive, **options)
    return (folder / "letters.zip").read_bytes()
