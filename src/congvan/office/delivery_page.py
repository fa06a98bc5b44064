"""The page of deliveries: bodies, parcels, counts and links, one file that needs no network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment

from congvan.office.consignment import Consignment
from congvan.office.summary import ParcelLine, Summary

_PAPERS: Final = {
    "ky-nhan.xlsx": "Danh sách ký nhận (Excel)",
    "nhan.pdf": "Nhãn (PDF)",
    "nhan.docx": "Nhãn (Word)",
    "bi.pdf": "Bì (PDF)",
    "bi.docx": "Bì (Word)",
    "so-chuyen-giao": "Sổ chuyển giao",
    "so-gui-buu-dien": "Sổ gửi bưu điện",
    "so-dang-ky-van-ban-di": "Sổ đăng ký văn bản đi",
    "tin-nhan.xlsx": "Tin nhắn (Excel)",
    "tin-nhan.csv": "Tin nhắn (CSV)",
    "dien-tu/danh-sach.xlsx": "Văn bản gửi điện tử",
}
"""The words of the links, by how the paths of papers begin in their body's folder."""

_KINDS: Final = {"xlsx": "Excel", "docx": "Word", "pdf": "PDF"}


def delivery_page(title: str, summary: Summary, paths: Iterable[str]) -> bytes:
    """The page as HTML; ``paths`` are the files in the folder of deliveries."""
    by_folder: dict[str, list[str]] = {}
    for path in paths:
        by_folder.setdefault(path.partition("/")[0], []).append(path)
    lines: dict[str, list[ParcelLine]] = {}
    for line in summary.lines():
        lines.setdefault(line.parcel.sender.folder, []).append(line)
    bodies = [_body(one, summary, lines, by_folder) for one in summary.consignments]
    page = _template().render(ten=title, tong=summary.totals, co_quan=bodies, hai_mat=summary.duplex)
    return str(page).encode()


def _body(
    one: Consignment, summary: Summary, lines: Mapping[str, list[ParcelLine]], by_folder: Mapping[str, list[str]]
) -> dict[str, Any]:
    folder = one.sender.folder
    papers = list(_links(by_folder.get(folder, [])))
    return {
        "ma": folder,
        "ten": one.sender.name,
        "tong": summary.totals_of(one),
        "giay": papers,
        "bo": lines.get(folder, []),
    }


def _links(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Words and path of each paper that is of the whole body."""
    for path in paths:
        name = path.partition("/")[2]
        if name in _PAPERS:
            yield _PAPERS[name], path
            continue
        stem, _, ending = name.rpartition(".")
        for start, words in _PAPERS.items():
            if stem.startswith(start) and ending in _KINDS:
                yield f"{words} ({_KINDS[ending]})", path


@cache
def _template() -> Any:
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(files("congvan.office").joinpath("delivery_page.html").read_text(encoding="utf-8"))
