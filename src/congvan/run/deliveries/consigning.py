"""The letters of a plan that lie in an output folder, sorted into what each body sends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from congvan.campaign import PlannedLetter
from congvan.findings import Finding, finding
from congvan.office.consignment import Consignment, ConsignmentBuilder, Sender, SentLetter
from congvan.run.jobs import CampaignJob
from congvan.run.output.folder import shortened
from congvan.run.output.journal import LetterLine
from congvan.run.output.manifest import ManifestRow


@dataclass(frozen=True, slots=True)
class Sorted:
    """What each body sends, and what is to be said of the letters that are left out."""

    consignments: tuple[Consignment, ...]
    findings: tuple[Finding, ...]


def sort_letters(letters: Iterable[PlannedLetter], lines: Mapping[str, LetterLine], job: CampaignJob) -> Sorted:
    """Sort ``letters`` whose ``lines`` of the journal are known by their keys.

    Letters with a secrecy mark go out by rules of their own and are only counted.
    """
    senders: dict[str, ConsignmentBuilder] = {}
    missing: list[str] = []
    without_pdf: list[str] = []
    secret = 0
    for item in letters:
        row = lines[item.key].row if item.key in lines else None
        if row is None or not row.is_done or not row.stands:
            missing.append(item.letter.so_ky_hieu)
        elif job.is_secret(row):
            secret += 1
        elif row.pdf is None or row.docx is None:
            without_pdf.append(row.name)
        else:
            _builder_of(item, row, senders).add(_sent(row), item.recipients)
    consignments = tuple(builder.build() for builder in senders.values())
    return Sorted(consignments, tuple(_findings(missing, without_pdf, secret)))


def _builder_of(item: PlannedLetter, row: ManifestRow, senders: dict[str, ConsignmentBuilder]) -> ConsignmentBuilder:
    agency = item.don_vi
    if agency.ma not in senders:
        senders[agency.ma] = ConsignmentBuilder(Sender(agency, item.letter.ky, _year(row, item)))
    return senders[agency.ma]


def _year(row: ManifestRow, item: PlannedLetter) -> int:
    return int(row.ngay[:4]) if row.ngay[:4].isdigit() else item.letter.ngay.nam or 0


def _sent(row: ManifestRow) -> SentLetter:
    assert row.docx, "letters without Word are left out"
    assert row.pdf, "letters without PDF are left out"
    ngay = date.fromisoformat(row.ngay) if len(row.ngay) == len("2026-01-05") else None
    return SentLetter(
        khoa=row.khoa,
        cap=row.cap,
        so_ky_hieu=row.name,
        ngay=ngay,
        loai=row.loai,
        trich_yeu=row.trich_yeu,
        trang=row.trang or 1,
        docx=row.docx.path,
        pdf=row.pdf.path,
    )


def _findings(missing: list[str], without_pdf: list[str], secret: int) -> Iterator[Finding]:
    if missing:
        yield finding("delivery-letters-missing", count=len(missing), letters=shortened(missing))
    if without_pdf:
        yield finding("delivery-letters-without-pdf", count=len(without_pdf), letters=shortened(without_pdf))
    if secret:
        yield finding("delivery-letters-secret", count=secret)
