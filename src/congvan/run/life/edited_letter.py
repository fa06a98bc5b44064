"""A letter whose Word file was edited by hand, taken as it is: read again, and converted anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from congvan.campaign import PlannedLetter
from congvan.errors import CongvanError
from congvan.findings import Finding, finding
from congvan.inspect import components, facts
from congvan.run.output.folder import OutputFolder
from congvan.run.output.journal import LetterLine
from congvan.support.files import write_whole
from congvan.word.intake.admission import read_docx


def take_edited(item: PlannedLetter, line: LetterLine, folder: OutputFolder) -> Iterator[Finding]:
    """Check the edited Word file of ``item`` and convert it to PDF where the letter has one.

    A finding says what the reader cannot find in it: the number, the date, the signer.
    """
    from congvan.pdf import to_pdf

    name = item.document.so_ky_hieu.strip()
    docx = line.row.docx
    if docx is None or folder.is_whole(docx):
        yield finding("issue-edited-pdf", letter=name)
        return
    try:
        content = read_docx(folder.path / docx.path)
        missing = list(_missing(item, content))
        pdf = to_pdf(content) if line.row.pdf and not missing else b""
    except CongvanError as error:
        yield finding("issue-edited-unreadable", letter=name, why=str(error))
        return
    for what in missing:
        yield finding("issue-edited-without", letter=name, what=what)
    if line.row.pdf and not missing:
        write_whole(folder.path / line.row.pdf.path, pdf)


def _missing(item: PlannedLetter, content: bytes) -> Iterator[str]:
    """What of number, date and signer the document does not show."""
    document = item.document
    found = components(facts(content))
    so_ky_hieu = document.so_ky_hieu.strip()
    wanted = (("so_ky_hieu", so_ky_hieu), ("dia_danh_ngay", document.ngay.dai), ("nguoi_ky", document.ky.ho_ten))
    for part, words in wanted:
        shown = " ".join(component.text for name in _SHOWN_IN[part] if (component := found.get(name)))
        if _plain(words) not in _plain(shown):
            yield words


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


_SHOWN_IN: Final = {
    "so_ky_hieu": ("so_ky_hieu", "ban_sao"),
    "dia_danh_ngay": ("dia_danh_ngay", "ban_sao"),
    "nguoi_ky": ("ho_ten", "ky_trai", "ban_sao"),
}
"""The components of a letter, or of the copy of one, in which number, date and signer stand."""
