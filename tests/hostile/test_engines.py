"""What goes on to an engine asks nobody for anything, and no engine is asked when a document is refused."""

from __future__ import annotations

import shutil

import pytest
from package_parts import docx, field, link

from congvan.errors import TemplateError
from congvan.pdf import to_pdf

BLIP = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="p"/><a:graphic><a:graphicData '
    'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="1" name="p"/>'
    '<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="rId7"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
    "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)
ENGINES = [
    "dxpdf",
    pytest.param(
        "libreoffice", marks=pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
    ),
]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_remote_picture_and_a_field_that_fetches_are_asked_for_by_no_engine(listener, engine):
    before = len(listener.asked)
    body = BLIP + field(f"INCLUDEPICTURE &quot;{listener.url}/b.png&quot; \\d")
    made = to_pdf(docx(body, [link("rId7", "image", f"{listener.url}/a.png")]), engine)

    assert made.startswith(b"%PDF")
    assert listener.asked[before:] == []


@pytest.mark.parametrize("engine", ["dxpdf", "libreoffice"])
def test_a_refused_document_reaches_no_engine(engine):
    with pytest.raises(TemplateError) as error:
        to_pdf(docx(more={"word/vbaProject.bin": b"x"}), engine)

    assert "intake-macro" in [found.code for found in error.value.report.errors]
