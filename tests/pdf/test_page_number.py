import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from congvan.pdf.page_number import LineStyle, centre_page_numbers, line_styles

FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:t>2</w:t></w:r>'
)
SIMPLE = '<w:fldSimple w:instr=" PAGE "/>'


def paragraph(properties, content):
    return parse_xml(f"<w:p {nsdecls('w')}><w:pPr>{properties}</w:pPr>{content}</w:p>")


def left(one):
    indent = one.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    return None if indent is None else indent.get(qn("w:left"))


@pytest.mark.parametrize(
    ("properties", "content", "expected"),
    [
        ('<w:pStyle w:val="SoTrang"/>', FIELD, "140"),
        ('<w:pStyle w:val="SoTrang"/>', SIMPLE, "140"),
        ('<w:pStyle w:val="Trai"/><w:jc w:val="center"/>', FIELD, "130"),
        ('<w:pStyle w:val="Trai"/>', FIELD, None),
        ('<w:pStyle w:val="SoTrang"/>', "<w:r><w:t>Trang </w:t></w:r>" + FIELD, None),
        ('<w:pStyle w:val="SoTrang"/>', "<w:r><w:t>2</w:t></w:r>", None),
        ('<w:pStyle w:val="SoTrang"/><w:ind w:left="300"/>', FIELD, "300"),
    ],
)
def test_a_centred_page_number_alone_on_its_line_starts_a_digit_further_in(properties, content, expected):
    one = paragraph(properties, content)
    centre_page_numbers([one], {"SoTrang": LineStyle("center", 28), "Trai": LineStyle("", 26)})

    assert left(one) == expected


def test_the_size_of_a_style_without_one_is_the_documents_own():
    styles = parse_xml(
        f'<w:styles {nsdecls("w")}><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="28"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:styleId="SoTrang"><w:pPr><w:jc w:val="center"/></w:pPr></w:style></w:styles>'
    )

    assert line_styles(styles) == {"SoTrang": LineStyle("center", 28)}
