"""The run on one page, ``index.html``, from the rows of its manifest and what the plan knows of their recipients."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from congvan.campaign.model import FIRST_ROUND, round_name
from congvan.findings import Report
from congvan.office.run_page import PageDeadline, PageLetter, PrintLinks, RunPage
from congvan.run.output.danh_muc import STATES
from congvan.run.output.manifest import ManifestRow


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What the plan knows of a letter beside its row: the body as a sentence names it, its units, its recipients.

    ``khuyet`` tells whether one of the ``nguoi_nhan`` is a vacant post.
    """

    don_vi: str = ""
    huyen: str = ""
    xa: str = ""
    nguoi_nhan: int = 1
    khuyet: bool = False


FactsOf = Callable[[ManifestRow], LetterFacts]
"""Finds the facts of a row; those of a letter the plan no longer has are empty."""

NO_FACTS: Final = LetterFacts()


@dataclass(frozen=True, slots=True)
class PageSource:
    """What the page needs beside the manifest: the facts of each letter, and the days its tiers are due."""

    facts: FactsOf = lambda row: NO_FACTS  # noqa: ARG005  # a row without a plan
    deadlines: Sequence[PageDeadline] = ()


def index_page(
    title: str,
    rows: Sequence[ManifestRow],
    print_files: Mapping[str, str],
    report: Report,
    hidden: int = 0,
    source: PageSource | None = None,
) -> Iterator[bytes]:
    """The page as HTML, bit by bit; every text in it is escaped. ``hidden`` letters are counted, but not shown."""
    known = source or PageSource()
    rounds = dict.fromkeys((row.cap, row.dot_gui) for row in rows)
    page = RunPage(
        title=title,
        letters=[_page_letter(row, known.facts(row)) for row in rows],
        states={state.value: words for state, words in STATES.items()},
        deadlines=known.deadlines,
        print_files={of: _print_links(*of, print_files) for of in rounds},
        report=report,
        hidden=hidden,
    )
    return page.pieces()


def _page_letter(row: ManifestRow, facts: LetterFacts) -> PageLetter:
    return PageLetter(
        thu_tu=row.thu_tu,
        cap=row.cap,
        dot_gui=row.dot_gui,
        don_vi=facts.don_vi or row.co_quan.replace("\n", " "),
        huyen=facts.huyen,
        xa=facts.xa,
        so_ky_hieu=row.name,
        ngay=row.ngay,
        trich_yeu=row.trich_yeu,
        kinh_gui="; ".join(row.kinh_gui),
        nguoi_nhan=facts.nguoi_nhan,
        khuyet=facts.khuyet,
        trang=row.trang or 0,
        trang_thai=row.trang_thai,
        ghi_chu=row.ghi_chu,
        docx=row.docx.path if row.docx else "",
        pdf=row.pdf.path if row.pdf else "",
    )


def _print_links(cap: str, dot_gui: str, print_files: Mapping[str, str]) -> PrintLinks:
    """The print files of a round, by the words of their links."""
    of_tier = {} if dot_gui or cap not in print_files else {"Tệp in cả cấp": print_files[cap]}
    name = round_name(cap, dot_gui or FIRST_ROUND)
    of_round = {"Tệp in đợt gửi này": print_files[name]} if name in print_files else {}
    bodies = {} if dot_gui else {key: path for key, path in print_files.items() if key.startswith(f"{cap}/")}
    return PrintLinks(of_tier | of_round, {key.removeprefix(f"{cap}/"): path for key, path in bodies.items()})
