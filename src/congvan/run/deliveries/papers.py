"""The papers of one consignment, made in a worker process: each function takes rows and returns files."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from congvan.campaign.planning.addressees import addressee
from congvan.errors import CongvanError
from congvan.office.books import delivery_book, post_book
from congvan.office.consignment import BodyLetter, Consignment, Parcel, Sender
from congvan.office.covering_slip import covering_slip
from congvan.office.electronic_list import electronic_list
from congvan.office.email_drafts import addresses, email_draft
from congvan.office.envelopes import ENVELOPES, envelope_pages
from congvan.office.label_sheets import LABEL_SHEETS, label_pages
from congvan.office.receipts import receipt_list
from congvan.office.settings import DeliverySettings
from congvan.office.text_messages import gateway_file, message_list, text_messages
from congvan.pdf import to_pdf
from congvan.pdf.engines.available import DEFAULT
from congvan.pdf.print.print_file import write_print_file
from congvan.register.book.printed_book import PrintedBook
from congvan.register.book.word_document import write_docx
from congvan.register.book.workbook import write_xlsx
from congvan.run.batches import Batch, TemplateSource
from congvan.run.rendering import StagedLetter, stage_batch

SLIP: Final = "Phiếu gửi"
"""The bookmark of the covering slip in a parcel's print file."""


class Paper(NamedTuple):
    """A file of the deliveries, by its path in their folder."""

    path: str
    content: bytes


class PackedParcel(NamedTuple):
    """A parcel ready to print: its papers and the pages of its covering slip, or why there is no slip."""

    parcel: Parcel
    papers: tuple[Paper, ...]
    slip_pages: int
    failure: str = ""


def pack_parcels(parcels: Sequence[Parcel], out: Path, settings: DeliverySettings) -> list[PackedParcel]:
    """Slip and print file of each of ``parcels``; ``out`` is the folder where the letters lie."""
    slips = tuple(covering_slip(parcel, duplex=settings.duplex, day=settings.day) for parcel in parcels)
    staged = stage_batch(Batch(slips, TemplateSource(), ("docx", "pdf"), DEFAULT), None)
    return [_packed(parcel, slip, out, settings) for parcel, slip in zip(parcels, staged, strict=True)]


def _packed(parcel: Parcel, slip: StagedLetter, out: Path, settings: DeliverySettings) -> PackedParcel:
    failure = slip.failure or "; ".join(found.message for found in slip.findings)
    docx, pdf = slip.contents or (b"", b"")
    target = io.BytesIO()
    write_print_file(target, list(_print_order(parcel, pdf, out)), duplex=settings.duplex)
    folder = parcel.sender.folder
    papers = [Paper(f"{folder}/in/{parcel.name}.pdf", target.getvalue())]
    if docx:
        papers.append(Paper(f"{folder}/phieu-gui/{parcel.name}.docx", docx))
    return PackedParcel(parcel, tuple(papers), slip.pages or 0, failure)


def _print_order(parcel: Parcel, slip: bytes, out: Path) -> Iterator[tuple[str, bytes]]:
    """The slip, then each copy in the order of the receipt list."""
    if slip:
        yield f"{SLIP} - {parcel.addressee}", slip
    for number, copy in enumerate(parcel.copies, start=1):
        title = f"{number}. {copy.letter.so_ky_hieu} - {copy.address_lines[0]}"
        yield title, (out / copy.letter.pdf).read_bytes()


def make_labels(parcels: Sequence[Parcel], settings: DeliverySettings) -> list[Paper]:
    """The labels of all recipients."""
    copies = [copy for parcel in parcels for copy in parcel.copies]
    return _word_and_pdf(f"{parcels[0].sender.folder}/nhan", label_pages(copies, LABEL_SHEETS[settings.labels]))


