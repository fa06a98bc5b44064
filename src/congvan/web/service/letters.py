"""One letter as JSON in, its Word file or PDF out."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Body, Query, Response

import congvan
from congvan.web.service.calls import REFUSALS, Chosen, Queue

router = APIRouter()
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF: Final = "application/pdf"
_EXAMPLE: Final = {
    "co_quan": "ĐIỆN LỰC MẪU",
    "so": 18,
    "ky_hieu": "ĐLM-KD",
    "dia_danh": "Mẫu",
    "ngay": "06/4/2026",
    "loai": "cong-van",
    "trich_yeu": "phối hợp tuyên truyền",
    "kinh_gui": ["UBND xã Mẫu"],
    "noi_dung": "Điện lực Mẫu đề nghị phối hợp.",
    "noi_nhan": ["Như trên", "Lưu: VT"],
    "ky": {"chuc_vu": "GIÁM ĐỐC", "ho_ten": "Lê Văn Mẫu"},
}


@router.post(
    "/letters",
    response_class=Response,
    responses={200: {"content": {PDF: {}, DOCX: {}}, "description": "the letter"}, **REFUSALS},
    summary="A letter as PDF or Word file",
)
async def make_letter(
    parts: Annotated[dict[str, Any], Body(examples=[_EXAMPLE], description="The parts of congvan.Letter by name.")],
    queue: Queue,
    settings: Chosen,
    file: Annotated[Literal["pdf", "docx"], Query(description="The kind of file.")] = "pdf",
) -> Response:
    """Lay a letter out by the decree; nothing is numbered or kept."""
    content = await queue.run(_file, parts, file, settings.seconds)
    return Response(content, media_type=PDF if file == "pdf" else DOCX)


def _file(parts: dict[str, Any], kind: str, seconds: float) -> bytes:
    docx = congvan.render_docx(congvan.Letter(**parts))
    return docx if kind == "docx" else congvan.to_pdf(docx, time_limit=seconds)
