"""The mark of a draft: «DỰ THẢO» behind the text of every page, as Word's own watermark, which Word can remove."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import _BaseHeaderFooter
    from docx.text.paragraph import Paragraph

DRAFT_MARK: Final = "DỰ THẢO"

_SHAPE: Final = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
    ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{spid}" type="#_x0000_t136" alt="{text}"'
    ' style="position:absolute;margin-left:0;margin-top:0;width:430pt;height:108pt;rotation:315;z-index:-251658752;'
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    'mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#d9d9d9"'
    ' stroked="f"><v:fill opacity=".5"/><v:textpath style="font-family:&quot;Times New Roman&quot;;font-size:1pt"'
    ' string="{text}"/></v:shape></w:pict></w:r>'
)
_FIRST_SPID: Final = 2049


@lru_cache(maxsize=16)  # a template is marked once for all its letters
def marked_docx(docx: bytes, text: str = DRAFT_MARK) -> bytes:
    """``docx`` with ``text`` behind every page."""
    import docx as python_docx

    document = python_docx.Document(BytesIO(docx))
    for number, header in enumerate(_headers(document), start=1):
        _add_mark(header, number, text)
    marked = BytesIO()
    document.save(marked)
    return marked.getvalue()


def _headers(document: Document) -> list[_BaseHeaderFooter]:
    """Every header of the document, and those that pages without one need; sections go on with the ones before."""
    headers: list[_BaseHeaderFooter] = []
    for index, section in enumerate(document.sections):
        every = (
            (section.header, True),
            (section.first_page_header, section.different_first_page_header_footer),
            (section.even_page_header, document.settings.odd_and_even_pages_header_footer),
        )
        headers += [header for header, needed in every if not header.is_linked_to_previous or (needed and index == 0)]
    return headers


def _add_mark(header: _BaseHeaderFooter, number: int, text: str) -> None:
    from docx.oxml import parse_xml

    header.is_linked_to_previous = False
    shape = _SHAPE.format(number=number, spid=_FIRST_SPID + number, text=text)
    for paragraph in _lasting(header):
        paragraph._p.append(parse_xml(shape))  # noqa: SLF001 - python-docx has no watermark


def _lasting(header: _BaseHeaderFooter) -> list[Paragraph]:
    """The paragraphs of which one is there in every letter: those of both branches where a tag chooses one."""
    lasting = [paragraph for paragraph in header.paragraphs if "{%" not in paragraph.text]
    chooses = len(lasting) < len(header.paragraphs)
    return (lasting if chooses else lasting[-1:]) or [header.add_paragraph()]
