"""Reading ``ban_sao``: the copies a tier's letters are given out as, held against the letters themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from congvan.campaign.agencies import Agencies
from congvan.campaign.choices import choices
from congvan.campaign.copying import CopyPlan
from congvan.campaign.entry import CopyEntry, Numbering
from congvan.campaign.open_date import surely_before
from congvan.campaign.signature_pattern import SignaturePattern
from congvan.findings import Finding, Place, finding
from congvan.letter import IssueDate


def copy_plan(
    entry: CopyEntry, issued: IssueDate, danh_so: Numbering, agencies: Agencies | None, extract: str | None
) -> CopyPlan:
    """The copies of letters ``issued`` on a day; what ``entry`` leaves out is as with the letters.

    ``extract`` is the text of the file ``noi_dung`` names.
    A copying body that is not among the ``agencies`` is none; see :func:`copy_findings`.
    """
    return CopyPlan(
        hinh_thuc=entry.hinh_thuc,
        ma=entry.ma or entry.hinh_thuc,
        don_vi=agencies.get(entry.don_vi or "") if agencies else None,
        ngay=entry.ngay or IssueDate(issued.nam),
        danh_so=entry.danh_so or danh_so,
        so=entry.so,
        so_bat_dau=entry.so_bat_dau,
        ky_hieu=entry.ky_hieu,
        noi_nhan=entry.noi_nhan,
        ky=SignaturePattern(entry.ky.quyen_han, entry.ky.chuc_vu, entry.ky.ho_ten),
        noi_dung=extract,
    )


def copy_findings(
    entry: CopyEntry, issued: IssueDate, agencies: Agencies | None, place: Callable[[str], Place]
) -> Iterator[Finding]:
    """A copying body nobody knows, copies dated before their letters, a part given out as the whole.

    ``place`` tells where a key stands.
    Without ``agencies`` nothing is known of any body, and nothing is said.
    """
    if entry.don_vi and agencies is not None and entry.don_vi not in agencies:
        values = {"ma": entry.don_vi, **choices(entry.don_vi, agencies)}
        yield finding("campaign-copying-body-unknown", place("don_vi"), **values)
    if entry.noi_dung and entry.hinh_thuc != "trich-sao":
        yield finding("campaign-copy-of-a-part", place("noi_dung"), form=entry.hinh_thuc)
    if entry.ngay and surely_before(entry.ngay, issued):
        yield finding("campaign-copy-before-letter", place("ngay"), ngay=entry.ngay.ngan, ngay_van_ban=issued.ngan)
