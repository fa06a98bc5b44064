"""The covering slip of a parcel (phiếu gửi) and, as its annex, the list its recipients sign.

Decree 30/2020 has no model of its own for a phiếu gửi: note 6 of model 1.4 names it among the kinds of that model.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import Any, Final

from congvan.letter import IssueDate, Letter, PhuLuc
from congvan.office.consignment import Parcel, SentLetter
from congvan.text import short_date_of

_KIND: Final = "phieu-gui"
_ANNEX: Final = "Danh sách ký nhận"
_SUBJECT: Final = "Chuyển văn bản đến các thôn, tổ dân phố"
"""Without the commune, which the text names: slips whose markup is alike are converted in half the time."""


def covering_slip(parcel: Parcel, *, duplex: bool, day: date | None) -> Letter:
    """The slip of one parcel as a letter without a number, dated ``day`` or, where that is open, in its year alone."""
    sender = parcel.sender.agency
    return Letter(
        chu_quan=sender.chu_quan,
        co_quan=sender.co_quan,
        ten_thuong=sender.ten_thuong,
        so=None,
        ky_hieu=f"PG-{sender.ky_hieu}",
        dia_danh=sender.dia_danh,
        ngay=day or IssueDate(parcel.sender.nam),
        loai=_KIND,
        trich_yeu=_SUBJECT,
        noi_dung=_text("phieu-gui.md"),
        noi_nhan=(parcel.addressee, "Lưu: VT"),
        ky=parcel.sender.ky,
        ket_thuc="",  # the text itself ends before the lines to fill in
        phu_luc=(PhuLuc(tieu_de=_ANNEX, noi_dung=_text("danh-sach-ky-nhan.md")),),
        truong=_fields(parcel, duplex=duplex),
    )


def _fields(parcel: Parcel, *, duplex: bool) -> dict[str, Any]:
    return {
        "don_vi": parcel.sender.name,
        "noi_den": parcel.addressee,
        "tong_ban": f"{len(parcel.copies):02}",
        "tong_to": f"{parcel.sheets(duplex=duplex):02}",
        "van_ban": list(_subjects(parcel, duplex=duplex)),
        "nguoi_nhan": list(_receipts(parcel, duplex=duplex)),
    }


def _subjects(parcel: Parcel, *, duplex: bool) -> Iterator[dict[str, str]]:
    """Letters of one subject and date together: a line for each, with its numbers."""
    by_subject: dict[tuple[str, date | None], list[SentLetter]] = {}
    for copy in parcel.copies:
        by_subject.setdefault((copy.letter.trich_yeu, copy.letter.ngay), []).append(copy.letter)
    for at, ((trich_yeu, ngay), letters) in enumerate(by_subject.items(), start=1):
        yield {
            "tt": str(at),
            "so_ky_hieu": _numbers(letters),
            "ngay": short_date_of(ngay) if ngay else "",
            "trich_yeu": trich_yeu,
            "ban": f"{len(letters):02}",
            "to": f"{sum(letter.sheets(duplex=duplex) for letter in letters):02}",
        }


def _numbers(letters: list[SentLetter]) -> str:
    names = list(dict.fromkeys(letter.so_ky_hieu for letter in letters))
    return names[0] if len(names) == 1 else f"{names[0]} đến {names[-1]}"


def _receipts(parcel: Parcel, *, duplex: bool) -> Iterator[dict[str, str]]:
    for at, copy in enumerate(parcel.copies, start=1):
        yield {
            "tt": str(at),
            "noi": copy.place,
            "ten": copy.person,
            "so_ky_hieu": copy.letter.so_ky_hieu,
            "to": str(copy.letter.sheets(duplex=duplex)),
        }


def _text(name: str) -> str:
    return files("congvan.office").joinpath(name).read_text(encoding="utf-8")
