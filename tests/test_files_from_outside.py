"""Files from outside are opened in one way: ``support.untrusted_files``, which asks what they are and how large.

Every other call that opens a file stands here, with what it opens. A new one has to be entered, and so is thought about.
"""

import ast
from pathlib import Path

import congvan

PACKAGE = Path(congvan.__file__).parent
DOOR = "congvan.support.untrusted_files"
READS = {"open", "read_bytes", "read_text", "ZipFile", "from_filelike"}
WRITES = {"w", "wb", "a", "ab", "x", "xb", "x+b"}

OWN = "part of congvan itself"
MADE = "congvan wrote it, in its output folder or for a moment"
STREAM = "a stream of a PDF that is open already"
ASKED = "a list: recipients.sources.source has asked the door before"
ALLOWED = {
    "congvan.campaign.accepted_offices": "the user's own settings",
    "congvan.campaign.file.campaign_codes": "the first bytes of campaign files beside this one",
    "congvan.campaign.history.notices": OWN,
    "congvan.campaign.regulation.rule_file": OWN,
    "congvan.campaign.starter": OWN,
    "congvan.cli.help_pages": OWN,
    "congvan.cli.letters.template_checks": MADE,
    "congvan.cli.schema": OWN,
    "congvan.decree.body_names": OWN,
    "congvan.decree.working_days": OWN,
    "congvan.findings.catalogue": OWN,
    "congvan.office.covering_slip": OWN,
    "congvan.office.delivery_page": OWN,
    "congvan.office.run_page": OWN,
    "congvan.pdf.engines.libreoffice.engine": MADE,
    "congvan.pdf.fonts": OWN,
    "congvan.pdf.fonts.font_object": STREAM,
    "congvan.pdf.ink.font_codes": STREAM,
    "congvan.pdf.split.content_stream": STREAM,
    "congvan.pdf.split.libreoffice_text": STREAM,
    "congvan.pdf.split.object_copier": STREAM,
    "congvan.pdf.split.text_rewriting": STREAM,
    "congvan.recipients.sources.csv_file": ASKED,
    "congvan.recipients.sources.package_size": ASKED,
    "congvan.recipients.sources.workbook": ASKED,
    "congvan.recipients.sources.yaml_file": ASKED,
    "congvan.recipients.units.unit_list": OWN,
    "congvan.run.commit": MADE,
    "congvan.run.deliveries.papers": MADE,
    "congvan.run.life.issuing": MADE,
    "congvan.run.output.folder": MADE,
    "congvan.run.output.owner": "the first bytes of a journal or manifest",
    "congvan.run.output.print_files": MADE,
    "congvan.support.files": "the hash of a file, piece by piece",
    "congvan.support.plain_document": MADE,
    "congvan.support.processes.processors": "the system's",
    "congvan.support.processes.scratch_folder": MADE,
    "congvan.support.cells.shown_cells": ASKED,
    "congvan.support.cells.workbook_rows": ASKED,
    "congvan.text.width": OWN,
    "congvan.web.clerk.letter_pages": MADE,
    "congvan.web.service.tables": MADE,
    "congvan.word.body.symbols": OWN,
    "congvan.word.builtin.sample": OWN,
    "congvan.word.builtin.templates": OWN,
}


def module_name(path):
    name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    return name.removesuffix(".__init__")


def opens_a_file(call):
    """Whether a call reads a file by its path; what is in memory, or written, is none."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name not in READS:
        return False
    owner = ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""
    if owner in {"os", "Register", "Pdf", "pikepdf"}:  # descriptors, registers, PDFs in memory (see below)
        return False
    given = [ast.unparse(argument) for argument in call.args]
    return not any("BytesIO(" in one or one.strip("'") in WRITES for one in given)


def test_nothing_opens_files_but_the_door_and_what_is_entered_here():
    found = {
        module_name(path)
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and opens_a_file(node)
    }
    found -= {DOOR, "congvan.campaign.file.named_files", "congvan.campaign.file.text_file"}  # read_text of their own

    assert found == set(ALLOWED)


def test_pdfs_are_opened_from_memory_alone():
    calls = [
        f"{module_name(path)}: {ast.unparse(node)}"
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"Pdf.open", "pikepdf.open", "PdfReader"}
    ]

    assert [call for call in calls if "BytesIO(" not in call] == []


def test_every_xml_parser_that_is_set_up_reads_no_entity_and_no_other_file():
    calls = [
        f"{module_name(path)}: {ast.unparse(node)}"
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("XMLParser")
    ]

    assert [call for call in calls if "resolve_entities=False" not in call] == []
    assert len(calls) > 5
