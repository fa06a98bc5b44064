"""Deliveries made: what a run's letters need to leave the office, in the folder ``giao-nhan`` of its output."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from congvan.campaign import Plan
from congvan.findings import Finding, Place, Report, finding
from congvan.letter.number_request import SERIES_OF_MARKED_LETTERS
from congvan.office.consignment import Consignment, DeliveryTotals, Parcel
from congvan.office.delivery_page import delivery_page
from congvan.office.settings import DeliverySettings
from congvan.office.summary import Summary
from congvan.office.text_messages import message_text
from congvan.register import Entry, Register, Series
from congvan.register.book.printed_book import PrintedBook, printed_book
from congvan.run.deliveries.consigning import sort_letters
from congvan.run.deliveries.delivered_files import DeliveredFiles
from congvan.run.deliveries.papers import (
    PackedParcel,
    Paper,
    make_book,
    make_drafts,
    make_electronic,
    make_envelopes,
    make_labels,
    make_lists,
    pack_parcels,
)
from congvan.run.jobs import CampaignJob
from congvan.run.life.issued_letters import IssuedLetters
from congvan.run.life.issuing import output_of
from congvan.run.numbers import RegisterGiven, open_numbers
from congvan.run.output.folder import OutputFolder
from congvan.run.output.lock import output_lock
from congvan.run.output.owner import require_owner
from congvan.run.result import Run
from congvan.run.workers.pool import worker_pool

FOLDER: Final = "giao-nhan"
"""The folder of deliveries in the output folder."""

_PARCELS_AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class Deliveries:
    """What was made: the folder, its files by their paths in it, the counts, and what there is to say."""

    out: Path
    files: tuple[str, ...]
    totals: DeliveryTotals
    report: Report


def deliver(
    source: Run | Plan,
    out: Path | str | None = None,
    register: RegisterGiven | None = None,
    *,
    settings: DeliverySettings | None = None,
    jobs: int | None = None,
    executor: Executor | None = None,
) -> Deliveries:
    """Make what the letters of a run need to leave the office, sorted by issuing body and commune.

    Args:
        source: a run, or the plan of a campaign whose letters lie in the folder ``out``; letters of the plan that are
            not selected are left out.
        out: the output folder; that of the run by default. The papers go into its folder ``giao-nhan``.
        register: the register that gave the numbers; its lines are printed as the outgoing register of the batch.
        settings: paper, sizes, and what is not to be made.
        jobs: processes that share the work; as many as there are cores if None.
        executor: share the work otherwise, by an executor of this computer, which sees the folder.

    A file that somebody filled in since it was made is left alone, with a finding.

    Raises:
        CampaignError: when no letters lie in the folder, or it is not said which.
        TemplateError: for a text message with a field there is none of.
        OutputError: when another run is at work in the folder, or the disk is full.
    """
    plan, folder, book = output_of(source, out, register)
    chosen = settings or DeliverySettings()
    with open_numbers(book, plan.campaign) as numbers, output_lock(folder):
        issued = IssuedLetters(numbers, plan)
        job = CampaignJob(issued.plan, marked_keys=issued.marked_keys)
        require_owner(folder, job.owner)
        lines = OutputFolder(folder).journal.letters
        found = sort_letters(issued.plan.items, lines, job)
        books = list(_registers(numbers.book, plan.campaign.ma, found.consignments)) if chosen.makes("so") else []
        for parcel in (parcel for one in found.consignments for parcel in one.parcels):
            message_text(chosen.text, parcel, parcel.copies[0])  # a wrong field is named before anything is made
        with _open_workers(executor, jobs) as pool:
            work = _Work(pool, folder.absolute(), chosen)
            return work.deliver(plan.campaign.ten, found.consignments, books, found.findings)


@contextmanager
def _open_workers(executor: Executor | None, jobs: int | None) -> Iterator[Executor]:
    if executor is not None:
        yield executor
        return
    with worker_pool(jobs) as pool:
        yield pool


class _Work:
    """The papers of one run, made by a pool and written as they come."""

    def __init__(self, pool: Executor, out: Path, settings: DeliverySettings) -> None:
        self._pool = pool
        self._out = out
        self._settings = settings
        self._files = DeliveredFiles(out, FOLDER)
        self._written: list[str] = []
        self._findings: list[Finding] = []

    def deliver(
        self,
        title: str,
        consignments: tuple[Consignment, ...],
        books: Sequence[tuple[str, PrintedBook]],
        findings: Sequence[Finding],
    ) -> Deliveries:
        """Make and write everything; the result says what there is."""
        packing = list(self._pack([parcel for one in consignments for parcel in one.parcels]))
        making = [future for one in consignments for future in self._make(one)]
        making += [self._pool.submit(make_book, book.lines, book, path, self._settings) for path, book in books]
        slip_pages: dict[str, dict[str, int]] = {}
        for future in packing:
            for packed in future.result():
                parcel = packed.parcel
                slip_pages.setdefault(parcel.sender.folder, {})[parcel.name] = packed.slip_pages
                self._take(packed)
        for made in making:
            self._write(made.result())
        summary = Summary(consignments, slip_pages, self._settings.duplex)
        self._write([Paper("tong-hop.xlsx", summary.workbook())])
        self._write([Paper("index.html", delivery_page(title, summary, self._written))])
        self._files.finish()
        report = Report.of([*findings, *self._findings])
        return Deliveries(self._out / FOLDER, tuple(self._written), summary.totals, report)

    def _pack(self, parcels: Sequence[Parcel]) -> Iterator[Future[list[PackedParcel]]]:
        """Slips of as many lines together: their markup is alike, which halves the time of their PDF."""
        if self._settings.makes("phieu"):
            alike = sorted(parcels, key=lambda parcel: len(parcel.copies))
            for start in range(0, len(alike), _PARCELS_AT_ONCE):
                some = alike[start : start + _PARCELS_AT_ONCE]
                yield self._pool.submit(pack_parcels, some, self._out, self._settings)

    def _make(self, consignment: Consignment) -> Iterator[Future[list[Paper]]]:
        submit, settings, out = self._pool.submit, self._settings, self._out
        if consignment.letters and settings.makes("dien-tu"):
            yield submit(make_electronic, consignment.letters, consignment.sender, out, settings)
        if not consignment.parcels:
            return
        if settings.makes("nhan"):
            yield submit(make_labels, consignment.parcels, settings)
        if settings.makes("bi"):
            yield submit(make_envelopes, consignment.parcels, settings)
        yield submit(make_lists, consignment.parcels, consignment, settings)
        if settings.makes("eml"):
            yield submit(make_drafts, consignment.parcels, out)

    def _take(self, packed: PackedParcel) -> None:
        self._write(packed.papers)
        if packed.failure:
            name = packed.parcel.xa
            self._findings.append(finding("delivery-slip-failed", Place(key=name), parcel=name, why=packed.failure))

    def _write(self, papers: Sequence[Paper]) -> None:
        self._findings += self._files.write(papers)
        self._written += [paper.path for paper in papers]


def _registers(
    book: Register | None, dot: str, consignments: Sequence[Consignment]
) -> Iterator[tuple[str, PrintedBook]]:
    """The lines of the campaign in the outgoing register, by series: ten columns, as the decree has them.

    Letters with a secrecy mark have a register of their own, which stays where it is.
    """
    if book is None:
        return
    by_series: dict[Series, list[Entry]] = {}
    for entry in sorted(book.entries_of(dot), key=lambda entry: (entry.series, entry.so, entry.so_phu)):
        by_series.setdefault(entry.series, []).append(entry)
    senders = {one.sender.agency.ma: one.sender for one in consignments}
    several_years = len({series.nam for series in by_series}) > 1
    for series, entries in by_series.items():
        if series.don_vi not in senders or series.chuoi == SERIES_OF_MARKED_LETTERS:
            continue
        sender = senders[series.don_vi]
        parts = "so-dang-ky-van-ban-di", series.chuoi, str(series.nam) if several_years else ""
        path = f"{sender.folder}/{'-'.join(filter(None, parts))}"
        yield path, printed_book(series, entries, book.chains(entries), agencies={series.don_vi: sender.agency})
