"""The fields a letter's texts may use: the recipient's columns, the agency, the campaign, earlier letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from congvan.campaign.model import Campaign
from congvan.campaign.planning.grouping import Group
from congvan.letter import Agency, IssueDate, Kind
from congvan.letter.number_request import BLANK_NUMBER
from congvan.text.dates import month_text, short_date
from congvan.text.fields.pattern import Values


def campaign_values(campaign: Campaign) -> Values:
    """``dot``: code, name, month and approval of the campaign."""
    values: dict[str, Any] = {"ma": campaign.ma, "ten": campaign.ten}
    if campaign.thang_thuc_hien:
        values["thang_thuc_hien"] = month_text(*campaign.thang_thuc_hien)
        values["ngay_thuc_hien"] = short_date(*campaign.thang_thuc_hien, 1)
    if approval := campaign.chap_thuan:
        parts = {"so_ky_hieu": approval.so_ky_hieu, "so": approval.so, "ky_hieu": approval.ky_hieu}
        values["chap_thuan"] = Values("dot.chap_thuan", {**parts, **_dates(approval.ngay), "co_quan": approval.co_quan})
    return Values("dot", values)


def agency_values(agency: Agency) -> Values:
    """``don_vi``: the columns of the issuing body's row, those that are filled in."""
    known = {name: getattr(agency, name) for name in ("ma", "chu_quan", "co_quan", "ten_thuong", "ky_hieu", "dia_danh")}
    return Values("don_vi", {name: value for name, value in {**agency.truong, **known}.items() if value})


def cited_values(
    cap: str, kind: Kind, ngay: IssueDate, agency: Agency, ky_hieu: str, trich_yeu: str, so: int | None
) -> Values:
    """``truoc.<cap>``: a letter of the tier ``cap`` as a later one cites it; its number is blank while it is open."""
    number = BLANK_NUMBER if so is None else f"{so:02}"
    parts = {
        "so": number,
        "ky_hieu": ky_hieu,
        "so_ky_hieu": f"{number}/{ky_hieu}",
        **_dates(ngay),
        "loai": kind.ten,
        "trich_yeu": trich_yeu,
        "co_quan": agency.co_quan,
        "ten_thuong": agency.ten_thuong,
    }
    return Values(f"truoc.{cap}", parts)


def group_values(group: Group) -> Mapping[str, str]:
    """All columns of a letter's only recipient; of several, only the units they share."""
    return group.recipients[0].truong if len(group.recipients) == 1 else group.units


def _dates(ngay: IssueDate) -> dict[str, str]:
    return {"ngay": ngay.ngan, "ngay_dai": ngay.dai}
