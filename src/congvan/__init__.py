"""congvan: official letters by the thousand, numbered, in order, laid out by Vietnam's Decree 30/2020/NĐ-CP.

The phases, and the function that starts each::

    load_campaign  one campaign file, its lists and texts, read and checked     → Campaign
    campaign_from  the same from Python dicts and lists, without any file       → Campaign
    plan           the ordered letters it means; nothing written               → Plan
    check          everything that would stop a run, found beforehand          → Report
    render         numbers from the register, Word and PDF, print files, lists → Run
    render_table   one letter a row by any Word template, by the same way      → Run

One letter alone is a :class:`Letter`; :func:`render_docx` lays it out and :func:`to_pdf` prints it. Any finished
letter, from whatever hand, is read by :func:`facts`; :func:`components` tells its parts apart. What is wrong with a
user's files comes as a :class:`Report` of findings, carried by an error of the tree in
:mod:`congvan.errors`.

Names are loaded on first use, so ``import congvan`` is quick and pulls in neither Word, PDF nor database. What a run
does is logged under the name ``congvan``: counts alone, and nothing until the program sets up logging.
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

from congvan.support.version import VERSION

if TYPE_CHECKING:
    from congvan import errors, findings, text
    from congvan.campaign import Campaign, Plan, PlannedLetter, campaign_from, load_campaign, plan, plan_file
    from congvan.errors import CongvanError
    from congvan.findings import Finding, Report
    from congvan.inspect.document import components, facts
    from congvan.letter import Agency, IssueDate, Letter, NumberRequest, Signature
    from congvan.pdf import Engine, to_pdf
    from congvan.register import NumberRegister
    from congvan.run import (
        ManifestRow,
        Output,
        OutputFile,
        Run,
        ZipOutput,
        check,
        render,
        render_table,
        to_pdfs,
        worker_pool,
    )
    from congvan.word import WordTemplate, render_docx

__version__ = VERSION

logging.getLogger("congvan").addHandler(logging.NullHandler())  # silent until a program asks to hear it

_HOMES = {
    "Agency": "congvan.letter",
    "Campaign": "congvan.campaign",
    "CongvanError": "congvan.errors",
    "Engine": "congvan.pdf",
    "Finding": "congvan.findings",
    "IssueDate": "congvan.letter",
    "Letter": "congvan.letter",
    "ManifestRow": "congvan.run",
    "NumberRegister": "congvan.register",
    "NumberRequest": "congvan.letter",
    "Output": "congvan.run",
    "OutputFile": "congvan.run",
    "Plan": "congvan.campaign",
    "PlannedLetter": "congvan.campaign",
    "Report": "congvan.findings",
    "Run": "congvan.run",
    "Signature": "congvan.letter",
    "WordTemplate": "congvan.word",
    "ZipOutput": "congvan.run",
    "campaign_from": "congvan.campaign",
    "check": "congvan.run",
    "components": "congvan.inspect.document",
    "facts": "congvan.inspect.document",
    "load_campaign": "congvan.campaign",
    "plan": "congvan.campaign",
    "plan_file": "congvan.campaign",
    "render": "congvan.run",
    "render_docx": "congvan.word",
    "render_table": "congvan.run",
    "to_pdf": "congvan.pdf",
    "to_pdfs": "congvan.run",
    "worker_pool": "congvan.run",
}
_MODULES = ("errors", "findings", "text")

__all__ = [
    "Agency",
    "Campaign",
    "CongvanError",
    "Engine",
    "Finding",
    "IssueDate",
    "Letter",
    "ManifestRow",
    "NumberRegister",
    "NumberRequest",
    "Output",
    "OutputFile",
    "Plan",
    "PlannedLetter",
    "Report",
    "Run",
    "Signature",
    "WordTemplate",
    "ZipOutput",
    "__version__",
    "campaign_from",
    "check",
    "components",
    "errors",
    "facts",
    "findings",
    "load_campaign",
    "plan",
    "plan_file",
    "render",
    "render_docx",
    "render_table",
    "text",
    "to_pdf",
    "to_pdfs",
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