def make_envelopes(parcels: Sequence[Parcel], settings: DeliverySettings) -> list[Paper]:
    """The envelopes of all parcels."""
    docx = envelope_pages(parcels, ENVELOPES[settings.envelopes])
    return _word_and_pdf(f"{parcels[0].sender.folder}/bi", docx)


def make_lists(parcels: Sequence[Parcel], consignment: Consignment, settings: DeliverySettings) -> list[Paper]:  # noqa: ARG001  # the pool counts its first argument
    """The receipt list, the text messages and the two books of what is handed over."""
    folder, papers = consignment.sender.folder, []
    if settings.makes("ky-nhan"):
        papers.append(Paper(f"{folder}/ky-nhan.xlsx", receipt_list(consignment, duplex=settings.duplex)))
    if settings.makes("tin-nhan") and (messages := list(text_messages(consignment, settings.text))):
        papers.append(Paper(f"{folder}/tin-nhan.csv", gateway_file(messages)))
        papers.append(Paper(f"{folder}/tin-nhan.xlsx", message_list(messages)))
    if settings.makes("so"):
        delivery = delivery_book(consignment, duplex=settings.duplex, day=settings.day)
        papers += book_papers(delivery, f"{folder}/so-chuyen-giao", settings)
        papers += book_papers(post_book(consignment, day=settings.day), f"{folder}/so-gui-buu-dien", settings)
    return papers


def make_book(lines: Sequence[object], book: PrintedBook, path: str, settings: DeliverySettings) -> list[Paper]:  # noqa: ARG001
    """A book by itself."""
    return book_papers(book, path, settings)


def book_papers(book: PrintedBook, path: str, settings: DeliverySettings) -> list[Paper]:
    """``book`` as workbook, as Word document and, unless it is left out, as PDF."""
    docx = write_docx(book)
    papers = [Paper(f"{path}.xlsx", write_xlsx(book)), Paper(f"{path}.docx", docx)]
    if settings.makes("so-pdf"):
        papers.append(Paper(f"{path}.pdf", to_pdf(docx, time_limit=None)))
    return papers


def make_electronic(
    letters: Sequence[BodyLetter], sender: Sender, out: Path, settings: DeliverySettings
) -> list[Paper]:
    """Letters to bodies apart, as single files with a list, and a draft of the e-mail for each."""
    folder = f"{sender.folder}/dien-tu"
    papers = [Paper(f"{folder}/danh-sach.xlsx", electronic_list(letters))]
    for one in letters:
        name = one.letter.pdf.rpartition("/")[2]
        pdf = (out / one.letter.pdf).read_bytes()
        papers.append(Paper(f"{folder}/{name}", pdf))
        if settings.makes("eml"):
            names = [addressee(recipient) for recipient in one.recipients]
            draft = email_draft(sender, one.letter, one.recipients, names, pdf)
            papers.append(Paper(f"{folder}/{name.removesuffix('.pdf')}.eml", draft))
    return papers


def make_drafts(parcels: Sequence[Parcel], out: Path) -> list[Paper]:
    """A draft for each recipient of a parcel whose list has an address."""
    papers = []
    for parcel in parcels:
        for number, copy in enumerate(parcel.copies, start=1):
            if addresses([copy.recipient]):
                name = copy.letter.pdf.rpartition("/")[2].removesuffix(".pdf")
                pdf = (out / copy.letter.pdf).read_bytes()
                names = [addressee(copy.recipient)]
                draft = email_draft(parcel.sender, copy.letter, [copy.recipient], names, pdf)
                papers.append(Paper(f"{parcel.sender.folder}/thu/{parcel.name}/{number:03}_{name}.eml", draft))
    return papers


def _word_and_pdf(path: str, docx: bytes) -> list[Paper]:
    papers = [Paper(f"{path}.docx", docx)]
    try:
        papers.append(Paper(f"{path}.pdf", to_pdf(docx, time_limit=None)))
    except CongvanError as error:
        raise RuntimeError(str(error)) from error
    return papers
