"""What a body prints, in lines a person can read: style, text and its form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from congvan.support.ooxml import NAMESPACES, WP, W
from congvan.word import styles
from congvan.word.body.attachments import Attachments
from congvan.word.body.markdown import body_xml

KNOWN = {value for value in vars(styles).values() if isinstance(value, str)} | set(styles.TIEU_DE.values())
SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
R = f"{{{NAMESPACES['r']}}}"
FORMS = {"b": ("**", "**"), "i": ("*", "*"), "u": ("<u>", "</u>")}
ALIGNS = {"center": ", giữa dòng", "right": ", bên phải", "left": ", bên trái"}
RAISED = {"superscript": ("^", "^"), "subscript": ("~", "~")}


def printed(source: str) -> str:
    """The lines that ``source`` becomes; congvan's refusals are raised."""
    attachments = Attachments()
    xml = body_xml(
        source,
        known_styles=KNOWN,
        base_style=styles.NOI_DUNG,
        signed=False,
        attachments=attachments,
        section=SECTION,
    )
    bare = re.sub(r"\{% (?:filter|endfilter).*?%\}", "", xml)
    space = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMESPACES.items())
    body = etree.fromstring(f"<w:body {space}>{bare}</w:body>")
    links = {number: address for address, number in attachments._links.items()}
    notes = [etree.fromstring(f"<w:p {space}>{note}</w:p>") for note in attachments._notes]
    lines = [line for block in body for line in block_lines(block, links)]
    lines += [f"[cước chú {index}] {text_of(note, links)}" for index, note in enumerate(notes, 1)]
    return "\n".join(lines)


def block_lines(block: Any, links: dict[str, str]) -> Iterator[str]:
    """The lines of a paragraph, a table, or tags between them."""
    if block.tag == f"{W}tbl":
        yield from (row_line(row, links) for row in block.iter(f"{W}tr"))
    elif (section := block.find(f"{W}pPr/{W}sectPr")) is not None:
        across = section.find(f"{W}pgSz").get(f"{W}orient") == "landscape"
        yield "=== hết khổ ngang" if across else "=== hết khổ dọc"
    else:
        properties = block.find(f"{W}pPr")
        if properties.find(f"{W}pageBreakBefore") is not None:
            yield "=== sang trang"
        align = properties.find(f"{W}jc")
        where = ALIGNS[align.get(f"{W}val")] if align is not None else ""
        style = properties.find(f"{W}pStyle").get(f"{W}val")
        text = text_of(block, links)
        if text or style != styles.CUOI_VAN_BAN:
            yield f"[{style}{where}] {text}".rstrip()


def row_line(row: Any, links: dict[str, str]) -> str:
    """A row: what is merged says how many columns it has, or that it goes on."""
    head = "đầu bảng " if row.find(f"{W}trPr/{W}tblHeader") is not None else ""
    return f"{head}| {' | '.join(cell_text(cell, links) for cell in row.iter(f'{W}tc'))} |"


def cell_text(cell: Any, links: dict[str, str]) -> str:
    properties = cell.find(f"{W}tcPr")
    span, merge = properties.find(f"{W}gridSpan"), properties.find(f"{W}vMerge")
    if merge is not None and merge.get(f"{W}val") is None:
        return "↑"
    align = cell.find(f"{W}p/{W}pPr/{W}jc")
    where = {"center": " (giữa)", "right": " (phải)"}.get(align.get(f"{W}val"), "") if align is not None else ""
    columns = f" ×{span.get(f'{W}val')}" if span is not None else ""
    return f"{text_of(cell, links)}{columns}{where}".strip()


def text_of(block: Any, links: dict[str, str]) -> str:
    """The text of a block with its form."""
    return "".join(run_text(run, links) for run in block.iter(f"{W}r"))


def run_text(run: Any, links: dict[str, str]) -> str:
    if run.find(f"{W}br") is not None:
        return "⏎"
    if run.find(f"{W}drawing") is not None:
        extent = next(run.iter(f"{WP}extent"))
        return f"(hình {int(extent.get('cx')) / 36000:.0f} × {int(extent.get('cy')) / 36000:.0f} mm)"
    if (note := run.find(f"{W}footnoteReference")) is not None:
        return f"(cước chú {int(note.get(f'{W}id')) - 100})"
    text = "".join(one.text or "" for one in run.iter(f"{W}t"))
    text = text.replace("{{ '{' }}", "{").replace("{{ '}' }}", "}").replace("\u00a0", "_")
    form = run.find(f"{W}rPr")
    for name, (before, after) in FORMS.items():
        found = form.find(f"{W}{name}") if form is not None else None
        if found is not None and found.get(f"{W}val") != "0":
            text = f"{before}{text}{after}"
    raised = form.find(f"{W}vertAlign") if form is not None else None
    if raised is not None:
        before, after = RAISED[raised.get(f"{W}val")]
        text = f"{before}{text}{after}"
    parent = run.getparent()
    return f"{text}→{links[parent.get(f'{R}id')]}" if parent.tag == f"{W}hyperlink" else text
