import io
import re

import pikepdf
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from congvan.pdf.rules import RuleStyle, fit_rules, rule_styles

TOP = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
BOX = '<w:pBdr><w:top w:val="single"/><w:left w:val="single"/><w:bottom w:val="single"/><w:right w:val="single"/></w:pBdr>'
ALL_SIDES = frozenset({"top", "left", "bottom", "right"})
INDENT = '<w:ind w:left="1000" w:right="600"/>'


def paragraph(properties, text=""):
    run = f"<w:r><w:t>{text}</w:t></w:r>" if text else ""
    return parse_xml(f"<w:p {nsdecls('w')}><w:pPr>{properties}</w:pPr>{run}</w:p>")


def indents(fitted):
    indent = fitted.pPr.find(qn("w:ind"))
    return None if indent is None else (indent.get(qn("w:left")), indent.get(qn("w:right")))


@pytest.mark.parametrize(
    ("properties", "text", "expected"),
    [
        (TOP + INDENT, "", ("1030", "630")),
        (TOP + '<w:ind w:start="1000" w:end="600"/>', "", ("1030", "630")),
        (TOP, "", ("30", "30")),
        (TOP + INDENT, "Địa chỉ: …", ("1000", "600")),
        (BOX + INDENT, "", ("1000", "600")),
        (BOX + INDENT, "THƯỢNG KHẨN", ("1030", "630")),
        (BOX + INDENT, "Một khung chữ dài, dòng của nó sẽ ngắt chỗ khác", ("1000", "600")),
        ('<w:pStyle w:val="Khung"/>', "KHẨN", ("230", "230")),
        (INDENT, "", ("1000", "600")),
        ('<w:pStyle w:val="Ke"/>', "", ("530", "130")),
        ('<w:pStyle w:val="Ke"/><w:ind w:left="900"/>', "", ("930", "130")),
        ('<w:pStyle w:val="Thuong"/>', "", None),
    ],
)
def test_rules_and_short_marks_are_shortened_and_nothing_else(properties, text, expected):
    one = paragraph(properties, text)
    fit_rules([one], {"Ke": RuleStyle(frozenset({"top"}), 500, 100), "Khung": RuleStyle(ALL_SIDES, 200, 200)})

    assert indents(one) == expected


def test_the_indent_stands_where_the_schema_wants_it():
    one = paragraph(TOP + '<w:spacing w:before="20"/><w:jc w:val="center"/>')
    fit_rules([one], {})

    assert [child.tag for child in one.pPr] == [qn(f"w:{name}") for name in ("pBdr", "spacing", "ind", "jc")]


def test_styles_with_borders_are_found_with_their_indents():
    styles = parse_xml(
        f'<w:styles {nsdecls("w")}><w:style w:styleId="Ke"><w:pPr>{TOP}{INDENT}</w:pPr></w:style>'
        f'<w:style w:styleId="Khung"><w:pPr>{BOX}</w:pPr></w:style><w:style w:styleId="Thuong"/></w:styles>'
    )

    assert rule_styles(styles) == {"Ke": RuleStyle(frozenset({"top"}), 1000, 600), "Khung": RuleStyle(ALL_SIDES)}


def test_a_rule_ends_where_its_indents_say(letter, bundle_of, rdocx_engine):
    converted = rdocx_engine.convert(bundle_of([letter(rule=(1000, 600))]))

    with pikepdf.open(io.BytesIO(converted.pdf)) as pdf:
        content = pdf.pages[0].Contents.read_bytes().decode("latin-1")
    left, right = (float(end) for end in re.findall(r"([\d.]+) [\d.]+ [ml]\n", content.split("RG")[-1])[:2])
    text_left, text_right = 35 / 25.4 * 72, (210 - 20) / 25.4 * 72
    assert left == pytest.approx(text_left + 1000 / 20, abs=0.3)
    assert right == pytest.approx(text_right - 600 / 20, abs=0.3)
