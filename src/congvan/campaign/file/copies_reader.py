"""Reads ``ban_sao``: the copies a tier's letters are given out as."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from congvan.campaign.agencies import Agencies
from congvan.campaign.copies import Copies, Numbering, SignaturePattern
from congvan.campaign.did_you_mean import did_you_mean
from congvan.campaign.file.schema import CopyEntry, SignatureEntry
from congvan.findings import Finding, Place, finding
from congvan.letter import IssueDate


def signature_pattern(entry: SignatureEntry) -> SignaturePattern:
    """The signature block of an entry."""
    return SignaturePattern(
        quyen_han=entry.quyen_han,
        chuc_vu=entry.chuc_vu,
        chuc_danh_khac=entry.chuc_danh_khac or "",
        ho_ten=entry.ho_ten,
    )


def read_copies(
    entry: CopyEntry, issued: IssueDate, danh_so: Numbering, agencies: Agencies | None, extract: str | None
) -> Copies:
    """The copies of letters ``issued`` on a day; what ``entry`` leaves out is as with the letters.

    ``extract`` is the text of the file ``noi_dung`` names. A copying body that is not among the ``agencies`` is left
    out; :func:`copy_findings` reports it.
    """
    return Copies(
        hinh_thuc=entry.hinh_thuc,
        ma=entry.ma or entry.hinh_thuc,
        don_vi=agencies.get(entry.don_vi or "") if agencies else None,
        ngay=entry.ngay or IssueDate(issued.nam),
        danh_so=entry.danh_so or danh_so,
        so=entry.so,
        so_bat_dau=entry.so_bat_dau,
        ky_hieu=entry.ky_hieu,
        noi_nhan=entry.noi_nhan,
        ky=signature_pattern(entry.ky),
        noi_dung=extract,
    )


def copy_findings(
    entry: CopyEntry, issued: IssueDate | None, agencies: Agencies | None, place: Callable[[str], Place]
) -> Iterator[Finding]:
    """An unknown copying body, copies dated before their letters, a part given out as the whole.

    ``place`` returns where a key stands. Without ``agencies`` no body is known, and the body is not checked; without
    ``issued`` the letters are dated later.
    """
    if entry.don_vi and agencies is not None and entry.don_vi not in agencies:
        values = {"ma": entry.don_vi, **did_you_mean(entry.don_vi, agencies)}
        yield finding("campaign-copying-body-unknown", place("don_vi"), **values)
    if entry.noi_dung and entry.hinh_thuc != "trich-sao":
        yield finding("campaign-copy-of-a-part", place("noi_dung"), form=entry.hinh_thuc)
    if entry.ngay and issued and entry.ngay.surely_before(issued):
        yield finding("campaign-copy-before-letter", place("ngay"), ngay=entry.ngay.ngan, ngay_van_ban=issued.ngan)
