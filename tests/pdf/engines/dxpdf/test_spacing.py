import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from congvan.pdf.engines.dxpdf.spacing import fit_spacing, spacing_styles

STYLES = f"""<w:styles {nsdecls("w")}>
<w:docDefaults><w:pPrDefault><w:pPr><w:spacing w:after="40"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:pPr><w:spacing w:before="60"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Head"><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="240"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Row"><w:basedOn w:val="Normal"/><w:pPr><w:contextualSpacing/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Round"><w:basedOn w:val="Round"/></w:style>
</w:styles>"""
BORDER = '<w:pBdr><w:{0} w:val="single" w:sz="16" w:space="3" w:color="000000"/></w:pBdr>'
BOX = '<w:pBdr><w:top w:val="single" w:sz="8" w:space="1"/><w:bottom w:val="single" w:sz="8" w:space="1"/></w:pBdr>'


def paragraph(style="", before=None, after=None, more=""):
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    given = "".join(
        f' w:{name}="{value}"' for name, value in (("before", before), ("after", after)) if value is not None
    )
    spacing = f"<w:spacing{given}/>" if given else ""
    return f"<w:p><w:pPr>{named}{more}{spacing}</w:pPr><w:r><w:t>a</w:t></w:r></w:p>"


def fitted(*blocks, styles=STYLES, **options):
    """Space above and below each paragraph in twips, None where it is as its style says."""
    body = parse_xml(f"<w:body {nsdecls('w')}>{''.join(blocks)}</w:body>")
    fit_spacing(list(body), spacing_styles(parse_xml(styles)), **options)
    found = [block.find(f"{qn('w:pPr')}/{qn('w:spacing')}") for block in body if block.tag == qn("w:p")]
    names = (qn("w:before"), qn("w:after"))
    return [None if one is None else tuple(int(one.get(name, "-1")) for name in names) for one in found]


def test_space_above_a_paragraph_becomes_space_below_the_one_before():
    assert fitted(paragraph(before=0, after=0), paragraph(before=120, after=10)) == [(0, 120), (0, 10)]


def test_of_two_spaces_that_meet_the_larger_one_stays():
    assert fitted(paragraph(before=0, after=200), paragraph(before=120, after=0))[0] == (0, 200)


def test_both_spaces_stay_where_the_document_says_so():
    assert fitted(paragraph(before=0, after=200), paragraph(before=120, after=0), added=True)[0] == (0, 320)


def test_space_comes_from_the_style_and_those_it_is_based_on():
    assert fitted(paragraph(), paragraph("Head")) == [(60, 240), (0, 40)]
    assert fitted(paragraph(), paragraph("Round"), paragraph("unknown")) == [None, (0, 60), (0, 40)]


def test_paragraphs_of_one_style_may_leave_no_space_between_them():
    assert fitted(paragraph("Row"), paragraph("Row"), paragraph()) == [(60, 0), (0, 60), (0, 40)]


def test_the_first_paragraph_keeps_the_space_above_it():
    assert fitted(paragraph(before=300, after=0)) == [(300, 0)]


@pytest.mark.parametrize("more", ["<w:pageBreakBefore/>", '<w:pageBreakBefore w:val="1"/>'])
def test_a_paragraph_that_begins_a_page_keeps_the_space_above_it(more):
    assert fitted(paragraph(before=0, after=0), paragraph(before=120, after=0, more=more)) == [(0, 0), (120, 0)]


def test_space_does_not_move_into_another_section():
    last = "<w:p><w:pPr><w:spacing w:before='0' w:after='0'/><w:sectPr/></w:pPr></w:p>"

    assert fitted(last, paragraph(before=120, after=0)) == [(0, 0), (120, 0)]


def test_space_does_not_move_past_a_table():
    assert fitted(paragraph(before=0, after=0), "<w:tbl/>", paragraph(before=120, after=0)) == [(0, 0), (120, 0)]


def test_a_border_above_takes_its_width_and_its_distance():
    assert fitted(paragraph(before=0, after=0, more=BORDER.format("top"))) == [(100, 0)]


def test_a_border_below_takes_its_width_for_the_engine_leaves_its_distance():
    assert fitted(paragraph(before=0, after=0, more=BORDER.format("bottom"))) == [(0, 40)]


def test_a_border_takes_its_room_beside_the_space_between_two_paragraphs():
    boxed = paragraph(before=0, after=30, more=BORDER.format("bottom"))

    assert fitted(boxed, paragraph(before=200, after=0)) == [(0, 240), (0, 0)]


def test_a_border_that_is_switched_off_takes_nothing():
    assert fitted(paragraph(before=0, after=0, more=BORDER.format("top").replace("single", "nil"))) == [(0, 0)]


def test_neighbours_in_one_box_have_no_border_between_them():
    inside = paragraph(before=0, after=0, more=BOX)

    assert fitted(inside, inside, inside) == [(40, 0), (0, 0), (0, 20)]


def test_neighbours_with_other_indents_are_boxes_of_their_own():
    boxes = [paragraph(before=0, after=0, more=f'{BOX}<w:ind w:left="{left}"/>') for left in (100, 200)]

    assert fitted(*boxes) == [(40, 60), (0, 20)]


def test_spacing_stands_where_the_schema_wants_it():
    body = parse_xml(f"<w:body {nsdecls('w')}>{paragraph()}{paragraph('Head', more='<w:keepNext/>')}</w:body>")
    for block in body:
        block.find(qn("w:pPr")).append(parse_xml(f"<w:jc {nsdecls('w')} w:val='both'/>"))
    fit_spacing(list(body), spacing_styles(parse_xml(STYLES)))

    orders = [[child.tag.rpartition("}")[2] for child in block.find(qn("w:pPr"))] for block in body]
    assert orders == [["spacing", "jc"], ["pStyle", "keepNext", "spacing", "jc"]]


def test_a_document_without_styles_has_no_space_of_its_own():
    empty = f"<w:styles {nsdecls('w')}/>"

    assert fitted(paragraph(), paragraph(before=80, after=0), styles=empty) == [(0, 80), (0, 0)]
