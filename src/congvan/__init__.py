"""congvan: official letters by the thousand, numbered, in order, laid out by Vietnam's Decree 30/2020/NĐ-CP.

The phases, and the function that starts each::

    load_campaign  one campaign file, its lists and texts, read and checked     → Campaign
    campaign_from  the same from Python dicts and lists, without any file       → Campaign
    plan           the ordered letters it means; nothing written               → Plan
    check          everything that would stop a run, found beforehand          → Report
    render         numbers from the register, Word and PDF, print files, lists → Run
    issue          letters sealed once they are signed: nothing changes them   → Issued
    replace        issued letters replaced (or recall, correct) by new ones    → Run
    deliver        slips, receipt lists, labels, books of a run's letters      → Deliveries
    render_table   one letter a row by any Word template, by the same way      → Run

One letter alone is a :class:`Letter`; :func:`render_docx` lays it out and :func:`to_pdf` prints it. Any finished
letter, from whatever hand, is read by :func:`facts`; :func:`components` tells its parts apart, :func:`lint` what is
against the decree in it. What is wrong with a
user's files comes as a :class:`Report` of findings, carried by an error of the tree in
:mod:`congvan.errors`.

Every type in a signature is a name of this module, or of one of its six modules: :mod:`congvan.errors`,
:mod:`congvan.findings`, :mod:`congvan.inspect` (lines, rules, fonts of a finished letter), :mod:`congvan.linter` (what
the linter says of one), :mod:`congvan.pdf` (what an engine of your own needs) and :mod:`congvan.text` (Vietnamese
dates, numbers and words).

Names are loaded on first use, so ``import congvan`` is quick and pulls in neither Word, PDF nor database. What a run
does is logged under the name ``congvan``: counts alone, and nothing until the program sets up logging.
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

from congvan.support.version import VERSION

if TYPE_CHECKING:
    from congvan import errors, findings, inspect, linter, pdf, text
    from congvan.campaign import (
        Activity,
        Agencies,
        Approval,
        Campaign,
        CampaignTier,
        Copies,
        DayUnit,
        DayWords,
        DeadlineSetting,
        Flag,
        Judgement,
        LintException,
        Message,
        Office,
        OfficeDays,
        OfficeStyle,
        Plan,
        PlannedLetter,
        Reading,
        Rule,
        RuleKind,
        RuleSet,
        SignaturePattern,
        SymbolRule,
        Verdict,
        campaign_from,
        load_campaign,
        plan,
        plan_file,
        read_text_file,
    )
    from congvan.errors import CongvanError
    from congvan.findings import Finding, Place, Report, Severity
    from congvan.inspect import Components, DocumentFacts, components, facts
    from congvan.letter import (
        Agency,
        BanSao,
        BienBan,
        GiayGioiThieu,
        GiayMoi,
        GiayNghiPhep,
        IssueDate,
        Kind,
        Letter,
        NhomKinhGui,
        NumberRequest,
        PhuLuc,
        Series,
        Signature,
        TrinhBay,
        VanBanKemTheo,
    )
    from congvan.letter.record.letter_state import LetterState
    from congvan.letter.record.past_letter import PastLetter
    from congvan.linter import LintReport, lint
    from congvan.office.consignment import DeliveryTotals
    from congvan.office.settings import DeliverySettings
    from congvan.pdf import Bundle, ConvertedBundle, Engine, PdfMetadata, to_pdf
    from congvan.recipients import Recipient, RecipientSource, Sheet, SheetRow, rows_source
    from congvan.register import NumberRegister
    from congvan.run import (
        Deliveries,
        Issued,
        ManifestRow,
        Output,
        OutputFile,
        Run,
        ZipOutput,
        check,
        correct,
        deliver,
        issue,
        recall,
        render,
        render_table,
        replace,
        to_pdfs,
        undo_issue,
        worker_pool,
    )
    from congvan.support.processes.interpreter import freeze_support, use_python
    from congvan.word import WordTemplate, render_docx

__version__ = VERSION

logging.getLogger("congvan").addHandler(logging.NullHandler())  # silent until a program asks to hear it

_HOMES = {
    "Activity": "congvan.campaign",
    "Agencies": "congvan.campaign",
    "Agency": "congvan.letter",
    "Approval": "congvan.campaign",
    "BanSao": "congvan.letter",
    "BienBan": "congvan.letter",
    "Bundle": "congvan.pdf",
    "Campaign": "congvan.campaign",
    "CampaignTier": "congvan.campaign",
    "Components": "congvan.inspect",
    "CongvanError": "congvan.errors",
    "ConvertedBundle": "congvan.pdf",
    "Copies": "congvan.campaign",
    "DayUnit": "congvan.campaign",
    "DayWords": "congvan.campaign",
    "DeadlineSetting": "congvan.campaign",
    "Deliveries": "congvan.run",
    "DeliverySettings": "congvan.office.settings",
    "DeliveryTotals": "congvan.office.consignment",
    "DocumentFacts": "congvan.inspect",
    "Engine": "congvan.pdf",
    "Finding": "congvan.findings",
    "Flag": "congvan.campaign",
    "GiayGioiThieu": "congvan.letter",
    "GiayMoi": "congvan.letter",
    "GiayNghiPhep": "congvan.letter",
    "IssueDate": "congvan.letter",
    "Issued": "congvan.run",
    "Judgement": "congvan.campaign",
    "Kind": "congvan.letter",
    "Letter": "congvan.letter",
    "LetterState": "congvan.letter.record.letter_state",
    "LintException": "congvan.campaign",
    "LintReport": "congvan.linter",
    "ManifestRow": "congvan.run",
    "Message": "congvan.campaign",
    "NhomKinhGui": "congvan.letter",
    "NumberRegister": "congvan.register",
    "NumberRequest": "congvan.letter",
    "Office": "congvan.campaign",
    "OfficeDays": "congvan.campaign",
    "OfficeStyle": "congvan.campaign",
    "Output": "congvan.run",
    "OutputFile": "congvan.run",
    "PhuLuc": "congvan.letter",
    "Place": "congvan.findings",
    "PastLetter": "congvan.letter.record.past_letter",
    "PdfMetadata": "congvan.pdf",
    "Plan": "congvan.campaign",
    "PlannedLetter": "congvan.campaign",
    "Reading": "congvan.campaign",
    "Recipient": "congvan.recipients",
    "RecipientSource": "congvan.recipients",
    "Report": "congvan.findings",
    "Rule": "congvan.campaign",
    "RuleKind": "congvan.campaign",
    "RuleSet": "congvan.campaign",
    "Run": "congvan.run",
    "Series": "congvan.letter",
    "Severity": "congvan.findings",
    "Sheet": "congvan.recipients",
    "SheetRow": "congvan.recipients",
    "Signature": "congvan.letter",
    "SignaturePattern": "congvan.campaign",
    "SymbolRule": "congvan.campaign",
    "TrinhBay": "congvan.letter",
    "VanBanKemTheo": "congvan.letter",
    "Verdict": "congvan.campaign",
    "WordTemplate": "congvan.word",
    "ZipOutput": "congvan.run",
    "campaign_from": "congvan.campaign",
    "check": "congvan.run",
    "components": "congvan.inspect",
    "correct": "congvan.run",
    "deliver": "congvan.run",
    "facts": "congvan.inspect",
    "freeze_support": "congvan.support.processes.interpreter",
    "issue": "congvan.run",
    "lint": "congvan.linter",
    "load_campaign": "congvan.campaign",
    "plan": "congvan.campaign",
    "plan_file": "congvan.campaign",
    "read_text_file": "congvan.campaign",
    "recall": "congvan.run",
    "render": "congvan.run",
    "render_docx": "congvan.word",
    "render_table": "congvan.run",
    "replace": "congvan.run",
    "rows_source": "congvan.recipients",
    "to_pdf": "congvan.pdf",
    "to_pdfs": "congvan.run",
    "undo_issue": "congvan.run",
    "use_python": "congvan.support.processes.interpreter",
    "worker_pool": "congvan.run",
}
_MODULES = ("errors", "findings", "inspect", "linter", "pdf", "text")

__all__ = [
    "Activity",
    "Agencies",
    "Agency",
    "Approval",
    "BanSao",
    "BienBan",
    "Bundle",
    "Campaign",
    "CampaignTier",
    "Components",
    "CongvanError",
    "ConvertedBundle",
    "Copies",
    "DayUnit",
    "DayWords",
    "DeadlineSetting",
    "Deliveries",
    "DeliverySettings",
    "DeliveryTotals",
    "DocumentFacts",
    "Engine",
    "Finding",
    "Flag",
    "GiayGioiThieu",
    "GiayMoi",
    "GiayNghiPhep",
    "IssueDate",
    "Issued",
    "Judgement",
    "Kind",
    "Letter",
    "LetterState",
    "LintException",
    "LintReport",
    "ManifestRow",
    "Message",
    "NhomKinhGui",
    "NumberRegister",
    "NumberRequest",
    "Office",
    "OfficeDays",
    "OfficeStyle",
    "Output",
    "OutputFile",
    "PastLetter",
    "PdfMetadata",
    "PhuLuc",
    "Place",
    "Plan",
    "PlannedLetter",
    "Reading",
    "Recipient",
    "RecipientSource",
    "Report",
    "Rule",
    "RuleKind",
    "RuleSet",
    "Run",
    "Series",
    "Severity",
    "Sheet",
    "SheetRow",
    "Signature",
    "SignaturePattern",
    "SymbolRule",
    "TrinhBay",
    "VanBanKemTheo",
    "Verdict",
    "WordTemplate",
    "ZipOutput",
    "__version__",
    "campaign_from",
    "check",
    "components",
    "correct",
    "deliver",
    "errors",
    "facts",
    "findings",
    "freeze_support",
    "inspect",
    "issue",
    "lint",
    "linter",
    "load_campaign",
    "pdf",
    "plan",
    "plan_file",
    "read_text_file",
    "recall",
    "render",
    "render_docx",
    "render_table",
    "replace",
    "rows_source",
    "text",
    "to_pdf",
    "to_pdfs",
    "undo_issue",
    "use_python",
    "worker_pool",
]


if not TYPE_CHECKING:  # a type checker that sees it accepts every misspelt name

    def __getattr__(name: str) -> Any:
        if name in _MODULES:
            return import_module(f"congvan.{name}")
        if name in _HOMES:
            return getattr(import_module(_HOMES[name]), name)
        raise AttributeError(f"module 'congvan' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
